"""站点可用: whether the home page opens, by a week of a monitor's looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.facts import Evidence, Probe, SiteFacts
from rules.homes import of_home, page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word

MAX_SHOWN = 9
"""Looks at which it did not open that the finding quotes, the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    days: int
    probes_a_day: int
    """Looks that every one of the days must have."""
    spacing_minutes: int
    """Looks that follow each other faster are one."""
    share: float
    """Share of looks that must fail, 0 to 1."""
    seconds: int
    """After so many a look counts as not open."""


@check(
    "portal-availability",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("probes", "failed"),
        Outcome.FAILED: ("probes", "failed", "first_day", "last_day"),
        Outcome.CANT_TELL: ("fewest",),
    },
)
def portal_availability(facts: SiteFacts, params: Params, context: Context) -> Judgement:
    """站点无法访问 is a status over a week that ends on the audit date or the day before: one crawl cannot tell.

    Looks that a firewall answered, or while our own line was down, are none.
    """
    watched = facts.run.availability
    looks = list(_spaced(watched.probes, params)) if watched is not None else []
    fewest = 0
    for last in (context.audit_date, context.audit_date - timedelta(days=1)):
        days = _days(looks, last, params.days)
        least = min(len(day) for day in days)
        fewest = max(fewest, least)
        if least >= params.probes_a_day:
            return _judged(facts, [look for day in days for look in day], last, params)
    return of_home(facts, Outcome.CANT_TELL, fewest=fewest)


def _judged(facts: SiteFacts, looks: Sequence[Probe], last: date, params: Params) -> Judgement:
    failed = [look for look in looks if _fails(look, params)]
    if len(failed) < params.share * len(looks):
        return of_home(facts, Outcome.PASSED, probes=len(looks), failed=len(failed))
    first = last - timedelta(days=params.days - 1)
    shown = [_evidence(facts, look) for look in failed[-MAX_SHOWN:]]
    home = [page_evidence(facts.portal.home)] if facts.portal.home else []
    return of_home(
        facts,
        Outcome.FAILED,
        evidence=[*shown, *home],
        probes=len(looks),
        failed=len(failed),
        first_day=first,
        last_day=last,
    )


def _spaced(probes: Sequence[Probe], params: Params) -> Iterator[Probe]:
    """Looks that count, in their order, each far enough from the one before."""
    before: datetime | None = None
    for probe in sorted(probes, key=lambda probe: probe.at):
        at = datetime.fromisoformat(probe.at)
        if probe.opened is not None and (before is None or at - before >= timedelta(minutes=params.spacing_minutes)):
            before = at
            yield probe


def _days(looks: Sequence[Probe], last: date, count: int) -> list[list[Probe]]:
    days = {(last - timedelta(days=number)).isoformat(): list[Probe]() for number in reversed(range(count))}
    for look in looks:
        if look.at[:10] in days:
            days[look.at[:10]].append(look)
    return list(days.values())


def _fails(look: Probe, params: Params) -> bool:
    return not look.opened or look.seconds >= params.seconds


def _evidence(facts: SiteFacts, look: Probe) -> Evidence:
    what = reason_word(look.reason or "timeout-read") if not look.opened else str(look.status)
    return Evidence(url=facts.portal.url, fetched_at=look.at, quote=f"{look.seconds:.1f} s {what}", where="probe")
