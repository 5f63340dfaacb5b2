"""What the ledger says back to a run: marks of its findings, what it settled, how scores went."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from audit.ledger.account import Change, Coverage, RunAccount, ScorePoint, Settled, TicketMark
from audit.ledger.held import Held, chunks
from audit.ledger.models import Event, Portal, Run, Ticket, UnitScore
from audit.ledger.models import Seen as SeenRow
from audit.ledger.states import Source, State, Verb

TREND_POINTS = 12
"""Runs that a trend shows."""


def mark_of(ticket: Held | Ticket, change: Change | None) -> TicketMark:
    return TicketMark(
        number=ticket.number,
        state=State(ticket.state),
        change=change,
        first_seen=ticket.first_seen,
        due=ticket.due,
        due_provisional=ticket.due_provisional,
    )


def marks_of_merged(portal: Portal, run: Run | None, account: RunAccount, units: Mapping[str, int]) -> dict[str, TicketMark]:
    """Marks for the findings of a run that is not merged (again): tickets as they stand, changes as that run saw them."""
    changes = _changes_in(portal, run) if run is not None else {}
    rows: dict[tuple[int | None, str], Ticket] = {}
    matters = sorted({matter for fault in account.faults for matter in (fault.matter, fault.group_matter) if matter})
    for chunk in chunks(matters):
        for row in Ticket.objects.filter(portal=portal, source=Source.AUDIT.value, matter__in=chunk):
            rows[row.department_id, row.matter] = row
    marks = {}
    for fault in account.faults:
        unit = units.get(fault.department) if fault.department is not None else None
        row = rows.get((unit, fault.matter)) or rows.get((unit, fault.group_matter))
        if row is not None:
            marks[fault.fingerprint] = mark_of(row, changes.get(row.pk))
    return marks


def _changes_in(portal: Portal, run: Run) -> dict[int, Change]:
    """As the run saw them; on the first night everything would be new."""
    if not portal.runs.filter(merged=True, pk__lt=run.pk).exclude(coverage=Coverage.VOID.value).exists():
        return {}
    return {pk: change for pk, change in SeenRow.objects.filter(run=run).values_list("ticket_id", "change") if change}


def settled_in(run: Run) -> tuple[Settled, ...]:
    """Tickets that the run found mended."""
    passed = Event.objects.filter(run=run.name, verb=Verb.PASS.value).values_list("ticket_id", flat=True)
    rows: list[Ticket] = []
    for chunk in chunks(sorted(set(passed))):
        rows += Ticket.objects.filter(pk__in=chunk).select_related("department").order_by("pk")
    return tuple(_settled(row) for row in rows)


def _settled(row: Ticket) -> Settled:
    return Settled(
        number=row.number,
        department=row.department.name if row.department else None,
        fingerprint=row.fingerprint,
        rule=row.rule,
        rule_title=row.rule_title,
        url=row.url,
        subject=row.subject,
        message=row.message,
        first_seen=row.first_seen,
    )


def trends(portal: Portal, as_of: date) -> dict[str | None, tuple[ScorePoint, ...]]:
    """Scores of the last complete runs up to a day, oldest first; a single point is no trend."""
    runs = portal.runs.filter(merged=True, coverage=Coverage.COMPLETE.value, as_of__lte=as_of).order_by("-as_of", "-pk")
    shown = list(runs.values_list("pk", flat=True)[:TREND_POINTS])
    scores: Any = UnitScore.objects.filter(run_id__in=shown).select_related("run", "department").order_by("run__as_of", "run_id")
    points: dict[str | None, list[ScorePoint]] = defaultdict(list)
    for score in scores:
        name = score.department.name if score.department else None
        points[name].append(ScorePoint(as_of=score.run.as_of, low=score.low, high=score.high))
    return {name: tuple(each) for name, each in points.items() if len(each) > 1}
