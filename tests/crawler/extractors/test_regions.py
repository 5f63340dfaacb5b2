"""Banner, menus, content column and foot: by name, and where names say nothing by structure."""

from datetime import UTC, datetime

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from crawler.extractors.document import Document
from crawler.extractors.regions import content_root, region_of
from tests.crawler.extractors.written import BODY, TITLE, article, page_of

INFO = "<div>发布时间：2026-11-03 来源：县林业局</div>"
MENU = "".join(
    f'<li><a href="{n}/">{word}</a></li>' for n, word in enumerate(["机构概况", "规划计划", "统计信息", "行政许可", "财政预算"])
)
ROWS = "".join(f'<li><a href="{n}.html">关于第{n}件事项的通知</a><span>2026-11-0{n}</span></li>' for n in range(1, 9))


def doc_of(html: str) -> Document:
    return Document(html, "http://www.yunmeng.gov.cn/zwgk/", datetime(2026, 11, 20, tzinfo=UTC))


def at(doc: Document, query: str) -> HtmlElement:
    return doc.tree.xpath(query)[0]


def test_the_parts_of_a_plain_page() -> None:
    doc = doc_of(article(INFO))
    assert region_of(at(doc, "//img[@class='logo']")) == "head"
    assert region_of(at(doc, "//a[@href='/xwzx/']")) == "nav"
    assert region_of(at(doc, "//div[@class='wz']/a")) == "nav"
    assert region_of(at(doc, "//h1")) == "main"
    assert region_of(at(doc, "//div[@class='footer']/p")) == "foot"
    assert content_root(doc) is at(doc, "//div[@class='xl']")


@pytest.mark.parametrize("name", ["wb12", "w1200 tc", ""])
def test_a_foot_without_a_telling_name_is_known_by_its_marks(name: str) -> None:
    foot = f'<div class="{name}"><p>主办单位：县政府办</p><p>网站标识码：4209230001 鄂ICP备05001234号</p></div>'
    doc = doc_of(page_of(f"<h1>{TITLE}</h1>{BODY}", foot=foot))
    assert region_of(at(doc, "//p[contains(., '主办单位')]")) == "foot"
    assert region_of(at(doc, "//h1")) == "main"


def test_an_article_that_speaks_of_icp_numbers_is_no_foot() -> None:
    doc = doc_of(article(INFO, body=f"<p>网站应当在页脚标明ICP备案编号、公网安备编号和网站标识码。{'具体要求如下。' * 80}</p>"))
    assert region_of(at(doc, "//h1")) == "main"
    assert content_root(doc) is at(doc, "//div[@class='xl']")


@pytest.mark.parametrize("side", ["c_250", "left", "k3"])
def test_a_side_menu_is_left_out_of_the_content_whatever_its_name(side: str) -> None:
    doc = doc_of(page_of(f'<div class="db"><div class="{side}"><ul>{MENU}</ul></div><div class="c9"><ul>{ROWS}</ul></div></div>'))
    assert at(doc, "//div[@class='c9']") in [content_root(doc), content_root(doc).getparent()]
    assert not content_root(doc).xpath(f".//div[@class='{side}']")


def test_a_page_of_nothing_but_links_keeps_them_as_content() -> None:
    doc = doc_of(page_of(f'<div class="units"><ul>{MENU}</ul></div>'))
    assert content_root(doc).xpath(".//a[@href='0/']")


def test_a_name_does_not_make_the_whole_page_a_foot() -> None:
    doc = doc_of(f'<html><body class="footer-fixed"><div class="top-news"><h1>{TITLE}</h1>{INFO}{BODY * 3}</div></body></html>')
    assert region_of(at(doc, "//h1")) == "main"


def test_the_head_of_an_article_is_no_banner() -> None:
    for name in ("article-header", "top", "header"):
        doc = doc_of(page_of(f'<div class="{name}"><h1>{TITLE}</h1>{INFO}</div><div class="k">{BODY}</div>'))
        assert region_of(at(doc, "//h1")) == "main"
    block = '<div class="top cf"><p>索引号：A1B2C3/2026-00001</p><p>发布日期：2026-11-03</p></div>'
    doc = doc_of(page_of(f"{block}<h1>{TITLE}</h1>{BODY}"))
    assert region_of(at(doc, "//div[@class='top cf']")) == "main"


@pytest.mark.parametrize("name", ["article-bottom", "bottom", "card-footer"])
def test_the_bottom_of_an_article_is_no_foot(name: str) -> None:
    doc = doc_of(
        page_of(
            f'<h1>{TITLE}</h1>{INFO}<div class="k">{BODY}</div><div class="{name}"><a href="a.pdf">附件</a>：安排表，请下载</div>'
        )
    )
    assert region_of(at(doc, "//a[@href='a.pdf']")) == "main"


def test_a_title_area_with_a_date_is_no_banner() -> None:
    doc = doc_of(
        page_of(f'<div class="top_title"><div class="t">{TITLE}</div><span>2026-11-03</span></div><div class="k">{BODY}</div>')
    )
    assert region_of(at(doc, "//div[@class='t']")) == "main"


def test_a_copy_for_phones_does_not_widen_the_content() -> None:
    inner = f"<h1>{TITLE}</h1>{INFO}<div class='TRS_Editor'>{BODY}</div>"
    doc = doc_of(page_of(f'<div class="pc"><div class="art">{inner}</div></div><div class="mobile"><div>{inner}</div></div>'))
    assert content_root(doc) is at(doc, "//div[@class='art']")


def test_an_unnamed_breadcrumb_is_a_menu_but_not_the_title_below_it() -> None:
    doc = doc_of(f'<body><div><p>当前位置：<a href="/">首页</a> > <a href="/a/">公告</a></p><h1>{TITLE}</h1>{BODY}</div></body>')
    assert region_of(at(doc, "//a[@href='/a/']")) == "nav"
    assert region_of(at(doc, "//h1")) == "main"


def test_a_loose_element_is_main() -> None:
    assert region_of(fragment_fromstring("<div class='footer'>x</div>")) == "main"


@pytest.mark.parametrize("html", ["", "<p>", "<html></html>", "text"])
def test_every_page_has_a_content_root(html: str) -> None:
    assert content_root(doc_of(html)).tag in {"body", "html", "p", "div"}
