"""A crawl that is killed loses at most a batch; one that is cut off from the network says so."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.captures import CAPTURES_NAME, CaptureReader
from crawler.errors import StoreInvalid
from crawler.store import FACTS_NAME, FactsStore
from tests.crawler.crawling import crawl, start_crawl
from tests.mockserver import Asked, FaultServer
from tests.mockserver import behaviours as do

PAGES = [f"/p/{first}{second}.html" for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmno"]


async def slow_page(asked: Asked) -> None:
    await asyncio.sleep(0.15)
    await asked.send(do.html("好", kind="article"))


@dataclass
class Gate:
    """Slow pages, and after 200 requests none until ``open``: a crawl is never over before a busy machine comes to stop it."""

    open: bool = False

    async def __call__(self, asked: Asked) -> None:
        while not self.open and len(asked.server.log) > 200:  # noqa: ASYNC110  the test is another thread
            await asyncio.sleep(0.05)
        await slow_page(asked)


def portal_routes(gate: Gate) -> dict[str, object]:
    return {"/": do.page(do.links(*PAGES), kind="home"), "/p/*": gate}


def stored(folder: Path, table: str) -> int:
    """Rows that would outlive a kill at this moment."""
    try:
        with closing(sqlite3.connect(f"file:{folder / FACTS_NAME}?mode=ro", uri=True)) as sql:
            return int(sql.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:  # the crawl has not made its file yet
        return 0


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(12_000):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("the crawl never got so far")


def wait_until_in_the_midst(server: FaultServer, folder: Path) -> None:
    """Many pages were asked for, and a batch of what they brought is stored."""
    wait_until(lambda: len(server.log) >= 150 and stored(folder, "page") > 20)


def check_warc(path: Path) -> None:
    program = Path(sys.executable).with_name("warcio")
    answer = subprocess.run([program, "check", path], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_kill_9_loses_a_batch_at_most_and_the_run_goes_on(tmp_path) -> None:
    folder = tmp_path / "run"
    gate = Gate()
    with FaultServer(portal_routes(gate)) as portal:
        process = start_crawl(folder, f"{portal.base}/")
        wait_until_in_the_midst(portal, folder)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        before, gate.open = dict(portal.counts), True

        with FactsStore.open(folder / FACTS_NAME) as broken:
            assert "没有完成" in (broken.run_facts().void or "")
            kept = [page.url for page in broken.pages()]
        assert 0 < len(kept) < len(PAGES)

        done = crawl(folder, f"{portal.base}/")
        assert done.run.void is None
        assert done.run.pages_fetched == len(PAGES) + 1
        assert done.run.discovered == done.run.fetched == len(PAGES) + 1
        again = [target for target in before if portal.counts[target] > before[target] and target not in {"/", "/robots.txt"}]
        assert len(again) <= len(before) - len(kept) + 20
        check_warc(folder / CAPTURES_NAME)
        reader = CaptureReader(folder / CAPTURES_NAME, done.store)
        for page in done.store.pages():
            assert reader.get(page.capture).url == page.url


def test_captures_that_a_power_cut_tore_are_fetched_again(tmp_path) -> None:
    folder = tmp_path / "run"
    gate = Gate()
    with FaultServer(portal_routes(gate) | {"/p/aa.html": do.file(b"%PDF-1.4", "application/pdf")}) as portal:
        process = start_crawl(folder, f"{portal.base}/")
        wait_until_in_the_midst(portal, folder)
        process.kill()
        process.communicate()
        gate.open = True
        captures = folder / CAPTURES_NAME
        with FactsStore.open(folder / FACTS_NAME) as broken:
            kept, end = broken.count_pages(), broken.captures_end()
        # The last third never reached the disk, and the cut goes through the midst of a gzip member.
        os.truncate(captures, end * 2 // 3)

        done = crawl(folder, f"{portal.base}/")
        assert (done.run.void, done.run.pages_fetched, done.run.failures) == (None, len(PAGES), {})
        assert done.run.discovered == done.run.fetched == len(PAGES) + 1
        check_warc(captures)
        reader = CaptureReader(captures, done.store)
        for page in done.store.pages():
            assert reader.get(page.capture).url == page.url
            assert len(done.store.tries(page.url)) == 1
        assert "captures/cut" in (folder / "crawl.log").read_text()
        assert kept > 0


def test_a_link_that_failed_before_the_kill_is_still_looked_at_three_times_the_last_at_the_end(tmp_path) -> None:
    folder = tmp_path / "run"
    gate = Gate()
    routes = portal_routes(gate) | {"/": do.page(do.links("/dead.html", *PAGES), kind="home")}
    with FaultServer(routes) as portal:
        dead = f"{portal.base}/dead.html"
        process = start_crawl(folder, f"{portal.base}/")
        wait_until_in_the_midst(portal, folder)
        process.kill()
        process.communicate()
        asked, gate.open = portal.asked("/dead.html"), True
        with FactsStore.open(folder / FACTS_NAME) as broken:
            kept = len(broken.tries(dead))
        assert kept in {1, 2}
        done = crawl(folder, f"{portal.base}/")
        assert [attempt.final for attempt in done.store.tries(dead)] == [False, False, True]
        assert portal.asked("/dead.html") == asked + 3 - kept


@pytest.mark.parametrize("number", [2, 3])
def test_a_kill_between_the_last_looks_loses_and_doubles_none(tmp_path, number: int) -> None:
    """``/again.html`` is dead for good: the crawl is killed once its second look came, or its third."""
    folder = tmp_path / "run"
    empty = do.page("", kind="list")
    # After the third look comes the second one at the empty list: it hangs until the crawl is killed.
    seen_again = do.after(2, do.silent, empty) if number == 3 else empty
    routes = {
        "/": do.page(do.links("/again.html", "/empty.html"), kind="home"),
        "/empty.html": do.after(1, empty, seen_again),
    }
    with FaultServer(routes) as portal:
        process = start_crawl(folder, f"{portal.base}/", pauses=[1.5, 1.5])
        wait_until(lambda: portal.asked("/again.html") >= number and (number == 2 or portal.asked("/empty.html") == 2))
        time.sleep(1.2)  # mostly the batch is stored by now; where it is not, the look is made again
        process.kill()
        process.communicate()
        done = crawl(folder, f"{portal.base}/")
        tries = done.store.tries(f"{portal.base}/again.html")
        assert [attempt.final for attempt in tries] == [False, False, True]
        assert len(done.store.sightings(f"{portal.base}/empty.html")) == 1
        assert done.run.failures == {"not-found": 1}


def test_a_finished_run_is_not_crawled_into_again(tmp_path) -> None:
    with FaultServer({"/": do.page("好", kind="home")}) as portal:
        crawl(tmp_path / "run", f"{portal.base}/")
        with start_crawl(tmp_path / "run", f"{portal.base}/") as process:
            _, errors = process.communicate(timeout=60)
        assert process.returncode != 0
        assert "已经完成" in errors


def test_a_stop_signal_ends_the_crawl_in_order_and_it_can_go_on(tmp_path) -> None:
    folder = tmp_path / "run"
    gate = Gate()
    with FaultServer(portal_routes(gate)) as portal:
        process = start_crawl(folder, f"{portal.base}/")
        wait_until_in_the_midst(portal, folder)
        process.send_signal(signal.SIGINT)
        gate.open = True
        process.communicate(timeout=120)
        with FactsStore.open(folder / FACTS_NAME) as store:
            assert store.run_facts().skipped.keys() == {"unvisited"}
        assert crawl(folder, f"{portal.base}/").run.pages_fetched == len(PAGES) + 1


def test_a_home_page_that_never_opens_ends_the_run_at_once(tmp_path) -> None:
    with FaultServer({"/": do.reset}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert done.run.failures == {"reset": 1}
        assert "首页" in (done.run.void or "")
        assert done.run.pages_fetched == 0


def test_a_home_page_that_our_extractors_cannot_bear_is_no_fault_of_the_portals(tmp_path) -> None:
    with FaultServer({"/": do.page("please-crash")}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert "读不出来" in (done.run.void or "")
        assert done.run.failures == {}


def test_a_home_page_that_opens_at_the_second_look_starts_the_run(tmp_path) -> None:
    with FaultServer({"/": do.status(500, 200)}) as portal:
        assert crawl(tmp_path / "run", f"{portal.base}/").run.void is None


def test_a_firewall_before_the_home_page_makes_the_run_void(tmp_path) -> None:
    with FaultServer({"/": do.page("请开启脚本", kind="block")}) as portal:
        assert "防火墙" in (crawl(tmp_path / "run", f"{portal.base}/").run.void or "")


def test_a_portal_that_goes_away_half_way_makes_the_run_void_and_not_red(tmp_path) -> None:
    gone = [False]

    async def failing(asked: Asked) -> None:
        gone[0] = gone[0] or len(asked.server.log) > 60
        if gone[0]:
            asked.abort()
        else:
            await asked.send(do.html(do.links(*PAGES), kind="home"))

    with FaultServer({"*": failing}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/", concurrency=4)
        assert "不可信" in (done.run.void or "")
        assert done.run.skipped["void"] > 50
        assert done.run.discovered == done.run.fetched + sum(done.run.skipped.values()) + sum(done.run.failures.values())


def test_a_firewall_that_wakes_up_half_way_makes_the_run_void(tmp_path) -> None:
    async def guarded(asked: Asked) -> None:
        blocked = len(asked.server.log) > 20
        await asked.send(do.html("请开启脚本" if blocked else do.links(*PAGES), kind="block" if blocked else "home"))

    with FaultServer({"*": guarded}) as portal:
        assert "防火墙" in (crawl(tmp_path / "run", f"{portal.base}/", concurrency=4).run.void or "")


def test_many_dead_links_alone_make_no_run_void(tmp_path) -> None:
    dead = [f"/dead/{first}{second}.html" for first in "abcdefghij" for second in "abcdefghij"]
    with FaultServer({"/": do.page(do.links(*dead), kind="home"), "/dead/*": do.reset}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert done.run.void is None
        assert done.run.failures == {"reset": 100}


def test_a_home_page_that_is_gone_at_the_end_makes_the_run_void(tmp_path) -> None:
    async def once(asked: Asked) -> None:
        if asked.number == 1:
            await asked.send(do.html(do.links("/a.html"), kind="home"))
        else:
            asked.abort()

    with FaultServer({"/": once, "/a.html": do.page("好")}) as portal:
        assert "结束时" in (crawl(tmp_path / "run", f"{portal.base}/").run.void or "")


def test_when_nearly_all_foreign_hosts_fail_alike_outlinks_are_untested(tmp_path) -> None:
    # Nobody listens on these ports of loopback: six "hosts" that refuse alike.
    dead = [f"http://127.0.0.1:{port}/" for port in range(1, 7)]
    with FaultServer({"/": do.page(do.links(*dead), kind="home")}) as portal:
        done = crawl(tmp_path / "run", f"{portal.base}/")
        assert done.run.outside_reachable is False
        links = [link for link in done.store.links() if not link.internal]
        assert {link.untested_reason for link in links} == {"outside-unreachable"}
        assert len(links) == 6


def test_a_file_that_is_no_store_is_refused_with_a_sentence(tmp_path) -> None:
    path = tmp_path / FACTS_NAME
    path.write_bytes(b"not a database at all, but long enough to look at" * 50)
    with pytest.raises(StoreInvalid, match="完好"):
        FactsStore.open(path)
    with pytest.raises(StoreInvalid, match="不存在"):
        FactsStore.open(tmp_path / "nothing.sqlite")
