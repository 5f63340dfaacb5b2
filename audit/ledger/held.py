"""Tickets as a merge holds them: slim, for a ledger may have a hundred thousand open ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from audit.ledger.account import Subject
from audit.ledger.models import Department, Ticket
from audit.ledger.states import Source, State
from audit.ledger.units import names_of

T = TypeVar("T")

CHUNK = 500
"""Values in one SQL list."""

_FIELDS = (
    "pk", "department_id", "state", "matter", "group_matter", "fingerprint", "rule", "rule_digest", "kind", "key", "url",
    "subject", "content", "first_seen", "received", "due", "due_days", "due_provisional",
)  # fmt: skip


@dataclass(slots=True)
class Held:
    """One ticket of a machine's finding."""

    pk: int
    department_id: int | None
    state: str
    matter: str
    group_matter: str
    fingerprint: str
    rule: str
    rule_digest: str
    kind: str
    key: str
    url: str
    subject: str
    content: str
    first_seen: date | None
    received: date
    due: date | None
    due_days: int | None
    due_provisional: bool

    @property
    def number(self) -> str:
        return f"T{self.pk:06d}"

    @property
    def is_group(self) -> bool:
        return bool(self.group_matter) and self.matter == self.group_matter


def hold_unsettled(portal_pk: int) -> Iterator[Held]:
    """Tickets of the portal that are not closed, locked until the transaction ends."""
    rows = Ticket.objects.filter(portal_id=portal_pk, source=Source.AUDIT.value).exclude(state=State.CLOSED.value)
    return _hold(rows.select_for_update())


def hold_closed(portal_pk: int, matters: Iterable[str]) -> Iterator[Held]:
    """Closed tickets of these matters."""
    for chunk in chunks(sorted(set(matters))):
        rows = Ticket.objects.filter(portal_id=portal_pk, source=Source.AUDIT.value, state=State.CLOSED.value, matter__in=chunk)
        yield from _hold(rows.select_for_update())


def hold_since(portal_pk: int, pk: int) -> Iterator[Held]:
    """The portal's tickets that are younger than ``pk``."""
    return _hold(Ticket.objects.filter(portal_id=portal_pk, source=Source.AUDIT.value, pk__gt=pk))


def _hold(rows: Any) -> Iterator[Held]:
    return (Held(*row) for row in rows.order_by("pk").values_list(*_FIELDS).iterator(chunk_size=2_000))


def subjects(held: Iterable[Held], units: dict[int, Department]) -> Iterator[tuple[Held, Subject]]:
    """What each ticket is about, with what only a second look asks for."""
    for chunk in chunks(list(held)):
        kept = {
            pk: (samples, found_on, count)
            for pk, samples, found_on, count in Ticket.objects.filter(pk__in=[ticket.pk for ticket in chunk]).values_list(
                "pk", "samples", "found_on", "found_on_count"
            )
        }
        for ticket in chunk:
            samples, found_on, count = kept[ticket.pk]
            unit = units.get(ticket.department_id) if ticket.department_id is not None else None
            yield (
                ticket,
                Subject(
                    rule=ticket.rule,
                    kind=ticket.kind,
                    departments=names_of(unit),
                    url=ticket.url,
                    name=ticket.subject,
                    key=ticket.key,
                    is_group=ticket.is_group,
                    samples=tuple(samples),
                    found_on=tuple(found_on),
                    found_on_count=count,
                ),
            )


def samples_of(tickets: Iterable[Held]) -> dict[int, tuple[str, ...]]:
    """Samples of groups, by primary key."""
    found: dict[int, tuple[str, ...]] = {}
    for chunk in chunks([ticket.pk for ticket in tickets]):
        found.update((pk, tuple(samples)) for pk, samples in Ticket.objects.filter(pk__in=chunk).values_list("pk", "samples"))
    return found


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
