"""整改进展: what was mended since the last run, and tickets that no finding of this run stands for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports import figures, labels
from reports.addresses import Address, address
from reports.result import AuditResult, FixedLine, TicketLine, Unit
from reports.room import fitting, html_bytes
from reports.text import cut, one_line, shorten

MAX_FIXED_BYTES = 120_000
MAX_TICKET_BYTES = 120_000
"""Each of the two tables of one page; result.json and tickets.json have every line."""
ROW_MARKUP_BYTES = 420
CLOSED = "销号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the tickets of a result say, gathered once for all pages: a portal has thousands."""

    open: Mapping[str | None, Sequence[TicketLine]]
    """By 单位; None is the portal."""
    titles: Mapping[str, str]
    """Titles of rules by id: tickets know only the id."""

    @classmethod
    def of(cls, result: AuditResult) -> "Ledger":
        found: dict[str | None, list[TicketLine]] = defaultdict(list)
        for ticket in result.tickets:
            if ticket.state != CLOSED:
                found[ticket.department].append(ticket)
        titles: dict[str, str] = {}
        for unit in result.units if found else ():
            titles |= {line.rule: line.rule_title for line in unit.findings if line.rule_title}
            titles |= {line.rule: line.rule_title for line in unit.passed if line.rule_title}
        return cls(open=found, titles=titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedRow:
    title: str
    subject: str
    message: str
    address: Address | None
    since: str
    """Day on which it was first seen; empty: not known."""
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    id: str
    state: str
    title: str
    source: str
    address: Address | None
    due: str
    overdue: bool
    note: str
    """The last word said on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    counts: tuple[tuple[str, str, int], ...]
    """(change, word, number of problems): 新增, 复发, 仍未整改, then 已整改; empty without an earlier run."""
    fixed: tuple[FixedRow, ...]
    fixed_total: int
    tickets: tuple[TicketRow, ...]
    tickets_total: int


def make_progress(unit: Unit, ledger: Ledger, as_of: str) -> Progress:
    shown = {finding.ticket for finding in unit.findings} | {line.ticket for line in unit.fixed}
    mine = ledger.open.get(None if unit.kind == "portal" else unit.name, ())
    others = [ticket for ticket in mine if ticket.id not in shown]
    others.sort(key=lambda ticket: (ticket.due or "9999", ticket.id))
    return Progress(
        counts=change_counts((unit,)),
        fixed=fitting(map(fixed_row, unit.fixed), _fixed_cost, MAX_FIXED_BYTES),
        fixed_total=len(unit.fixed),
        tickets=fitting((_ticket_row(ticket, ledger.titles, as_of) for ticket in others), _ticket_cost, MAX_TICKET_BYTES),
        tickets_total=len(others),
    )


def change_counts(units: Iterable[Unit]) -> tuple[tuple[str, str, int], ...]:
    """Problems by what became of them since the last trustworthy run; empty where there was none."""
    counts = dict.fromkeys(("new", "reopened", "still", "fixed"), 0)
    for unit in units:
        counts["fixed"] += len(unit.fixed)
        for finding in unit.findings:
            if finding.outcome == "failed" and finding.change:
                counts[finding.change] += 1
    words = {**labels.CHANGE, "fixed": labels.FIXED}
    return tuple((name, words[name], count) for name, count in counts.items()) if any(counts.values()) else ()


def fixed_row(line: FixedLine) -> FixedRow:
    return FixedRow(
        title=one_line(line.rule_title or line.rule, 80),
        subject=one_line(line.subject, 120),
        message=shorten(line.message, 300),
        address=address(line.url) if line.url else None,
        since=figures.iso(line.first_seen or ""),
        ticket=cut(line.ticket, 40),
    )


def _ticket_row(ticket: TicketLine, titles: Mapping[str, str], as_of: str) -> TicketRow:
    last = ticket.history[-1] if ticket.history else None
    return TicketRow(
        id=cut(ticket.id, 40),
        state=cut(ticket.state, 20),
        title=one_line(titles.get(ticket.rule, ticket.rule), 80),
        source=labels.word(labels.TICKET_SOURCE, ticket.source),
        address=address(ticket.url) if ticket.url else None,
        due=figures.iso(ticket.due or ""),
        overdue=ticket.state not in labels.WAITING and (figures.days_between(ticket.due, as_of) or 0) > 0,
        note=shorten(last.note, 200) if last else "",
    )


def _fixed_cost(row: FixedRow) -> int:
    return ROW_MARKUP_BYTES + html_bytes(row.title, row.subject, row.message, *_link(row.address))


def _ticket_cost(row: TicketRow) -> int:
    return ROW_MARKUP_BYTES + html_bytes(row.title, row.state, row.note, row.source, *_link(row.address))


def _link(shown: Address | None) -> tuple[str, ...]:
    return (shown.text, shown.href or "") if shown else ()
