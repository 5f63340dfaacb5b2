"""What a run tells the ledger, and what the ledger answers: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol

from audit.ledger.states import State

Kind = Literal["portal", "department", "column", "page", "link"]
Change = Literal["new", "still", "reopened"]


class Coverage(StrEnum):
    """How much of the portal a run looked at; only a complete one closes all that it found fine."""

    COMPLETE = "complete"
    CUT_OFF = "cut-off"
    """The whole was meant, and a limit ended it early: closes what it read again and passed, nothing that is only gone."""
    PARTIAL = "partial"
    """Some 单位 only, a sample, or less than earlier runs saw: closes nothing."""
    EMPTY = "empty"
    """Nothing was there to judge."""
    VOID = "void"
    """Not to be trusted at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSeen:
    """A 单位 as the run found it."""

    name: str
    kind: str = ""
    url: str = ""
    url_prefixes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInForce:
    title: str
    check: str
    kind: Kind
    digest: str
    """Of what the rule asks for: another digest, another rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A ``failed`` finding."""

    fingerprint: str
    matter: str
    group_matter: str = ""
    rule: str
    pack: str
    clause: str
    department: str | None
    url: str
    address: str
    """``url`` in the spelling of fingerprints."""
    subject: str
    key: str = ""
    message: str
    found_on: tuple[str, ...] = ()
    found_on_count: int = 0
    samples: tuple[str, ...] = ()
    count: int = 1
    due_days: int

    @property
    def is_group(self) -> bool:
        """It speaks for all subjects of its group."""
        return bool(self.group_matter) and self.matter == self.group_matter


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSeen:
    department: str | None
    low: float
    high: float
    verdict: str
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an open ticket is about, for the second look."""

    rule: str
    kind: str
    departments: frozenset[str | None]
    """All names that its 单位 bears or bore; None: the portal."""
    url: str
    name: str
    key: str
    is_group: bool
    samples: tuple[str, ...]
    found_on: tuple[str, ...]
    found_on_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Answer of a second look."""

    state: Literal["fine", "failing", "unseen"]
    note: str = ""
    """Whole Chinese sentence: what was seen, or why nothing was."""
    itself: bool = False
    """It is fine by what was read of itself in this run, whatever else the run left out."""


class SecondLook(Protocol):
    """Whether the run looked at a subject again, and what it saw."""

    def at(self, subject: Subject) -> Seen: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAccount:
    """A judged run, as the ledger takes it in."""

    name: str
    portal_url: str
    portal_name: str
    as_of: date
    started: datetime | None
    finished: datetime | None
    coverage: Coverage
    coverage_reason: str = ""
    pages: int = 0
    packs: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, RuleInForce] = field(default_factory=dict)
    units: tuple[UnitSeen, ...] = ()
    faults: tuple[Fault, ...] = ()
    scores: tuple[ScoreSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMark:
    """What a finding's line says of its ticket."""

    number: str
    state: State
    change: Change | None
    """None: there was no earlier trustworthy run to compare with."""
    first_seen: date | None
    due: date | None
    due_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A ticket that this run found mended."""

    number: str
    department: str | None
    fingerprint: str
    rule: str
    rule_title: str
    url: str
    subject: str
    message: str
    first_seen: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoint:
    as_of: date
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What the ledger answers to a run."""

    merged: bool
    """False: it was there already, or a later one is; nothing was changed."""
    note: str = ""
    """Why not, or what was left undone: a whole Chinese sentence."""
    marks: Mapping[str, TicketMark] = field(default_factory=dict)
    """By fingerprint of the finding."""
    settled: tuple[Settled, ...] = ()
    trends: Mapping[str | None, tuple[ScorePoint, ...]] = field(default_factory=dict)
    """By 单位 (None: the portal), oldest first, this run included."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """``failed new still reopened fixed retired unseen``."""
    warnings: tuple[str, ...] = ()
    """Waivers that expired or cover nothing any more."""
