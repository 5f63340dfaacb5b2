"""Pagers of every family, and the data that should be asked for beside the page."""
# ruff: noqa: E501  # rows of pages are easier to compare unbroken

import base64
from collections.abc import Callable
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import pytest

from crawler.extractors.document import Document
from crawler.extractors.entries import extract_entries
from crawler.extractors.pagers import extract_pager
from crawler.facts import DataRequest, Pager

Parse = Callable[..., Document]
ROWS = (
    "<ul>"
    + "".join(
        f'<li><a href="./202611/t202611{day:02d}_{day}.html">关于第{day}批补贴发放的公示</a><span>2026-11-{day:02d}</span></li>'
        for day in range(15, 0, -1)
    )
    + "</ul>"
)
BASE = "http://www.yunxi.gov.cn/zwgk/tzgg/"


def read(doc: Document) -> tuple[Pager, tuple[DataRequest, ...]]:
    return extract_pager(doc, extract_entries(doc, site_host="www.yunxi.gov.cn"))


@pytest.mark.parametrize(
    "script",
    [
        'createPageHTML(4, 0, "index", "html");',
        'createPageHTML(4,0,"index","html","58");',
        "var nPageCount=4; createPageHTML(nPageCount, 0, 'index', 'html')",
        'function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ if(_nPageCount<=1) return; }\ncreatePageHTML(4, 0, "index", "html");',
        "Pager({size:4, current:0, prefix:'index', suffix:'html', visible:5, beforeEnd:2});",
        """
        var currentPage = 0;//所在页从0开始
        var prevPage = currentPage-1;
        var nextPage = currentPage+1;
        var countPage = 4;//共多少页
        if(countPage>1&&currentPage!=0&&currentPage!=1) document.write("<a href=\\"index_"+prevPage+".html\\">上一页</a>");
        if(countPage>1&&currentPage!=(countPage-1)) document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">下一页</a>");
        """,
    ],
)
def test_trs_counts_from_zero_in_all_its_ways_of_writing(parse: Parse, script: str) -> None:
    pager, requests = read(parse(f"{ROWS}<div class='page'><script>{script}</script></div>"))
    assert (pager.kind, pager.pages, pager.current) == ("trs", 4, 1)
    assert pager.urls == (BASE, BASE + "index_1.html", BASE + "index_2.html", BASE + "index_3.html")
    assert pager.next == BASE + "index_1.html"
    assert requests == ()


def test_a_later_page_of_trs_knows_where_it_stands(parse: Parse) -> None:
    doc = parse(ROWS + '<script>createPageHTML(4, 3, "index", "shtml", 58)</script>', url=BASE + "index_3.shtml")
    pager, _ = read(doc)
    assert (pager.pages, pager.current, pager.next, pager.total) == (4, 4, None, 58)
    assert pager.urls[0] == BASE + "index.shtml"


def test_a_call_in_a_comment_is_no_call_but_the_counts_below_it_are(parse: Parse) -> None:
    script = """//createPageHTML(9, 0, "index", "shtml");
    var currentPage = 0;//所在页从0开始
    var nextPage = currentPage+1
    var countPage = 3//共多少页
    if(countPage>1&&currentPage!=(countPage-1)) document.write("<a href=\\"index"+"_" + nextPage + "."+"shtml\\">下一页</a>");"""
    pager, _ = read(parse(f"{ROWS}<script>{script}</script>"))
    assert (pager.kind, pager.pages) == ("trs", 3)
    assert pager.urls[-1] == BASE + "index_2.shtml"


def test_pages_counted_anew_from_the_total(parse: Parse) -> None:
    script = 'createPageHTML(9,0,"index","html","61"); function createPageHTML(_nPageCount,a,b,c,_recordCount){ _nPageCount = Math.ceil(_recordCount/ 20); }'
    pager, _ = read(parse(f"{ROWS}<script>{script}</script>"))
    assert (pager.pages, pager.total) == (4, 61)


def test_the_page_size_called_total_is_no_total(parse: Parse) -> None:
    script = 'var total = 8; var totalCount = 8; var currentPage=0; var countPage=12; document.write("<a href=\\"index_"+nextPage+".html\\">");'
    pager, _ = read(parse(f"{ROWS}<script>{script}</script>"))
    assert (pager.pages, pager.total) == (12, None)


def test_one_page_is_one_page(parse: Parse) -> None:
    pager, _ = read(parse(ROWS + '<script>createPageHTML(1, 0, "index", "html")</script>'))
    assert (pager.pages, pager.next, pager.urls) == (1, None, (BASE,))


