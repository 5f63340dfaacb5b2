"""From a judged run to the ledger and back: what the ledger is told, and what the result then shows."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from audit.coverage import coverage_of
from audit.deadlines import Standing
from audit.folders import RunFolder
from audit.ledger.account import Fault, MergeReport, RuleInForce, RunAccount, ScoreSeen, Settled, UnitSeen
from audit.ledger.ledger import Ledger
from audit.ledger.states import LATE_STATES
from audit.ledger.views import TicketQuery, TicketView
from audit.second_look import StoredLook
from audit.waiver_lines import waiver_line
from crawler.facts import SiteFacts
from crawler.store import FactsStore, Referrers
from reports.result import (
    AuditResult,
    DueSoonLine,
    FindingLine,
    FixedLine,
    TicketEvent,
    TicketLine,
    TrendPoint,
    Unit,
    WaiverLine,
)
from rules.addresses import canonical
from rules.model import Evaluation, Finding, Outcome, Pack, Rule

MAX_DUE_TICKETS = 20
"""Tickets near or past their last day that a card names; the findings themselves carry every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A judged run on its way into the ledger."""

    run: RunFolder
    store: FactsStore
    packs: Sequence[Pack]
    evaluation: Evaluation
    result: AuditResult
    as_of: date
    merge: bool
    """False: the run is judged once more, with other rules or another day; the ledger is asked, and told nothing."""


def book(ledger: Ledger, booking: Booking, at: datetime) -> tuple[AuditResult, MergeReport]:
    """Take the run into the ledger and fill in what it answers; raises :class:`~audit.errors.LedgerUnusable`."""
    rules = rules_in_force(booking.packs)
    account = _account(booking, rules)
    look = StoredLook(booking.store, booking.evaluation.looks, rules)
    report = ledger.merge(account, look, at) if booking.merge else ledger.answer(account)
    return _with_ledger(booking.result, report, ledger, booking.as_of), report


# -- what the ledger is told --------------------------------------------------------------------------------------------


def rules_in_force(packs: Iterable[Pack]) -> dict[str, RuleInForce]:
    return {
        rule.id: RuleInForce(title=rule.title, check=rule.check, kind=rule.subject.value, digest=_digest(rule))
        for pack in packs
        for rule in pack.rules
    }


def _digest(rule: Rule) -> str:
    """Of what the rule asks for; its words may change without changing it."""
    asked = json.dumps([rule.check, rule.outcome, rule.raw_params], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()


def _account(booking: Booking, rules: Mapping[str, RuleInForce]) -> RunAccount:
    store, result = booking.store, booking.result
    coverage, reason = coverage_of(store, booking.run.read_settings())
    due_days = {
        rule.id: pack.due_days if rule.due_days is None else rule.due_days for pack in booking.packs for rule in pack.rules
    }
    found = [finding for finding in booking.evaluation.findings if finding.outcome in {Outcome.FAILED, Outcome.WAIVED}]
    named = store.referrers_of(finding.url for finding in found if rules[finding.rule].kind == "page" and not _is_named(finding))
    return RunAccount(
        name=booking.run.name,
        portal_url=result.portal.url,
        portal_name=result.portal.name,
        as_of=booking.as_of,
        started=_moment(result.started),
        finished=_moment(result.finished),
        coverage=coverage,
        coverage_reason=reason,
        pages=store.run.pages_fetched,
        packs={pack.id: pack.version for pack in booking.packs},
        rules=rules,
        units=_units(booking),
        faults=tuple(_fault(finding, named.get(finding.url), due_days[finding.rule]) for finding in found),
        scores=tuple(_score(unit) for unit in result.units if unit.score.verdict != "未检测"),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _units(booking: Booking) -> tuple[UnitSeen, ...]:
    """The 单位 of the portal, and whoever else a finding names."""
    listed = {unit.name: unit for unit in units_seen(booking.store)}
    named = (finding.department for finding in booking.evaluation.findings if finding.department)
    return tuple({**{name: UnitSeen(name=name) for name in named}, **listed}.values())


def units_seen(facts: SiteFacts) -> tuple[UnitSeen, ...]:
    return tuple(
        UnitSeen(name=unit.name, kind=unit.kind.value, url=unit.url or "", url_prefixes=unit.url_prefixes, aliases=unit.aliases)
        for unit in facts.departments()
    )


def _is_named(finding: Finding) -> bool:
    """The finding says who leads to its subject; a page does not, and can be told to be gone only by those who did."""
    return bool(finding.group) or any(page != finding.url for page in finding.found_on)


def _fault(finding: Finding, named: Referrers | None, due_days: int) -> Fault:
    return Fault(
        fingerprint=finding.fingerprint,
        matter=finding.matter,
        group_matter=finding.group_matter,
        rule=finding.rule,
        pack=finding.pack,
        clause=finding.clause,
        department=finding.department,
        url=finding.url,
        address=canonical(finding.url),
        subject=finding.subject,
        key=finding.key,
        message=finding.message,
        found_on=tuple(named.samples) if named else finding.found_on,
        found_on_count=named.count if named else finding.found_on_count,
        samples=finding.samples,
        count=finding.count,
        due_days=due_days,
    )


def _score(unit: Unit) -> ScoreSeen:
    return ScoreSeen(
        department=None if unit.kind == "portal" else unit.name,
        low=unit.score.low,
        high=unit.score.high,
        verdict=unit.score.verdict,
        failed=sum(finding.outcome == "failed" for finding in unit.findings),
    )


# -- what the result shows ----------------------------------------------------------------------------------------------


def _with_ledger(result: AuditResult, report: MergeReport, ledger: Ledger, as_of: date) -> AuditResult:
    since = ledger.shown_since(as_of)
    lines: list[TicketLine] = []
    due: dict[str | None, list[DueSoonLine]] = defaultdict(list)
    waived: dict[str | None, list[WaiverLine]] = defaultdict(list)
    covered = _covered(result, report)
    for ticket in ledger.tickets(TicketQuery(portal_url=result.portal.url, closed_since=since)):
        lines.append(ticket_line(ticket))
        soon = _due_soon(ticket, ledger, as_of)
        if soon is not None:
            due[ticket.department].append(soon)
        waiver = waiver_line(ticket, covered, as_of)
        if waiver is not None:
            waived[ticket.department].append(waiver)
    settled: dict[str | None, list[FixedLine]] = defaultdict(list)
    for each in report.settled:
        settled[each.department].append(_fixed(each))
    units = [
        _with_unit(unit, report, settled, due).model_copy(update={"waivers": tuple(waived.get(_ledger_name(unit), ()))})
        for unit in result.units
    ]
    return result.model_copy(update={"units": tuple(units), "tickets": tuple(lines)})


def _ledger_name(unit: Unit) -> str | None:
    return None if unit.kind == "portal" else unit.name


def _covered(result: AuditResult, report: MergeReport) -> frozenset[str]:
    """Numbers of the tickets whose faults waivers hid in this run."""
    found = (finding for unit in result.units for finding in unit.findings if finding.outcome == "waived")
    return frozenset(report.marks[finding.fingerprint].number for finding in found if finding.fingerprint in report.marks)


def _with_unit(
    unit: Unit,
    report: MergeReport,
    settled: Mapping[str | None, list[FixedLine]],
    due: Mapping[str | None, list[DueSoonLine]],
) -> Unit:
    name = _ledger_name(unit)
    trend = (TrendPoint(as_of=point.as_of.isoformat(), low=point.low, high=point.high) for point in report.trends.get(name, ()))
    tickets = sorted(due.get(name, ()), key=lambda line: line.due)[:MAX_DUE_TICKETS]
    return unit.model_copy(
        update={
            "findings": tuple(_marked(finding, report) for finding in unit.findings),
            "fixed": tuple(settled.get(name, ())),
            "trend": tuple(trend),
            "due_soon": (*unit.due_soon, *tickets),
        }
    )


def _marked(finding: FindingLine, report: MergeReport) -> FindingLine:
    mark = report.marks.get(finding.fingerprint)
    if mark is None or finding.outcome == "lead":
        return finding
    update: dict[str, object] = {
        "ticket": mark.number,
        "ticket_state": mark.state.value,
        "change": mark.change or "",
        "first_seen": _text(mark.first_seen),
    }
    if finding.outcome == "failed":
        update |= {"due": _text(mark.due), "due_provisional": mark.due_provisional}
    return finding.model_copy(update=update)


def _fixed(settled: Settled) -> FixedLine:
    return FixedLine(
        rule=settled.rule,
        rule_title=settled.rule_title,
        url=settled.url,
        subject=settled.subject,
        message=settled.message,
        fingerprint=settled.fingerprint,
        ticket=settled.number,
        first_seen=_text(settled.first_seen),
    )


def _due_soon(ticket: TicketView, ledger: Ledger, as_of: date) -> DueSoonLine | None:
    if ticket.due is None or ticket.state not in LATE_STATES:
        return None
    if ledger.deadlines.standing(ticket.due, as_of, source=ticket.source) is Standing.IN_TIME:
        return None
    return DueSoonLine(
        kind="ticket",
        title=f"{ticket.number} {ticket.rule_title or ticket.message}",
        url=ticket.url,
        due=ticket.due.isoformat(),
        days_left=(ticket.due - as_of).days,
        provisional=ticket.due_provisional,
    )


def ticket_line(ticket: TicketView) -> TicketLine:
    """The ticket as ``tickets.json`` gives it."""
    return TicketLine(
        id=ticket.number,
        fingerprint=ticket.fingerprint,
        rule=ticket.rule,
        department=ticket.department,
        url=ticket.url,
        state=ticket.state.value,
        source=ticket.source,
        first_seen=_text(ticket.first_seen),
        last_seen=_text(ticket.last_seen),
        due=_text(ticket.due),
        provisional_due=ticket.due_provisional,
        history=tuple(
            TicketEvent(
                at=event.at.isoformat(timespec="seconds"),
                state=event.after.value,
                by=event.by,
                note=" ".join(filter(None, (event.verb.value, event.note, event.proof))),
            )
            for event in ticket.events
        ),
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
