"""One crawl over a portal with every fault: what became of each address, and how often it was asked for."""

from collections.abc import Iterator

import pytest

from crawler.captures import CAPTURES_NAME, CaptureReader
from crawler.facts import FailureKind
from tests.crawler.crawling import Crawled, crawl
from tests.mockserver import FaultServer, refusing_port
from tests.mockserver import behaviours as do
from tests.mockserver.faulty_portal import FAILING, FINE, SKIPPED, routes

SEEN_AGAIN = [
    *("/", "/foot.html"),
    *("/empty-list.html", "/list.html", "/data.json", "/data.json?page=2", "/post-list.html", "/post.json p=1"),
    *("/file.pdf", "/getfile"),
]
"""The home page at the end, lists without a row of their own, and files that are not what they claim to be."""


@pytest.fixture(scope="module")
def foreign() -> Iterator[FaultServer]:
    with FaultServer({"/alive.html": do.page("外面的页面", title="外站"), "/landing.html": do.page("到了外面")}) as server:
        yield server


@pytest.fixture(scope="module")
def portal(foreign: FaultServer) -> Iterator[FaultServer]:
    with refusing_port() as dead_port, FaultServer(routes(foreign, dead_port)) as server:
        server.dead = f"http://127.0.0.1:{dead_port}/"
        yield server


@pytest.fixture(scope="module")
def done(portal: FaultServer, tmp_path_factory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("faults") / "run", f"{portal.base}/")


@pytest.mark.parametrize("path", FINE)
def test_what_opens_in_the_end_counts_as_open(done: Crawled, portal: FaultServer, path: str) -> None:
    assert done.reason(portal.base + path) == (True, "")


@pytest.mark.parametrize(("path", "kind"), [(path, kind) for path, (kind, _) in FAILING.items()])
def test_each_failure_has_its_kind(done: Crawled, portal: FaultServer, path: str, kind: str) -> None:
    assert done.reason(portal.base + path) == (False, kind)


@pytest.mark.parametrize(("path", "tries"), [(path, tries) for path, (_, tries) in FAILING.items() if tries])
def test_each_failure_is_looked_at_as_often_as_its_kind_deserves(
    done: Crawled, portal: FaultServer, path: str, tries: int
) -> None:
    made = done.store.tries(portal.base + path)
    assert [attempt.final for attempt in made] == [False] * (tries - 1) + [True]
    # Of an attachment that is too much as a whole each look asks for the first bytes as well.
    assert portal.asked(path) == tries * (2 if path == "/bomb.pdf" else 1)


@pytest.mark.parametrize(("path", "reason"), SKIPPED.items())
def test_what_may_not_be_asked_for_is_skipped_with_a_reason_and_never_fetched(
    done: Crawled, portal: FaultServer, path: str, reason: str
) -> None:
    assert done.reason(portal.base + path) == (None, reason)
    assert portal.asked(path) == 0


@pytest.mark.parametrize("path", ["/crash.html", "/confuse.html"])
def test_a_page_on_which_we_fail_ourselves_is_untested_and_the_crawl_goes_on(
    done: Crawled, portal: FaultServer, path: str
) -> None:
    assert done.reason(portal.base + path) == (None, "unreadable")


def test_discovered_is_fetched_and_skipped_and_failed(done: Crawled) -> None:
    run = done.run
    assert run.discovered == run.fetched + sum(run.skipped.values()) + sum(run.failures.values())
    assert run.void is None
    assert run.discovered > 50


def test_what_opens_at_once_is_asked_for_once(done: Crawled, portal: FaultServer) -> None:
    opened = [path for path in FINE if path not in SEEN_AGAIN and not path.startswith(("/500", "/429", "/cookie"))]
    assert {path: portal.asked(path) for path in opened} == dict.fromkeys(opened, 1)
    assert (portal.asked("/500-twice.html"), portal.asked("/429-once.html"), portal.asked("/cookie-gate.html")) == (3, 2, 2)