def test_the_ucap_twin_counts_from_one(parse: Parse) -> None:
    script = "window.onload=function(){createPageHTML('page-div',34, 1,'common_list','shtml',500);}"
    pager, _ = read(parse(f"<ul>{ROWS}<script>{script}</script></ul>", url="http://www.yunxi.gov.cn/site/zwgk/common_list.shtml"))
    assert (pager.kind, pager.pages, pager.current, pager.total) == ("ucap", 34, 1, 500)
    assert pager.next == "http://www.yunxi.gov.cn/site/zwgk/common_list_2.shtml"
    assert pager.urls[-1] == "http://www.yunxi.gov.cn/site/zwgk/common_list_34.shtml"


def empire(current: int, last: int, total: int) -> str:
    numbers = "".join(
        f"&nbsp;<b>{n}</b>" if n == current else f'&nbsp;<a href="index{"" if n == 1 else f"_{n}"}.html">{n}</a>'
        for n in range(max(1, current - 4), min(last, current + 5) + 1)
    )
    following = (
        f'&nbsp;<a href="index_{current + 1}.html">下一页</a>&nbsp;<a href="index_{last}.html">尾页</a>' if current < last else ""
    )
    return f'<div class="pagediv"><a title="Total record">&nbsp;<b>{total}</b> </a>&nbsp;{numbers}{following}</div>'


@pytest.mark.parametrize(("current", "following"), [(1, BASE + "index_2.html"), (9, BASE + "index_10.html"), (23, None)])
def test_empire_cms_links_give_count_total_and_all_addresses(parse: Parse, current: int, following: str | None) -> None:
    url = BASE + ("index.html" if current == 1 else f"index_{current}.html")
    pager, _ = read(parse(ROWS + empire(current, 23, 333), url=url))
    assert (pager.kind, pager.pages, pager.total, pager.current, pager.next) == ("html", 23, 333, current, following)
    assert len(pager.urls) == 23
    assert pager.urls[1] == BASE + "index_2.html"
    assert pager.urls[-1] == (url if current == 23 else BASE + "index_23.html")


def test_far_pages_under_another_path_are_not_invented(parse: Parse) -> None:
    links = "".join(f'<a href="/yx/xxgk/gg/index_{n}.html" class="{"select" if n == 1 else ""}">{n}</a>' for n in range(1, 6))
    content = (
        f"{ROWS}<div id='page_nav_list'><span>首页</span><span>上一页</span>{links}<a>...</a>"
        "<a href='/cms/www/yx/xxgk/gg/index_36.html'>36</a><a href='/yx/xxgk/gg/index_2.html'>下一页</a>"
        "<a href='/cms/www/yx/xxgk/gg/index_36.html'>尾页</a></div>"
    )
    pager, _ = read(parse(content, url="http://www.yunxi.gov.cn/yx/xxgk/gg"))
    assert (pager.pages, pager.current) == (36, 1)
    assert pager.next == "http://www.yunxi.gov.cn/yx/xxgk/gg/index_2.html"
    assert len(pager.urls) == 6
    assert pager.urls[-1] == "http://www.yunxi.gov.cn/cms/www/yx/xxgk/gg/index_36.html"


def test_an_encoded_pager_is_decoded(parse: Parse) -> None:
    html = (
        '<a class="a1">1463条</a> <a href="/html/kysc/index.html" class="a1">上一页</a> <span>1</span> '
        + " ".join(f'<a href="/html/kysc/{n}.html">{n}</a>' for n in range(2, 11))
        + ' ..<a href="/html/kysc/59.html">59</a> <a href="/html/kysc/2.html" class="a1">下一页</a>'
    )
    encoded = base64.b64encode(quote(html, safe="").replace("%20", "+").encode()).decode()
    content = f'{ROWS}<div id="pages" class="page">{encoded}</div><script>$("#pages").html(decodeURIComponent(atob($("#pages").html())))</script>'
    pager, _ = read(parse(content, url="http://www.yunxi.gov.cn/html/kysc/"))
    assert (pager.kind, pager.pages, pager.total) == ("base64", 59, 1463)
    assert pager.next == "http://www.yunxi.gov.cn/html/kysc/2.html"
    assert len(pager.urls) == 59


