"""Answers of list data requests: what each reader understands, and what it must not take for an empty list."""
# ruff: noqa: E501  # rows of pages are easier to compare unbroken

import json
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.readers import READERS, read_data
from crawler.facts import DataRequest, ExtractedPage, ListState, PageKind

FETCHED = datetime.fromisoformat("2026-11-20T21:30:00+08:00")
PAGE = "http://www.yunxi.gov.cn/col/col77/index.html"


def ask(
    reader: str, body: str | bytes, request: DataRequest, content_type: str | None = "text/html; charset=utf-8", page: str = PAGE
) -> ExtractedPage:
    raw = body.encode() if isinstance(body, str) else body
    return read_data(reader, raw, content_type, request, page, FETCHED)


def jpage_request(page: int = 2) -> DataRequest:
    return DataRequest(
        url="http://www.yunxi.gov.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=77&unitid=38486", reader="jpage", page=page
    )


RECORDS = "".join(
    f"<record><![CDATA[<li><a href='/art/2026/10/{day}/art_77_{day}.html' title='县域公告第{day}号（全文）'>县域公告第{day}号...</a><span>[2026-10-{day}]</span></li>]]></record>"
    for day in range(25, 20, -1)
)


def test_hanweb_records_become_entries() -> None:
    page = ask(
        "jpage", f"<datastore><nextgroup></nextgroup><recordset>{RECORDS}</recordset></datastore>", jpage_request(), "text/xml"
    )
    facts = page.facts
    assert facts.kind is PageKind.LIST
    assert facts.part_of == PAGE
    assert facts.url == jpage_request().url
    assert facts.list_state is ListState.ENTRIES
    assert facts.newest == "2026-10-25"
    assert facts.entries is not None
    assert facts.entries[0].title == "县域公告第25号（全文）"
    assert facts.entries[0].url == "http://www.yunxi.gov.cn/art/2026/10/25/art_77_25.html"


def test_hanweb_goes_on_to_the_group_the_answer_names_but_not_to_itself() -> None:
    following = (
        "<nextgroup><![CDATA[<a href='/module/web/jpage/dataproxy.jsp?page=2&columnid=77&unitid=38486'></a>]]></nextgroup>"
    )
    page = ask("jpage", f"<datastore>{following}<recordset>{RECORDS}</recordset></datastore>", jpage_request())
    assert [(request.page, parse_qs(urlsplit(request.url).query)["page"]) for request in page.data_requests] == [(3, ["2"])]
    same = following.replace("page=2", "page=1")
    page = ask("jpage", f"<datastore>{same}<recordset>{RECORDS}</recordset></datastore>", jpage_request())
    assert page.data_requests == ()


def test_hanweb_totals_count_the_pages() -> None:
    request = DataRequest(
        url="http://www.yunxi.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15",
        reader="jpage",
        method="POST",
    )
    page = ask(
        "jpage",
        f"<datastore><totalrecord>52</totalrecord><totalpage>4</totalpage><recordset>{RECORDS}</recordset></datastore>",
        request,
    )
    assert (page.facts.pager.total, page.facts.pager.pages) == (52, 4)
    assert page.data_requests == ()


def test_a_store_without_records_is_an_empty_list_and_an_error_page_is_none() -> None:
    empty = ask("jpage", "<datastore><nextgroup></nextgroup><recordset></recordset></datastore>", jpage_request())
    assert (empty.facts.entries, empty.facts.list_state) == ((), ListState.EMPTY)
    broken = ask("jpage", "<html><body><h1>500 服务器内部错误</h1></body></html>", jpage_request())
    assert (broken.facts.entries, broken.facts.list_state) == (None, ListState.SCRIPTED)


def lonsun_request(page: int = 1) -> DataRequest:
    return DataRequest(
        url="http://www.yunxi.gov.cn/site/label/8888",
        reader="lonsun",
        method="POST",
        body=f"labelName=publicInfoList&catId=501&pageIndex={page}",
        page=page,
    )


