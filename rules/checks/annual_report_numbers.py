"""年报表格里的数字: cells where a count belongs and something else stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.facts import AnnualReport, PageFacts, ReportCell
from rules.filed_reports import filed_report, of_form
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.words import reason_word, word

_BAD = frozenset({"negative", "decimal", "text"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    first_year: int
    """Reports on earlier years have no such tables."""
    not_counts: tuple[SafePattern, ...]
    """Heads of table two below which decimals, signs and words may stand: 收费金额, 采购总金额, 本年增/减."""


@check(
    "annual-report-numbers",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "cells"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
    pages=is_report,
)
def annual_report_numbers(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """Counts are whole numbers, not below nought. A blank is no number and no fault; what may be meant as one cannot be told."""
    filed = filed_report(page, context)
    if filed is None:
        return None
    if of_form(filed, params.first_year) is False:
        return filed.judge(Outcome.INAPPLICABLE)
    report = filed.report
    if not report.applications:
        return filed.judge(Outcome.CANT_TELL, reason=reason_word(report.unreadable or "report-table"))
    counts = list(_counts(report, params))
    bad = tuple(f"{place}“{cell.raw}”{word('cell_faults', cell.state)}" for place, cell in counts if cell.state in _BAD)
    if bad:
        return filed.judge(Outcome.FAILED, quote="；".join(bad), where="table", cells=bad)
    if any(cell.state == "unclear" for _, cell in counts):
        return filed.judge(Outcome.CANT_TELL, reason=reason_word("unclear-cells"))
    return filed.judge(Outcome.PASSED)


def _counts(report: AnnualReport, params: Params) -> Iterator[tuple[str, ReportCell]]:
    """Cells that must be counts, with the labels of their row and column."""
    for figure in report.disclosures:
        if not any(pattern.search(figure.column) for pattern in params.not_counts):
            yield f"{figure.row}的{figure.column}", figure.cell
    for row in report.applications:
        for nth, cell in enumerate(row.cells, 1):
            yield f"{word('report_rows', row.id)}的{word('report_columns', f'c{nth}')}", cell
    for row in report.proceedings:
        for nth, cell in enumerate(row.cells, 1):
            yield f"{word('report_proceedings', row.id)}的{word('report_results', str(nth))}", cell
