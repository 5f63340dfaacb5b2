"""Annual reports that stand in an attachment."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from crawler.attached_reports import adopt_attached_reports, as_shown, with_report
from crawler.facts import AnnualReport, Attachment, AttachmentFacts, PageFacts, PageKind, Read
from tests.crawler.crawling import crawl
from tests.crawler.extractors.test_annual_report import FILED
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do

PAGE = "http://www.yunxi.gov.cn/nb/2024.html"
FILE = "http://www.yunxi.gov.cn/nb/P2024.docx"
TITLE = "云溪县财政局2024年政府信息公开工作年度报告"
COVER = AnnualReport(years=(2024,), opening="报告全文见附件。", unreadable="report-attachment", whole=False)


def page() -> PageFacts:
    return PageFacts(
        url=PAGE,
        final_url=PAGE,
        fetched_at="2026-11-20T10:00:00+08:00",
        kind=PageKind.ANNUAL_REPORT,
        title=Read(value=TITLE, raw=TITLE),
        attachments=(Attachment(url=FILE, text="年度报告.docx"),),
        annual_report=COVER,
    )


def file(text: str = FILED, **more: object) -> AttachmentFacts:
    return replace(AttachmentFacts(url=FILE, kind="docx", text=text), **more)  # type: ignore[arg-type]


def test_a_page_that_only_points_to_its_report_is_judged_by_the_file() -> None:
    read = with_report(page(), [file()])
    report = read.annual_report
    assert report is not None
    assert (report.years, report.unreadable, report.whole, report.attached) == ((2024,), "", True, FILE)
    assert [row.id for row in report.applications][-1] == "r25"
    assert as_shown(read) == page()


def test_of_a_pdf_nothing_is_missing_for_certain() -> None:
    words = FILED.replace("\t\t", "").replace("\n\t", "\n")
    report = with_report(page(), [file(words, kind="pdf")]).annual_report
    assert report is not None
    assert (bool(report.applications), report.whole) == (True, False)


@pytest.mark.parametrize(
    "other",
    [
        file(state="image-only", text=""),
        file("关于领取补贴的通知\n一、对象\n二、标准\n三、时间"),
        file(FILED.replace("平稳。", "统计期限为2023年1月1日至2023年12月31日。")),
        file(state="broken"),
    ],
)
def test_other_files_are_not_its_report(other: AttachmentFacts) -> None:
    nameless = replace(page(), title=Read(value="政府信息公开工作年度报告", raw=""))
    assert with_report(nameless, [other]) is nameless


def test_the_file_with_the_table_is_the_report_where_several_lie_beside_a_page() -> None:
    prose = file(FILED.partition("（勾稽")[0], url="http://www.yunxi.gov.cn/nb/prose.docx")
    report = with_report(page(), [prose, file()]).annual_report
    assert report is not None
    assert report.attached == FILE


def written() -> bytes:
    """FILED as Word writes it."""
    from docx import Document

    document, rows = Document(), []
    for line in (*FILED.split("\n"), ""):
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(len(rows), max(map(len, rows)))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells[-len(cells) :], cells, strict=True):
                    cell.text = text
            rows = []
        document.add_paragraph(line)
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def test_a_crawl_reads_the_report_in_a_word_file_and_a_page_can_be_had_as_it_shows_itself(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    cover = f"<h1>{TITLE}</h1><p>发布日期：2025-01-20 来源：县财政局</p><p>报告全文见附件。</p><a href='r.docx'>{TITLE}.docx</a>"
    routes = {
        "/": do.page(do.links("/nb/2024.html"), kind="home"),
        "/nb/2024.html": do.page(cover, title=TITLE),
        "/nb/r.docx": do.file(written(), "r.docx"),
    }
    with FaultServer(routes) as server:
        done = crawl(tmp_path / "run", f"{server.base}/", real_readers=True, browser=False)
    assert adopt_attached_reports(done.store) == adopt_attached_reports(done.store) == 1
    shown = done.store.page(f"{server.base}/nb/2024.html")
    assert shown is not None
    assert shown.annual_report is not None
    assert [row.id for row in shown.annual_report.applications][-1] == "r25"
    assert as_shown(shown).annual_report == shown.annual_report.cover