def test_a_lonsun_fragment_gives_rows_and_the_other_pages() -> None:
    rows = "".join(
        f'<li><a class="title" title="林业补贴第{n}批公示" href="/public/13751/{9000 + n}.html">林业补贴第{n}批公示</a><span class="split">|</span>'
        f'<a class="a" href="/f/{n}.doc">文件</a><span class="date">2026-09-{n:02d}</span></li>'
        for n in range(15, 0, -1)
    )
    html = f'<ul class="xxgk_nav_list">{rows}</ul><script>Ls.pagination("#p", go, {{currPage:(0+1), pageCount:3}});</script>'
    page = ask("lonsun", html, lonsun_request())
    assert len(page.facts.entries or ()) == 15
    assert page.facts.newest == "2026-09-15"
    assert [dict(parse_qsl(request.body))["pageIndex"] for request in page.data_requests] == ["2", "3"]
    assert dict(parse_qsl(page.data_requests[0].body))["catId"] == "501"


def test_lonsun_words_of_nothing_are_an_empty_list() -> None:
    page = ask("lonsun", '<ul class="xxgk_nav_list"><li>暂无相关信息</li></ul>', lonsun_request())
    assert (page.facts.entries, page.facts.list_state) == ((), ListState.EMPTY)


def gk(url: str = "http://www.yunxi.gov.cn/gkmlpt/api/all/3255?page=1&sid=755001") -> DataRequest:
    return DataRequest(url=url, reader="gkmlpt")


def test_gkmlpt_articles_have_moments_in_shanghai_time() -> None:
    data = {
        "classify": {"id": 3255, "name": "政府信息公开年报", "parent": 1, "post_count": 2},
        "articles": [
            {
                "id": 1,
                "title": "县财政局2025年政府信息公开工作年度报告",
                "date": 1768406400,
                "url": "/gkmlpt/content/3/3255/post_1.html#3255",
            },
            {
                "id": 2,
                "title": "县财政局2024年政府信息公开工作年度报告",
                "created_at": "2025-01-15 23:10:00",
                "post_url": "http://www.yunxi.gov.cn/p/2.html",
            },
        ],
        "total": 2,
    }
    page = ask("gkmlpt", json.dumps(data), gk(), "application/json", "http://www.yunxi.gov.cn/gkmlpt/index")
    facts = page.facts
    assert [entry.date for entry in facts.entries or ()] == ["2026-01-15", "2025-01-15"]
    assert (facts.entries or ())[0].url == "http://www.yunxi.gov.cn/gkmlpt/content/3/3255/post_1.html"
    assert facts.page_title == "政府信息公开年报"
    assert facts.part_of == "http://www.yunxi.gov.cn/gkmlpt/index#3255"
    assert (facts.pager.pages, facts.pager.total, page.data_requests) == (1, 2, ())


def test_the_one_column_that_a_page_of_gkmlpt_shows_is_the_page_itself() -> None:
    data = {"articles": [{"title": "年度报告", "date": 1767225600, "url": "/gkmlpt/content/3/3258/post_9.html"}], "total": 101}
    url = "http://www.yunxi.gov.cn/gkmlpt/api/all/3258?page=1&sid=755001"
    page = ask(
        "gkmlpt-own",
        json.dumps(data),
        DataRequest(url=url, reader="gkmlpt-own"),
        "application/json",
        "http://www.yunxi.gov.cn/gkmlpt/annualreport",
    )
    assert page.facts.part_of == "http://www.yunxi.gov.cn/gkmlpt/annualreport"
    assert {request.reader for request in page.data_requests} == {"gkmlpt-own"}


def test_gkmlpt_asks_for_the_pages_that_the_total_needs() -> None:
    articles = [{"title": f"公告第{n}号", "date": 1768406400, "url": f"/p/{n}.html"} for n in range(100)]
    page = ask("gkmlpt", json.dumps({"articles": articles, "total": 250}), gk(), "application/json")
    assert [parse_qs(urlsplit(request.url).query)["page"] for request in page.data_requests] == [["2"], ["3"]]
    assert parse_qs(urlsplit(page.data_requests[0].url).query)["sid"] == ["755001"]


