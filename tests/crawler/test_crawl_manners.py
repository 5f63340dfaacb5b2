"""robots.txt, private addresses, budgets, hours, chosen departments: what the crawl must not do."""

import pytest

from tests.crawler.crawling import crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do


def forbidden_portal(count: int) -> dict[str, object]:
    secret = [f"/secret/{number}.html" for number in range(count)] + [f"/secret/{number}.pdf" for number in range(count)]
    return {
        "/": do.page(do.links("/open.html", *secret), kind="home"),
        "/open.html": do.page("好"),
        "/secret/*": do.page("机密"),
        "/robots.txt": do.file(b"User-agent: *\nDisallow: /secret/\n", "text/plain"),
    }


@pytest.mark.parametrize(("count", "concurrency"), [(20, 20), (64, 64)])
def test_none_of_many_forbidden_addresses_asked_for_at_once_is_fetched(tmp_path, count: int, concurrency: int) -> None:
    with FaultServer(forbidden_portal(count)) as elsewhere:
        # The first contact with a host is the dangerous moment: all its addresses wait for robots.txt together.
        home = do.page(do.links(*[f"{elsewhere.base}/secret/{number}.html" for number in range(count)]), kind="home")
        with FaultServer(forbidden_portal(count) | {"/home": home}) as portal:
            done = crawl(tmp_path / "run", f"{portal.base}/", concurrency=concurrency, seeds=[f"{portal.base}/home"])
            for server in (portal, elsewhere):
                assert not [target for target in server.counts if target.startswith("/secret/")]
                assert server.asked("/robots.txt") == 1
    assert done.run.skipped == {"robots": 3 * count}


