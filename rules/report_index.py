"""All annual reports of an evaluation, read once: by 单位 and year, and by the wording of their sections."""

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.facts import AnnualReport, Evidence, ReportCell
from rules.addresses import canonical
from rules.filed_reports import FiledReport, filed_report
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome
from rules.patterns import SafePattern
from rules.report_balance import cells_of
from rules.report_titles import unit_of_title
from rules.words import reason_word

_MAX_REPORTS = 20_000
"""Reports remembered, for the memory they take; a portal of sixty 单位 and ten years has six hundred."""
_SAMPLE = 8
"""One shingle in so many leads to candidates; which ones, their hash decides."""
_MAX_POSTINGS = 100
"""Reports remembered for one sampled shingle: of a wording that everybody uses the first ones are enough to compare with."""
_CANDIDATE_SHARE = 0.5
_NOT_WORDS = re.compile(r"[^\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of one report."""

    url: str
    title: str
    unit: str
    """单位 named in the title."""
    owner: str | None
    years: tuple[int, ...]
    carried_in: tuple[ReportCell, ...]
    carried_over: tuple[ReportCell, ...]
    unread: str
    """Why its table was not read, as a reason's code; ""."""
    evidence: Evidence
    texts: Mapping[int, str]
    """Sections by number, as written."""


@dataclass(slots=True)
class ReportIndex:
    """The reports that 年报 columns list."""

    known: list[Known] = field(default_factory=list)
    by_url: dict[str, Known] = field(default_factory=dict)
    by_owner: dict[tuple[str | None, int], list[Known]] = field(default_factory=lambda: defaultdict(list))
    whole: bool = True
    """False: there were more reports than are remembered, and what is not found here may be among the others."""

    def before(self, report: Known) -> Known | None:
        """The same 单位's report of the year before; None when there is none, or more than one that may be it."""
        if not report.years:
            return None
        earlier = [
            other
            for other in self.by_owner.get((report.owner, report.years[0] - 1), [])
            if other.years[-1] == report.years[0] - 1 and _same_unit(report.unit, other.unit) and other.url != report.url
        ]
        return earlier[0] if len(earlier) == 1 else None

    def nothing_for(self, filed: FiledReport) -> Judgement:
        """What is said of a report to which no other is remembered: not concerned, unless the other may have been left out."""
        if self.whole:
            return filed.judge(Outcome.INAPPLICABLE)
        return filed.judge(Outcome.CANT_TELL, reason=reason_word("too-many-reports"))


def report_index(context: Context) -> ReportIndex:
    """The index of this evaluation, made at the first call: one page is read for each report listed."""
    made = context.memo.get("reports")
    if isinstance(made, ReportIndex):
        return made
    index = ReportIndex()
    for number, (_, (_, entry)) in enumerate(sorted(context.listed.items())):
        if number >= _MAX_REPORTS:
            index.whole = False
            break
        page = context.facts.report_page(entry.url) if entry.url else None
        filed = filed_report(page, context) if page is not None else None
        if filed is not None and canonical(filed.page.url) not in index.by_url:
            _remember(index, known_of(filed))
    context.memo["reports"] = index
    return index


def known_of(filed: FiledReport) -> Known:
    rows = cells_of(filed.report)
    return Known(
        url=filed.page.url,
        title=filed.title,
        unit=unit_of_title(filed.title),
        owner=filed.owner,
        years=filed.years,
        carried_in=rows.get("r2", ()),
        carried_over=rows.get("r25", ()),
        unread="" if rows else filed.report.unreadable or "report-table",
        evidence=page_evidence(filed.page, filed.title),
        texts=_texts(filed.report),
    )


def _texts(report: AnnualReport) -> dict[int, str]:
    found: dict[int, str] = {}
    for section in report.sections:
        found[section.number] = f"{found.get(section.number, '')}{section.text}"
    return found


def _remember(index: ReportIndex, report: Known) -> None:
    index.known.append(report)
    index.by_url[canonical(report.url)] = report
    for year in report.years:
        index.by_owner[report.owner, year].append(report)


def _same_unit(first: str, second: str) -> bool:
    return not first or not second or first.endswith(second) or second.endswith(first)


@dataclass(slots=True)
class SectionIndex:
    """Wordings of one section of all reports."""

    shingles: dict[str, "array[int]"] = field(default_factory=dict)
    """Sorted hashes by address of the report."""
    postings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def like(self, url: str) -> Iterator[str]:
        """Addresses of reports whose wording may be the same, the likeliest first."""
        own = [each for each in self.shingles.get(url, ()) if each % _SAMPLE == 0]
        met = Counter(other for each in own for other in self.postings.get(each, ()) if other != url)
        for other, times in sorted(met.items(), key=lambda item: (-item[1], item[0])):
            if times < _CANDIDATE_SHARE * len(own):
                return
            yield other

    def similarity(self, first: str, second: str) -> float:
        """Share of the longer wording's shingles that the other has too."""
        one, other = set(self.shingles[first]), set(self.shingles[second])
        return len(one & other) / max(len(one), len(other), 1)


def section_index(
    context: Context, section: int, *, size: int, least: int, boilerplate: Sequence[SafePattern], key: str
) -> SectionIndex:
    """Wordings of ``section``: ``size`` Chinese characters a shingle, sections with fewer than ``least`` shingles left out.

    Digits, punctuation, the 单位's own names and ``boilerplate`` do not count. ``key`` tells one rule's index from another's.
    """
    made = context.memo.get(f"{key}/{section}")
    if isinstance(made, SectionIndex):
        return made
    index = SectionIndex()
    for report in report_index(context).known:
        text = _own_words(report, report.texts.get(section, ""), context, boilerplate)
        hashes = {zlib.crc32(text[start : start + size].encode()) for start in range(len(text) - size + 1)}
        if len(hashes) < least:
            continue
        index.shingles[report.url] = array("I", sorted(hashes))
        for each in hashes:
            if each % _SAMPLE == 0 and len(index.postings[each]) < _MAX_POSTINGS:
                index.postings[each].append(report.url)
    context.memo[f"{key}/{section}"] = index
    return index


def _own_words(report: Known, text: str, context: Context, boilerplate: Iterable[SafePattern]) -> str:
    for pattern in boilerplate:
        text = pattern.remove(text)
    department = context.departments.get(report.owner or "")
    names = (department.name, *department.aliases) if department else ()
    for name in sorted({*names, report.unit} - {""}, key=len, reverse=True):
        text = text.replace(name, "")
    return _NOT_WORDS.sub("", text)
