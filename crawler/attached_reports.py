"""Annual reports that stand in an attachment: what was read there is kept with the page that offers it."""

from dataclasses import replace

from crawler.extractors.annual_report import report_from_text
from crawler.extractors.report_words import plain, report_words
from crawler.facts import AnnualReport, AttachmentFacts, PageFacts, PageKind
from crawler.store import FactsStore
from crawler.store.codec import pack

_IN_ATTACHMENT = "report-attachment"
_EXACT_KINDS = frozenset({"docx", "xlsx", "xls", "odt", "ods", "doc"})
"""Files whose cells are cells; of a PDF only the words are known, and where they stand is guessed."""
_MIN_SECTIONS = 3
"""Headings of the report from which on a file without table three is the report all the same."""


def adopt_attached_reports(store: FactsStore) -> int:
    """Put the report that an attachment holds in the place of the page's own, which only points there; returns how many.

    Done anew each time: a page whose attachment is gone or cannot be read any more shows its own words again.
    """
    adopted = 0
    for number, _, kind in store.page_places():
        if kind is not PageKind.ANNUAL_REPORT:
            continue
        page, _ = store.reading(("page", number))
        own = as_shown(page)
        if own.annual_report is None or own.annual_report.unreadable != _IN_ATTACHMENT:
            continue
        files = [store.attachment_at(attachment.url) for attachment in own.attachments]
        read = with_report(own, [file for file in files if file is not None])
        adopted += read is not own
        if read != page:
            store.replace_reading(("page", number), page.kind.value, pack(read))
    return adopted


def as_shown(page: PageFacts) -> PageFacts:
    """``page`` with the report as it shows it itself."""
    report = page.annual_report
    return page if report is None or report.cover is None else replace(page, annual_report=report.cover)


def with_report(page: PageFacts, files: list[AttachmentFacts]) -> PageFacts:
    """``page`` with the report of the first of ``files`` that holds it: of the same year, with its table or its sections."""
    cover = page.annual_report
    assert cover is not None
    found = [report for file in files if (report := _report_in(file, page.title.value or page.page_title, cover)) is not None]
    best = next((report for report in found if report.applications), found[0] if found else None)
    return page if best is None else replace(page, annual_report=best)


def _report_in(file: AttachmentFacts, title: str, cover: AnnualReport) -> AnnualReport | None:
    if file.state != "read" or not any(sign in plain(file.text) for sign in report_words().signs):
        return None
    exact = file.kind in _EXACT_KINDS
    report = report_from_text(file.text, title, exact_rows=exact)
    of_other_year = cover.years and report.years and not set(cover.years) & set(report.years)
    if of_other_year or (not report.applications and len(report.sections) < _MIN_SECTIONS):
        return None
    unreadable = "" if report.applications else _IN_ATTACHMENT
    return replace(report, years=cover.years or report.years, unreadable=unreadable, whole=exact, attached=file.url, cover=cover)
