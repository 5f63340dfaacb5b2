"""年报雷同: sections whose wording is last year's or another 单位's."""

from dataclasses import dataclass

from crawler.facts import PageFacts
from rules.addresses import canonical
from rules.filed_reports import FiledReport, filed_report
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.report_index import Known, ReportIndex, SectionIndex, report_index, section_index
from rules.words import reason_word, word

_QUOTE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    sections: tuple[int, ...]
    """Sections that must be a 单位's own words (1: 总体情况, 5: 存在的主要问题)."""
    similarity: float
    """From this share of common wording on a section counts as the same."""
    shingle: int
    """Chinese characters compared at a time."""
    min_shingles: int
    """Shorter sections say too little to be compared."""
    boilerplate: tuple[SafePattern, ...]
    """Wording that all reports share and that is left out."""


@dataclass(frozen=True, slots=True)
class _Match:
    section: int
    share: float
    other: Known


@check(
    "annual-report-copy",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "sections_alike", "other", "share"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
    pages=is_report,
)
def annual_report_copy(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """雷同 (standards A12). Who copied whom cannot be seen, so both 单位 of one year are asked; of one 单位's years the later is.

    One report shown twice, under one title, is no copy.
    """
    filed = filed_report(page, context)
    if filed is None:
        return None
    index = report_index(context)
    report = index.by_url.get(canonical(page.url))
    if report is None or not report.years:
        return index.nothing_for(filed)
    if not any(report.texts.get(section) for section in params.sections):
        return filed.judge(Outcome.CANT_TELL, reason=reason_word(filed.report.unreadable or "report-headings"))
    found: list[_Match] = []
    compared = False
    for section in params.sections:
        wording = section_index(
            context,
            section,
            size=params.shingle,
            least=params.min_shingles,
            boilerplate=params.boilerplate,
            key=f"wording/{params.shingle}/{params.min_shingles}/{hash(params.boilerplate)}",
        )
        compared = compared or report.url in wording.shingles
        found += _matches(report, section, wording, index, params)
    if not found:
        return filed.judge(Outcome.PASSED) if compared and index.whole else index.nothing_for(filed)
    return _failed(filed, report, found)


def _matches(report: Known, section: int, wording: SectionIndex, index: ReportIndex, params: Params) -> list[_Match]:
    found = []
    for url in wording.like(report.url):
        other = index.by_url[canonical(url)]
        if not _comparable(report, other):
            continue
        share = wording.similarity(report.url, url)
        if share >= params.similarity:
            found.append(_Match(section, share, other))
    return found


def _comparable(report: Known, other: Known) -> bool:
    """Another 单位's report of the same year, or the own one of the year before."""
    if "".join(report.title.split()) == "".join(other.title.split()):
        return False
    if other.owner == report.owner and (not report.unit or not other.unit or report.unit == other.unit):
        return bool(other.years) and other.years[-1] == report.years[0] - 1
    return other.years == report.years


def _failed(filed: FiledReport, report: Known, found: list[_Match]) -> Judgement:
    best = max(found, key=lambda match: (match.share, match.other.url))
    alike = tuple(word("report_sections", str(match.section)) for match in found if match.other.url == best.other.url)
    quote, theirs = report.texts[best.section][:_QUOTE], best.other.texts[best.section][:_QUOTE]
    evidence = (
        page_evidence(filed.page, quote, word("report_sections", str(best.section))),
        type(best.other.evidence)(
            url=best.other.url,
            capture=best.other.evidence.capture,
            fetched_at=best.other.evidence.fetched_at,
            quote=theirs,
            where=word("report_sections", str(best.section)),
        ),
    )
    share = f"{best.share:.0%}"
    return filed.judge(Outcome.FAILED, evidence=evidence, sections_alike=alike, other=best.other.title, share=share)