def test_gkmlpt_without_articles_is_empty_and_without_the_key_unread() -> None:
    assert ask("gkmlpt", '{"articles":[],"total":0}', gk()).facts.list_state is ListState.EMPTY
    assert ask("gkmlpt", '{"code":500,"msg":"error"}', gk()).facts.list_state is ListState.SCRIPTED


def jpaas() -> DataRequest:
    return DataRequest(
        url="http://www.yunxi.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?webId=8d&tagId=list&pageId=ca",
        reader="jpaas",
    )


def test_a_jpaas_unit_gives_its_rows_and_asks_for_all_pages() -> None:
    rows = "".join(
        f'<li class="cf"><a href="/art/2026/art_{n:032x}.html" title="公告第{n}号全文">公告第{n}号全文</a><span>2026-11-{n:02d}</span></li>'
        for n in range(15, 0, -1)
    )
    pager = "<div id='p' queryData=\"{'rows':'15','count':'120','pageNo':'1'}\"></div>"
    body = json.dumps({"success": True, "data": {"html": f'<div class="page-content"><ul>{rows}</ul></div>{pager}'}})
    page = ask("jpaas", body, jpaas(), "application/json")
    assert len(page.facts.entries or ()) == 15
    assert (page.facts.pager.total, page.facts.pager.pages) == (120, 8)
    asked = [json.loads(parse_qs(urlsplit(request.url).query)["paramJson"][0]) for request in page.data_requests]
    assert asked == [{"pageNo": 1, "pageSize": 50}, {"pageNo": 2, "pageSize": 50}, {"pageNo": 3, "pageSize": 50}]


def test_a_jpaas_unit_that_is_no_list_is_not_an_empty_one() -> None:
    body = json.dumps({"data": {"html": "<div class='top'><p>欢迎访问云溪县人民政府网站</p></div>"}})
    assert ask("jpaas", body, jpaas()).facts.list_state is ListState.SCRIPTED


@pytest.mark.parametrize("words", ["本单位无此类信息。", "因机构改革，本年度未产生此类信息，特此说明。"])
@pytest.mark.parametrize("reader", ["jpaas", "json"])
def test_a_note_in_the_place_of_rows_is_handed_over(reader: str, words: str) -> None:
    body = json.dumps({"success": True, "data": {"html": f"<div class='con'><h3>行政许可</h3><p>{words}</p></div>"}})
    facts = ask(reader, body, jpaas(), "application/json").facts
    assert (facts.list_state, facts.entries) == (ListState.NOTE, None)
    assert words in facts.list_note
    assert facts.text == facts.list_note


def test_words_that_there_is_nothing_yet_are_an_empty_list_and_longer_text_is_not_understood() -> None:
    empty = json.dumps({"data": {"html": "<div class='con'><p>暂无</p></div>"}})
    assert ask("jpaas", empty, jpaas()).facts.list_state is ListState.EMPTY
    text = json.dumps({"data": {"html": "<div>" + "<p>本机关负责全县防汛工作，不涉及其他事项。</p>" * 30 + "</div>"}})
    assert ask("jpaas", text, jpaas()).facts.list_state is ListState.SCRIPTED


def unit(list_: str, pager: str) -> str:
    return json.dumps({"success": True, "data": {"html": f'{list_}<div class="pagination" data-total="2">{pager}</div>'}})


def test_the_pager_of_an_answer_leads_to_the_other_answers() -> None:
    here = jpaas().url
    rows = f"<ul>{''.join(f'<li><a href=/art/{n}.html>供水检修公告第{n}号</a><span>2026-11-0{n}</span></li>' for n in range(1, 4))}</ul>"
    links = "".join(f'<a href="{here}&amp;pageNo={n}">{n}</a>' for n in (2, 3))
    page = ask("jpaas", unit(rows, f'<span>共3页</span><a class="on">1</a>{links}<a href="/other/unit?pageNo=9">9</a>'), jpaas())
    assert [(request.page, request.url, request.reader) for request in page.data_requests] == [
        (2, f"{here}&pageNo=2", "jpaas"),
        (3, f"{here}&pageNo=3", "jpaas"),
    ]


