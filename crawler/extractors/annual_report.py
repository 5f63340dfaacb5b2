"""The annual report on government information disclosure (政府信息公开工作年度报告): sections, tables and claims of one page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from crawler.extractors.document import Document, clean
from crawler.extractors.regions import root_number
from crawler.extractors.report_applications import WIDTH, read_applications
from crawler.extractors.report_cells import is_figure
from crawler.extractors.report_claims import read_claims
from crawler.extractors.report_disclosures import form_of, read_disclosures
from crawler.extractors.report_proceedings import read_proceedings
from crawler.extractors.report_sections import read_sections
from crawler.extractors.report_words import plain, report_words
from crawler.extractors.table_grid import Grid, grid_of_rows, grids_in
from crawler.facts import AnnualReport, PageKind, ReportRow

_ARTICLES = frozenset({PageKind.ANNUAL_REPORT, PageKind.ARTICLE, PageKind.OTHER, PageKind.COLUMN, PageKind.LIST})
_MAX_CHARS = 400_000
_MAX_ROW_NAME = 40
_FULL_REPORT_CHARS = 1_500
"""A page with less text and an attachment or picture shows its report there."""
_FIRST_YEAR, _LAST_YEAR = 2007, 2100
_CHINESE_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2}(?=年|度)")
_RANGE = re.compile(r"(?<!\d)(20\d\d)年?度?[-—–―~至到和、及与](20\d\d)年?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NOT_YEARS = re.compile(r"[\[(〔【]20\d\d[\])〕】]第?\d+号|20\d\d年\d{1,2}月(?:\d{1,2}日)?|20\d\d[-./]\d{1,2}[-./]\d{1,2}")


def extract_annual_report(
    doc: Document, *, kind: PageKind, title: str, attachments: int = 0, pictures: int = 0, paged: bool = False
) -> AnnualReport | None:
    """The report on this page; None when the page is none.

    A page is a report when its kind says so, or when an article holds the labels of the report's third table.
    """
    if kind not in _ARTICLES:
        return None
    text = doc.outline.text
    if kind is not PageKind.ANNUAL_REPORT and (
        not any(sign in text for sign in report_words().signs) or report_words().not_report.search(plain(title[:300]))
    ):
        return None
    root = root_number(doc)
    grids = grids_in(doc, root)
    report = read_report(grids, doc.outline.span(root)[:_MAX_CHARS], title)
    if kind is not PageKind.ANNUAL_REPORT and not report.applications:
        return None
    return _with_doubt(report, attachments=attachments, pictures=pictures, paged=paged)


def report_from_text(text: str, title: str = "", *, exact_rows: bool = True) -> AnnualReport:
    """The report in a file: its paragraphs one a line, rows of its tables as lines with tabulators between the cells.

    Merged cells may stand there once: rows are read from their right end. Without ``exact_rows`` (PDF, where words of a label
    run into the next line) only rows that end with nothing but figures are taken for rows.
    """
    text = text[:_MAX_CHARS]
    report = read_report(list(_grids_of_text(text, exact_rows=exact_rows)), text, title)
    return _with_doubt(report, attachments=0, pictures=0, paged=False)


def _grids_of_text(text: str, *, exact_rows: bool) -> Iterator[Grid]:
    """Neighbouring rows are a table; the line that names the article of the 条例 above a part of table two belongs to it."""
    rows: list[list[str]] = []
    for line in (*text.split("\n"), ""):
        cells = [clean(cell) for cell in line.split("\t")]
        if len(cells) > 1 or (line and report_words().block.search(plain(line[:_MAX_ROW_NAME]))):
            if exact_rows or _may_be_row(cells):
                rows.append(cells)
        elif rows:
            yield grid_of_rows(rows)
            rows = []


def _may_be_row(cells: Sequence[str]) -> bool:
    """Rows without a figure are heads; one with figures must end with all seven, behind a label."""
    if not any(cell and is_figure(cell) for cell in cells):
        return True
    return len(cells) > WIDTH and bool(cells[0]) and all(cell and is_figure(cell) for cell in cells[-WIDTH:])


def read_report(grids: Sequence[Grid], text: str, title: str) -> AnnualReport:
    """Everything but what the page around the report tells about its completeness."""
    lines = [line for part in re.split(r"[\n\t]", text) if (line := clean(part))]
    sections = read_sections(lines)
    applications = read_applications(grids)
    years = _years(title, lines)
    return AnnualReport(
        years=years,
        format=_form(applications, grids),
        opening=sections.opening,
        sections=sections.sections,
        inline_headings=sections.inline,
        applications=applications,
        proceedings=read_proceedings(grids),
        disclosures=read_disclosures(grids),
        claims=read_claims(lines, years),
    )


def _with_doubt(report: AnnualReport, *, attachments: int, pictures: int, paged: bool) -> AnnualReport:
    size = sum(len(section.text) for section in report.sections)
    beside = "report-attachment" if attachments else "report-picture" if pictures else ""
    whole = not paged and (not beside or size >= _FULL_REPORT_CHARS or len(report.sections) >= 6)
    unreadable = ""
    if not report.applications:
        unreadable = "report-pages" if paged else beside or "report-table"
    return replace(report, unreadable=unreadable, whole=whole)


def _form(applications: Sequence[ReportRow], grids: Sequence[Grid]) -> str | None:
    told = form_of([text for grid in grids for row in grid[:40] for text in row.own if len(text) <= 40])
    rows = {row.id: row for row in applications}
    if "r21" in rows or "r22" in rows:
        return "2021"
    if "r23" in rows and report_words().other_handling.search(plain(rows["r23"].label)):
        return "2019"
    return told


def _years(title: str, lines: Sequence[str]) -> tuple[int, ...]:
    """Years of the title, else those of 统计期限 in the opening."""
    found = years_of_title(title)
    if found:
        return found
    for line in lines[:60]:
        match = report_words().period.search(plain(line[:2_000]))
        if match is not None:
            first, last = int(match["first"]), int(match["last"])
            return tuple(range(first, last + 1)) if first <= last <= first + 5 else ()
    return ()


@lru_cache(maxsize=4_096)
def years_of_title(title: str) -> tuple[int, ...]:
    """Years a title reports on; document numbers and days do not count, 2019—2020年 counts in full."""
    text = plain(title[:300])
    text = _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)
    text = _NOT_YEARS.sub(" ", text)
    years = {int(year) for year in _YEAR.findall(text)} or {int(year) for year in _BARE_YEAR.findall(text)}
    for first, last in _RANGE.findall(text):
        if int(first) <= int(last) <= int(first) + 5:
            years.update(range(int(first), int(last) + 1))
    return tuple(sorted(year for year in years if _FIRST_YEAR <= year <= _LAST_YEAR))
