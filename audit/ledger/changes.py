"""What a merge writes, gathered and written in batches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.deadlines import DeadlineRules
from audit.ledger.held import Held, chunks
from audit.ledger.models import TEXT, Event, Run, Ticket, Waiver
from audit.ledger.models import Seen as SeenRow
from audit.ledger.rows import insert_many
from audit.ledger.states import Role, State, Verb, after
from audit.ledger.views import MACHINE

_EVENT = ("ticket", "at", "by", "role", "verb", "before", "after", "note", "proof", "run")


@dataclass(slots=True)
class Changes:
    """The machine's deeds of one merge."""

    run: Run
    at: datetime
    deadlines: DeadlineRules
    _events: list[tuple[Any, ...]] = field(default_factory=list)
    """In the order of ``_EVENT``."""
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
            (pk, self.at, MACHINE.name, MACHINE.role.value, verb.value, before, now, note[:TEXT], "", self.run.name)
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
        insert_many(Event, _EVENT, self._events)
        self._fields.clear()
        self._ended.clear()
        self._events.clear()


def note_seen(run: Run, pks: Iterable[int], changes: Mapping[int, str]) -> None:
    """That these tickets' faults were seen in this run."""
    ordered = sorted(pks)
    for chunk in chunks(ordered):
        Ticket.objects.filter(pk__in=chunk).update(last_seen=run.as_of, seen_run=run)
        Waiver.objects.filter(ticket_id__in=chunk, ended__isnull=True).update(used_on=run.as_of)
    insert_many(SeenRow, ("run", "ticket", "change"), ((run.pk, pk, changes.get(pk, "")) for pk in ordered))
