"""Attachments by address, words, viewer and script."""

import pytest

from crawler.extractors.attachments import document_ending, names_document
from tests.crawler.extractors.written import FOOT, article, facts_of, read_page

INFO = "<div>发布时间：2026-11-03 来源：县林业局</div>"
FOLDER = "http://www.yunmeng.gov.cn/zwgk/tzgg/202611/"


def addresses(body: str) -> list[str]:
    return [item.url.removeprefix(FOLDER) for item in facts_of(article(INFO, body=f"<p>详见附件。</p>{body}")).attachments]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="./P020261103.pdf">附件1</a>', ["P020261103.pdf"]),
        ('<a href="P020261103.DOCX?v=2">附件1</a>', ["P020261103.DOCX?v=2"]),
        ('<a href="down.jsp?id=3">巡查安排表.xlsx</a>', ["down.jsp?id=3"]),
        ('<a href="downfile.jsp?filename=be5f.pdf">附件</a>', ["downfile.jsp?filename=be5f.pdf"]),
        ('<a href="/attach/download?id=7" title="巡查表.doc">下载</a>', ["http://www.yunmeng.gov.cn/attach/download?id=7"]),
        ('<iframe src="./P020261103.pdf"></iframe>', ["P020261103.pdf"]),
        ('<iframe src="/pdfjs/web/viewer.html?file=P020261103.pdf"></iframe>', ["P020261103.pdf"]),
        ('<embed src="a.pdf" type="application/pdf">', ["a.pdf"]),
        ('<object data="a.ofd"></object>', ["a.ofd"]),
        ("<script>var url='./P020261103.pdf';$('#pdf').attr('src',url)</script>", ["P020261103.pdf"]),
        ('<a href="a.html">网页.html</a><a href="#x">附件.pdf</a><a href="javascript:;">附件.pdf</a>', []),
        ('<a href="a.pdf">一</a><a href="a.pdf">二</a>', ["a.pdf"]),
    ],
)
def test_documents_are_found(body: str, found: list[str]) -> None:
    assert addresses(body) == found


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ('<iframe src="/pdfjs/web/viewer.html?file=/u/7.pdf"></iframe>', ["http://www.yunmeng.gov.cn/u/7.pdf"]),
        ('<a href="/pdf/web/viewer.html?file=%2Fu%2F7.pdf">预览</a>', ["http://www.yunmeng.gov.cn/u/7.pdf"]),
        ('<iframe src="/pdfjs/web/viewer.html?file=7.pdf"></iframe>', []),
        ("<script>var url='/u/7.pdf';$('#pdf').attr('src',url)</script>", []),
        ('<a href="downfile.jsp?filename=/u/7.pdf">附件</a>', []),
    ],
)
def test_what_a_viewer_shows_is_a_link_of_the_page(body: str, linked: list[str]) -> None:
    """Nobody asked for reports that pages show in a viewer: neither a dead one nor a number in one was found."""
    page = read_page(article(INFO, body=f"<p>详见附件。</p>{body}"))
    assert [link.url for link in page.links if link.url.endswith("7.pdf") and "?" not in link.url] == linked


def test_the_words_of_the_link_are_kept() -> None:
    [item] = facts_of(
        article(INFO, body='<p>见附件。</p><a href="a.pdf"><img src="/i/icon_pdf.gif"> 巡查安排表.pdf</a>')
    ).attachments
    assert item.text == "巡查安排表.pdf"


def test_documents_of_foot_and_menu_are_none_of_the_article() -> None:
    foot = FOOT.replace("</div>", '<a href="/app.zip">客户端</a></div>')
    assert facts_of(article(INFO).replace(FOOT, foot)).attachments == ()


def test_endings_are_told_by_the_last_dot() -> None:
    assert document_ending("安排表.XLSX") == "xlsx"
    assert document_ending("附件：安排表.pdf）") == "pdf"
    assert document_ending("a.pdf.html") == ""
    assert document_ending("") == ""
    assert names_document("http://a.gov.cn/%E8%A1%A8.pdf")
    assert not names_document("http://a.gov.cn/pdf/")
