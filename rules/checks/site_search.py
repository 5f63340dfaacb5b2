"""站内搜索: whether the portal's own search finds articles that are online, by their titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.facts import Evidence, SearchTry, SiteFacts
from rules.homes import home_unseen, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    min_times_seen: int
    """Answers without the title that count as not found."""


@check(
    "portal-site-search",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("asked",),
        Outcome.FAILED: ("titles", "asked"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def portal_site_search(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001
    """A search that found one title is one we know how to ask; one that found none may need what only a browser sends."""
    search = facts.portal.search
    if (unseen := home_unseen(facts)) is not None:
        return unseen
    if search is None or not search.tried:
        code = search.untested_reason if search is not None else "not-collected"
        return of_home(facts, Outcome.UNTESTED, reason=reason_word(code or "not-asked"))
    told = [attempt for attempt in search.tried if attempt.found is not None]
    if not told:
        return of_home(facts, Outcome.UNTESTED, evidence=_evidence(search.tried), reason=reason_word(search.tried[0].reason))
    missed = [attempt for attempt in told if not attempt.found]
    sure = [attempt for attempt in missed if attempt.times_seen >= params.min_times_seen]
    works = len(missed) < len(told)
    if sure and (works or all(attempt.none_at_all for attempt in sure)):
        titles = tuple(attempt.title for attempt in sure)
        judged = of_home(facts, Outcome.FAILED, evidence=_evidence(sure), titles=titles, asked=len(told))
        # Nothing was found at all: a person must ask once with a browser.
        return judged if works else judged.with_(lead=True)
    if missed:
        code = "seen-once" if not sure else "search-unclear"
        return of_home(facts, Outcome.CANT_TELL, evidence=_evidence(missed), reason=reason_word(code))
    return of_home(facts, Outcome.PASSED, evidence=_evidence(told), asked=len(told))


def _evidence(tried: Sequence[SearchTry]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(url=attempt.asked, capture=attempt.capture, fetched_at=attempt.fetched_at, quote=attempt.title, where="response")
        for attempt in tried
    )