def test_only_doubtful_pages_and_the_home_page_are_seen_again_with_what_completes_them(
    done: Crawled, portal: FaultServer
) -> None:
    assert {path: portal.asked(path) for path in SEEN_AGAIN} == dict.fromkeys(SEEN_AGAIN, 2)


def test_robots_txt_is_asked_for_once_a_host(portal: FaultServer, foreign: FaultServer, done: Crawled) -> None:
    assert portal.asked("/robots.txt") == foreign.asked("/robots.txt") == 1


def test_a_huge_file_costs_its_first_bytes_only(done: Crawled, portal: FaultServer) -> None:
    for path in ("/huge.zip", "/getbigfile"):
        # What the system's buffers swallow before the connection is closed is not ours to bound tightly.
        assert portal.sent[path] < 20 * do.MEGABYTE
        tries = done.store.tries(portal.base + path)
        capture = CaptureReader(done.folder / CAPTURES_NAME, done.store).get(tries[-1].capture)
        assert capture.truncated
        assert len(capture.body) < 400_000


def test_a_page_without_end_is_left_by_its_size_or_by_the_clock(done: Crawled, portal: FaultServer) -> None:
    opened, kind = done.reason(f"{portal.base}/endless.html")
    assert (opened, kind in {"too-large", "timeout-read"}) == (False, True)
    assert portal.sent["/endless.html"] < 3 * 40 * do.MEGABYTE