@pytest.mark.parametrize(
    ("words", "pages", "total"),
    [
        ('共 12 页 <a href="?page=2">下一页</a> <a href="?page=12">末页</a>', 12, None),
        ('共178条记录 第1/12页 <a href="?page=2">下一页</a>', 12, 178),
        ('页数：1/12 <a href="?page=2">下页</a>', 12, None),
        ('总记录数：178 <a href="?page=2">下一页</a> <a href="?page=12">尾页</a>', 12, 178),
    ],
)
def test_words_of_the_pager_count_pages_and_entries(parse: Parse, words: str, pages: int, total: int | None) -> None:
    pager, _ = read(parse(f'{ROWS}<div class="fy">{words}</div>', url="http://www.yunxi.gov.cn/list.jsp"))
    assert (pager.pages, pager.total) == (pages, total)
    assert pager.next == "http://www.yunxi.gov.cn/list.jsp?page=2"


def test_without_a_certain_count_only_the_next_page_is_given(parse: Parse) -> None:
    links = "".join(f'<a href="list_{n}.html">{n}</a>' for n in range(2, 8))
    pager, _ = read(
        parse(f'{ROWS}<div class="page"><b>1</b>{links}<a href="list_2.html">下一页</a></div>', url=BASE + "list.html")
    )
    assert pager.pages is None
    assert pager.next == BASE + "list_2.html"
    assert BASE + "list_8.html" not in pager.urls


def test_a_calendar_is_no_pager(parse: Parse) -> None:
    days = "".join(f'<a href="/rili/2026-11.html?day={n}">{n}</a>' for n in range(1, 31))
    pager, _ = read(parse(f"<p>2026年11月</p>{days}"))
    assert (pager.kind, pager.urls, pager.next) == ("none", (), None)


def test_a_button_of_a_form_turns_the_page(parse: Parse) -> None:
    """A list of pinned old entries whose newer ones stand behind a button was called old."""
    form = (
        "<form method=get action='list.asp'><input type=hidden name=lm value=207><input type=hidden name=page value=2>{}</form>"
    )
    for button in (
        "<input type=submit value='下一页'>",
        "<button>下一页</button>",
        "<input type=image alt='下一页' src='n.gif'>",
    ):
        pager, _ = read(
            parse(f"{ROWS}<p>共 <b>12</b> 条信息 页次：<b>1</b>/2页{form.format(button)}", url=BASE + "list.asp?lm=207")
        )
        assert (pager.pages, pager.total, pager.next) == (2, 12, BASE + "list.asp?lm=207&page=2")
    script = "<button onclick=\"location.href='list.asp?lm=207&page=2'\">下一页</button>"
    pager, _ = read(parse(f"{ROWS}<p>{script}", url=BASE + "list.asp?lm=207"))
    assert pager.next == BASE + "list.asp?lm=207&page=2"


@pytest.mark.parametrize(
    "button",
    [
        "<input type=button value='下一页' onclick='goPage(2)'>",
        "<input type=button value='下一页' id=next>",
    ],
)
def test_a_button_whose_page_only_its_script_knows_is_a_pager_that_is_not_read(parse: Parse, button: str) -> None:
    pager, _ = read(parse(ROWS + button))
    assert (pager.kind, pager.next) == ("script", None)


@pytest.mark.parametrize(
    "button", ["<button disabled>下一页</button>", "<button class=swiper-next>&gt;</button>", "<button>搜索</button>"]
)
def test_a_switched_off_button_and_one_for_pictures_turn_no_page(parse: Parse, button: str) -> None:
    pager, _ = read(parse(ROWS + button))
    assert (pager.kind, pager.pages, pager.next) == ("none", 1, None)


@pytest.mark.parametrize(
    ("address", "second"),
    [
        ("list.do?id=3226", "list.do?id=3226&pageNo=2"),
        ("list.do?id=3226", "list.do?pageNo=1&id=3226"),
        ("", "index_2.html"),
        ("list.html", "list_1.html"),
    ],
)
def test_numbers_that_lead_to_this_page_but_for_the_number_are_its_pager(parse: Parse, address: str, second: str) -> None:
    links = f"<div class='pg'><a href='{BASE}{address}'>1</a> <a href='{second}'>2</a> <span>共16条</span></div>"
    pager, _ = read(parse(ROWS + links, url=BASE + address))
    assert (pager.pages, pager.current, pager.total) == (2, 1, 16)
    assert pager.next == BASE + second or pager.urls[-1] == BASE + second
    options = f"<select onchange='location=this.value'><option value='{BASE}{address}'>1</option><option value='{second}'>第2页</option></select>"
    pager, _ = read(parse(ROWS + options, url=BASE + address))
    assert pager.urls[-1] == BASE + second


