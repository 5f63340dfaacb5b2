"""Whatever a server sends, the extractors read it or leave it: no exception escapes, and what is read can be stored."""

from datetime import datetime
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import host_of, page_key, resolve, url_key
from crawler.encoding import decode
from crawler.extractors.date_text import find_dates, read_labelled
from crawler.extractors.document import Document
from crawler.extractors.page import extract_page
from crawler.extractors.readers import READERS, read_data
from crawler.extractors.table_grid import expand, grids_in
from crawler.facts import DataRequest, PageFacts
from crawler.store.codec import unpack
from crawler.store.page_record import record_of
from tests.fuzz import tries

NOW = datetime.fromisoformat("2026-11-20T21:30:00+08:00")
URL = "http://www.example.gov.cn/zwgk/index.html"

PIECES = [
    "<table>", "<tr>", "<td colspan=99999 rowspan='-1'>", "<th rowspan=0>", "</table>", "<ul>", "<li>", "</ul>",
    "<div class=list>", "<a href='t20261101_1.html'>", "<a href=' javascript:void(0)'>", "<a href='//'>",
    "<a href='http://[::1'>", "<a href='?page=2'>", "</a>", "<iframe src='x.html'>", "<frameset><frame src=''>",
    "<meta http-equiv=refresh content='0;url=/a/'>", "<base href='http://a b/'>",
    "<meta name=PubDate content='2026-13-45 99:99'>", "<meta name=SiteIDCode content='{}'>", "<title>", "</title>",
    "<!--", "-->", "<![CDATA[", "<script>createPageHTML(5, 0, 'index', 'html');</script>",
    "<script>var pageCount = 1e999; goPage(", "</script>", "<style>", "</style>",
    "<datastore><nextgroup><![CDATA[x]]></nextgroup><recordset>", "<record><![CDATA[<li>", "]]></record>",
    '{"rows": [{', "}]}", "发布时间：2026年13月32日", "发布日期：", "2026-11-01", "二〇二六年二月三十日",
    "索引号：", "文号：某政发〔2026〕1号", "来源：", "上一页 1 2 3 … 下一页 尾页", "政府信息公开指南",
    "政府信息公开年报", "依申请公开", "共 99999999999999999999 页", "第0页", "网站标识码：1234567890", "主办单位",
    "ICP备", "<input type=hidden name=a>", "<form action='/s'>", "<select><option value='/x/'>", "<img src=''>",
    "&#x0;", "&#xFFFFFFFF;", "&amp", "<br/>", "\x00", "\x1b[2J", "\u202e", "\ufeff", "\ud7ff", "𠮷",
    "　" * 50, "<" * 40, "a" * 3000, "<b>" * 200, "</b>" * 200,
]  # fmt: skip

soup = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40).map("".join)
encodings = st.sampled_from(["utf-8", "gb18030", "big5", "utf-16"])
types = st.sampled_from(
    [None, "", "text/html", "text/html; charset=gbk", "text/html; charset=nonsense", "application/xml", "\x00"]
)


def read(body: bytes, content_type: str | None, *, is_home: bool = False) -> None:
    page = extract_page(body, URL, content_type=content_type, fetched_at=NOW, is_home=is_home)
    record = record_of(page)
    assert unpack(PageFacts, record.facts).url == page.facts.url


@given(soup, encodings, types, st.booleans())
@tries(300)
def test_no_soup_of_tags_is_too_much(text: str, encoding: str, content_type: str | None, is_home: bool) -> None:
    read(text.encode(encoding, "replace"), content_type, is_home=is_home)


@given(st.binary(max_size=2_000), types)
@tries(150)
def test_no_bytes_are_too_much(body: bytes, content_type: str | None) -> None:
    read(body, content_type)
    decode(body, content_type)


@given(soup, st.lists(st.tuples(st.integers(0, 3_000), st.binary(max_size=3)), max_size=12))
@tries(150)
def test_no_damage_on_the_way_is_too_much(text: str, damages: list[tuple[int, bytes]]) -> None:
    body = bytearray(text.encode("utf-8", "replace"))
    for place, bytes_ in damages:
        body[place : place + len(bytes_)] = bytes_
    read(bytes(body), "text/html")


@pytest.mark.parametrize("reader", sorted(READERS))
@given(soup | st.text(max_size=300), types)
@tries(40)
def test_no_answer_of_a_list_is_too_much(reader: str, text: str, content_type: str | None) -> None:
    request = DataRequest(url="http://www.example.gov.cn/data", reader=reader, page=2)
    record_of(read_data(reader, text.encode("utf-8", "replace"), content_type, request, URL, NOW))


DATE_SIGNS = "0123456789-/.年月日时分秒:： 〇一二三四五六七八九十廿卅发布时间日期TZ+上下午今昨前天小时刚"


@given(st.text(DATE_SIGNS, max_size=60) | st.text(max_size=60))
@tries(400)
def test_no_text_is_too_odd_a_date(text: str) -> None:
    for found in find_dates(text, months=True):
        assert "1900" <= found.value[:4] <= "2999"
    read_labelled(text, NOW)


spans = st.sampled_from(["0", "-1", "", "3", "99999999999999999999", "２", "x", "1e9"])


@given(st.lists(st.lists(st.tuples(spans, spans, st.text(max_size=5)), max_size=6), max_size=8), st.booleans())
@tries(150)
def test_no_table_is_too_crooked(rows: list[list[tuple[str, str, str]]], nested: bool) -> None:
    cells = ["<tr>" + "".join(f"<td colspan='{wide}' rowspan='{high}'>{text}</td>" for wide, high, text in row) for row in rows]
    inner = "<table><tr><td>内</table>" if nested else ""
    doc = Document(f"<table>{''.join(cells)}<td>{inner}</table>", URL, NOW)
    for grid in grids_in(doc, 0):
        assert sum(len(row.grid) for row in grid) < 2_000_000
    assert expand([]) is not None


@given(st.text(max_size=200), st.sampled_from([URL, "http://a/", "https://例子.中国/栏目/?a=b"]))
@tries(400)
def test_no_address_is_too_odd(href: str, base: str) -> None:
    for address in chain([resolve(href, base)], [resolve(f"http://{href}", base)]):
        if address is not None:
            assert address.startswith(("http://", "https://"))
            url_key(address), page_key(address), host_of(address)