def test_a_server_that_closes_after_each_answer_without_saying_so_loses_no_page(tmp_path) -> None:
    pages = [f"/{letter}{word}.html" for letter in "abcdefghij" for word in ("", "-more")]
    with FaultServer({"/": do.page(do.links(*pages), kind="home"), **dict.fromkeys(pages, do.then_close("好"))}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert (done.run.failures, done.run.void) == ({}, None)
        # A request that meets the closing of its connection is lost: a try of ours that the server may never have seen.
        tries = {path: done.store.tries(portal.base + path) for path in pages}
        assert [path for path in pages if sum(bool(seen.status) for seen in tries[path]) != 1] == []
        assert [path for path in pages if not 1 <= portal.asked(path) <= len(tries[path])] == []


def test_silence_and_half_an_answer_are_waited_for_so_long_and_no_longer(tmp_path) -> None:
    routes = {
        "/": do.page(do.links("/silent.html", "/stall.html"), kind="home"),
        "/silent.html": do.silent,
        "/stall.html": do.stall,
    }
    with FaultServer(routes) as slow:
        done = crawl(tmp_path / "run", f"{slow.base}/", timeout=1.5)
        for path in ("/silent.html", "/stall.html"):
            assert done.reason(slow.base + path) == (False, "timeout-read")
            assert [attempt.final for attempt in done.store.tries(slow.base + path)] == [False, False, True]
        assert done.run.void is None


def test_probes_keep_type_size_and_first_bytes(done: Crawled, portal: FaultServer) -> None:
    found = {url.removeprefix(portal.base): (kind, answer) for url, kind, answer in done.store.answers()}
    kind, pdf = found["/file.pdf"]
    assert (kind, pdf.magic, pdf.size, pdf.complete) == ("attachment", "pdf", 209, True)
    kind, zipped = found["/huge.zip"]
    assert (zipped.magic, zipped.size, zipped.complete) == ("zip", 200 * do.MEGABYTE, False)
    assert found["/picture.png"][0] == "image"
    assert found["/getfile"][0] == "attachment"


def test_a_redirect_shares_the_fate_of_what_it_leads_to(done: Crawled, portal: FaultServer, foreign: FaultServer) -> None:
    page = done.store.page(f"{portal.base}/moved.html")
    assert page is not None
    assert page.url == f"{portal.base}/fine.html"
    assert foreign.asked("/landing.html") == 1


def test_a_foreign_page_is_kept_for_its_title_and_is_no_page_of_the_portal(done: Crawled, foreign: FaultServer) -> None:
    assert "外站" in [page.page_title for page in done.store.outside_pages()]
    assert not [page for page in done.store.pages() if page.url.startswith(foreign.base)]


def test_outlinks_are_tried_three_times_too(done: Crawled, portal: FaultServer, foreign: FaultServer) -> None:
    gone = next(link for link in done.store.links() if link.url == f"{foreign.base}/gone.html")
    assert (gone.internal, len(gone.tries), gone.tries[-1].final, gone.found_on) == (False, 3, True, (f"{portal.base}/",))
    assert done.reason(portal.dead) == (False, "refused")


def test_list_data_is_asked_for_and_read_as_part_of_its_page(done: Crawled, portal: FaultServer) -> None:
    parts = done.store.parts(f"{portal.base}/list.html")
    assert [part.url.removeprefix(portal.base) for part in parts] == ["/data.json", "/data.json?page=2"]
    assert [entry.title for part in parts for entry in part.entries or ()] == ["甲", "乙"]
    assert ("POST", "/post.json p=1") in portal.log


def test_a_frame_is_a_part_of_its_page_and_its_links_are_followed(done: Crawled, portal: FaultServer) -> None:
    assert "/foot.html" in [part.url.removeprefix(portal.base) for part in done.store.parts(f"{portal.base}/")]


def test_one_page_under_two_names_is_stored_once(done: Crawled, portal: FaultServer) -> None:
    assert len([page for page in done.store.pages() if "/twin/" in page.url]) == 1
    assert done.store.page(f"{portal.base}/twin/index.html") is not None
    assert done.store.page(f"{portal.base}/twin/") is not None


def test_an_empty_list_is_seen_twice(done: Crawled, portal: FaultServer) -> None:
    (seen,) = done.store.sightings(f"{portal.base}/empty-list.html")
    first = done.store.page(f"{portal.base}/empty-list.html")
    assert first is not None
    assert seen.capture != first.capture


def test_links_come_back_as_they_stood_on_the_page(done: Crawled, portal: FaultServer) -> None:
    home = done.store.page_links(f"{portal.base}/")
    assert home[0].text == "链接0"
    assert {link.element for link in home} == {"a", "img", "css", "script", "form", "iframe"}


def test_a_dead_link_of_the_home_page_says_so(done: Crawled, portal: FaultServer) -> None:
    link = next(link for link in done.store.links() if link.url.endswith("/404.html"))
    assert (link.on_home, link.found_on_count, link.kind) == (True, 1, "page")
    assert [attempt.status for attempt in link.tries] == [404, 404, 404]


def test_a_link_that_forwards_to_itself_with_another_number_is_never_said_to_be_dead(done: Crawled, portal: FaultServer) -> None:
    fate = done.store.fate(f"{portal.base}/go.html?n=1")
    assert (fate.opened, fate.reason) == (None, "redirect-loop")


def test_a_wall_of_login_is_a_failure_of_its_own(done: Crawled, portal: FaultServer) -> None:
    link = next(link for link in done.store.links() if link.url.endswith("/my-page.html"))
    assert {attempt.failure for attempt in link.tries} == {FailureKind.LOGIN}


def test_the_user_agent_names_us(done: Crawled, portal: FaultServer, foreign: FaultServer) -> None:
    assert all(agent.startswith("zhaocuo/") for agent in portal.agents | foreign.agents)


def test_nothing_is_logged_per_answer_and_nothing_is_printed(done: Crawled) -> None:
    log = (done.folder / "crawl.log").read_text()
    assert "/fine.html" not in log
    assert len(log.splitlines()) < 120


def test_the_run_folder_is_nobody_elses(done: Crawled) -> None:
    assert done.folder.stat().st_mode & 0o077 == 0
    for path in done.folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


def test_phases_come_in_their_order(done: Crawled) -> None:
    order = ["start", "crawl", "second", "third", "sightings", "close"]
    assert [phase for phase in done.phases if phase in order] == order
