"""Annual reports that stand in full in folds (``<details>``) of one page, a year each."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extractors.annual_report import extract_annual_report
from crawler.extractors.document import Document, clean
from crawler.extractors.page_kind import names_annual_report
from crawler.extractors.panes import page_of
from crawler.facts import FoldedReport, PageKind

MAX_FOLDS = 30
_MAX_TITLE = 120


def extract_folded_reports(doc: Document) -> tuple[FoldedReport, ...]:
    """Folds whose summary names a report and that hold its table three, in document order; () where there are not two.

    A page with one report is that report's, folded or not. Where a fold holds no more than a link or a file, the report stands
    there.
    """
    found = tuple(islice(_reports(doc), MAX_FOLDS))
    return found if len(found) > 1 else ()


def _reports(doc: Document) -> Iterator[FoldedReport]:
    for fold in doc.tagged("details"):
        summary = fold.find("summary")
        title = clean(doc.text_below(summary)) if summary is not None else ""
        if not 0 < len(title) <= _MAX_TITLE or not names_annual_report(title):
            continue
        report = extract_annual_report(page_of(doc, fold, title), kind=PageKind.ANNUAL_REPORT, title=title)
        if report is not None and report.applications:
            yield FoldedReport(title=title, anchor=_anchor(fold), report=report)


def _anchor(element: HtmlElement) -> str:
    around = (element, *element.iterancestors())
    return next((name for each in around if (name := (each.get("id") or "").strip())), "")
