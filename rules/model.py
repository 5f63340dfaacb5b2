"""The nouns of judging: pack, clause, rule, judgement, outcome, finding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import msgspec

from crawler.facts import ColumnFacts, DepartmentFacts, Entry, Evidence, SiteFacts


class Outcome(StrEnum):
    """What a rule says of a subject: the W3C's EARL words, ``error``, and the two of the ledger."""

    PASSED = "passed"
    FAILED = "failed"
    LEAD = "lead"
    """线索: a person must confirm; never costs points."""
    CANT_TELL = "cant_tell"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"
    ERROR = "error"
    WAIVED = "waived"


class Subject(StrEnum):
    """What one judgement is about."""

    PORTAL = "portal"
    DEPARTMENT = "department"
    COLUMN = "column"
    PAGE = "page"
    LINK = "link"


class ClauseKind(StrEnum):
    VETO = "veto"
    """单项否决."""
    DEDUCTION = "deduction"
    BONUS = "bonus"
    """Never awarded by machine."""
    INFORMATIVE = "informative"


class ClauseStatus(StrEnum):
    AUTOMATED = "automated"
    PARTIAL = "partial"
    MANUAL = "manual"
    """Prints as 待人工核对."""


class Sureness(StrEnum):
    """How sure a figure is; only ``V`` is printed as official, everything else as 本地设定."""

    VERIFIED = "V"
    MIRROR = "V-m"
    PRACTICE = "V-p"
    UNVERIFIED = "U"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    document: str
    number: str = ""
    """文号."""
    article: str = ""
    sureness: Sureness = Sureness.UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One line of an official document."""

    id: str
    title: str
    kind: ClauseKind
    status: ClauseStatus
    scope: str = "department"
    """``department``: judged for every 单位; ``portal``: once, for the portal."""
    points: float | None = None
    """Ceiling of the deduction."""
    per_finding: float | None = None
    points_sureness: Sureness = Sureness.UNVERIFIED
    fail_at: int = 1
    """A veto falls when so many failed subjects are counted (5 columns, 10 columns …)."""
    counts: Literal["all", "top_level"] = "all"
    """``top_level``: only findings with ``top_level`` count towards ``fail_at`` (19号: 一级栏目)."""
    source: Source = Source(document="")
    rules: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One question with its words."""

    id: str
    title: str
    pack: str
    check: str
    subject: Subject
    outcome: Outcome
    """``failed`` (the machine may accuse) or ``lead``."""
    params: Any
    """The check's parsed ``Params``."""
    raw_params: Mapping[str, Any] = field(default_factory=dict)
    messages: Mapping[Outcome, str] = field(default_factory=dict)
    group_message: str = ""
    """Words of a finding that folds several subjects (``{count}``); empty: the message of the first subject."""
    group_above: int = 0
    """Failed subjects of one group are folded only where the rule has more than so many; 0: always."""
    gathers: tuple[str, ...] = ()
    """Rules, of any pack, whose findings about entries of a column that this one accuses are shown with it: one repair."""
    rationale: str = ""
    remediation: str = ""
    source: Source | None = None
    """When the rule rests on another article than its clause."""
    due_days: int | None = None
    """Working days to mend; None: the pack's."""
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A subject that passed and stops passing after a day unless it is renewed."""

    rule: str
    pack: str
    department: str | None
    url: str
    subject: str
    renewed: date
    last_day: date

    @property
    def period_days(self) -> int:
        return (self.last_day - self.renewed).days


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryWarning:
    """即将超期: for periods of at most ``period_days`` the warning comes ``days_before`` the last day."""

    period_days: int
    days_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    id: str
    title: str
    version: str
    source: Source
    effective: str = ""
    due_days: int = 10
    base_points: float = 100
    pass_mark: float = 60
    """Below it a unit is 不合格 (“扣分后得分低于60分”, 国办秘函〔2019〕19号)."""
    warnings: tuple[ExpiryWarning, ...] = ()
    """Shortest period first; a longer period than all of them is never warned of."""
    clauses: tuple[Clause, ...] = ()
    rules: tuple[Rule, ...] = ()
    extends: str = ""
    """Shipped pack that this local pack changes; it stands in its place."""
    switched_off: Mapping[str, str] = field(default_factory=dict)
    """Rules of the extended pack that do not run here, with the reason."""
    folder: Path | None = None
    """Where it was read from; None for packs made in memory."""

    def warned_from(self, expiry: Expiry) -> date | None:
        """First day on which ``expiry`` is 即将超期; None: periods so long are not warned of."""
        warning = next((each for each in self.warnings if expiry.period_days <= each.period_days), None)
        return expiry.last_day - timedelta(days=warning.days_before) if warning else None

    def clause_of(self, rule_id: str) -> Clause | None:
        """The clause that a finding of the rule cites.

        A rule may be named by one veto, which counts subjects, and by one other clause, which takes points: the other one
        is cited, since a single stale column is no 单项否决.
        """
        named = [clause for clause in self.clauses if rule_id in clause.rules]
        return next((clause for clause in named if clause.kind is not ClauseKind.VETO), named[0] if named else None)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a check says of one subject. The engine puts rule, clause and words to it.

    No dataclass, because twenty are made for every page of a portal: making one costs a tenth.
    """

    outcome: Outcome
    """``passed failed cant_tell inapplicable untested``; a check never says ``lead``: the rule does."""
    url: str = ""
    """The subject's address; the 单位's page where a column is missing; the target for links."""
    department: str | None = None
    subject: str = ""
    """Name of the subject for people: column path, link text …"""
    key: str = ""
    """What tells two subjects of one rule and address apart in the fingerprint."""
    values: Mapping[str, Any] = {}
    """Fields of the rule's message."""
    evidence: tuple[Evidence, ...] = ()
    found_on: tuple[str, ...] = ()
    found_on_count: int = 0
    group: str = ""
    """Findings of one rule with the same group are one repair (template, shared menu)."""
    shared: str = ""
    """The very element at fault. Groups all of whose members name the same one are one repair too: a logo in every template."""
    of_template: bool = False
    """The fault is the template's: it is the portal's to mend, whichever 单位 owns the page."""
    top_level: bool = False
    """The subject is a 一级栏目; see ``Clause.counts``."""
    lead: bool = False
    """A failed one of which a person must make sure, though the rule as a whole may accuse."""
    last_day: date | None = None
    """Of a subject that must be renewed and passed: last audit date on which it still passes as it is."""
    renewed: date | None = None
    """The day its period is counted from."""

    def with_(self, **changes: Any) -> "Judgement":
        """The same judgement but for some fields."""
        return msgspec.structs.replace(self, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a check may know beside its subject and parameters."""

    facts: SiteFacts
    audit_date: date
    departments: Mapping[str, DepartmentFacts]
    columns: Mapping[tuple[str | None, str], tuple[ColumnFacts, ...]] = field(default_factory=dict)
    """Columns of the types that some check ``needs``, by 单位 name (None: the portal) and column type.

    ``statutory`` holds all that serve an item of 条例 art. 20: 机关简介 is of type ``organization`` and serves the second.
    """
    listed: Mapping[str, tuple[ColumnFacts, Entry]] = field(default_factory=dict)
    """Entries of those columns by canonical address (:func:`rules.addresses.canonical`)."""
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What checks of this evaluation worked out once for all subjects (:mod:`rules.report_index`); never a verdict."""


CheckReturn = Judgement | Iterable[Judgement] | None
"""None: the subject does not concern this rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A judgement that a person has to see: ``failed`` or ``lead``."""

    rule: str
    outcome: Outcome
    pack: str
    clause: str
    department: str | None
    url: str
    subject: str
    message: str
    evidence: tuple[Evidence, ...]
    found_on: tuple[str, ...]
    found_on_count: int
    fingerprint: str
    """First 16 hex digits of sha256 over rule, 单位, canonical subject address and key; never over the message."""
    group: str = ""
    samples: tuple[str, ...] = ()
    count: int = 1
    """Subjects folded into this finding (template grouping)."""
    of_template: bool = False
    """One fault of a template, however many pages show it: it is deducted once."""
    top_level: bool = False
    """The subject is a 一级栏目; see ``Clause.counts``."""
    key: str = ""
    """Of the subject's judgement; of the first one where several are folded."""
    matter: str = ""
    """The fingerprint without the 单位: what a renamed 单位 keeps."""
    group_matter: str = ""
    """Matter of the group it belongs to, folded or not; ``""``: it belongs to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A subject on which a rule gave no verdict: ``cant_tell``, ``untested`` or ``error``."""

    rule: str
    outcome: Outcome
    pack: str
    clause: str
    department: str | None
    url: str
    subject: str
    message: str
    count: int = 1
    """Subjects behind this line: long lists of one rule, outcome and 单位 end in one line for the rest."""
    top_level: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Subjects of which somebody wants to know what was said, even when it was nothing bad: those of open tickets."""

    addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Canonical addresses by rule id."""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """``Judgement.subject`` by rule id: a column that moved keeps its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One judgement of a watched subject."""

    outcome: Outcome
    department: str | None
    key: str = ""


Looks = Mapping[tuple[str, str], frozenset[Look]]
"""By rule id and canonical address, or by rule id and ``name:`` with the subject's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that one evaluation says: sorted, so that the same facts give the same bytes."""

    findings: tuple[Finding, ...]
    open_questions: tuple[OpenQuestion, ...]
    tally: Mapping[tuple[str, str | None], Mapping[Outcome, int]]
    """Subjects by (rule id, 单位 name or None) and outcome."""
    expiries: tuple[Expiry, ...] = ()
    """Last days of everything that passed and must be renewed."""
    errors: tuple[str, ...] = ()
    """Rules whose check raised, with the exception's type."""
    looks: Looks = field(default_factory=dict)
    """What was said of the watched subjects; a subject that no rule met is absent."""
    named: frozenset[str] = frozenset()
    """Addresses of all that failed, is a lead or could not be told: subjects, evidence, and the pages that refer to them."""
