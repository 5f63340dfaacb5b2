"""A banner that every page's script brings in: asked for once, read with every page, and read again from the captures."""

import pytest

from crawler.reextract import reextract
from crawler.store import FACTS_NAME, FactsStore
from tests.crawler.crawling import crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do
from tests.mockserver.server import Behaviour

BANNER = '<div><a href="/wza.html">长者专区</a><ul><li><a href="/hd/xzxx/">县长信箱</a></li></ul></div>'
FOOT = "document.write(\"<div class='foot'><p>主办单位：云梦县人民政府办公室 版权所有</p></div>\");"
ROWS = "".join(f'<li><a href="/xw/{n}.html">冬季供暖安排的第{n}号通告</a><span>2026-11-0{n}</span></li>' for n in range(1, 6))


def raw(text: str) -> Behaviour:
    return do.file(text.encode(), "text/html; charset=utf-8")


def page(main: str) -> str:
    return (
        "<html><head><title>云梦县人民政府</title></head><body><div id='page_top'></div>"
        f"<div class='main'>{main}</div><script src='/js/foot12.js'></script>"
        "<script>$('#page_top').load('/common/top.html')</script></body></html>"
    )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory):
    routes = {f"/xw/{n}.html": raw(page(f"<h1>第{n}号通告</h1><p>各单位要落实专人负责。</p>")) for n in range(1, 6)}
    routes |= {"/": raw(page(f"<ul>{ROWS}</ul>")), "/hd/xzxx/": raw(page("<h1>县长信箱</h1>"))}
    routes |= {
        "/common/top.html": raw(BANNER),
        "/js/foot12.js": do.file(FOOT.encode(), "application/javascript"),
        "/wza.html": raw(page("<p>长者专区</p>")),
    }
    with FaultServer(routes) as portal:
        return crawl(tmp_path_factory.mktemp("includes") / "run", f"{portal.base}/", real_readers=True), portal


def test_what_only_the_banner_links_is_visited(crawled) -> None:
    run, _ = crawled
    assert any(facts.url.endswith("/hd/xzxx/") for facts in run.store.pages())
    home = next(facts for facts in run.store.pages() if facts.url.count("/") == 3 and facts.url.endswith("/"))
    assert (home.elder_entry, home.marks.organizer, home.marks.error_report_entry) == ("shown", True, False)


def test_a_piece_is_asked_for_once_and_counts_as_no_page(crawled) -> None:
    run, portal = crawled
    assert portal.asked("/common/top.html") == 1
    assert not any("/common/" in facts.url for facts in run.store.pages())
    assert run.run.discovered == run.run.fetched + sum(run.run.skipped.values()) + sum(run.run.failures.values())


def test_pages_read_again_from_the_captures_are_the_same(crawled) -> None:
    run, _ = crawled
    with FactsStore.open(run.folder / FACTS_NAME) as store:
        before = {facts.url: (facts.elder_entry, facts.marks, facts.template) for facts in store.pages()}
    reextract(run.folder)
    with FactsStore.open(run.folder / FACTS_NAME) as store:
        assert {facts.url: (facts.elder_entry, facts.marks, facts.template) for facts in store.pages()} == before


def test_a_page_that_was_taken_over_is_read_again_with_the_banner_it_was_read_with(tmp_path) -> None:
    article = "<div id='page_top'></div><h1>第1号通告</h1><script>$('#page_top').load('/common/top.html')</script>"
    routes = {"/": raw("<a href='/xw/1.html'>第1号通告</a>"), "/xw/1.html": do.tagged(article), "/common/top.html": raw(BANNER)}
    with FaultServer(routes) as portal:
        crawl(tmp_path / "1", f"{portal.base}/", real_readers=True)
        second = crawl(tmp_path / "2", f"{portal.base}/", real_readers=True, earlier=str(tmp_path / "1"))
        assert (second.run.not_modified, portal.asked("/common/top.html")) == (1, 1)
        before = second.store.page(f"{portal.base}/xw/1.html")
    second.store.close()
    assert reextract(tmp_path / "2").kept == 0
    with FactsStore.open(tmp_path / "2" / FACTS_NAME) as store:
        assert before is not None
        assert (before.elder_entry, store.page(before.url)) == ("shown", before)
