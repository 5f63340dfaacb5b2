"""What a merge writes, gathered and written in batches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from audit.deadlines import DeadlineRules
from audit.ledger.held import Held, chunks
from audit.ledger.models import TEXT, Event, Run, Ticket, Waiver
from audit.ledger.models import Seen as SeenRow
from audit.ledger.states import Role, Source, State, Verb, after
from audit.ledger.views import MACHINE

_BATCH = 1_000


@dataclass(slots=True)
class Changes:
    """The machine's deeds of one merge."""

    run: Run
    at: datetime
    deadlines: DeadlineRules
    _events: list[Event] = field(default_factory=list)
    _fields: dict[tuple[tuple[str, Any], ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    _ended: list[int] = field(default_factory=list)

    def do(self, ticket: Held, verb: Verb, note: str = "") -> None:
        """One step of the table of states, with its event; a ticket that the 承办单位 has to mend anew gets a new last day."""
        before = State(ticket.state)
        now = after(verb, Role.MACHINE, before)
        ticket.state = now.value
        self.record(ticket.pk, verb, before.value, now.value, note)
        if before is State.WAIVED and now is not State.WAIVED:
            self._ended.append(ticket.pk)
        changed: dict[str, Any] = {"state": now.value}
        if now is State.CLOSED:
            changed["closed_on"] = self.run.as_of
        elif before is State.CLOSED:
            changed["closed_on"] = None
        if verb in {Verb.RETURN, Verb.RESUME, Verb.EXPIRE}:
            changed |= self._restart(ticket)
        self.set(ticket.pk, **changed)

    def _restart(self, ticket: Held) -> dict[str, Any]:
        ticket.received = self.run.as_of
        return {"received": self.run.as_of, **self.schedule(ticket)}

    def schedule(self, ticket: Held) -> dict[str, Any]:
        """Last day anew, counted from ``received``."""
        if ticket.due_days is not None:
            deadline = self.deadlines.calendar.due_after(ticket.received, ticket.due_days)
            ticket.due, ticket.due_provisional = deadline.day, deadline.provisional
        return {"due": ticket.due, "due_provisional": ticket.due_provisional}

    def record(self, pk: int, verb: Verb, before: str, now: str, note: str = "") -> None:
        self._events.append(
            Event(
                ticket_id=pk,
                at=self.at,
                by=MACHINE.name,
                role=MACHINE.role.value,
                verb=verb.value,
                before=before,
                after=now,
                note=note[:TEXT],
                run=self.run.name,
            )
        )

    def set(self, pk: int, **values: Any) -> None:
        """Columns of one ticket; tickets with the same values are written together."""
        self._fields[tuple(sorted(values.items()))].append(pk)

    def write(self) -> None:
        for values, pks in self._fields.items():
            for chunk in chunks(pks):
                Ticket.objects.filter(pk__in=chunk).update(**dict(values))
        for chunk in chunks(self._ended):
            Waiver.objects.filter(ticket_id__in=chunk, ended__isnull=True).update(ended=self.run.as_of)
        Event.objects.bulk_create(self._events, batch_size=_BATCH)
        self._fields.clear()
        self._ended.clear()
        self._events.clear()


def note_seen(run: Run, pks: Iterable[int], changes: Mapping[int, str]) -> None:
    """That these tickets' faults were seen in this run."""
    ordered = sorted(pks)
    for chunk in chunks(ordered):
        Ticket.objects.filter(pk__in=chunk).update(last_seen=run.as_of, seen_run=run)
        Waiver.objects.filter(ticket_id__in=chunk, ended__isnull=True).update(used_on=run.as_of)
    rows = (SeenRow(run=run, ticket_id=pk, change=changes.get(pk, "")) for pk in ordered)
    SeenRow.objects.bulk_create(rows, batch_size=_BATCH)


def update_contents(tickets: Iterable[Ticket]) -> None:
    """What was said of them this time."""
    names = ["fingerprint", "matter", "group_matter", "department", "rule", "rule_title", "rule_digest", "pack", "clause", "kind",
             "url", "subject", "key", "message", "found_on", "found_on_count", "samples", "count", "content"]  # fmt: skip
    Ticket.objects.bulk_update(tickets, names, batch_size=100)


def new_ticket(portal_pk: int, as_of: date) -> Ticket:
    return Ticket(
        portal_id=portal_pk,
        state=State.OPEN.value,
        source=Source.AUDIT.value,
        first_seen=as_of,
        received=as_of,
    )