@pytest.mark.parametrize("second", ["list.do?id=2", "list.do?id=3226&lm=2", "other.do?id=3226&pageNo=2", "list_2.html", "../2/"])
def test_numbers_that_lead_elsewhere_are_no_pager(parse: Parse, second: str) -> None:
    links = f"<div class='pg'><a href='list.do?id=3226'>1</a> <a href='{second}'>2</a></div>"
    pager, _ = read(parse(ROWS + links, url=BASE + "list.do?id=3226"))
    assert (pager.pages, pager.next) == (1, None)


def test_years_whose_addresses_look_like_pages_are_no_pager(parse: Parse) -> None:
    years = "".join(f'<a href="list_{year}.html">{year}</a> ' for year in (2024, 2025, 2026))
    pager, _ = read(parse(f"{ROWS}<div>{years}</div>", url=BASE + "list.html"))
    assert (pager.kind, pager.pages) == ("year-tabs", None)
    options = "".join(f'<option value="list_{year}.html">{year}</option>' for year in (2024, 2025, 2026))
    pager, _ = read(parse(f"{ROWS}<select>{options}</select>", url=BASE + "list.html"))
    assert pager.pages == 1


def test_words_next_and_last_that_open_nothing_are_the_end(parse: Parse) -> None:
    content = f'{ROWS}<div class="page"><a href="index.html">首页</a><a href="index_1.html">上一页</a><span>下一页</span><a href="index.html">1</a><a href="index_1.html">2</a><b>3</b></div>'
    pager, _ = read(parse(content, url=BASE + "index_2.html"))
    assert (pager.next, pager.current, pager.pages) == (None, 3, 3)


def test_tabs_of_years_are_pages_of_one_column(parse: Parse) -> None:
    tabs = "".join(f'<li><a href="/nb/{year}/">{year}年</a></li>' for year in range(2021, 2026))
    pager, _ = read(parse(f'<ul class="years">{tabs}</ul>{ROWS}'))
    assert pager.kind == "year-tabs"
    assert len(pager.urls) == 5


def test_a_list_without_any_pager_has_one_page(parse: Parse) -> None:
    pager, requests = read(parse(ROWS))
    assert (pager.kind, pager.pages, pager.urls, requests) == ("none", 1, (BASE,), ())


def test_a_pager_drawn_by_an_unread_script_is_said_to_be_one(parse: Parse) -> None:
    pager, requests = read(parse(ROWS + '<div ms-controller="list_pagebar" ms-include-src="pgTemp" ms-if="pageCount>0"></div>'))
    assert (pager.kind, pager.pages, requests) == ("script", None, ())


def test_at_most_five_hundred_addresses_are_given(parse: Parse) -> None:
    pager, _ = read(parse(ROWS + '<script>createPageHTML(90000, 0, "index", "html")</script>'))
    assert (pager.pages, len(pager.urls)) == (90_000, 500)


def store(count: int, following: str = "") -> str:
    records = "".join(
        f'<record><![CDATA[<li><a href="/art/2026/11/{day}/art_77_{day}.html">县域公告第{day}号</a><span>2026-11-{day:02d}</span></li>]]></record>'
        for day in range(count, 0, -1)
    )
    return f'<div id="38486"><script type="text/xml"><datastore><nextgroup><![CDATA[{following}]]></nextgroup><recordset>{records}</recordset></datastore></script></div>'


def test_hanweb_follows_the_next_group_its_store_names(parse: Parse) -> None:
    link = (
        '<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=110&path=/&columnid=77&unitid=38486&permissiontype=0"></a>'
    )
    pager, requests = read(parse(store(15, link), url="http://www.yunxi.gov.cn/col/col77/index.html"))
    assert pager.kind == "jpage"
    assert [(request.reader, request.method) for request in requests] == [("jpage", "GET")]
    assert urlsplit(requests[0].url).path == "/module/web/jpage/dataproxy.jsp"
    assert parse_qs(urlsplit(requests[0].url).query)["columnid"] == ["77"]


def test_hanweb_posts_the_ranges_its_script_counts(parse: Parse) -> None:
    script = (
        "$('#38486').jpage({themeName:'default', perPage:5, totalRecord:52, proxyUrl:'/module/web/jpage/dataproxy.jsp', "
        "ajaxParam:{col:1,appid:1,webid:110,path:'/',columnid:77,unitid:38486,webname:'云溪县人民政府',permissiontype:0}});"
    )
    pager, requests = read(parse(store(15) + f"<script>{script}</script>", url="http://www.yunxi.gov.cn/col/col77/index.html"))
    assert (pager.pages, pager.total) == (11, 52)
    assert [urlsplit(request.url).query for request in requests] == [
        "startrecord=16&endrecord=30&perpage=5",
        "startrecord=31&endrecord=45&perpage=5",
        "startrecord=46&endrecord=52&perpage=5",
    ]
    assert {request.method for request in requests} == {"POST"}
    assert dict(parse_qsl(requests[0].body))["columnid"] == "77"


