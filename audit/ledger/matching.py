"""Which fault of a run is which ticket."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audit.ledger.account import Fault, RuleInForce
from audit.ledger.held import Held, samples_of
from rules.addresses import canonical

UnitKey = int | None
"""Primary key of the 单位; None: the portal."""


@dataclass(slots=True, kw_only=True)
class Match:
    """A fault with its ticket; None: nobody has seen it before."""

    fault: Fault
    ticket: Held | None
    moved: bool = False
    """Known under another address, 单位 or group."""


@dataclass(slots=True)
class Matcher:
    """Pairs faults with tickets, the surest way first; a ticket stands for one fault, a group's for all of its faults."""

    rules: Mapping[str, RuleInForce]
    unit_of: Callable[[str | None], UnitKey]
    by_matter: dict[tuple[UnitKey, str], Held] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    """Primary keys of tickets whose fault was seen."""

    def know(self, tickets: Iterable[Held]) -> None:
        for ticket in tickets:
            self.by_matter[ticket.department_id, ticket.matter] = ticket

    def exact(self, faults: Iterable[Fault]) -> Iterator[Match]:
        """By what the fault is, else by the ticket of its group: one repair stays one ticket when few of its faults are left."""
        for fault in faults:
            unit = self.unit_of(fault.department)
            ticket = self.by_matter.get((unit, fault.matter))
            if ticket is None and fault.group_matter:
                ticket = self.by_matter.get((unit, fault.group_matter))
            if ticket is not None:
                self.taken.add(ticket.pk)
            yield Match(fault=fault, ticket=ticket)

    def moved(self, matches: list[Match], open_tickets: Iterable[Held], is_failing: Callable[[Held], bool]) -> None:
        """Give what is still without a ticket to a ticket that lost its fault: each way only where it fits one of each."""
        lost = [
            ticket
            for ticket in open_tickets
            if ticket.pk not in self.taken and ticket.rule in self.rules and not is_failing(ticket)
        ]
        ways: tuple[tuple[Callable[[Held], Hashable], Callable[[Fault], Hashable]], ...] = (
            (self._ticket_elsewhere, self._fault_elsewhere),
            (self._ticket_address, self._fault_address),
            (self._ticket_name, self._fault_name),
        )
        for of_ticket, of_fault in ways:
            self._pair(matches, lost, of_ticket, of_fault)
        self._regrouped(matches, lost)

    def _pair(
        self,
        matches: list[Match],
        lost: list[Held],
        of_ticket: Callable[[Held], Hashable],
        of_fault: Callable[[Fault], Hashable],
    ) -> None:
        tickets: dict[Hashable, list[Held]] = defaultdict(list)
        for ticket in lost:
            if ticket.pk not in self.taken and (key := of_ticket(ticket)) is not None:
                tickets[key].append(ticket)
        faults: dict[Hashable, list[Match]] = defaultdict(list)
        for match in matches:
            if match.ticket is None and (key := of_fault(match.fault)) is not None and key in tickets:
                faults[key].append(match)
        for key, found in faults.items():
            if len(found) == len(tickets[key]) == 1:
                self._take(found[0], tickets[key][0])

    def _take(self, match: Match, ticket: Held) -> None:
        match.ticket, match.moved = ticket, True
        self.taken.add(ticket.pk)

    # The same subject under another 单位: who owns a link or page hangs on who else refers to it.

    def _ticket_elsewhere(self, ticket: Held) -> Hashable:
        return (ticket.rule, ticket.matter) if ticket.kind != "department" else None

    def _fault_elsewhere(self, fault: Fault) -> Hashable:
        return (fault.rule, fault.matter) if self.rules[fault.rule].kind != "department" else None

    # The same dead target under another rule: a link that stands on the home page no longer, but on inner pages still.

    def _ticket_address(self, ticket: Held) -> Hashable:
        return (self.rules[ticket.rule].check, canonical(ticket.url)) if ticket.kind == "link" and not ticket.is_group else None

    def _fault_address(self, fault: Fault) -> Hashable:
        rule = self.rules[fault.rule]
        return (rule.check, fault.address) if rule.kind == "link" and not fault.is_group else None

    # The same column or 单位 at another address.

    def _ticket_name(self, ticket: Held) -> Hashable:
        if ticket.kind not in {"column", "department"} or not ticket.subject:
            return None
        return (ticket.rule, ticket.department_id, ticket.subject, ticket.key)

    def _fault_name(self, fault: Fault) -> Hashable:
        if self.rules[fault.rule].kind not in {"column", "department"} or not fault.subject:
            return None
        return (fault.rule, self.unit_of(fault.department), fault.subject, fault.key)

    def _regrouped(self, matches: list[Match], lost: list[Held]) -> None:
        """The same subjects under another group: the template or the section has a new key."""
        wanting = [match for match in matches if match.ticket is None and match.fault.is_group]
        groups = [ticket for ticket in lost if ticket.is_group and ticket.pk not in self.taken] if wanting else []
        samples = {pk: set(map(canonical, urls)) for pk, urls in samples_of(groups).items()}
        for match in wanting:
            fault = match.fault
            shown = set(map(canonical, fault.samples))
            near = [
                ticket
                for ticket in groups
                if (ticket.rule, ticket.key) == (fault.rule, fault.key)
                and ticket.pk not in self.taken
                and shown & samples[ticket.pk]
            ]
            if len(near) == 1:
                self._take(match, near[0])