def test_a_robots_txt_that_cannot_be_read_forbids_nothing_and_is_noted(tmp_path) -> None:
    with FaultServer({"/": do.page("好", kind="home"), "/robots.txt": do.status(500)}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert done.run.pages_fetched == 1
        assert done.store.get_meta("robots_unreachable") == {portal.base.removeprefix("http://"): "status 500"}


def test_an_error_page_in_the_place_of_robots_txt_forbids_nothing(tmp_path) -> None:
    with FaultServer(
        {"/": do.page("好", kind="home"), "/robots.txt": do.status(404, body="User-agent: *\nDisallow: /")}
    ) as portal:
        assert crawl(tmp_path / "run", f"{portal.base}/").run.pages_fetched == 1


def test_robots_txt_is_read_where_it_forwards_to(tmp_path) -> None:
    routes = forbidden_portal(1) | {
        "/robots.txt": do.redirect("/rules.txt", 301),
        "/rules.txt": do.file(b"User-agent: *\nDisallow: /secret/\n", "text/plain"),
    }
    with FaultServer(routes) as portal:
        assert crawl(tmp_path / "run", f"{portal.base}/").run.skipped == {"robots": 2}


def test_a_home_page_that_robots_txt_forbids_makes_the_run_void(tmp_path) -> None:
    with FaultServer({"/": do.page("好"), "/robots.txt": do.file(b"User-agent: *\nDisallow: /\n", "text/plain")}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert "robots.txt" in (done.run.void or "")
        assert portal.counts.keys() == {"/robots.txt"}


def test_private_addresses_are_refused_unless_allowed(tmp_path) -> None:
    with FaultServer({"/": do.page("好", kind="home")}) as portal:
        for number, address in enumerate((f"{portal.base}/", f"http://localhost:{portal.port}/")):
            done = crawl(tmp_path / str(number), address, allow_private=False)
            assert done.run.failures == {"private-address": 1}
            assert "内网" in (done.run.void or "")
        assert portal.log == []


def test_pages_beyond_the_budget_are_skipped_by_name_and_counted(tmp_path) -> None:
    pages = [f"/p{letter}.html" for letter in "abcdefghij"]
    with FaultServer(
        {"/": do.page(do.links(*pages, "/a.png"), kind="home"), "/p*": do.page("好"), "/a.png": do.file(b"PNG", "image/png")}
    ) as portal:
        run = crawl(tmp_path / "run", f"{portal.base}/", max_pages=4).run
        assert (run.pages_fetched, run.skipped, run.discovered) == (4, {"budget": 7}, 12)
        assert portal.asked("/a.png") == 1


def test_a_budget_of_one_page_asks_for_nothing_else(tmp_path) -> None:
    with FaultServer({"/": do.page(do.links("/a.html", "/b.pdf"), kind="home")}) as portal:
        run = crawl(tmp_path / "run", f"{portal.base}/", max_pages=1).run
        assert (run.pages_fetched, run.skipped) == (1, {"budget": 2})
        assert portal.counts.keys() == {"/robots.txt", "/"}


def test_only_the_wanted_department_and_what_leads_to_it_is_read(tmp_path) -> None:
    named = {"czj": "某县财政局", "jyj": "某县教育局", "slj": "水利局"}
    units = "".join(f"<a class='unit' href='/{folder}/'>{name}</a>" for folder, name in named.items())
    routes = {
        "/": do.page("<nav>" + do.links("/bm/") + "</nav><a href='/news/1.html'>新闻</a>", kind="home"),
        "/bm/": do.page(units, kind="list"),
        "/czj/*": do.page(do.links("/czj/a.html", "/czj/b.pdf"), kind="article"),
        "/jyj/*": do.page(do.links("/jyj/a.html")),
        "/slj/*": do.page("水"),
        "/news/*": do.page("新闻"),
    }
    with FaultServer(routes) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", departments=["财政局"])
        assert {target for target in portal.counts if target != "/robots.txt"} >= {
            "/",
            "/bm/",
            "/czj/",
            "/czj/a.html",
            "/czj/b.pdf",
        }
        assert not [target for target in portal.counts if target.startswith(("/jyj/", "/slj/"))]
        assert done.run.skipped["other-department"] >= 2


def test_outside_the_allowed_hours_nothing_waits_unsaid(tmp_path) -> None:
    with FaultServer({"/": do.page(do.links("/a.html"), kind="home"), "/a.html": do.page("好")}) as portal:
        # An empty window: no hour of the day lies in it.
        run = crawl(tmp_path / "run", f"{portal.base}/", window=[0, 0]).run
        assert "时段" in (run.void or "")
        assert portal.log == []


def test_the_contact_stands_in_the_user_agent_in_ascii(tmp_path) -> None:
    with FaultServer({"/": do.page("好", kind="home")}) as portal:
        crawl(tmp_path / "run", f"{portal.base}/", contact="mailto:someone@example.org；联系人")
        assert portal.agents == {"zhaocuo/0.1.0 (+mailto:someone@example.org; audit of open government information)"}


def test_a_refusing_host_is_left_alone_for_a_while_and_then_served_whole(tmp_path) -> None:
    pages = [f"/busy/{letter}.html" for letter in "abcdef"]
    routes = {
        "/": do.page(do.links(*pages), kind="home"),
        "/busy/*": do.status(429, 200, headers={"Retry-After": "1"}),
    }
    with FaultServer(routes) as portal:
        run = crawl(tmp_path / "run", f"{portal.base}/", concurrency=2).run
        assert (run.pages_fetched, run.failures) == (7, {})


def test_requests_keep_their_distance_at_every_host(tmp_path) -> None:
    """As the servers saw it. A slow machine only adds to the distance between what leaves us, so this holds on any."""
    delay, pages = 0.2, [f"/p/{letter}.html" for letter in "abcdefghijkl"]
    routes = {"/p/*": do.page("好")}
    with FaultServer(routes) as foreign:
        home = do.page(do.links(*pages, *[foreign.base + path for path in pages]), kind="home")
        with FaultServer(routes | {"/": home}) as portal:
            done = crawl(tmp_path / "run", f"{portal.base}/", delay=delay, concurrency=2)
            assert done.run.pages_fetched == len(pages) + 1
            for server in (portal, foreign):
                assert len(server.times) >= len(pages)
                # Over the whole run, since the way to the server may hold one request up and not the next:
                # robots.txt, the home page and one page may each have been late.
                assert server.times[-1] - server.times[0] >= delay * (len(server.times) - 1 - 3)


def test_no_more_than_allowed_are_under_way_at_any_host(tmp_path) -> None:
    pages = [f"/p/{letter}.html" for letter in "abcdefgh"]
    routes = {"/p/*": do.slow(0.3)}
    with FaultServer(routes) as foreign:
        home = do.page(do.links(*pages, *[foreign.base + path for path in pages]), kind="home")
        with FaultServer(routes | {"/": home}) as portal:
            crawl(tmp_path / "run", f"{portal.base}/", delay=0.01, concurrency=2)
            assert (portal.most_at_once, foreign.most_at_once) == (2, 2)


def test_without_a_delay_as_many_are_under_way_as_were_asked_for_and_no_more(tmp_path) -> None:
    pages = [f"/p/{first}{second}.html" for first in "abcdefgh" for second in "abcdefgh"]
    with FaultServer({"/": do.page(do.links(*pages), kind="home"), "/p/*": do.slow(0.3)}) as portal:
        crawl(tmp_path / "run", f"{portal.base}/", concurrency=5)
        assert portal.most_at_once == 5