def test_a_complete_store_asks_for_nothing(parse: Parse) -> None:
    script = "$('#38486').jpage({perPage:15, totalRecord:15, proxyUrl:'/module/web/jpage/dataproxy.jsp'});"
    pager, requests = read(parse(store(15) + f"<script>{script}</script>"))
    assert (pager.pages, pager.total, requests) == (1, 15, ())


LABEL = """
Ls.pagination("#page_public_info", function(page){ return page; }, {currPage:(0+1), pageCount:3});
Ls.ajax({url:'/site/label/8888', data:{labelName:"publicInfoList", siteId:"4699", pageSize:15, pageIndex:1, organId:"13751", type:4,
 action:"list", catId:"501", isDate:true, dateFormat:"yyyy-MM-dd", length:80, file:"/c2/yx/publicInfoList_newest"}});
"""


def test_lonsun_pages_of_a_rendered_list_have_addresses(parse: Parse) -> None:
    url = "http://www.yunxi.gov.cn/public/column/13751?type=4&nav=3&action=list&catId=501"
    pager, requests = read(parse(f"{ROWS}<script>{LABEL}</script>", url=url))
    assert (pager.kind, pager.pages, pager.current, requests) == ("ajax", 3, 1, ())
    assert pager.urls == (url, f"{url}&pageIndex=2", f"{url}&pageIndex=3")


def test_lonsun_without_rows_asks_the_label(parse: Parse) -> None:
    pager, requests = read(
        parse(
            f'<ul class="xxgk_nav_list"></ul><script>{LABEL}</script>', url="http://www.yunxi.gov.cn/public/column/13751?type=4"
        )
    )
    assert pager.pages == 3
    assert [request.page for request in requests] == [1, 2, 3]
    data = dict(parse_qsl(requests[1].body))
    assert (requests[1].reader, requests[1].method, requests[1].url) == (
        "lonsun",
        "POST",
        "http://www.yunxi.gov.cn/site/label/8888",
    )
    assert (data["labelName"], data["catId"], data["pageIndex"]) == ("publicInfoList", "501", "2")


def test_gkmlpt_asks_for_every_column_of_its_tree(parse_raw: Callable[..., Document]) -> None:
    html = (
        '<html><body><div id=\'app\'></div><script>window._CONFIG = {SID: \'755001\', TREE: [{"id":3255,"name":"政府信息公开指南"},'
        '{"id":3256,"name":"政府信息公开制度"},{"id":3257,"name":"规划计划"}]};</script></body></html>'
    )
    pager, requests = read(parse_raw(html, url="http://www.yunxi.gov.cn/yxczj/gkmlpt/index"))
    assert pager.kind == "ajax"
    assert [request.url for request in requests] == [
        f"http://www.yunxi.gov.cn/yxczj/gkmlpt/api/all/{number}?page=1&sid=755001" for number in (3255, 3256, 3257)
    ]


def test_a_node_of_gkmlpt_that_only_forwards_to_its_children_is_not_asked_for(parse_raw: Callable[..., Document]) -> None:
    html = (
        "<html><body><div id='app'></div><script>window._CONFIG = {SID: '755001', COLUMN: 0, TREE: "
        '[{"id": 10, "name": "重点领域", "post_count": 0, "children": [{"id": 11, "name": "社会救助", "post_count": 0, "children": []}]},'
        '{"id": 12, "name": "其他", "post_count": 3, "children": [{"id": 13, "name": "公示", "post_count": 1}]}]};</script></body></html>'
    )
    _, requests = read(parse_raw(html, url="http://www.yunxi.gov.cn/yxczj/gkmlpt/index"))
    assert [urlsplit(request.url).path.rpartition("/")[2] for request in requests] == ["11", "12", "13"]


def test_a_page_of_gkmlpt_about_one_column_asks_for_that_one(parse_raw: Callable[..., Document]) -> None:
    html = "<html><body><table id='rows'></table><script>window._CONFIG = {SID: '755001', PAGE: 'annualreport', COLUMN: 3258};</script></body></html>"
    _, requests = read(parse_raw(html, url="http://www.yunxi.gov.cn/yxczj/gkmlpt/annualreport"))
    assert [(request.url, request.reader) for request in requests] == [
        ("http://www.yunxi.gov.cn/yxczj/gkmlpt/api/all/3258?page=1&sid=755001", "gkmlpt-own")
    ]


