"""上年度年报: 单位 whose 年报 column lacks last year's report after its deadline."""

from dataclasses import dataclass

from crawler.facts import DepartmentFacts
from rules.annual_reports import ReportWords, Shelf, read_shelf, years_in
from rules.deadlines import Deadline, last_day
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.units import names_unit
from rules.words import reason_word

_TYPE = "annual_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    deadlines: tuple[Deadline, ...]
    """Kinds of 单位 without one need not report."""
    words: ReportWords
    min_times_seen: int


@check(
    "annual-report-present",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "last_day", "shown"),
        Outcome.CANT_TELL: ("year", "reason"),
        Outcome.UNTESTED: ("year", "reason"),
    },
    needs=(_TYPE,),
)
def annual_report_present(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """条例 art. 49: 部门 by 1月31日, governments by 3月31日. The reported year is the title's, never the publication's.

    A column that is missing, empty or mislinked was accused once; its report is not accused again.
    """
    due = last_day(params.deadlines, department.kind, context.audit_date.year)
    if due is None:
        return None
    year = context.audit_date.year - 1
    columns = context.columns.get((department.name, _TYPE), ())
    if context.audit_date <= due:
        return of_department(department, Outcome.INAPPLICABLE)
    if not department.reached or not columns:
        return _without_column(department, year)
    shelf = read_shelf(columns, params.words, context)
    if year in shelf.years or shelf.empty:
        return of_department(department, Outcome.INAPPLICABLE if shelf.empty else Outcome.PASSED, year=year)
    doubt = (
        _doubt(shelf, year, params)
        or _shared(department, shelf)
        or ("elsewhere" if _stands_elsewhere(department, year, context) else "")
    )
    evidence = tuple(item for column in columns for item in column.evidence)
    if doubt:
        outcome = Outcome.UNTESTED if shelf.unread else Outcome.CANT_TELL
        return of_department(department, outcome, evidence=evidence, year=year, reason=reason_word(doubt))
    shown = tuple(str(each) for each in sorted(shelf.years)) or reason_word("none-shown")
    return of_department(department, Outcome.FAILED, evidence=evidence, year=year, last_day=due, shown=shown)


def _without_column(department: DepartmentFacts, year: int) -> Judgement:
    not_reached = unreached(department)
    if not_reached is not None:
        return of_department(department, Outcome.UNTESTED, year=year, reason=not_reached.values["reason"])
    column = department.columns.get(_TYPE)
    if column is None and not department.columns_readable:
        return of_department(department, Outcome.CANT_TELL, year=year, reason=reason_word("scripted"))
    if column is None or column.opened or column.url is None:
        return of_department(department, Outcome.INAPPLICABLE)
    return of_department(department, Outcome.UNTESTED, year=year, reason=reason_word("not-fetched"))


def _doubt(shelf: Shelf, year: int, params: Params) -> str:
    if shelf.doubt:
        return shelf.doubt
    if year in shelf.possible or shelf.nameless:
        return "year-unclear"
    return "seen-once" if shelf.times_seen < params.min_times_seen else ""


def _shared(department: DepartmentFacts, shelf: Shelf) -> str:
    """A pane of a page that several columns share: where no report was read at all, it may be the pane that was not."""
    own = department.columns.get(_TYPE)
    others = {column.url for role, column in department.columns.items() if role != _TYPE} | {department.url}
    pages = {url.partition("#")[0] for url in others if url}
    return "shared-address" if own is not None and own.url and own.url.partition("#")[0] in pages and not shelf.years else ""


def _stands_elsewhere(department: DepartmentFacts, year: int, context: Context) -> bool:
    """Whether another 年报 column lists this 单位's report of the year (部门年报 gathered by the portal)."""
    others = (
        column
        for (owner, kind), found in context.columns.items()
        if kind == _TYPE and owner != department.name
        for column in found
    )
    return any(
        year in years_in(entry.title) and names_unit(entry.title, department) for column in others for entry in column.entries
    )
