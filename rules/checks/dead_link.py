"""死链: targets that do not open, confirmed by several tries spread over the run."""

from dataclasses import dataclass

from crawler.facts import Evidence, FailureKind, LinkFacts, Try
from rules.addresses import folder_of, host_of
from rules.links import LinkDuty, Verdict, duty_of, is_asset, verdict_of
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    duty: LinkDuty
    """Which targets the rule speaks of; every target belongs to one rule only."""
    min_tries: int
    dead_failures: tuple[FailureKind, ...]
    """Ways of failing that mean: it does not open. Everything else cannot be told."""
    unclear_statuses: tuple[int, ...]
    """HTTP statuses that prove nothing, whatever kind of failure they were filed under."""
    group_depth: int
    """Folders of an address that name the section in which thousands of dead targets are told together."""


@check(
    "dead-link",
    subject=Subject.LINK,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("reason", "tries", "first_try", "last_try", "folder"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
    only_faults=True,
)
def dead_link(link: LinkFacts, params: Params, context: Context) -> Judgement | None:
    """链接打不开: one success heals it; refusals, logins and firewalls prove nothing; our own line is never held against it."""
    if duty_of(link) is not params.duty or link.shows is not None:
        return None
    if link.untested_reason or not link.tries:
        return _of(link, Outcome.UNTESTED, reason=reason_word(link.untested_reason or "no-tries"))
    verdict, doubt = verdict_of(
        link,
        dead_failures=params.dead_failures,
        unclear_statuses=params.unclear_statuses,
        min_tries=params.min_tries,
    )
    if verdict is Verdict.ALIVE:
        return _of(link, Outcome.PASSED)
    if not link.internal and context.facts.run.outside_reachable is False:
        return _of(link, Outcome.UNTESTED, reason=reason_word("outside-unreachable"))
    if verdict is Verdict.UNCLEAR or is_asset(link):
        said = reason_word(doubt or "asset")
        return _of(link, Outcome.CANT_TELL, reason=f"{said}（{_answer(link.tries[-1])}）")
    first, last = link.tries[0], link.tries[-1]
    folder = _folder(link, params.group_depth)
    return _of(
        link,
        Outcome.FAILED,
        group=folder,
        reason=_answer(last),
        tries=len(link.tries),
        first_try=_minute(first.at),
        last_try=_minute(last.at),
        folder=folder,
    )


def _folder(link: LinkFacts, depth: int) -> str:
    """What a person would mend at once: the section the targets lie in, or the foreign host."""
    return folder_of(link.url, depth) if link.internal else host_of(link.url)


def _of(link: LinkFacts, outcome: Outcome, *, group: str = "", **values: object) -> Judgement:
    return Judgement(
        outcome=outcome,
        url=link.url,
        department=link.department,
        subject=link.text or link.url,
        values=values,
        evidence=tuple(_evidence(link, attempt) for attempt in link.tries),
        found_on=link.found_on,
        found_on_count=max(link.found_on_count, len(link.found_on)),
        group=group,
    )


def _evidence(link: LinkFacts, attempt: Try) -> Evidence:
    quote = f"{_answer(attempt)} {attempt.detail}".strip()
    return Evidence(url=link.url, capture=attempt.capture, fetched_at=attempt.at, quote=quote, where="response")


def _answer(attempt: Try) -> str:
    said = word("failures", attempt.failure) if attempt.failure else ""
    return f"{attempt.status} {said}".strip() if attempt.status else said


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