def test_an_article_of_gkmlpt_asks_for_nothing(parse_raw: Callable[..., Document]) -> None:
    html = '<html><body><div id=\'app\'></div><script>window._CONFIG = {SID:\'1\', DETAIL: {"id":9,"title":"文"}};</script></body></html>'
    _, requests = read(parse_raw(html, url="http://www.yunxi.gov.cn/gkmlpt/content/3/3255/post_3255421.html"))
    assert requests == ()


LIST = "http://www.yunxi.gov.cn/zwgk/tzgg/"


@pytest.mark.parametrize(
    ("content", "url", "pages"),
    [
        (
            (
                '<a href="javascript:goPage(2)">下一页</a><a href="javascript:goPage(4)">尾页</a>'
                "<script>function goPage(n){location.href='list_'+n+'.html';}</script>"
            ),
            f"{LIST}list_1.html",
            [f"{LIST}list_{n}.html" for n in (1, 2, 3, 4)],
        ),
        (
            (
                '<a href="#" onclick="turn(1)">下一页</a><a href="#" onclick="turn(3)">尾页</a>'
                '<script>function turn(i){window.location="/zwgk/tzgg/index_"+i+".html"}</script>'
            ),
            LIST,
            [LIST, *(f"{LIST}index_{n}.html" for n in (1, 2, 3))],
        ),
        (
            '<a href="#" onclick="toPage(2)">下一页</a> 共3页<script>function toPage(p){location.assign("?p="+p);}</script>',
            f"{LIST}index.jsp",
            [f"{LIST}index.jsp", f"{LIST}index.jsp?p=2", f"{LIST}index.jsp?p=3"],
        ),
        (
            '<div id="pg"></div><script>laypage.render({elem:"pg",count:45,limit:20,jump:function(o,f){if(!f)location.href="list_"+o.curr+".html"}});</script>',
            f"{LIST}list_1.html",
            [f"{LIST}list_{n}.html" for n in (1, 2, 3)],
        ),
        (
            '<div id="pg"></div><script>$("#pg").pagination(45,{items_per_page:20,callback:function(i){location.href="index_"+(i+1)+".html"}});</script>',
            f"{LIST}index_2.html",
            [f"{LIST}index_{n}.html" for n in (1, 2, 3)],
        ),
    ],
)
def test_a_function_that_goes_to_the_next_page_is_followed(parse: Parse, content: str, url: str, pages: list[str]) -> None:
    pager, _ = read(parse(f"{ROWS}{content}", url=url))
    assert (list(pager.urls), pager.pages) == (pages, len(pages))
    current = pages.index(url) + 1
    assert (pager.current, pager.next) == (current, pages[current])


@pytest.mark.parametrize(
    "content",
    [
        '<a href="javascript:__doPostBack(\'p\',\'2\')">下一页</a><script>function s(k){location.href="index_"+k+".html"}</script>',
        '<a href="javascript:go(2)">下一页</a><script>function go(n){location.href="/search?q="+n;}</script>',
        '<a href="javascript:go(2)">下一页</a><script>function go(n){$("#list").load("list_"+n+".html");}</script>',
        '<script>function go(n){location.href="index_"+n+".html";}</script>',
    ],
)
def test_no_address_is_made_of_functions_that_go_elsewhere_or_that_nothing_calls(parse: Parse, content: str) -> None:
    pager, _ = read(parse(f"{ROWS}{content}", url=LIST))
    assert pager.next is None
    assert set(pager.urls) <= {LIST}


def test_jpaas_units_are_asked_for_with_their_query(parse: Parse) -> None:
    unit = (
        '<script src="/cms_files/default/script/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" '
        "queryData=\"{'parseType':'buildstatic','webId':'8d82','tplSetId':'2097','pageType':'column','tagId':'右侧内容','editType':'null','pageId':'ca51'}\"></script>"
    )
    _, requests = read(parse(f'<div class="clist_con">{unit}</div>'))
    assert [request.reader for request in requests] == ["jpaas"]
    assert dict(parse_qsl(urlsplit(requests[0].url).query))["tagId"] == "右侧内容"


