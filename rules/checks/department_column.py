"""四个必设栏目: a mandatory column that a 单位's disclosure page does not offer."""

from dataclasses import dataclass
from typing import Literal

from crawler.facts import MANDATORY_ROLES, DepartmentFacts, UnitKind
from rules.addresses import canonical
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
def department_column(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """四个部分 (61号): the anchor must stand there; whether it opens, and what, are other rules' matters.

    A page that shows none of the four is a page whose menu was not read: one absent column is believed beside a present one.
    """
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
    reason = _doubt(department, params, context)
    if reason:
        return of_department(department, Outcome.CANT_TELL, label=label, reason=reason_word(reason))
    others = tuple(column.text or column_label(kind) for kind, column in department.columns.items())
    return of_department(department, Outcome.FAILED, label=label, others=others)


def _doubt(department: DepartmentFacts, params: Params, context: Context) -> str:
    if not department.columns_readable:
        return "scripted"
    if not _menu_was_read(department, context):
        return "department-menu-unread"
    return "seen-once" if department.times_seen < params.min_times_seen else ""


def _menu_was_read(department: DepartmentFacts, context: Context) -> bool:
    page = context.facts.page(department.url) if department.url else None
    if page is None:
        return bool(department.columns)
    offered = {link.column_type for link in page.column_links}
    return bool(offered & set(MANDATORY_ROLES)) or any(
        part.part_of is not None and canonical(part.part_of) == canonical(page.url)
        for column in department.columns.values()
        if (part := context.facts.page(column.found_on)) is not None
    )
