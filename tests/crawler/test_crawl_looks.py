"""When what failed is looked at again: apart in time, the last look at the end of the run, and no time spent on waiting alone."""

from tests.crawler.crawling import crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do

PAGES = [f"/p/{letter}.html" for letter in "abcdefghijkl"]


def test_second_looks_begin_during_the_crawl_and_the_last_ones_after_everything_else(tmp_path) -> None:
    routes = {"/": do.page(do.links("/gone.html", *PAGES), kind="home"), "/p/*": do.slow(0.1)}
    with FaultServer(routes) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", concurrency=1)
        asked = [path for _, path in portal.log if path in {"/gone.html", *PAGES}]
        assert [attempt.final for attempt in done.store.tries(f"{portal.base}/gone.html")] == [False, False, True]
    second = asked.index("/gone.html", asked.index("/gone.html") + 1)
    assert second < asked.index(PAGES[-1])
    assert asked[-1] == "/gone.html"
    assert asked.count("/gone.html") == 3


def test_a_page_that_opens_at_its_second_look_leads_on(tmp_path) -> None:
    late = do.after(1, do.status(503), do.page(do.links("/deep.html")))
    routes = {
        "/": do.page(do.links("/late.html", *PAGES), kind="home"),
        "/p/*": do.slow(0.1),
        "/late.html": late,
        "/deep.html": do.page("好"),
    }
    with FaultServer(routes) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", concurrency=1)
        assert done.reason(f"{portal.base}/late.html") == (True, "")
        assert done.reason(f"{portal.base}/deep.html") == (True, "")
        assert portal.asked("/late.html") == 2


def test_a_host_that_is_silent_is_given_up_over_its_addresses_and_not_over_second_looks_at_a_few(tmp_path) -> None:
    """Fifteen addresses that break, each looked at twice while the crawl goes on, are no twenty addresses."""
    broken = [f"/x/{letter}.html" for letter in "abcdefghijklmno"]
    with FaultServer({"/x/*": do.reset}) as foreign:
        links = [foreign.base + path for path in [*broken, "/late.html"]]
        first = do.page(do.links(*links[:-1], *PAGES), kind="home")
        routes = {"/": first, "/p/*": do.slow(0.1), PAGES[-1]: do.page(do.links(links[-1]))}
        foreign.routes["/late.html"] = do.page("好")
        with FaultServer(routes) as portal:
            done = crawl(tmp_path / "run", f"{portal.base}/", concurrency=1)
            assert foreign.asked("/late.html") == 1
            assert done.run.failures == {"reset": len(broken)}