def test_a_search_of_the_information_module_is_asked_as_its_page_asks(parse: Parse) -> None:
    script = (
        "function search(a,b,c){loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId='+a+'&vc_title='+encodeURI(b)+"
        "'&vc_number='+encodeURI(c)+'&area=1142AB', 'div4', '0','0','950','3','','');}"
    )
    content = (
        f'<iframe src="/module/xxgk/tree.jsp?area=1142AB&amp;divid=div4"></iframe><div id="div4"></div><script>{script}</script>'
    )
    address = "http://www.yunxi.gov.cn/col/col13/index.html?vc_xxgkarea=1142AB"
    for number, default, kind in (("", "0", ""), ("&number=Z05", "Z05", "Z05")):
        _, (tree, request) = read(parse(content, url=f"{address}{number}"))
        assert (tree.reader, tree.url) == ("xxgk-tree", "http://www.yunxi.gov.cn/module/xxgk/tree.jsp?area=1142AB&divid=div4")
        asked, form = (dict(parse_qsl(text, keep_blank_values=True)) for text in (urlsplit(request.url).query, request.body))
        assert (request.reader, request.method, urlsplit(request.url).path) == ("xxgk", "POST", "/module/xxgk/search.jsp")
        assert asked == {"standardXxgk": "1", "infotypeId": kind, "vc_title": "", "vc_number": "", "area": "1142AB"}
        assert (form["jdid"], form["divid"], form["area"]) == ("3", "div4", "1142AB")
        assert parse_qsl(request.body, keep_blank_values=True)[0] == ("infotypeId", default)
    assert read(parse(f"{ROWS}<script>{script}</script>", url=address))[1] == ()


def test_the_organ_of_the_years_may_stand_beside_their_address(parse: Parse) -> None:
    script = '$.ajax({url: "/public/content/getPublicOrganReportYears", data: {organId: 6500101}, success: function(res){}});'
    _, requests = read(parse(f"{ROWS}<script>{script}</script>", url="http://www.yunxi.gov.cn/public/column/13751?type=3"))
    assert [(request.reader, urlsplit(request.url).query) for request in requests] == [("lonsun-years", "organId=6500101")]


def test_a_json_file_the_script_loads_is_asked_for_on_the_own_host_only(parse: Parse) -> None:
    script = "$.getJSON('./list.json', function(d){}); $.get('http://other.example.com/x.json');"
    _, requests = read(parse(f'<ul id="list"></ul><script>{script}</script>'))
    assert [(request.reader, request.url) for request in requests] == [("json", BASE + "list.json")]


@pytest.mark.parametrize(
    ("script", "asked"),
    [
        (
            'function go(page){$.ajax({url:"/search/0a41?_isJson=true&_pageSize=15&page="+page, dataType:"json"});} go(1);',
            ["/search/0a41?_isJson=true&_pageSize=15&page=1"],
        ),
        ("$.getJSON('/api/list?id=7&pageNo=1', function(d){});", ["/api/list?id=7&pageNo=1"]),
        ('$.ajax({url:"/hits?id="+id, dataType:"json"});', []),
        ('$.ajax({url:"/api/list?page="+page, type:"POST", data:{}});', []),
        ('$.ajax({url:"http://other.example.com/list?page="+page});', []),
    ],
    ids=["address and number", "number in the address", "a counter", "posted", "elsewhere"],
)
def test_a_list_asked_for_page_by_page_is_asked_for_once(parse: Parse, script: str, asked: list[str]) -> None:
    _, requests = read(parse(f'<ul class="list" id="list"></ul><script>{script}</script>'))
    assert [(request.reader, urlsplit(request.url).path + "?" + urlsplit(request.url).query) for request in requests] == [
        ("json", url) for url in asked
    ]


def test_trees_and_years_beside_a_page_are_asked_for(parse: Parse) -> None:
    script = '$.get("/public/content/getPublicOrganReportYears?organId=" + organId, function(res){ var years = res.data.split(","); });'
    content = f'{ROWS}<script src="/4699/13751.js?v=2"></script><script src="/js/menu.js"></script><script>{script}</script>'
    pager, requests = read(parse(content, url="http://www.yunxi.gov.cn/public/column/13751?type=3&nav=4"))
    assert (pager.kind, pager.pages) == ("none", 1)
    assert [(request.reader, request.url) for request in requests] == [
        ("tree", "http://www.yunxi.gov.cn/4699/13751.js?v=2"),
        ("lonsun-years", "http://www.yunxi.gov.cn/public/content/getPublicOrganReportYears?organId=13751"),
    ]


def test_a_hostile_script_does_not_stall_the_reader(parse_raw: Callable[..., Document]) -> None:
    for script in ("createPageHTML(1," * 20_000, "/*" * 50_000, "Ls.pagination({a:'" * 20_000, "<datastore><record>" * 20_000):
        pager, _ = read(parse_raw(f"<html><body><script>{script}</script></body></html>"))
        assert pager.pages is None or pager.pages >= 0


