"""年报勾稽关系: equations of the tables that do not hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.facts import Evidence, PageFacts
from rules.filed_reports import FiledReport, filed_report, of_form
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.registry import CheckParams, check
from rules.report_balance import Equation, equations
from rules.words import reason_word

_MAX_EVIDENCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    first_year: int
    """Reports on earlier years have no such tables."""
    misread_share: float
    """Where more than this share of the equations that are not all noughts are broken, the table was read wrongly."""
    misread_least: int
    """The share counts only among so many equations."""


@check(
    "annual-report-balance",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "broken", "number"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
    pages=is_report,
)
def annual_report_balance(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """Relations A1 to A4, all broken ones in one finding. An equation with a blank or unread cell cannot be told."""
    filed = filed_report(page, context)
    if filed is None:
        return None
    if of_form(filed, params.first_year) is False:
        return filed.judge(Outcome.INAPPLICABLE)
    if not filed.report.applications:
        return filed.judge(Outcome.CANT_TELL, reason=reason_word(filed.report.unreadable or "report-table"))
    return _judge(filed, params)


def _judge(filed: FiledReport, params: Params) -> Judgement:
    all_of_them = equations(filed.report)
    broken = [equation for equation in all_of_them if equation.holds is False]
    if broken and _misread(all_of_them, broken, params):
        return filed.judge(Outcome.CANT_TELL, reason=reason_word("table-shifted"))
    if broken:
        texts = tuple(equation.text for equation in broken)
        return filed.judge(Outcome.FAILED, evidence=_evidence(filed, broken), broken=texts, number=len(broken))
    if any(equation.holds is None for equation in all_of_them):
        return filed.judge(Outcome.CANT_TELL, reason=reason_word("blank-cells"))
    return filed.judge(Outcome.PASSED)


def _misread(equations_read: Sequence[Equation], broken: Sequence[Equation], params: Params) -> bool:
    telling = [equation for equation in equations_read if equation.holds is not None and not equation.trivial]
    return len(telling) >= params.misread_least and len(broken) > params.misread_share * len(telling)


def _evidence(filed: FiledReport, broken: Sequence[Equation]) -> tuple[Evidence, ...]:
    return tuple(page_evidence(filed.page, equation.text, f"table {equation.relation}") for equation in broken[:_MAX_EVIDENCE])
