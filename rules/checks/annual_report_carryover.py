"""年报上下年衔接: 上年结转 against what last year's report handed over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.facts import PageFacts, ReportCell
from rules.filed_reports import filed_report
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.registry import CheckParams, check
from rules.report_index import known_of, report_index
from rules.words import reason_word, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    first_year: int
    """The first year whose report hands a number over."""


@check(
    "annual-report-carryover",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "faults", "earlier"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
    pages=is_report,
)
def annual_report_carryover(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """Relation A5, column by column. Reorganised offices and corrected reports explain a difference: a person decides."""
    filed = filed_report(page, context)
    if filed is None:
        return None
    if not filed.years or filed.years[0] <= params.first_year:
        return filed.judge(Outcome.INAPPLICABLE)
    report, index = known_of(filed), report_index(context)
    before = index.before(report)
    if before is None:
        return index.nothing_for(filed)
    compared = list(_compared(report.carried_in, before.carried_over))
    if not compared:
        reason = report.unread or before.unread or "blank-cells"
        return filed.judge(Outcome.CANT_TELL, reason=reason_word(reason))
    faults = tuple(f"{name}：上年结转 {came}，上年报告结转下年度 {left}" for name, came, left in compared if came != left)
    if not faults:
        return filed.judge(Outcome.PASSED)
    evidence = (page_evidence(filed.page, "；".join(faults), "table A5"), before.evidence)
    return filed.judge(Outcome.FAILED, evidence=evidence, faults=faults, earlier=before.years[-1])


def _compared(came: Sequence[ReportCell], left: Sequence[ReportCell]) -> Iterator[tuple[str, int, int]]:
    """Columns where both reports give a number."""
    for nth, (one, other) in enumerate(zip(came, left, strict=False), 1):
        if one.value is not None and other.value is not None:
            yield word("report_columns", f"c{nth}"), one.value, other.value
