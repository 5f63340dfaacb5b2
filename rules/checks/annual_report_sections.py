"""年报六个部分: headings of the official form that are missing or out of order."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.facts import PageFacts
from rules.filed_reports import FiledReport, filed_report, of_form
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.words import reason_word, word

_SECTIONS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    first_year: int
    """Reports on earlier years are free-form."""
    min_headings: int
    """With fewer headings recognised, and no table, the page may not be the report at all."""
    titles: tuple[SafePattern, ...]
    """Titles of the statutory report; another title, outside a 年报 column and without the table, may be another report."""


@check(
    "annual-report-sections",
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
def annual_report_sections(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """国办公开办函〔2021〕30号 and 〔2019〕60号: the same six headings. A heading is told by its words, not by its number."""
    filed = filed_report(page, context)
    if filed is None:
        return None
    due = of_form(filed, params.first_year)
    if not due:
        return filed.judge(Outcome.INAPPLICABLE) if due is False else _cannot_tell(filed, "year-unclear")
    report = filed.report
    numbers = [section.number for section in report.sections]
    missing = [number for number in _SECTIONS if number not in numbers]
    faults = _missing(missing, report.inline_headings) + _disorder(numbers)
    if not faults:
        return _cannot_tell(filed, "heading-unclear") if missing else filed.judge(Outcome.PASSED)
    if not report.whole:
        return _cannot_tell(filed, report.unreadable or "report-pages")
    if not report.applications and not _is_statutory(filed, len(set(numbers)), params):
        return _cannot_tell(filed, "report-headings")
    quote = "；".join(section.heading for section in report.sections)
    return filed.judge(Outcome.FAILED, quote=quote, where="body", faults=tuple(faults))


def _is_statutory(filed: FiledReport, headings: int, params: Params) -> bool:
    """Whether a page without the table is the report all the same: told by its headings and by title or column."""
    named = filed.column is not None or any(pattern.search("".join(filed.title.split())) for pattern in params.titles)
    return named and headings >= params.min_headings


def _cannot_tell(filed: FiledReport, reason: str) -> Judgement:
    return filed.judge(Outcome.CANT_TELL, reason=reason_word(reason))


def _missing(missing: Sequence[int], doubtful: Sequence[int]) -> list[str]:
    return [f"缺少“{_heading(number)}”" for number in missing if number not in doubtful]


def _disorder(numbers: Sequence[int]) -> list[str]:
    """Sections that stand before the one they should follow; a heading met twice may count at either place."""
    place, before, faults = -1, 0, []
    for number in sorted(set(numbers)):
        following = [nth for nth, met in enumerate(numbers) if met == number and nth > place]
        if not following:
            faults.append(f"“{_heading(number)}”排在“{_heading(before)}”前面")
            continue
        place, before = following[0], number
    return faults


def _heading(number: int) -> str:
    return word("report_sections", str(number))
