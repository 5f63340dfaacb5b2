"""Panes: tabs whose contents stand side by side on one page are read each by itself."""

from collections.abc import Callable

import pytest

from crawler.extractors.column_links import extract_column_links
from crawler.extractors.document import Document
from crawler.extractors.page import extract_document
from crawler.facts import ListState, PageFacts, PageKind

Parse = Callable[..., Document]
URL = "http://www.yunxi.gov.cn/xxgk/nyj"
NAMES = {"zn": "公开指南", "zd": "公开制度", "nr": "主动公开", "nb": "公开年报"}
GUIDE = (
    "<h2>公开指南</h2><p>为方便公众查询本局信息，按条例要求编写本指南，说明信息怎样分类、怎样编排、到哪里查阅，以及向谁提出申请。</p>"
    "<p>受理机构：云溪县农业农村局办公室，地址在云溪县河堤路9号，工作日上午八时至十二时办公。</p><p>修订日期：2025年1月15日</p>"
)
ROWS = "".join(f'<li><a href="/p/{day}">农业补贴发放情况第{day}期</a><span>2026-11-{day}</span></li>' for day in (12, 13, 15))
TABS = "".join(f'<a role="tab" href="#{anchor}">{name}</a>' for anchor, name in NAMES.items())


def panes(zd: str = "<h2>公开制度</h2><p>暂无内容</p>", between: str = "", tag: str = "section") -> str:
    contents = {"zn": GUIDE, "zd": zd, "nr": f"<h2>主动公开</h2><ul>{ROWS}</ul>", "nb": "<h2>公开年报</h2><p>正在整理</p>"}
    return between.join(f'<{tag} id="{anchor}" hidden>{content}</{tag}>' for anchor, content in contents.items())


@pytest.fixture
def read(parse: Parse) -> Callable[..., PageFacts]:
    def run(content: str, *, tabs: str = TABS) -> PageFacts:
        return extract_document(parse(f'<div role="tablist">{tabs}</div>{content}', url=URL, title="县农业农村局")).facts

    return run


def test_each_pane_has_its_own_rows_words_and_dates(read: Callable[..., PageFacts]) -> None:
    found = {pane.anchor: pane for pane in read(panes()).panes}
    assert list(found) == list(NAMES)
    assert (found["zn"].kind, found["zn"].updated.value, found["zn"].entries) == (PageKind.GUIDE, "2025-01-15", None)
    assert "河堤路" in found["zn"].text
    assert (found["zd"].list_state, found["zd"].entries or ()) == (ListState.EMPTY, ())
    assert [entry.url for entry in found["nr"].entries or ()] == [f"http://www.yunxi.gov.cn/p/{day}" for day in (12, 13, 15)]
    assert (found["nr"].newest, found["nr"].list_state) == ("2026-11-15", ListState.ENTRIES)


@pytest.mark.parametrize(
    ("call", "ids", "of_list"),
    [("setTab('one',{},4)", "con_one_{}", ""), ("nTabs(this,{})", "myTab0_Content{}", "myTab0")],
    ids=["name and number", "number in the list"],
)
def test_tabs_that_show_their_pane_by_a_call_are_known(read: Callable[..., PageFacts], call: str, ids: str, of_list: str) -> None:
    items = [f'<li id="one{n}" onclick="{call.format(n)}">{name}</li>' for n, name in enumerate(NAMES.values(), 1)]
    content = panes()
    for n, anchor in enumerate(NAMES, 1):
        content = content.replace(f'id="{anchor}"', f'id="{ids.format(n)}"')
    page = read(content, tabs=f'<ul id="{of_list}">{"".join(items)}</ul>')
    assert [pane.anchor for pane in page.panes] == [ids.format(n) for n in range(1, 5)]


def test_a_pane_says_where_its_rest_is(read: Callable[..., PageFacts]) -> None:
    zd = '<p>制度共有五项。</p><a href="/p/1">依申请公开工作制度</a><a class="more" href="/xxgk/zd">更多&gt;&gt;</a>'
    found = {pane.anchor: pane.more for pane in read(panes(zd=zd)).panes}
    assert (found["zd"], found["zn"]) == ("http://www.yunxi.gov.cn/xxgk/zd", None)


@pytest.mark.parametrize(
    "tabs",
    [
        "".join(f'<a href="/xxgk/nyj#{anchor}">{name}</a>' for anchor, name in NAMES.items()),
        "".join(f'<button aria-controls="{anchor}">{name}</button>' for anchor, name in NAMES.items()),
        "".join(f'<li data-bs-target="#{anchor}">{name}</li>' for anchor, name in NAMES.items()),
    ],
)
def test_tabs_name_what_they_show_in_many_ways(read: Callable[..., PageFacts], tabs: str) -> None:
    page = read(panes(), tabs=tabs)
    assert [pane.anchor for pane in page.panes] == list(NAMES)
    roles = {link.column_type: link.url for link in page.column_links if link.strategy == "tab"}
    assert {roles["guide"], roles["annual_report"]} == {f"{URL}#zn", f"{URL}#nb"}


def test_a_link_to_a_tab_of_another_page_opens_that_page(parse: Parse) -> None:
    doc = parse(f'<a href="/xxgk/nyj#zn">公开指南</a>{panes()}', url="http://www.yunxi.gov.cn/xxgk/nyj/topics")
    assert [(link.url, link.strategy) for link in extract_column_links(doc) if link.column_type == "guide"] == [(URL, "anchor")]


@pytest.mark.parametrize(
    "content",
    [
        "".join(f'<h2 id="{anchor}">{name}</h2><ul>{ROWS}</ul>' for anchor, name in NAMES.items()),
        "".join(f'<a id="{anchor}"></a><div><h2>{name}</h2><ul>{ROWS}</ul></div>' for anchor, name in NAMES.items()),
        "".join(f'<div id="{anchor}"></div><div><h2>{name}</h2><ul>{ROWS}</ul></div>' for anchor, name in NAMES.items()),
        panes(between="<p>以上由办公室负责。</p>"),
        f'<div>{panes()}</div><div id="wrapper">'.replace('id="zn"', 'id="zn"><section id="inside"', 1),
    ],
    ids=["headings", "bare anchors", "empty blocks at the top of chapters", "words between", "one within another"],
)
def test_what_belongs_to_a_tab_cannot_be_told(read: Callable[..., PageFacts], content: str) -> None:
    tabs = TABS if "inside" not in content else '<a href="#zn">公开指南</a><a href="#inside">公开年报</a>'
    assert read(content, tabs=tabs).panes == ()


def test_an_empty_pane_that_a_script_may_fill_is_not_called_empty(read: Callable[..., PageFacts]) -> None:
    script = "<script>$.get('/api/zd', function (rows) { $('#zd ul').html(rows) })</script>"
    page = read(f"{panes(zd='<h2>公开制度</h2><ul></ul>')}{script}")
    assert next(pane.list_state for pane in page.panes if pane.anchor == "zd") is not ListState.EMPTY