EMPTY_UNIT = '<ul class="list"></ul>'


def test_an_answer_with_nothing_but_an_empty_list_and_the_pager_of_one_page_is_an_empty_list() -> None:
    for pager in (
        '<span>共1页</span><a class="on">1</a>',
        "共0条记录 第1/1页 首页 上一页 下一页 尾页",
        "<a>首页</a><a>1</a><a>末页</a>",
    ):
        assert ask("jpaas", unit(EMPTY_UNIT, pager), jpaas()).facts.list_state is ListState.EMPTY, pager


def test_an_empty_list_whose_pager_counts_entries_was_not_filled() -> None:
    for pager in (
        "共35条记录 第1/1页",
        "<span>共3页</span>",
        "<span>共1页</span> 欢迎访问",
        f'<a>1</a><a href="{jpaas().url}&amp;pageNo=2">2</a>',
    ):
        assert ask("jpaas", unit(EMPTY_UNIT, pager), jpaas()).facts.list_state is ListState.SCRIPTED, pager
    assert ask("jpaas", unit("<div></div>", "<span>共1页</span>"), jpaas()).facts.list_state is ListState.SCRIPTED


def xxgk() -> DataRequest:
    return DataRequest(
        url="http://www.yunxi.gov.cn/module/xxgk/search.jsp?infotypeId=Z05&area=1142",
        reader="xxgk",
        method="POST",
        body="infotypeId=Z05&jdid=1&divid=div4&currpage=&area=1142",
    )


@pytest.mark.parametrize(
    "node",
    [
        r"""d.add('{kind}','A','<a href=\'#\' onclick=\"funclick(\'{kind}\',\'{name}\');\">{name}</a>');""",
        "d.add('{kind}','A','{name}','javascript:funclick(\\'{kind}\\',\\'div4\\')');",
        "<li><a href='#' onclick=\"funclick('{kind}','0')\"><span>{name}</span></a></li>",
        "<li><a href='/col/col13/index.html?vc_xxgkarea=1142AB&number={kind}'>{name}</a></li>",
    ],
)
def test_a_tree_of_the_information_module_names_columns_at_the_pages_address(node: str) -> None:
    names = {"A0203": "规划计划", "Z05": "政府信息公开指南", "B7": "防汛抗旱"}
    body = "".join(node.format(kind=kind, name=name) for kind, name in names.items())
    request = DataRequest(url="http://www.yunxi.gov.cn/module/xxgk/tree.jsp?area=1142AB&divid=div4", reader="xxgk-tree")
    address = "http://www.yunxi.gov.cn/col/col13/index.html?vc_xxgkarea=1142AB"
    page = read_data(
        "xxgk-tree", f"<script>d = new dTree('d');{body}</script>".encode(), None, request, f"{address}&number=", FETCHED
    )
    columns = {link.column_type: (link.text, link.url) for link in page.facts.column_links}
    assert columns["guide"] == ("政府信息公开指南", f"{address}&number=Z05")
    assert columns["plans"] == ("规划计划", f"{address}&number=A0203")
    assert [link.url for link in page.links] == [f"{address}&number={kind}" for kind in names]
    assert (page.facts.kind, page.facts.list_state, page.facts.entries) == (PageKind.COLUMN, None, None)


def test_a_tree_of_the_information_module_without_nodes_names_nothing() -> None:
    for body in ("", "<html><body>系统维护</body></html>", '<a onclick="click(\'">' * 20_000):
        page = ask("xxgk-tree", body, xxgk())
        assert (page.facts.column_links, page.facts.list_state) == ((), ListState.SCRIPTED)


def xxgk_rows(count: int, words: str = "") -> str:
    head = "<tr><td>索引号</td><td>信息名称</td><td>生成日期</td></tr>"
    rows = "".join(
        f'<tr class="tr_main_value_odd"><td>1142/2026-{n:05d}</td><td><a href="/art/2026/11/{n}/art_77_{n}.html" title="节水改造项目公示第{n}号"'
        f' syh="1142/2026-{n:05d}">节水改造项目公示…</a></td><td>2026-11-{n:02d}</td></tr>'
        for n in range(count, 0, -1)
    )
    return f'<table class="tb_title">{head}{rows}</table><div class="page">{words}</div>'


