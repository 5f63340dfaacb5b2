"""Links: which rule a target belongs to, and what its tries prove."""

from collections.abc import Collection
from enum import StrEnum

from crawler.facts import FailureKind, LinkFacts, Try

_ASSETS = frozenset({"css", "script"})


class LinkDuty(StrEnum):
    """The one rule that speaks of a target."""

    HOMEPAGE = "homepage"
    ATTACHMENT = "attachment"
    IMAGE = "image"
    INTERNAL = "internal"
    EXTERNAL = "external"


def duty_of(link: LinkFacts) -> LinkDuty | None:
    """Attachments and images by their kind, then what stands on the home page, then inside and outside.

    None: a style sheet or script of another site, which is no link of this one.
    """
    if link.kind == "attachment":
        return LinkDuty.ATTACHMENT
    if link.kind == "image":
        return LinkDuty.IMAGE
    if link.kind in _ASSETS:
        return LinkDuty.INTERNAL if link.internal else None
    if link.on_home:
        return LinkDuty.HOMEPAGE
    return LinkDuty.INTERNAL if link.internal else LinkDuty.EXTERNAL


def is_asset(link: LinkFacts) -> bool:
    """A style sheet or a script: nobody clicks it, and whether a page needs it shows in a browser only."""
    return link.kind in _ASSETS


class Verdict(StrEnum):
    ALIVE = "alive"
    DEAD = "dead"
    UNCLEAR = "unclear"


def verdict_of(
    link: LinkFacts, *, dead_failures: Collection[FailureKind], unclear_statuses: Collection[int], min_tries: int
) -> tuple[Verdict, str]:
    """What the tries prove, and for an unclear one the reason's code.

    Dead: at least ``min_tries`` tries, the last at the end of the run, and every one failed in a way that is in
    ``dead_failures``. One good answer means alive; one refusal (403, 429, a login, a firewall) means unclear.
    """
    if any(_succeeded(attempt) for attempt in link.tries):
        return Verdict.ALIVE, ""
    decisive = [
        attempt.failure in dead_failures and attempt.status not in unclear_statuses and attempt.failure is not None
        for attempt in link.tries
    ]
    if not any(decisive):
        return Verdict.UNCLEAR, "unclear-answer"
    if not all(decisive):
        return Verdict.UNCLEAR, "mixed-answers"
    if len(link.tries) < min_tries:
        return Verdict.UNCLEAR, "too-few-tries"
    return (Verdict.DEAD, "") if link.tries[-1].final else (Verdict.UNCLEAR, "not-final")


def _succeeded(attempt: Try) -> bool:
    return attempt.failure is None and attempt.status is not None and attempt.status < 400
