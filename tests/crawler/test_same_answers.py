"""Pages that show what any made-up address shows, and pages that only seem to."""

from collections.abc import Iterator

import pytest

from crawler.facts import PageFacts, PageKind, Read
from crawler.same_answers import Likeness, as_read, mark_same_answers
from crawler.store import FactsStore
from tests.crawler.crawling import Crawled, crawl
from tests.mockserver import FaultServer
from tests.mockserver.unknown_addresses import SITES, Site


@pytest.fixture(scope="module", params=SITES)
def looked_at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str, Crawled]]:
    site = SITES[request.param]
    with FaultServer(dict(site.routes)) as server:
        done = crawl(tmp_path_factory.mktemp(request.param) / "run", f"{server.base}/", real_readers=True, browser=False)
        mark_same_answers(done.store)
        yield site, server.base, done


def taken_for(store: FactsStore, url: str) -> str:
    page = store.page(url)
    assert page is not None, url
    if page.same_as is None:
        return "content"
    assert page.kind is PageKind.ERROR_PAGE
    return "error" if page.same_as.certain else "unsure"


def test_each_address_is_taken_for_what_it_is(looked_at: tuple[Site, str, Crawled]) -> None:
    site, base, done = looked_at
    assert {path: taken_for(done.store, base + path) for path in site.taken_for} == site.taken_for


def test_marking_again_changes_nothing_and_a_page_can_be_had_as_it_was_read(looked_at: tuple[Site, str, Crawled]) -> None:
    site, base, done = looked_at
    before = {page.url: page for page in done.store.pages()}
    assert mark_same_answers(done.store) == list(site.taken_for.values()).count("error") + list(site.taken_for.values()).count(
        "unsure"
    )
    assert {page.url: page for page in done.store.pages()} == before
    for path, what in site.taken_for.items():
        page = as_read(before[base + path])
        assert (page.same_as, page.kind is PageKind.ERROR_PAGE) == (None, False), (path, what)


def test_a_page_that_shows_something_again_is_content_again(looked_at: tuple[Site, str, Crawled]) -> None:
    _, _, done = looked_at
    marked = [page.url for page in done.store.pages() if page.same_as is not None]
    done.store.set_meta("unknown_pages", [])
    done.store.set_meta("home_url", "")
    assert mark_same_answers(done.store) == 0
    assert [taken_for(done.store, url) for url in marked] == ["content"] * len(marked)


LONG = "本页面原有内容已经调整到新的栏目，请从首页重新进入查找，或者拨打政务服务热线咨询，感谢您的理解与支持。"


def likeness(text: str, *, title: str = "公告", url: str = "http://a.gov.cn/x.html") -> Likeness:
    return Likeness.of(PageFacts(url=url, page_title="某县人民政府", title=Read(value=title), text=text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LONG, LONG, True),
        (f"今天是2026年11月20日 星期五\n{LONG}", f"今天是2026年11月21日 星期六\n{LONG}", True),
        (f"上午好\n{LONG}", f"晚上好\n{LONG}", True),
        (f"{LONG}\n经研究，决定任命张某为局长。", LONG, False),
        (f"{LONG}\n经研究，决定任命张某为局长。", f"{LONG}\n经研究，决定免去李某的职务。", False),
        ("内容已经调整", "内容已经调整", False),
        ("", "", False),
    ],
)
def test_two_answers_are_the_same_but_for_clocks_and_counters(one: str, other: str, same: bool) -> None:
    assert likeness(one).is_same(likeness(other)) is same


def test_an_answer_that_quotes_its_own_address_is_the_same_everywhere() -> None:
    one = likeness(f"{LONG} /news/aaaa.html", url="http://a.gov.cn/news/aaaa.html")
    assert one.is_same(likeness(f"{LONG} /news/bbbb.html", url="http://a.gov.cn/news/bbbb.html"))


def test_the_same_body_below_another_title_is_another_page() -> None:
    assert not likeness(LONG, title="通知").is_same(likeness(LONG, title="公告"))
