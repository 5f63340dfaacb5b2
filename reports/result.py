"""The versioned result of one audit: everything a report shows, and nothing it would have to work out.

``zhaocuo.result/1``. ``audit`` fills it, ``reports`` renders it; older versions stay readable (:func:`read_result`).
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reports.errors import ReportError

SCHEMA = "zhaocuo.result/1"
CONTACT = "异议受理"
"""Name of the setting that says where a 单位 raises an objection."""

OutcomeWord = Literal["passed", "failed", "lead", "cant_tell", "inapplicable", "untested", "error", "waived"]


class Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class EvidenceLine(Model):
    url: str
    capture: str = ""
    fetched_at: str = ""
    quote: str = ""
    where: str = ""
    screenshot: str = ""
    """File name below ``screenshots/`` of the run folder, where the element is outlined; empty: none was taken."""


class FindingLine(Model):
    number: str
    """Stable over renderings: made of the fingerprint, e.g. ``F-3a9c01``."""
    rule: str
    rule_title: str
    outcome: Literal["failed", "lead", "waived"]
    department: str | None = None
    url: str = ""
    subject: str = ""
    """Column path or link text: where, in words."""
    found_on: tuple[str, ...] = ()
    found_on_count: int = 0
    message: str
    rationale: str = ""
    remediation: str = ""
    pack: str
    clause: str
    clause_title: str = ""
    clause_kind: Literal["veto", "deduction", "bonus", "informative"] = "informative"
    source: str = ""
    """Document, 文号 and article in one line."""
    source_sureness: str = "U"
    evidence: tuple[EvidenceLine, ...] = ()
    samples: tuple[str, ...] = ()
    count: int = 1
    fingerprint: str
    due: str | None = None
    due_provisional: bool = False
    points: float | None = None
    """What this finding took off the score, after caps; None for leads and vetoes."""
    points_official: bool = False
    """False: the amount prints as 本地设定, for no official text gives it."""
    ticket: str = ""
    """Number of its ticket in the ledger; empty: there is no ledger yet."""
    ticket_state: str = ""
    """待整改, 已反馈 …, as in :class:`TicketLine`."""
    change: Literal["", "new", "still", "reopened"] = ""
    """Against the last trustworthy run of the portal; empty: there was none."""
    first_seen: str | None = None
    told_with: str = ""
    """Fingerprint of the finding about a column with which this one, about an entry of it, is shown; it counts all the same."""


class OpenLine(Model):
    """Something that was not or could not be decided."""

    rule: str
    rule_title: str
    outcome: Literal["cant_tell", "untested", "error"]
    department: str | None = None
    url: str = ""
    subject: str = ""
    message: str
    count: int = 1


class FixedLine(Model):
    """A problem of earlier runs that was looked at again and was fine."""

    rule: str
    rule_title: str
    url: str = ""
    subject: str = ""
    message: str = ""
    """What was said of it when it was last seen."""
    fingerprint: str
    ticket: str = ""
    first_seen: str | None = None


class WaiverLine(Model):
    """豁免: a problem that somebody answered for until a day, and what that came to in this run."""

    state: Literal["used", "unused", "expired"]
    """It hid a problem in this run; it hid nothing; its last day is over and the problem counts again."""
    ticket: str
    rule: str
    rule_title: str
    url: str = ""
    subject: str = ""
    message: str = ""
    reason: str
    by: str
    granted: str
    until: str
    """Last day."""


class DueSoonLine(Model):
    """即将超期: a column about to go stale, or a ticket whose last day is near."""

    kind: Literal["column", "ticket"]
    title: str
    url: str = ""
    due: str
    days_left: int
    """Calendar days; negative: overdue."""
    provisional: bool = False


class PassedLine(Model):
    """Proof of inspection: what was checked and found fine."""

    rule: str
    rule_title: str
    count: int


class ManualLine(Model):
    """A clause that only a person can judge: 待人工核对."""

    pack: str
    clause: str
    title: str
    notes: str = ""
    source: str = ""


class Light(Model):
    """One of the four mandatory columns at a glance."""

    column_type: str
    label: str
    state: Literal["ok", "failed", "lead", "unknown"]
    state_text: str
    url: str | None = None
    newest: str | None = None
    entries: int | None = None


class ColumnLine(Model):
    """Freshness of one column."""

    name: str
    path: str = ""
    url: str
    column_type: str = ""
    state: str = ""
    entries: int | None = None
    newest: str | None = None
    age_days: int | None = None
    max_age_days: int | None = None
    status: Literal["fresh", "due-soon", "stale", "empty", "unknown", "no-period"] = "no-period"


class ScoreItem(Model):
    """One clause on the score sheet."""

    pack: str
    clause: str
    title: str
    kind: Literal["veto", "deduction", "bonus", "informative"]
    status: Literal["automated", "partial", "manual"]
    outcome: OutcomeWord
    points: float | None = None
    deducted: float = 0
    deducted_at_most: float = 0
    """If everything undecided turned out failed."""
    findings: int = 0
    undecided: int = 0
    official: bool = False
    """False: amount prints as 本地设定."""
    source: str = ""


class Score(Model):
    low: float
    high: float
    verdict: Literal["合格", "不合格", "暂定合格", "暂定不合格", "暂定", "未检测"]
    tested_share: float
    """0 to 1: decided judgements of all judgements that apply."""
    vetoes: tuple[str, ...] = ()
    """Titles of the vetoes that fell."""
    pass_mark: float | None = None
    """Points from which a 单位 is 合格, as the packs in force say; None: not known (results before it was kept)."""
    items: tuple[ScoreItem, ...] = ()


class TrendPoint(Model):
    """The score of one run, for the trend; runs that were void have none."""

    as_of: str
    low: float
    high: float


class Unit(Model):
    """One 单位 (or the portal itself, ``kind: portal``): the matter of one scorecard."""

    slug: str
    name: str
    kind: Literal["portal", "government", "department", "subdistrict", "town", "institution"]
    group: str = ""
    url: str | None = None
    score: Score
    rank: int | None = None
    group_size: int | None = None
    group_median: float | None = None
    previous: float | None = None
    """Score (low) of the run before, where there is one."""
    trend: tuple[TrendPoint, ...] = ()
    """Earlier runs and this one, oldest first; empty: there is no trend to show."""
    lights: tuple[Light, ...] = ()
    columns: tuple[ColumnLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    """Failed first, then leads; most urgent first."""
    fixed: tuple[FixedLine, ...] = ()
    """Mended since the last trustworthy run; only what was looked at again and was fine."""
    due_soon: tuple[DueSoonLine, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    open: tuple[OpenLine, ...] = ()
    passed: tuple[PassedLine, ...] = ()
    manual: tuple[ManualLine, ...] = ()


class PackLine(Model):
    id: str
    title: str
    version: str
    source: str = ""
    thresholds: dict[str, str] = Field(default_factory=dict)
    """What is in force, ``规则名称（rule id）`` to readable values."""


class Reconciliation(Model):
    """discovered = fetched + skipped (by reason) + failed (by kind)."""

    discovered: int = 0
    fetched: int = 0
    pages: int = 0
    """Of ``fetched``: pages of the portal that were read; 0 in results of earlier versions."""
    skipped: dict[str, int] = Field(default_factory=dict)
    failures: dict[str, int] = Field(default_factory=dict)


class TicketEvent(Model):
    at: str
    state: str
    by: str = ""
    note: str = ""


class TicketLine(Model):
    """One line of ``tickets.json``."""

    id: str
    fingerprint: str
    rule: str
    department: str | None = None
    url: str = ""
    state: str
    """待整改, 已反馈, 复查通过, 销号, 复发, 申诉中, 豁免, 驳回."""
    source: str = ""
    first_seen: str | None = None
    last_seen: str | None = None
    due: str | None = None
    provisional_due: bool = False
    history: tuple[TicketEvent, ...] = ()


class PortalLine(Model):
    name: str
    url: str
    site_id_code: str | None = None


class AuditResult(Model):
    schema_: str = Field(default=SCHEMA, alias="schema")
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)
    portal: PortalLine
    as_of: str
    started: str
    finished: str
    run: str = ""
    """Name of the run folder."""
    void: str | None = None
    program: str = "zhaocuo"
    version: str = ""
    settings: dict[str, str] = Field(default_factory=dict)
    packs: tuple[PackLine, ...] = ()
    reconciliation: Reconciliation = Reconciliation()
    requests: int = 0
    bytes: int = 0
    not_modified: int = 0
    not_due: int = 0
    """Addresses that the run did not ask for: they had not changed for a while, and stand as an earlier run saw them."""
    cut_pages: int = 0
    """Pages with so many links that only the first of them were followed."""
    outcomes: dict[str, int] = Field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    """The portal first, then the 单位 in the order of the portal's own list."""
    tickets: tuple[TicketLine, ...] = ()


class ResultInvalid(ReportError):
    """The file is no result this version can read."""

    code = "result-invalid"


def read_result(path: Path) -> AuditResult:
    """Read a ``result.json`` of this or an earlier schema version.

    Raises :class:`ResultInvalid` when the file is missing, no JSON, of a newer schema, or incomplete.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ResultInvalid(f"读不到结果文件 {path}（{error.strerror}），请检查路径。") from error
    try:
        result = AuditResult.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "文件开头"
        raise ResultInvalid(f"{path} 不是可用的结果文件（{place} 处有误），请用 zhaocuo audit 或 judge 重新生成。") from error
    if result.schema_ != SCHEMA:
        raise ResultInvalid(f"{path} 的格式是 {result.schema_}，本程序只认得 {SCHEMA} 及更早的版本，请升级程序。")
    return result
