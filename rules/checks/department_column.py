"""四个必设栏目: a mandatory column that a 单位's disclosure page does not offer."""

from dataclasses import dataclass
from typing import Literal

from crawler.facts import DepartmentFacts, UnitKind
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.words import column_label, reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    column_type: Literal["guide", "regulations", "statutory_content", "annual_report"]
    exempt_kinds: tuple[UnitKind, ...]
    min_times_seen: int


@check(
    "department-column",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: ("label",),
        Outcome.FAILED: ("label", "others"),
        Outcome.CANT_TELL: ("label", "reason"),
        Outcome.UNTESTED: ("label", "reason"),
    },
)
def department_column(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:  # noqa: ARG001 – the shape of every check
    """四个部分 (61号): the anchor must stand there; whether it opens, and what, are other rules' matters."""
    if department.kind in params.exempt_kinds:
        return None
    label = column_label(params.column_type)
    not_reached = unreached(department)
    if not_reached is not None:
        return of_department(department, Outcome.UNTESTED, label=label, **not_reached.values)
    if params.column_type in department.columns:
        return of_department(department, Outcome.PASSED, label=label)
    if department.is_disclosure is False:
        return of_department(department, Outcome.INAPPLICABLE)
    reason = _doubt(department, params)
    if reason:
        return of_department(department, Outcome.CANT_TELL, label=label, reason=reason_word(reason))
    others = tuple(column.text or column_label(kind) for kind, column in department.columns.items())
    return of_department(department, Outcome.FAILED, label=label, others=others or reason_word("none-of-four"))


def _doubt(department: DepartmentFacts, params: Params) -> str:
    if not department.columns_readable:
        return "scripted"
    return "seen-once" if department.times_seen < params.min_times_seen else ""
