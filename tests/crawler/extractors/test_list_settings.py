"""Lists whose settings, or whose rows, lie in an object of the page's script."""

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.entries import extract_entries
from crawler.extractors.pagers import extract_pager

Parse = Callable[..., Document]
SERVICE = "http://www.yunxi.gov.cn/cms/rows?site=3&perpage=10&pageNo="
ROWS = (
    "<ul>"
    + "".join(
        f'<li><a href="./t2025{m:02d}01_{m}.html">关于第{m}批名单的公示</a><span>2025-{m:02d}-01</span></li>' for m in range(1, 6)
    )
    + "</ul>"
)
INLINE = """<script>var box = {el: "#rows", rows: [
  {"id": 7, "title": "关于开展防汛检查的通知", "url": "/tz/7.html", "publishTime": "2026-11-02 09:00:00"},
  {"id": 6, "title": "关于开放体育场馆的通知", "url": "/tz/6.html", "publishTime": "2026-10-30 09:00:00"}]};</script>"""


def read(doc: Document) -> tuple[object, list[str]]:
    pager, requests = extract_pager(doc, extract_entries(doc, site_host="www.yunxi.gov.cn"))
    return pager, [request.url for request in requests]


def settings(inside: str) -> str:
    return f'<div id="bar"></div><script>var options = {{{inside}}};</script>'


@pytest.mark.parametrize(
    "inside",
    [
        f'url:"{SERVICE}",pageCount:3,count:24',
        f'"count": 24, "url": "{SERVICE.removeprefix("http://www.yunxi.gov.cn")}1"',
        f"list:[{{a:1,pageCount:9}}], totalPage: '3', service: '{SERVICE}'",
    ],
)
def test_pages_behind_a_service_are_asked_for_beside_those_that_stand_there(parse: Parse, inside: str) -> None:
    pager, urls = read(parse(ROWS + settings(inside)))
    assert (pager.kind, pager.pages) == ("ajax", 3)
    assert urls == [f"{SERVICE}2", f"{SERVICE}3"]


def test_where_no_row_stands_all_pages_are_asked_for_and_an_empty_list_once(parse: Parse) -> None:
    empty = '<div class="list"><ul></ul></div>'
    assert read(parse(empty + settings(f'url:"{SERVICE}",pageCount:2')))[1] == [f"{SERVICE}1", f"{SERVICE}2"]
    pager, urls = read(parse(empty + settings(f'url:"{SERVICE}",pageCount:1,count:0')))
    assert (pager.total, urls) == (0, [f"{SERVICE}1"])


@pytest.mark.parametrize(
    "inside",
    [
        f'url:"{SERVICE}"',  # nothing says how many
        'url:"http://api.example.com/rows?page=",pageCount:3',  # somebody else's service
        'url:"/cms/rows?id=",pageCount:3',  # no number of a page
    ],
)
def test_settings_that_do_not_say_enough_are_left_alone(parse: Parse, inside: str) -> None:
    assert read(parse(ROWS + settings(inside)))[1] == []


def test_a_pager_that_can_be_followed_goes_before_the_settings_of_another_box(parse: Parse) -> None:
    pages = '<div class="page"><a href="index_1.html">2</a><a href="index_1.html">下一页</a></div>'
    pager, urls = read(parse(ROWS + pages + settings(f'url:"{SERVICE}",pageCount:3')))
    assert pager.next is not None
    assert urls == []


def test_rows_that_a_script_draws_later_are_read_from_the_script(parse: Parse) -> None:
    found = extract_entries(parse(f'<div id="rows"></div>{INLINE}'), site_host="www.yunxi.gov.cn")
    assert [(entry.title, entry.url, entry.date) for entry in found.entries or ()] == [
        ("关于开展防汛检查的通知", "http://www.yunxi.gov.cn/tz/7.html", "2026-11-02"),
        ("关于开放体育场馆的通知", "http://www.yunxi.gov.cn/tz/6.html", "2026-10-30"),
    ]
    assert found.newest == "2026-11-02"
    bare = (
        INLINE.replace('"id"', "id").replace('"title"', "title").replace('"url"', "url").replace('"publishTime"', "publishTime")
    )
    assert extract_entries(parse(f'<div id="rows"></div>{bare}'), site_host="www.yunxi.gov.cn").entries == found.entries


def test_a_menu_in_a_script_is_no_list(parse: Parse) -> None:
    menu = '<script>var menu = [{"name": "公开指南", "url": "/zn/"}, {"name": "公开制度", "url": "/zd/"}];</script>'
    assert not extract_entries(parse(f"<div></div>{menu}"), site_host="www.yunxi.gov.cn").entries


def test_rows_of_the_page_go_before_rows_of_a_script(parse: Parse) -> None:
    found = extract_entries(parse(ROWS + INLINE), site_host="www.yunxi.gov.cn")
    assert found.newest == "2025-05-01"


@pytest.mark.parametrize("unit", ["[{", '{"url":"/a?page=",', "{[" * 3])
def test_hostile_scripts_cost_little(parse: Parse, unit: str) -> None:
    doc = parse(f"<div></div><script>{unit * 60_000}</script>")
    assert not extract_entries(doc, site_host="www.yunxi.gov.cn").entries
    assert read(doc)[1] == []
