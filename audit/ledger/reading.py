"""Rows of the ledger as plain values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from audit.errors import TicketNotFound
from audit.ledger.hosts import host_of
from audit.ledger.models import Department, Event, Portal, Run, Ticket, Waiver
from audit.ledger.states import Role, State, Verb
from audit.ledger.units import names_of
from audit.ledger.views import DepartmentView, EventView, TicketQuery, TicketView, WaiverView

CHINA = ZoneInfo("Asia/Shanghai")
_CHUNK = 500
"""Tickets whose histories are read together."""


def ticket_row(number: str, *, lock: bool = False) -> Ticket:
    """The ticket called ``number`` (``T000012``, ``t12``, ``12``); raises :class:`TicketNotFound`."""
    digits = number.strip().upper().removeprefix("T")
    rows = Ticket.objects.select_for_update(of=("self",)) if lock else Ticket.objects
    found = None
    if digits.isascii() and digits.isdecimal() and len(digits) < 18:
        found = rows.filter(pk=int(digits)).first()
    if found is None:
        raise TicketNotFound(f"没有编号为 {number} 的整改单，用 zhaocuo tickets list 查看全部。")
    return found


def view(row: Ticket) -> TicketView:
    """One ticket with its whole history."""
    return next(_views([row], _Known()))


@dataclass(slots=True)
class _Known:
    """Rows that many tickets share, read once: an instance for each ticket is most of what reading tickets costs."""

    portals: dict[int, Portal] = field(default_factory=dict)
    units: dict[int, Department] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)

    def meet(self, rows: Sequence[Ticket]) -> None:
        for known, model, name in (
            (self.portals, Portal, "portal_id"),
            (self.units, Department, "department_id"),
            (self.runs, Run, "seen_run_id"),
        ):
            new = {getattr(row, name) for row in rows} - known.keys() - {None}
            if new:
                known.update(model.objects.in_bulk(new))


def _views(rows: Sequence[Ticket], known: _Known) -> Iterator[TicketView]:
    """Tickets with what belongs to them, all read together."""
    known.meet(rows)
    pks = [row.pk for row in rows]
    events, waivers = _histories(pks), _last_waivers(pks)
    for row in rows:
        yield _view(row, known, events[row.pk], waivers.get(row.pk))


def _view(row: Ticket, known: _Known, events: tuple[EventView, ...], waiver: WaiverView | None) -> TicketView:
    portal, unit, run = known.portals[row.portal_id], known.units.get(row.department_id), known.runs.get(row.seen_run_id)
    return TicketView(
        number=row.number,
        portal_host=portal.host,
        portal_url=portal.url,
        portal_name=portal.name,
        department=unit.name if unit else None,
        responsible=unit.responsible if unit else "",
        contact=unit.contact if unit else "",
        state=State(row.state),
        source=row.source,
        source_number=row.source_number,
        fingerprint=row.fingerprint,
        rule=row.rule,
        rule_title=row.rule_title,
        pack=row.pack,
        clause=row.clause,
        kind=row.kind,
        department_names=names_of(unit),
        url=row.url,
        subject=row.subject,
        key=row.key,
        message=row.message,
        found_on=tuple(row.found_on),
        samples=tuple(row.samples),
        count=row.count,
        details=row.details,
        received=row.received,
        due=row.due,
        due_days=row.due_days,
        due_provisional=row.due_provisional,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        closed_on=row.closed_on,
        seen_run=run.name if run else "",
        events=events,
        waiver=waiver,
    )


def _histories(pks: Sequence[int]) -> dict[int, tuple[EventView, ...]]:
    """Events of each ticket, oldest first."""
    found: dict[int, list[EventView]] = {pk: [] for pk in pks}
    rows = Event.objects.filter(ticket_id__in=pks).order_by("pk")
    for pk, at, by, role, verb, before, after, note, proof, run in rows.values_list(
        "ticket_id", "at", "by", "role", "verb", "before", "after", "note", "proof", "run"
    ):
        found[pk].append(
            EventView(
                at=at.astimezone(CHINA),
                by=by,
                role=Role(role),
                verb=Verb(verb),
                before=State(before) if before else None,
                after=State(after),
                note=note,
                proof=proof,
                run=run,
            )
        )
    return {pk: tuple(events) for pk, events in found.items()}


def _last_waivers(pks: Sequence[int]) -> dict[int, WaiverView]:
    return {
        row.ticket_id: WaiverView(
            reason=row.reason,
            by=row.by,
            until=row.until,
            granted_at=row.granted_at.astimezone(CHINA),
            used_on=row.used_on,
            ended=row.ended,
        )
        for row in Waiver.objects.filter(ticket_id__in=pks).order_by("pk")
    }


def views(query: TicketQuery) -> Iterator[TicketView]:
    """Tickets in the order of their numbers, read in pieces so that memory stays flat."""
    rows, known, after = _filtered(query), _Known(), 0
    while True:
        piece = list(rows.filter(pk__gt=after).order_by("pk")[:_CHUNK])
        yield from _views(piece, known)
        if len(piece) < _CHUNK:
            return
        after = piece[-1].pk


def count(query: TicketQuery) -> int:
    return int(_filtered(query).count())


def _filtered(query: TicketQuery) -> Any:
    from django.db.models import Q  # noqa: PLC0415  beside its only use

    plain = {
        "portal__host": host_of(query.portal_url) if query.portal_url is not None else None,
        "source": query.source,
        "source_number": query.source_number,
        "url": query.url,
        "rule": query.rule,
        "seen_run__name": query.seen_run,
        "due__lt": query.due_before,
        "state__in": query.states or None,
    }
    rows = Ticket.objects.filter(**{name: value for name, value in plain.items() if value is not None})
    if query.department is not None:
        rows = rows.filter(department__in=_named(query.department))
    if query.closed_since is not None:
        rows = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=query.closed_since))
    return rows


def _named(name: str) -> list[int]:
    """Departments of any portal that bear or bore this name."""
    return [row.pk for row in Department.objects.all() if name == row.name or name in row.aliases]


def department_view(row: Department) -> DepartmentView:
    return DepartmentView(
        name=row.name,
        kind=row.kind,
        url=row.url,
        url_prefixes=tuple(row.url_prefixes),
        aliases=tuple(row.aliases),
        responsible=row.responsible,
        contact=row.contact,
    )


def department_views(rows: Iterable[Department]) -> tuple[DepartmentView, ...]:
    return tuple(department_view(row) for row in rows)