def test_a_search_of_the_information_module_gives_rows_and_its_other_pages() -> None:
    page = ask("xxgk", xxgk_rows(15, "共 38 条记录 共 3 页 第 1 页 <a href=javascript:goPage(2)>下一页</a>"), xxgk())
    entries = page.facts.entries or ()
    assert (len(entries), entries[0].title, entries[0].date) == (15, "节水改造项目公示第15号", "2026-11-15")
    assert entries[0].url == "http://www.yunxi.gov.cn/art/2026/11/15/art_77_15.html"
    following = [
        (request.page, dict(parse_qsl(urlsplit(request.url).query)), dict(parse_qsl(request.body)))
        for request in page.data_requests
    ]
    assert [(number, address["currpage"], form["currpage"], form["area"]) for number, address, form in following] == [
        (2, "2", "2", "1142"),
        (3, "3", "3", "1142"),
    ]
    assert ask("xxgk", xxgk_rows(2, "共 38 条记录 共 3 页 第 3 页"), replace(xxgk(), page=3)).data_requests == ()


def test_what_is_no_search_of_the_information_module_is_not_an_empty_list() -> None:
    assert (
        ask("xxgk", "<html><title>系统繁忙</title><body><p>请稍后再试</p></body></html>", xxgk()).facts.list_state
        is ListState.SCRIPTED
    )


JSON_LIST = DataRequest(url="http://www.yunxi.gov.cn/zwgk/tzgg/list.json", reader="json")


def test_a_json_list_of_unknown_make_is_found_by_structure() -> None:
    data = {
        "code": 0,
        "page": {
            "datasource": [
                {"showTitle": f"<a>通报第{n}期</a>", "publishTime": f"2026-10-{n:02d} 08:00", "publishUrl": f"../{n}.html"}
                for n in range(9, 0, -1)
            ]
        },
        "total": 9,
    }
    page = ask("json", json.dumps(data), JSON_LIST, "application/json")
    entries = page.facts.entries or ()
    assert [entry.title for entry in entries][:2] == ["通报第9期", "通报第8期"]
    assert entries[0].url == "http://www.yunxi.gov.cn/zwgk/9.html"
    assert page.facts.newest == "2026-10-09"


def test_json_with_a_callback_around_it_is_json() -> None:
    assert len(ask("json", 'cb({"list":[{"title":"通报第1期","url":"/1.html"}]});', JSON_LIST).facts.entries or ()) == 1


@pytest.mark.parametrize(
    ("query", "total", "further"),
    [("a=1&page=1", 5, ["2", "3"]), ("a=1&page=1", 2, []), ("page=1&a=1", 5, []), ("a=1&page=2", 5, [])],
    ids=["more than this page", "all on this page", "the number does not end the address", "another page"],
)
def test_the_first_page_of_a_json_list_asks_for_the_others(query: str, total: int, further: list[str]) -> None:
    rows = [{"title": f"通报第{number}期", "url": f"/{number}.html"} for number in (1, 2)]
    request = DataRequest(url=f"http://www.yunxi.gov.cn/search/0a41?{query}", reader="json")
    page = ask("json", json.dumps({"data": {"total": total, "results": rows}}), request, "application/json")
    assert [parse_qs(urlsplit(request.url).query)["page"][0] for request in page.data_requests] == further


def test_an_empty_json_list_is_empty_only_under_a_telling_key() -> None:
    assert ask("json", '{"rows":[],"total":0}', JSON_LIST).facts.list_state is ListState.EMPTY
    assert ask("json", '{"permissions":[]}', JSON_LIST).facts.list_state is ListState.SCRIPTED


