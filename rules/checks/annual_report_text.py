"""年报文字与表格: figures of the prose that its own tables do not bear out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.facts import AnnualReport, PageFacts, ReportCell, ReportClaim
from rules.filed_reports import FiledReport, filed_report
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.registry import CheckParams, check
from rules.report_balance import cells_of, number
from rules.words import reason_word, word

_TOTAL = 6
_PROCEEDINGS_TOTAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    kinds: tuple[str, ...]
    """Claims that are compared."""


@check(
    "annual-report-text",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "faults"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
    pages=is_report,
)
def annual_report_text(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """Relation A7. 共收到 may mean 新收 alone or 新收 and 结转; of several figures for one thing it is enough that one agrees."""
    filed = filed_report(page, context)
    if filed is None:
        return None
    report = filed.report
    claims = {kind: found for kind in params.kinds if (found := [claim for claim in report.claims if claim.kind == kind])}
    if not claims:
        return filed.judge(Outcome.INAPPLICABLE)
    if not report.applications:
        return filed.judge(Outcome.CANT_TELL, reason=reason_word(report.unreadable or "report-table"))
    allowed = _allowed(report)
    compared = {kind: found for kind, found in claims.items() if allowed.get(kind)}
    if not compared:
        return filed.judge(Outcome.CANT_TELL, reason=reason_word("blank-cells"))
    wrong = {kind: found for kind, found in compared.items() if all(claim.value not in allowed[kind] for claim in found)}
    return _failed(filed, wrong, allowed) if wrong else filed.judge(Outcome.PASSED)


def _failed(filed: FiledReport, wrong: Mapping[str, Sequence[ReportClaim]], allowed: Mapping[str, Sequence[int]]) -> Judgement:
    faults = tuple(
        f"{word('report_claims', kind)}：文字写 {found[0].value} 件，表格是 {allowed[kind][0]} 件"
        for kind, found in wrong.items()
    )
    evidence = tuple(page_evidence(filed.page, claim.quote, "body") for found in wrong.values() for claim in found[:2])
    return filed.judge(Outcome.FAILED, evidence=evidence, faults=faults)


def _allowed(report: AnnualReport) -> dict[str, list[int]]:
    """Numbers that a claim may give, the nearest first; no entry where the table has none."""
    rows = cells_of(report)
    new, came, done, left = (number(rows, row, _TOTAL) for row in ("r1", "r2", "r24", "r25"))
    groups = {row.id: _total(row.cells) for row in report.proceedings}
    first, later = groups.get("suit"), groups.get("suit_after_review")
    both = None if first is None or later is None else first + later
    return {
        "received": _known(new),
        "taken": _known(new, _sum(new, came), _sum(done, left)) if came is not None else [],
        "carried_in": _known(came),
        "carried_over": _known(left),
        "reviews": _known(groups.get("review")),
        "suits": _known(both, first, later) if both is not None else [],
    }


def _total(cells: Sequence[ReportCell]) -> int | None:
    return cells[_PROCEEDINGS_TOTAL].value if len(cells) > _PROCEEDINGS_TOTAL else None


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _known(*values: int | None) -> list[int]:
    return [value for value in values if value is not None]
