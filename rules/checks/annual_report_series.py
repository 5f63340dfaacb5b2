"""年报断档: a year without a report between the first and the last that a 单位 shows."""

from dataclasses import dataclass

from crawler.facts import DepartmentFacts
from rules.annual_reports import FIRST_YEAR, ReportWords, Shelf, read_shelf
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    words: ReportWords
    min_times_seen: int


@check(
    "annual-report-series",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: ("first", "last"),
        Outcome.FAILED: ("first", "last", "missing"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
    needs=("annual_report",),
)
def annual_report_series(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """逐年报告: a 单位 founded later starts later; one report for two years counts for both."""
    columns = context.columns.get((department.name, "annual_report"), ())
    if not department.reached or not columns:
        return unreached(department)
    shelf = read_shelf(columns, params.words, context)
    years = sorted(year for year in shelf.years if FIRST_YEAR <= year < context.audit_date.year)
    evidence = tuple(item for column in columns for item in column.evidence)
    if len(years) < 2:
        if shelf.doubt:
            outcome = Outcome.UNTESTED if shelf.unread else Outcome.CANT_TELL
            return of_department(department, outcome, evidence=evidence, reason=reason_word(shelf.doubt))
        return of_department(department, Outcome.INAPPLICABLE)
    missing = tuple(year for year in range(years[0], years[-1]) if year not in years)
    if not missing:
        return of_department(department, Outcome.PASSED, first=years[0], last=years[-1])
    doubt = _doubt(shelf, missing, params)
    if doubt:
        return of_department(department, Outcome.CANT_TELL, evidence=evidence, reason=reason_word(doubt))
    return of_department(department, Outcome.FAILED, evidence=evidence, first=years[0], last=years[-1], missing=missing)


def _doubt(shelf: Shelf, missing: tuple[int, ...], params: Params) -> str:
    if shelf.doubt:
        return shelf.doubt
    if shelf.nameless or all(year in shelf.possible for year in missing):
        return "year-unclear"
    return "seen-once" if shelf.times_seen < params.min_times_seen else ""
