"""Parsing whatever a server sends, and resolving addresses of the page."""

from datetime import UTC, datetime

import pytest

from crawler.extractors.document import MAX_TEXT_CHARS, Document, document_of


def doc_of(html: str, url: str = "http://a.gov.cn/b/c.html") -> Document:
    return Document(html, url, datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize("html", ["", " ", "\x00", "<", "<!DOCTYPE html>", "<?xml version='1.0' encoding='gbk'?><p>甲</p>", "甲"])
def test_every_text_gives_a_tree(html: str) -> None:
    assert doc_of(html).tree.tag == "html"


def test_a_declaration_and_nul_do_not_hide_the_page() -> None:
    assert doc_of('<?xml version="1.0" encoding="gb2312"?><html><p>甲\x00乙</p></html>').body_text == "甲乙"


@pytest.mark.parametrize("tag", ["span", "font", "div", "b"])
def test_a_page_nested_thousands_deep_is_read_to_its_end(tag: str) -> None:
    assert doc_of(f"<body>{f'<{tag}>' * 5000}深处<p>末尾</p></body>").body_text == "深处 末尾"


def test_a_tag_with_thousands_of_attributes_is_dropped() -> None:
    doc = doc_of(f"<p>前</p><a {' '.join(f'a{n}=x' for n in range(30_000))} href=x>中</a><p>后</p>")
    assert doc.body_text == "前 中 后"


def test_a_page_beyond_all_measure_is_cut() -> None:
    assert len(doc_of("甲" * (MAX_TEXT_CHARS + 10)).source) == MAX_TEXT_CHARS


def test_a_header_that_ends_the_document_early_does_not_end_the_page() -> None:
    for tail in ("</body></html>", "", "</BODY>\n</HTML>\n<!-- 1 -->"):
        doc = doc_of(f"<html><body><div>页眉</div></body></html>\n<html><body><div>正文</div>{tail}")
        assert doc.body_text == "页眉 正文"


def test_addresses_are_resolved_against_the_base_once() -> None:
    doc = doc_of('<base href="/d/"><a href="e.html">x</a>')
    assert doc.resolve("e.html") == "http://a.gov.cn/d/e.html"
    assert doc.resolve("javascript:;") is None


def test_an_element_knows_its_document_as_long_as_it_lives() -> None:
    doc = doc_of("<p>甲</p>")
    paragraph = doc.tree.xpath("//p")[0]
    assert document_of(paragraph) is doc
    del doc
    assert document_of(paragraph) is None