def test_a_fragment_of_more_rows_is_read() -> None:
    request = DataRequest(url="http://www.yunxi.gov.cn/zwgk/tzgg/index_8597_1.shtml", reader="fragment", page=2)
    html = '<li><span class="date">2026-06-02</span><a href="./202606/t20260602_1.shtml">城乡供水设施检修公告</a></li><li><span class="date">2026-06-01</span><a href="./202606/t20260601_1.shtml">夏季防溺水安全提示</a></li>'
    page = ask("fragment", html, request, page="http://www.yunxi.gov.cn/zwgk/tzgg/")
    assert next(entry.url for entry in page.facts.entries or ()) == "http://www.yunxi.gov.cn/zwgk/tzgg/202606/t20260602_1.shtml"


def test_an_unknown_reader_reads_by_structure() -> None:
    assert (
        ask("nobody-knows", "<ul><li><a href='/1.html'>城乡供水设施检修公告</a> 2026-06-02</li></ul>", JSON_LIST).facts.newest
        == "2026-06-02"
    )


def test_gbk_answers_are_decoded() -> None:
    body = "<ul><li><a href='/1.html'>城乡供水设施检修公告</a><span>2026-06-02</span></li></ul>".encode("gb18030")
    assert (ask("fragment", body, JSON_LIST, "text/html").facts.entries or ())[0].title == "城乡供水设施检修公告"


ORGAN = "http://www.yunxi.gov.cn/public/column/13751?type=4&nav=3&action=list"


def test_a_tree_of_columns_becomes_column_links() -> None:
    tree = (
        'var tree = [{"id":501,"pId":0,"name":"政策文件","open":false},{"id":"502","name":"机构职能","url":"/public/13751/9.html"},'
        '{"id":503,"name":"法定主动公开内容","children":[{"id":504,"name":"规划计划"},{"id":505,"name":"某个小栏目"}]},'
        '{"id":506,"name":"另一个小栏目","url":"/public/column/13751?catId=506"}];'
    )
    page = ask(
        "tree", tree, DataRequest(url="http://www.yunxi.gov.cn/4699/13751.js", reader="tree"), "application/javascript", ORGAN
    )
    found = {(link.column_type, link.url, link.strategy) for link in page.facts.column_links}
    base = "http://www.yunxi.gov.cn/public/column/13751?type=4&action=list&nav=3&catId="
    assert ("statutory:1", base + "501", "tree") in found
    assert ("statutory:2", "http://www.yunxi.gov.cn/public/13751/9.html", "tree") in found
    assert ("statutory_content", base + "503", "tree") in found
    assert ("statutory:3", base + "504", "tree") in found
    assert (page.facts.list_state, page.facts.entries, page.facts.kind) == (None, None, PageKind.COLUMN)
    # What a node opens by its own address is followed, under whatever name; addresses made of an id are no links.
    assert [link.url.rpartition("/")[2] for link in page.links] == ["9.html", "13751?catId=506"]


def test_the_years_of_annual_reports_open_the_page_of_each_year() -> None:
    request = DataRequest(
        url="http://www.yunxi.gov.cn/public/content/getPublicOrganReportYears?organId=13751", reader="lonsun-years"
    )
    column = "http://www.yunxi.gov.cn/public/column/13751?type=3&nav=4"
    page = ask("lonsun-years", '{"status":1,"data":"2023,2024,2025"}', request, "application/json", column)
    assert [entry.title for entry in page.facts.entries or ()] == ["2025年", "2024年", "2023年"]
    assert page.facts.pager.kind == "year-tabs"
    assert page.facts.pager.urls[0] == column + "&title=2025"


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\x00\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"<record>" * 20_000,
        b"<html><title>404</title></html>",
    ],
)
def test_no_answer_breaks_a_reader_or_counts_as_empty(reader: str, body: bytes) -> None:
    page = ask(reader, body, JSON_LIST, None)
    assert page.facts.list_state is ListState.SCRIPTED
    assert page.facts.entries is None


@given(st.binary(max_size=400), st.sampled_from(sorted(READERS)))
def test_no_bytes_break_a_reader(body: bytes, reader: str) -> None:
    assert ask(reader, body, JSON_LIST, None).facts.part_of is not None
