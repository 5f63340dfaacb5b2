"""What judging has to know of the ledger beforehand: subjects to look at again, and what is waived."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from audit.ledger.account import UnitSeen
from audit.ledger.models import Department, Ticket, Waiver
from audit.ledger.states import Source, State
from audit.ledger.units import match_units, names_of
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


def waived(host: str, as_of: date, units: Iterable[UnitSeen]) -> tuple[Waived, ...]:
    """Waivers in force on ``as_of``, their last day included; a 单位 that a run finds renamed is known by its new name too."""
    known = list(Department.objects.filter(portal__host=host))
    new_names = {row.pk: name for name, row in match_units(known, units).items()}
    rows = Waiver.objects.filter(
        ticket__portal__host=host, ticket__state=State.WAIVED.value, ended__isnull=True, until__gte=as_of
    ).exclude(ticket__matter="")
    return tuple(
        Waived(departments=_names(row.ticket.department, new_names), matter=row.ticket.matter)
        for row in rows.select_related("ticket__department").order_by("pk")
    )


def _names(unit: Department | None, new_names: Mapping[int, str]) -> frozenset[str | None]:
    names = names_of(unit)
    return names if unit is None or unit.pk not in new_names else names | {new_names[unit.pk]}
