"""Banner and foot that a script brings in from a fixed address: found, read without running anything, put in their place."""

import pytest

from crawler.extractors.includes import MAX_INCLUDES, include_addresses, is_piece, pending_includes, with_includes, written_html
from tests.crawler.extractors.written import FOOT, facts_of, page_of, read_page

URL = "http://www.yunmeng.gov.cn/"
TOP, BOTTOM, SCRIPT = f"{URL}html/top/index.html", f"{URL}html/weibu.html", f"{URL}script/0/1385.js"
CALLS = "$('#page_top').load('/html/top/index.html');$(\".bottom\").load(\"/html/weibu.html\", function(){ go(); });"
LOADING = (
    '<html><head><title>云梦县人民政府</title></head><body><div class="page_top" id="page_top"></div>'
    '<div class="main"><ul><li><a href="/a.html">冬季供暖安排的通告</a><span>2026-11-02</span></li></ul></div>'
    f'<div class="w bottom"></div><script>{CALLS}</script></body></html>'
)
WRITING = f'<html><head><script src="/js/a.js"></script></head><body><p>甲</p><script src="{SCRIPT}"></script></body></html>'
BANNER = '<div><a href="/wza.html">长者专区</a><a href="/hd/xzxx/">县长信箱</a></div>'


def test_calls_and_scripts_of_the_body_are_found_on_the_pages_own_host() -> None:
    assert include_addresses(LOADING.encode(), URL) == (TOP, BOTTOM)
    assert include_addresses(WRITING.encode(), URL) == (SCRIPT,)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>$('#top').load('http://other.example/top.html')</script>",
        "<script>$('#top').load('/top.jsp?id=' + id)</script>",
        "<script>$('#top').load(address)</script>",
        "<script>$('#list').load('/data/rows.html')</script>",
        '<script src="/visit/count.js"></script><script src="/js/jquery.min.js"></script>',
        '<script src="/foot.jsp?colid=1"></script>',
        '<script src="//cdn.example/foot.js"></script>',
        '<!-- <script src="/js/foot.js"></script> -->',
        "<script>// $('#top').load('/top.html')\n/* $('#top').load('/top.html') */</script>",
    ],
)
def test_what_is_computed_foreign_or_a_tool_is_not_asked_for(markup: str) -> None:
    assert include_addresses(f"<body>{markup}</body>".encode(), URL) == ()


def test_a_hostile_page_names_no_more_pieces_than_a_page_has() -> None:
    page = "<body>" + "".join(f"<script>$('#top').load('/top{n}.html')</script>" for n in range(500))
    assert len(include_addresses(page.encode(), URL)) == MAX_INCLUDES


@pytest.mark.parametrize(
    ("script", "html"),
    [
        ("""document.write("<div class='foot'>甲</div>");""", "<div class='foot'>甲</div>"),
        ("""document.writeln('<p>');\ndocument.write("\\u7532" + '<\\/p>');""", "<p>甲</p>"),
        ("// foot\n/* 2026 */ document.write('a');", "a"),
        ("document.write('a' + name);", None),
        ("var a = 1; document.write('a');", None),
        ("document.write('a'); go();", None),
        ("", None),
    ],
)
def test_only_a_script_that_writes_fixed_text_and_nothing_else_is_read(script: str, html: str | None) -> None:
    assert written_html(script) == html


def test_pieces_stand_where_the_script_would_put_them() -> None:
    whole = with_includes(LOADING, URL, [(TOP, BANNER.encode()), (BOTTOM, FOOT.encode())])
    assert f'id="page_top">{BANNER}</div>' in whole
    assert f'<div class="w bottom">{FOOT}</div>' in whole
    assert not pending_includes(whole, URL)
    assert pending_includes(LOADING, URL)
    written = with_includes(WRITING, URL, [(SCRIPT, "document.write('<i>乙</i>');".encode())])
    assert "<p>甲</p><i>乙</i></body>" in written


@pytest.mark.parametrize("answer", [b"", b'{"code": 1}', "没有标签的文字".encode()])
def test_an_answer_that_is_no_piece_of_a_page_is_not_put_in(answer: bytes) -> None:
    assert with_includes(LOADING, URL, [(TOP, answer)]) == LOADING
    assert with_includes(WRITING, URL, [(SCRIPT, answer)]) == WRITING


def test_a_page_is_read_with_its_pieces() -> None:
    without = read_page(LOADING, URL, is_home=True)
    assert (without.facts.elder_entry, without.facts.marks.icp_record) == ("traces", None)
    whole = read_page(LOADING, URL, is_home=True, includes=((TOP, BANNER.encode()), (BOTTOM, FOOT.encode())))
    assert whole.facts.elder_entry == "shown"
    assert whole.facts.marks.icp_record is True
    assert whole.facts.marks.error_report_entry is False
    assert f"{URL}hd/xzxx/" in {link.url for link in whole.links}


def test_a_printed_page_without_an_entry_still_lacks_it() -> None:
    assert facts_of(page_of("<p>甲</p>"), URL, is_home=True).elder_entry == ""


def test_what_was_found_to_be_no_piece_is_left_out() -> None:
    assert include_addresses(LOADING.encode(), URL, lambda address: address not in {TOP, BOTTOM}) == ()
    assert include_addresses(LOADING.encode(), URL, lambda address: address != TOP) == (BOTTOM,)
    assert is_piece(TOP, BANNER.encode())
    assert not is_piece(TOP, b'{"code": 404}')
    assert is_piece(SCRIPT, b"document.write('<p>1</p>');")
    assert not is_piece(SCRIPT, b"(function(){ var a = '<p>'; })();")


def test_a_foot_is_not_crowded_out_by_libraries() -> None:
    libraries = "".join(f'<script src="/js/lib{n}.js"></script>' for n in range(30))
    assert (
        include_addresses(f'<body>{libraries}<script src="/js/foot.js"></script></body>'.encode(), URL)[0] == f"{URL}js/foot.js"
    )