def test_links_that_call_a_script_are_said_to_be_one(parse: Parse) -> None:
    links = '<a href="javascript:;" onclick="goPage(2)">下一页</a> <a href="javascript:goPage(9)">尾页</a>'
    pager, _ = read(parse(f"{ROWS}<div class='page'>{links}</div>"))
    assert (pager.kind, pager.next, pager.urls) == ("script", None, ())


def test_switched_off_links_are_no_script(parse: Parse) -> None:
    links = '<a href="javascript:;">上一页</a> <a href="javascript:void(0)">下一页</a>'
    pager, _ = read(parse(f"{ROWS}<div class='page'>{links}</div>"))
    assert pager.kind != "script"


def test_a_pager_whose_function_says_where_it_goes(parse: Parse) -> None:
    script = (
        "Ls.pagination('#p', function(p){location.href='/messageBoard/column/9?pageIndex='+p;}, {currPage:(0+1), pageCount:3});"
    )
    pager, requests = read(parse(f"{ROWS}<div id='p'></div><script>{script}</script>", url=BASE))
    assert pager.urls[1:] == tuple(f"http://www.yunxi.gov.cn/messageBoard/column/9?pageIndex={page}" for page in (2, 3))
    assert requests == ()


def test_a_button_that_bears_the_next_page_goes_on(parse: Parse) -> None:
    pager, _ = read(parse(ROWS + '<button type="button" data-next="/zwgk/tzgg/?page=2">加载更多</button>'))
    assert pager.next == "http://www.yunxi.gov.cn/zwgk/tzgg/?page=2"


def posted(argument: str, label: str) -> str:
    return f"<a href=\"javascript:__doPostBack('ctl00$pager','{argument}')\">{label}</a>"


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (f"<table><tr><td>1</td><td>{posted('Page$2', '2')}</td><td>{posted('Page$3', '3')}</td></tr></table>", 3),
        (f"<div id='AspNetPager1'><span>1</span>{posted('2', '2')}{posted('3', '3')}</div>", 3),
        (f"<div>共9页 <a disabled>首页</a>{posted('2', '2')}{posted('2', '下一页')}{posted('9', '尾页')}</div>", 9),
        (posted("Page$Next", "下一页"), None),
        (posted("", "下一页"), None),
        ("<select onchange=\"setTimeout('__doPostBack(\\'d\\',\\'\\')',0)\"><option>1</option><option>2</option></select>", 2),
        (
            "<form method=post action='list.asp'><input type=hidden name=page value=2><input type=submit value='下一页'></form>",
            None,
        ),
    ],
)
def test_a_pager_that_sends_the_form_back_goes_on_where_nothing_can_be_asked_for(
    parse: Parse, content: str, pages: int | None
) -> None:
    pager, _ = read(parse(f"{ROWS}{content}", url="http://www.yunxi.gov.cn/tz/list.aspx"))
    assert (pager.kind, pager.pages, pager.next, pager.urls) == ("postback", pages, None, ())


@pytest.mark.parametrize(
    "content",
    [
        f"<div>{posted('2', '2')}<a href='?page=2'>2</a>{posted('2', '下一页')}</div>",
        f"<div><a href='list.aspx?page=2'>2</a><a href='list.aspx?page=2'>下一页</a>{posted('', '查询')}</div>",
    ],
)
def test_addresses_beside_a_form_that_is_sent_back_are_used(parse: Parse, content: str) -> None:
    url = "http://www.yunxi.gov.cn/tz/list.aspx"
    pager, _ = read(parse(f"{ROWS}{content}", url=url))
    assert (pager.kind, pager.urls) == ("html", (url, f"{url}?page=2"))


@pytest.mark.parametrize(
    "content",
    [
        "".join(f"<td>{posted(str(9450 + day), str(day))}</td>" for day in range(1, 31)),
        posted("", "登录"),
        "<div><a disabled='disabled'>上一页</a><span>1</span><a disabled='disabled'>下一页</a></div>",
        "<form method=post><input type=submit value='下一页' disabled></form>",
        "<select onchange=\"__doPostBack('d','')\"><option>2025</option><option>2024</option></select>",
    ],
    ids=["calendar", "log in", "one page", "last page", "years"],
)
def test_other_forms_that_are_sent_back_are_no_pagers(parse: Parse, content: str) -> None:
    pager, _ = read(parse(f"{ROWS}{content}", url="http://www.yunxi.gov.cn/tz/list.aspx"))
    assert pager.kind != "postback"
