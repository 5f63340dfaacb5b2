"""Lists of people as plain values: what the ledger knows when one comes in, and what it keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from audit.ledger.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTicket:
    """As much of a ticket as decides whether a row means it."""

    number: str
    portal_host: str
    department: str | None
    state: State
    source: str
    source_number: str
    rule: str
    url: str
    subject: str
    message: str
    wrong: str
    """Old wording, where the ticket is about one."""
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowToKeep:
    number: int
    cells: tuple[str, ...]
    ticket: str
    """Number of the ticket that stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListToKeep:
    """One sheet that was imported."""

    name: str
    sheet: str
    source: str
    headings: tuple[str, ...]
    rows: Sequence[RowToKeep]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """One sheet as it came in, with the ticket of each row."""

    pk: int
    name: str
    sheet: str
    source: str
    headings: tuple[str, ...]
    entered_at: datetime
    by: str
