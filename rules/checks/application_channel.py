"""依申请公开渠道: 单位 that nowhere say how to apply for information."""

from dataclasses import dataclass
from typing import Literal

from crawler.facts import DepartmentFacts, ListState, UnitKind
from rules.guides import read_guide
from rules.model import Context, Judgement, Outcome, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    exempt_kinds: tuple[UnitKind, ...]
    guide_patterns: tuple[SafePattern, ...]
    """Words by which a guide tells how to apply."""
    min_text_length: int
    """A shorter guide text was not really read."""
    min_times_seen: int


@check(
    "application-channel",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: (),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
    needs=("guide",),
)
def application_channel(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """A 依申请公开 link on the 单位's page, or a guide that says how to apply (条例 art. 12, 29)."""
    if department.kind in params.exempt_kinds:
        return None
    told = _guide_tells(department, params, context) if "guide" in department.columns else ""
    if department.has_application_channel or told is True:
        return of_department(department, Outcome.PASSED)
    if department.reached and department.is_disclosure is False:
        return of_department(department, Outcome.INAPPLICABLE)
    doubt = _doubt(department, params) or told
    if doubt:
        return unreached(department) or of_department(department, Outcome.CANT_TELL, reason=reason_word(doubt))
    return unreached(department) or of_department(department, Outcome.FAILED)


def _doubt(department: DepartmentFacts, params: Params) -> str:
    if department.has_application_channel is None or not department.columns_readable:
        return "scripted"
    if not department.columns:
        return "department-menu-unread"
    return "seen-once" if department.times_seen < params.min_times_seen else ""


def _guide_tells(department: DepartmentFacts, params: Params, context: Context) -> Literal[True] | str:
    """True: it says how to apply; "": read and it does not; a reason: it was not read."""
    columns = context.columns.get((department.name, "guide"), ())
    if not columns or any(column.state in {ListState.UNTESTED, ListState.SCRIPTED} for column in columns):
        return "not-fetched"
    guides = [read_guide(column, context) for column in columns]
    if any(pattern.search(guide.text) for guide in guides for pattern in params.guide_patterns):
        return True
    return "" if all(len(guide.text) >= params.min_text_length and guide.complete for guide in guides) else "no-text"
