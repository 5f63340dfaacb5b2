"""What judging has to know of the ledger beforehand: subjects to look at again, and what is waived."""

from collections import defaultdict
from datetime import date

from audit.ledger.models import Ticket, Waiver
from audit.ledger.states import Source, State
from audit.ledger.units import names_of
from audit.waivers import Waived
from rules.addresses import canonical
from rules.model import Watch

_MOVABLE = frozenset({"column", "department"})


def watch(host: str) -> Watch:
    """Addresses of all tickets that are not closed, samples of groups; names of what may move."""
    addresses: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    rows = Ticket.objects.filter(portal__host=host, source=Source.AUDIT.value).exclude(state=State.CLOSED.value)
    for rule, kind, url, subject, samples in rows.values_list("rule", "kind", "url", "subject", "samples").iterator(2_000):
        addresses[rule].add(canonical(url))
        addresses[rule].update(map(canonical, samples))
        if kind in _MOVABLE and subject:
            names[rule].add(subject)
    return Watch(
        addresses={rule: frozenset(found) for rule, found in addresses.items()},
        names={rule: frozenset(found) for rule, found in names.items()},
    )


def waived(host: str, as_of: date) -> tuple[Waived, ...]:
    """Waivers in force on ``as_of``, their last day included."""
    rows = Waiver.objects.filter(
        ticket__portal__host=host, ticket__state=State.WAIVED.value, ended__isnull=True, until__gte=as_of
    ).exclude(ticket__matter="")
    return tuple(
        Waived(departments=names_of(row.ticket.department), matter=row.ticket.matter)
        for row in rows.select_related("ticket__department").order_by("pk")
    )
