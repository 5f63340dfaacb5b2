"""What may stand in ``pack.yaml`` and in a rule file, as pydantic models; the JSON Schema for editors comes from here."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.model import ClauseKind, ClauseStatus, Outcome, Sureness

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Points = Annotated[float, Field(ge=0, le=1_000)]
Days = Annotated[int, Field(ge=1, le=366)]


class FileModel(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceFile(FileModel):
    """An official document; a clause or rule may leave document and number to its pack."""

    document: str = ""
    number: str = ""
    """文号."""
    article: str = ""
    sureness: Sureness = Sureness.UNVERIFIED


class ClauseFile(FileModel):
    id: Id
    title: Text
    kind: ClauseKind
    status: ClauseStatus
    scope: Literal["department", "portal"] = "department"
    points: Points | None = None
    per_finding: Points | None = None
    points_sureness: Sureness = Sureness.UNVERIFIED
    fail_at: Annotated[int, Field(ge=1)] = 1
    counts: Literal["all", "top_level"] = "all"
    source: SourceFile = SourceFile()
    rules: tuple[Id, ...] = ()
    notes: str = ""


class ClauseOverride(FileModel):
    """What a local pack may change of a clause; a changed amount is a 本地设定."""

    points: Points | None = None
    per_finding: Points | None = None
    fail_at: Annotated[int, Field(ge=1)] | None = None
    rules: tuple[Id, ...] = ()
    """Further rules that serve the clause."""
    notes: str | None = None


class RuleOverride(FileModel):
    """What a local pack may change of a rule."""

    off: str | None = None
    """Switches the rule off; the text is the reason and is printed."""
    params: dict[str, Any] = Field(default_factory=dict)
    """Values that stand in the place of the shipped ones."""
    add: dict[str, Annotated[list[Any], Field(min_length=1)]] = Field(default_factory=dict)
    """Items put behind those of a parameter that is a list (catalogue fields, column types)."""
    messages: dict[Outcome, str] = Field(default_factory=dict)
    due_days: Days | None = None
    remediation: str | None = None


class Overrides(FileModel):
    rules: dict[Id, RuleOverride] = Field(default_factory=dict)
    clauses: dict[Id, ClauseOverride] = Field(default_factory=dict)


class ExpiryWarningFile(FileModel):
    """即将超期: for periods of at most ``period_days`` the warning comes ``days_before`` the last day."""

    period_days: Annotated[int, Field(ge=1, le=3_660)]
    days_before: Days


class PackFile(FileModel):
    id: Id
    title: Text
    version: Annotated[str, Field(pattern=r"^\d+(?:\.\d+){1,2}$")]
    extends: Id | None = None
    source: SourceFile | None = None
    """Required unless the pack extends another."""
    effective: str = ""
    due_days: Days | None = None
    base_points: Annotated[float, Field(gt=0, le=1_000)] | None = None
    pass_mark: Annotated[float, Field(ge=0, le=1_000)] | None = None
    warnings: tuple[ExpiryWarningFile, ...] = ()
    """Shortest period first; those of the extended pack where it is empty."""
    clauses: tuple[ClauseFile, ...] = ()
    overrides: Overrides = Overrides()


class RuleFile(FileModel):
    id: Id
    title: Text
    check: Id
    outcome: Literal["failed", "lead"]
    params: dict[str, Any] = Field(default_factory=dict)
    messages: dict[Outcome, str]
    group_message: str = ""
    group_above: Annotated[int, Field(ge=0)] = 0
    gathers: tuple[Id, ...] = ()
    rationale: Text
    remediation: Text
    source: SourceFile | None = None
    due_days: Days | None = None
    since: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
