"""Spaces without end are left after a few steps, and nothing that is no trap goes with them."""

from collections.abc import Iterator

import pytest

from tests.crawler.crawling import Crawled, crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do
from tests.mockserver.endless_portal import routes


@pytest.fixture(scope="module")
def portal() -> Iterator[FaultServer]:
    with FaultServer(routes()) as server:
        yield server


@pytest.fixture(scope="module")
def done(portal: FaultServer, tmp_path_factory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("traps") / "run", f"{portal.base}/")


def asked_below(portal: FaultServer, prefix: str) -> int:
    return len([target for target in portal.counts if target.startswith(prefix)])


@pytest.mark.parametrize(("prefix", "most"), [("/rili/", 60), ("/facet.html", 40), ("/deep/", 6), ("/stairs/", 30)])
def test_a_trap_costs_a_few_requests(done: Crawled, portal: FaultServer, prefix: str, most: int) -> None:
    assert 2 <= asked_below(portal, prefix) <= most


def test_a_list_without_end_is_followed_for_five_hundred_pages(done: Crawled, portal: FaultServer) -> None:
    assert asked_below(portal, "/endless.html") == 501
    assert done.run.skipped["trap-pager"] == 1


def test_session_ids_make_no_new_pages(done: Crawled, portal: FaultServer) -> None:
    assert asked_below(portal, "/list.html") <= 2


def test_articles_of_one_shape_are_all_read_when_other_pages_lead_to_them(done: Crawled, portal: FaultServer) -> None:
    assert asked_below(portal, "/show.jsp") == 120
    assert asked_below(portal, "/news/") == 502


def test_empty_columns_that_only_know_each_other_are_read_too(done: Crawled, portal: FaultServer) -> None:
    assert asked_below(portal, "/lm/") == 24


def test_each_refusal_is_counted_by_its_reason(done: Crawled) -> None:
    assert done.run.skipped.keys() >= {"trap-calendar", "trap-parameters", "trap-path", "trap-depth", "trap-pager"}


def test_discovered_is_fetched_and_skipped_and_failed(done: Crawled) -> None:
    run = done.run
    assert run.discovered == run.fetched + sum(run.skipped.values()) + sum(run.failures.values())
    assert run.failures == {}


def test_every_page_is_asked_for_once(done: Crawled, portal: FaultServer) -> None:
    again = {target: number for target, number in portal.counts.items() if number > 1}
    assert again.keys() <= {"/", *[target for target in portal.counts if target.startswith("/lm/")]}


def test_monstrous_pages_are_read_by_the_real_extractors_and_cost_one_request_each(tmp_path) -> None:
    monsters = {
        "/line.html": do.page("一行" * 700_000),
        "/nested.html": do.page("<div>" * 20_000 + "底"),
        "/tables.html": do.page("<table><tr><td>" * 3_000 + "底"),
        "/many.html": do.page(do.links(*[f"/m/{number}.html" for number in range(40_000)])),
        "/frames/a.html": do.page("<iframe src='/frames/b.html'></iframe>"),
        "/frames/b.html": do.page("<iframe src='/frames/a.html'></iframe><iframe src='/frames/b.html'></iframe>"),
    }
    home = do.page(do.links(*[path for path in monsters if path != "/frames/b.html"]), title="某某县人民政府")
    with FaultServer(monsters | {"/": home, "/m/*": do.page("好")}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", real_readers=True, max_pages=12)
        assert done.run.void is None
        for path in monsters:
            assert done.reason(portal.base + path) == (True, ""), path
            assert portal.asked(path) == 1, path
        # Of a page no more than so many links are taken up.
        assert 19_000 < done.run.skipped["budget"] <= 20_000
        assert done.run.cut_pages == 1
        run = done.run
        assert run.discovered == run.fetched + sum(run.skipped.values()) + sum(run.failures.values())
