"""References of a page: every kind of element, the part of the page, and what opens nothing."""

import pytest
from lxml.html import fragment_fromstring

from crawler.extractors.links import MAX_LINKS, refresh_target, script_targets
from tests.crawler.extractors.written import FOOT, page_of, read_page

BASE = "http://www.yunmeng.gov.cn/zwgk/tzgg/202611/"


def links_of(main: str, **parts: str) -> list[tuple[str, str, str]]:
    page = read_page(page_of(main, **parts))
    return [(link.url.removeprefix(BASE), link.element, link.place) for link in page.links]


@pytest.mark.parametrize(
    ("markup", "url", "element"),
    [
        ('<a href="a.html">甲</a>', "a.html", "a"),
        ('<map><area href="a.html" alt="甲"></map>', "a.html", "area"),
        ('<img src="a.png">', "a.png", "img"),
        ('<img src="/blank.gif" data-original="a.png">', "a.png", "img"),
        ('<script src="a.js"></script>', "a.js", "script"),
        ('<iframe src="a.html"></iframe>', "a.html", "iframe"),
        ('<form action="search"></form>', "search", "form"),
        ('<form action="apply" method="post"></form>', "apply", "form"),
        ('<select><option value="/bm/czj/">县财政局</option></select>', "http://www.yunmeng.gov.cn/bm/czj/", "option"),
        ('<object data="a.swf"></object>', "a.swf", "object"),
        ('<script>window.location.href="a.html"</script>', "a.html", "script-location"),
    ],
)
def test_every_kind_of_reference_is_found(markup: str, url: str, element: str) -> None:
    assert (url, element, "main") in links_of(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <a href='gone.html'>旧链接</a> -->",
        "<a href='javascript:;'>无</a>",
        "<a href='#top'>顶部</a>",
        "<a href='mailto:a@b.cn'>邮箱</a>",
        "<a href='tel:110'>电话</a>",
        "<a>无</a>",
        "<a href='http://[broken'>坏</a>",
        "<select><option value='1'>一</option></select>",
    ],
)
def test_what_opens_no_page_is_no_reference(markup: str) -> None:
    assert [link for link in links_of(markup) if link[2] == "main"] == []


@pytest.mark.parametrize(
    "source",
    [
        "/e/public/ViewClick/?classid=5&id=77&addclick=1",
        "/module/visitcount/articlehits.jsp?colid=12&artid=34",
        "/count.asp?id=7",
        "/plus/count.php?view=yes&aid=7",
        "/api/hits?id=7",
    ],
)
def test_a_program_that_counts_visits_is_neither_a_link_nor_asked(source: str) -> None:
    """Each of them stood on every article as a dead link, and asking them would have counted a visit that nobody made."""
    shown = f'<script src="{source}"></script><iframe src="{source}"></iframe><img src="{source}">'
    assert links_of(shown) == links_of("")
    assert len(links_of(f'<a href="{source}">阅读</a>')) == len(links_of("")) + 1


@pytest.mark.parametrize("source", ["/js/count.js", "/js/page.js?v=2", "/images/clicks.png", "/account/list.jsp?id=3"])
def test_files_and_other_programs_are_links(source: str) -> None:
    assert len(links_of(f'<script src="{source}"></script>')) == len(links_of("")) + 1


def test_links_know_their_part_of_the_page() -> None:
    foot = FOOT.replace("</div>", '<a href="/about/">关于我们</a></div>')
    places = {url.rpartition("gov.cn")[2]: place for url, _, place in links_of('<a href="/x.html">正文里的链接</a>', foot=foot)}
    assert places["/x.html"] == "main"
    assert places["/about/"] == "foot"
    assert places["/xwzx/"] == "nav"
    assert places["/logo.png"] == "head"


def test_style_sheets_and_refreshes_of_the_head_are_found() -> None:
    head = '<link rel="stylesheet" href="/a.css"><link rel="icon" href="/a.ico"><meta http-equiv="refresh" content="5;url=/b/">'
    found = links_of("<p>正文</p>", head=head)
    assert ("http://www.yunmeng.gov.cn/a.css", "css", "head") in found
    assert ("http://www.yunmeng.gov.cn/b/", "meta-refresh", "head") in found
    assert not any(url.endswith(".ico") for url, _, _ in found)


def test_a_links_words_are_its_text_its_title_or_its_pictures_alt() -> None:
    page = read_page(
        page_of(
            '<a href="a">政府信息<br>公开指南</a><a href="b" title="制度"></a>'
            '<a href="c"><img src="c.png" alt="年报"></a><a href="d"></a>'
        )
    )
    words = {link.url.removeprefix(BASE): link.text for link in page.links if link.element == "a"}
    assert {key: words[key] for key in "abcd"} == {"a": "政府信息 公开指南", "b": "制度", "c": "年报", "d": ""}


def test_the_base_element_is_obeyed() -> None:
    assert ("http://other.gov.cn/b/a.html", "a", "main") in links_of(
        '<a href="a.html">甲</a>', head='<base href="http://other.gov.cn/b/">'
    )


def test_a_trap_of_links_is_cut() -> None:
    assert len(read_page("<body>" + "".join(f"<a href={n}>x</a>" for n in range(MAX_LINKS + 500))).links) == MAX_LINKS


def test_refreshes_are_read_in_every_writing() -> None:
    def target(content: str) -> tuple[str, int] | None:
        return refresh_target(fragment_fromstring(f'<meta http-equiv="Refresh" content="{content}">'))

    assert target("0;URL=./a/") == ("./a/", 0)
    assert target("3; url = 'a.html'") == ("a.html", 3)
    assert target("0,url=a.html") == ("a.html", 0)
    assert target("600") is None
    assert refresh_target(fragment_fromstring('<meta name="refresh" content="0;url=a">')) is None


def test_scripts_lead_on_in_several_ways() -> None:
    script = "window.location='a';top.location.href = \"b\";location.replace('c');self.location.assign( 'd' )"
    script += ";if(location.href=='x'){}"
    assert script_targets(script) == ["a", "b", "c", "d"]


def test_the_beginning_of_an_address_that_a_script_puts_together_is_no_link() -> None:
    assert script_targets("location.href='/column/7?pageIndex='+p; location.replace('/a/' + id)") == []


def test_rows_that_a_script_draws_from_data_are_references_of_their_page() -> None:
    store = (
        '<script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/2026/11/2/art_1_7.html">'
        "冬季供暖安排的通告</a><span>2026-11-02</span></li>]]></record></recordset></datastore></script>"
        "<script>jpage({perpage:15,totalRecord:1,proxyUrl:'/x.jsp'})</script>"
    )
    rows = [link for link in read_page(page_of(store)).links if "/art/" in link.url]
    assert [(row.text, row.element) for row in rows] == [("冬季供暖安排的通告", "a")]
    listed = read_page(page_of('<ul><li><a href="a.html">冬季供暖安排的通告</a><span>2026-11-02</span></li></ul>')).links
    assert sum(link.url == f"{BASE}a.html" for link in listed) == 1
