"""What an import will do, row by row, before anything is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from audit.intake.places import Place, Places
from audit.intake.rows import Problem, Row
from audit.intake.vocabulary import vocabulary
from audit.ledger.list_views import KnownTicket
from audit.ledger.states import State
from rules.addresses import canonical


class Fate(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    KNOWN = "known"
    """A ticket stands for it already."""
    RETURNS = "returns"
    """Its ticket was closed before the day on which the list saw the problem."""
    REPEATS = "repeats"
    """An earlier row of this import says the same."""
    ANSWERS = "answers"
    """The row bears the number of a ticket, and says how it was mended."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    row: Row
    fate: Fate
    place: Place | None = None
    ticket: str = ""
    """Number of the ticket that stands for the row; "" when it will be made."""
    same_as: int | None = None
    """Index of the planned row that makes the ticket."""


@dataclass(slots=True)
class Plan:
    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_departments: set[str] = field(default_factory=set)
    guessed: int = 0
    without_department: int = 0

    def count(self, fate: Fate) -> int:
        return sum(planned.fate is fate for planned in self.rows)


Key = tuple[str, str, str, str, str]


class Planner:
    """Puts each row in its place and looks for the ticket that stands for it."""

    def __init__(
        self, places: Places, known: Iterable[KnownTicket], *, portal: str | None, only: str | None, received: date
    ) -> None:
        """``portal``: home page that the caller names for rows that no known portal owns; ``only``: the ledger's one portal, for
        rows without an address; ``received``: day for rows without one.
        """
        self._places, self._portal, self._only, self._received = places, portal, only, received
        self._by_number: dict[str, KnownTicket] = {}
        self._by_source: dict[tuple[str, str], KnownTicket] = {}
        self._by_key: dict[Key, KnownTicket] = {}
        self._by_address: dict[str, list[KnownTicket]] = {}
        for ticket in known:
            self._by_number[ticket.number] = ticket
            if ticket.source_number:
                self._by_source[ticket.source, ticket.source_number] = ticket
            self._by_key[_key(ticket.url, ticket.message, ticket.wrong, (ticket.department or "", ticket.subject))] = ticket
            if ticket.url and ticket.rule:
                self._by_address.setdefault(canonical(ticket.url), []).append(ticket)

    def plan(self, rows: Sequence[Row], source: str) -> Plan:
        plan = Plan()
        made: dict[Key, int] = {}
        for row in rows:
            planned = self._planned(row, source, plan)
            if planned is None:
                continue
            if planned.fate is Fate.NEW and planned.place is not None:
                key = _row_key(row, planned.place)
                first = made.setdefault(key, len(plan.rows))
                if first != len(plan.rows):
                    planned = replace(planned, fate=Fate.REPEATS, same_as=first)
            plan.rows.append(planned)
        return plan

    def _planned(self, row: Row, source: str, plan: Plan) -> PlannedRow | None:
        if row.skipped:
            return PlannedRow(row=row, fate=Fate.SKIPPED)
        if row.text("ticket"):
            return self._numbered(row, plan)
        place = self._place(row, plan)
        if place is None:
            return None
        ticket = self._match(row, place, source)
        if ticket is None:
            self._note(place, plan)
            return PlannedRow(row=row, fate=Fate.NEW, place=place)
        seen = row.found or self._received
        returns = ticket.state is State.CLOSED and ticket.closed_on is not None and seen > ticket.closed_on
        return PlannedRow(row=row, fate=Fate.RETURNS if returns else Fate.KNOWN, place=place, ticket=ticket.number)

    def _numbered(self, row: Row, plan: Plan) -> PlannedRow | None:
        number = row.text("ticket").upper()
        if number not in self._by_number:
            plan.problems.append(_problem(row, f"台账里没有编号为“{row.text('ticket')[:40]}”的整改单，请核对“整改单号”。"))
            return None
        return PlannedRow(row=row, fate=Fate.ANSWERS, ticket=number)

    def _place(self, row: Row, plan: Plan) -> Place | None:
        portal = (self._places.portal_of(row.url) if row.url else self._portal or self._only) or self._portal
        if portal is None:
            said = f"网址 {row.url[:80]} 不属于台账里的任何门户" if row.url else "没有网址，看不出是哪个门户的问题"
            plan.problems.append(_problem(row, f"{said}，请核对网址，或用 --portal 写明门户首页。"))
            return None
        named = row.text("department")
        if named:
            return Place(portal_url=portal, department=self._places.department_by_name(portal, named) or named)
        found = self._places.department_by_address(row.url) if row.url else None
        return Place(portal_url=portal, department=found, guessed=found is not None)

    def _note(self, place: Place, plan: Plan) -> None:
        plan.guessed += place.guessed
        plan.without_department += place.department is None
        if place.department and self._places.department_by_name(place.portal_url, place.department) is None:
            plan.new_departments.add(place.department)

    def _match(self, row: Row, place: Place, source: str) -> KnownTicket | None:
        """By the message's own number, then by address and words, then by address and kind of problem."""
        number = row.text("source_number")
        if number and (source, number) in self._by_source:
            return self._by_source[source, number]
        same = self._by_key.get(_row_key(row, place))
        if same is not None or not row.url:
            return same
        rules = vocabulary().rules_like(f"{row.text('problem_type')} {row.message}")
        alike = [ticket for ticket in self._by_address.get(canonical(row.url), ()) if ticket.rule in rules]
        open_ones = [ticket for ticket in alike if ticket.state is not State.CLOSED]
        return next(iter(open_ones or alike), None)


def _problem(row: Row, message: str) -> Problem:
    return Problem(sheet=row.sheet, row=row.number, message=message)


def _row_key(row: Row, place: Place) -> Key:
    return _key(row.url, row.message, row.text("wrong"), (place.department or "", row.subject))


def _key(url: str, message: str, wrong: str, where: tuple[str, str]) -> Key:
    """Two rows with one key are one problem. Without an address the 单位 and the column tell them apart."""
    return (canonical(url) if url else "", "".join(message.split()), wrong, *(("", "") if url else where))
