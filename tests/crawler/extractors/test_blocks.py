"""Parts of pages that return are taken from memory: what is read of a page must not show it."""

from datetime import date, datetime

import pytest
from hypothesis import given

from audit.demo.portal import build_portal
from crawler.extractors import outline
from crawler.extractors.blocks import Block, BlockMemory, Habit
from crawler.extractors.document import Document
from crawler.extractors.outline import Outline
from crawler.extractors.page import extract_page
from crawler.facts import ExtractedPage
from tests.crawler.test_fuzz import soup
from tests.fuzz import tries

READ_AT = datetime.fromisoformat("2026-11-20T21:30:00+08:00")
URL = "http://www.yunxi.gov.cn/zwgk/tzgg/"
MENU = (
    "<div class=nav id=Top>县 <!-- 菜单 -->政府<ul><li><a href=/>首页</a><li><a href=list.html><img alt=动态></a> "
    "<li>2026-11-01<script>var a = 1;</script><noscript>关</noscript> 尾 <table><tr><td>一<td>二</table></ul> <br> </div>"
)


@pytest.fixture(autouse=True)
def empty_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "_MEMORY", BlockMemory())


def outline_of(body: str) -> Outline:
    return Document(f"<html><head><title>题</title></head><body>{body}</body></html>", URL, READ_AT).outline


def shown(out: Outline) -> tuple[object, ...]:
    return (out.text, out.tags, out.names, out.parent, out.last, out.start, out.end, out.by_tag, out.links_before, out.link_chars)


@pytest.mark.parametrize("around", ["{}", "字{}字", " <b>字 </b>{} 字", "<p>字</p>{}<!-- x --> "])
def test_a_part_met_before_stands_in_the_outline_as_if_it_were_new(around: str) -> None:
    new = outline_of(around.replace("{}", MENU))
    outline_of(f"<p>别的</p>{MENU}")
    again = outline_of(around.replace("{}", MENU))
    assert len(again.blocks) == 1
    assert shown(again) == shown(new)
    assert [element.tag for element in again.elements] == again.tags


def test_a_part_is_kept_when_it_comes_a_second_time() -> None:
    assert [len(outline_of(MENU).blocks) for _ in range(4)] == [0, 0, 1, 1]


def test_a_part_that_changes_is_read_anew() -> None:
    for _ in range(3):
        outline_of(MENU)
    changed = outline_of(MENU.replace("动态", "要闻"))
    assert not changed.blocks
    assert outline_of(MENU).blocks


def test_the_part_not_used_for_the_longest_time_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.extractors.blocks._MAX_KEPT_BYTES", 2)
    memory = BlockMemory()
    block = Block(text="", tags=["div"], names=[""], parent=[-1], last=[0], start=[0], end=[0])
    for markup in (b"a", b"b"):
        memory.keep(markup, block)
    memory.find(b"a")
    memory.keep(b"c", block)
    assert [memory.find(markup) is not None for markup in (b"a", b"b", b"c")] == [True, False, True]


def test_where_nothing_returns_is_asked_seldom() -> None:
    habit = Habit()
    asked = 0
    for _ in range(1_000):
        if habit.worth_asking():
            asked += 1
            habit.misses += 1
    assert 20 < asked < 60


def test_the_order_of_pages_changes_no_facts() -> None:
    portal = build_portal(date(2026, 11, 20))
    pages = [(path, answer) for path, answer in sorted(portal.pages.items()) if b"<html" in answer.body[:200]][::9]

    def read(path: str, body: bytes) -> ExtractedPage:
        return extract_page(
            body, f"http://127.0.0.1:8000{path}", content_type="text/html", fetched_at=READ_AT, is_home=path == "/"
        )

    forward = {path: read(path, answer.body) for path, answer in pages}
    backward = {path: read(path, answer.body) for path, answer in reversed(pages)}
    assert len(forward) > 50
    assert forward == backward


@given(soup, soup, soup)
@tries(60)
def test_what_is_read_of_a_soup_is_the_same_each_time(before: str, inside: str, behind: str) -> None:
    body = f"{before}<div class=nav><a href=/a/>机关</a>{inside}</div>{behind}".encode("utf-8", "replace")
    first, *others = [extract_page(body, URL, fetched_at=READ_AT) for _ in range(4)]
    assert all(page == first for page in others)
