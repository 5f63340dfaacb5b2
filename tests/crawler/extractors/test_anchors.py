"""Links of a page as values that extractors share."""

from datetime import UTC, datetime

import pytest

from crawler.extractors import outline
from crawler.extractors.anchors import Anchor, anchors, links_that
from crawler.extractors.blocks import BlockMemory
from crawler.extractors.document import Document

READ_AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "_MEMORY", BlockMemory())


def document(body: str, url: str = "http://www.qingya.gov.cn/zwgk/index.html") -> Document:
    return Document(f"<html><body>{body}</body></html>", url, READ_AT)


def test_words_of_a_link_are_its_text_then_its_title_then_its_picture() -> None:
    body = (
        "<a href=/a title=题>字</a><a href=/b title=题><img alt=图></a><a href=/c><img><img alt=图></a>"
        "<map><area href=/d alt=区></map><a href=/e></a>"
    )
    assert [anchor.text for anchor in anchors(document(body)).values()] == ["字", "题", "图", "区", ""]


def test_links_written_alike_are_one_value_on_all_pages_of_a_site() -> None:
    first, second = (document("<a href=/zfwj/>政策文件</a>", f"http://www.qingya.gov.cn/{folder}/") for folder in ("a", "b"))
    assert next(iter(anchors(first).values())) is next(iter(anchors(second).values()))


def test_links_written_alike_are_two_values_where_they_lead_to_different_pages() -> None:
    pages = [document("<a href=list.html>更多</a>", f"http://www.qingya.gov.cn/{folder}/") for folder in ("a", "b")]
    assert [[anchor.url for anchor in anchors(page).values()] for page in pages] == [
        ["http://www.qingya.gov.cn/a/list.html"],
        ["http://www.qingya.gov.cn/b/list.html"],
    ]
    other = document("<a href=/zfwj/>政策文件</a>", "http://www.lingshui.gov.cn/")
    assert [anchor.url for anchor in anchors(other).values()] == ["http://www.lingshui.gov.cn/zfwj/"]


def test_a_menu_is_asked_once_and_each_page_beside_it_anew() -> None:
    menu = "<div class=nav><a href=/a/>甲</a><a href=b/>乙</a></div>"
    asked: list[str] = []

    def is_asked(anchor: Anchor) -> bool:
        asked.append(anchor.text)
        return anchor.text in {"乙", "丁"}

    def found(number: int) -> list[str]:
        page = document(f"{menu}<p>{number}<a href=/c/>丙</a><a href=/d/>丁</a></p>")
        return [anchors(page)[each].text for each in links_that(page, is_asked)]

    assert [found(number) for number in range(5)] == [["乙", "丁"]] * 5
    assert (asked.count("甲"), asked.count("丁")) == (3, 5)


def test_answers_about_relative_links_are_those_of_their_folder() -> None:
    menu = "<div class=nav><a href=b/>乙</a><a href=c/>丙</a></div>"

    def leads_to(anchor: Anchor, url: str) -> bool:
        return anchor.url == url

    pages = [document(f"{menu}<p>{number}</p>", f"http://www.qingya.gov.cn/{number % 2}/x.html") for number in range(8)]
    found = [len(links_that(page, leads_to, "http://www.qingya.gov.cn/1/b/")) for page in pages]
    assert found == [0, 1] * 4
