"""What the ledger tells and is told: plain values, so that nobody else needs to know its database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from audit.ledger.states import Role, State, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something: a person with a name, or the machine."""

    name: str
    role: Role


MACHINE = Actor(name="zhaocuo", role=Role.MACHINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody does to a ticket."""

    verb: Verb
    by: Actor
    at: datetime
    note: str = ""
    proof: str = ""
    until: date | None = None
    """Last day of a waiver."""
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """A problem that a person reports: the 找错 form, a line of an evaluator's list."""

    portal_url: str
    source: str
    """Key of ``deadlines.yaml``: ``zhaocuo``, ``evaluation`` …"""
    message: str
    received: date
    """Day from which working days are counted."""
    department: str | None = None
    """Name or former name; one that the ledger does not know is entered."""
    source_number: str = ""
    url: str = ""
    subject: str = ""
    rule: str = ""
    rule_title: str = ""
    due: date | None = None
    """A day that the list itself sets; None: reckoned from ``due_days``, else from the source."""
    due_days: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """Further cells, as JSON."""
    note: str = ""
    """For the first event of the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    at: datetime
    by: str
    role: Role
    verb: Verb
    before: State | None
    """None: the ticket began with it."""
    after: State
    note: str = ""
    proof: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverView:
    reason: str
    by: str
    until: date
    """Last day."""
    granted_at: datetime
    used_on: date | None = None
    """Audit date on which it last covered a fault; None: never."""
    ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    number: str
    portal_host: str
    portal_url: str
    portal_name: str
    department: str | None
    responsible: str
    contact: str
    state: State
    source: str
    source_number: str
    fingerprint: str
    rule: str
    rule_title: str
    pack: str
    clause: str
    kind: str
    """What the rule judges: ``portal department column page link``; "" where there is no rule."""
    department_names: frozenset[str | None]
    """All names that the 单位 bears or bore; None: the portal."""
    url: str
    subject: str
    key: str
    """What tells two subjects of one rule and address apart."""
    message: str
    found_on: tuple[str, ...]
    samples: tuple[str, ...]
    count: int
    details: Mapping[str, Any]
    received: date
    due: date | None
    due_days: int | None
    due_provisional: bool
    first_seen: date | None
    last_seen: date | None
    closed_on: date | None
    seen_run: str
    """Name of the run that holds the evidence; "": none does."""
    events: tuple[EventView, ...] = ()
    waiver: WaiverView | None = None
    """The last one granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentView:
    name: str
    kind: str = ""
    url: str = ""
    url_prefixes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    responsible: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketQuery:
    """Which tickets; everything left out lets all pass."""

    portal_url: str | None = None
    department: str | None = None
    """Name or former name."""
    states: tuple[State, ...] = ()
    source: str | None = None
    source_number: str | None = None
    url: str | None = None
    rule: str | None = None
    seen_run: str | None = None
    due_before: date | None = None
    """Due on an earlier day."""
    closed_since: date | None = None
    """Leaves out what was closed before that day."""
