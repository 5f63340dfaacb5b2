"""The second night: what did not change is taken over, what did is read again, and nothing is missing."""

import subprocess
import sys
from pathlib import Path

from crawler.captures import CAPTURES_NAME, CaptureReader
from tests.crawler.crawling import crawl
from tests.mockserver import FaultServer
from tests.mockserver import behaviours as do

PAGES = [f"/{letter}.html" for letter in "abcdefgh"]
LIST = "<a class='data' href='/data.json'></a>"


def portal_routes() -> dict[str, object]:
    return {
        "/": do.page(do.links(*PAGES, "/list.html", "/plain.html"), kind="home"),
        **{path: do.tagged(f"正文{path}" + do.links("/deep" + path), kind="article") for path in PAGES},
        "/deep/*": do.tagged("更深", kind="article"),
        "/list.html": do.tagged(LIST, kind="list"),
        "/data.json": do.file(b'{"rows": [{"title": "a", "url": "/row.html"}]}', "application/json"),
        "/row.html": do.tagged("行", kind="article"),
        "/plain.html": do.page("没有标签", kind="article"),
    }


def strip(store) -> dict[str, tuple[object, ...]]:
    return {page.url: (page.kind, page.text, page.entries, page.part_of, store.page_links(page.url)) for page in store.pages()}


def test_a_second_night_finds_the_same_and_fetches_less(tmp_path) -> None:
    with FaultServer(portal_routes()) as portal:
        first = crawl(tmp_path / "first", f"{portal.base}/")
        portal.counts.clear()
        second = crawl(tmp_path / "second", f"{portal.base}/", earlier=str(tmp_path / "first"))
        assert strip(second.store) == strip(first.store)
        assert second.run.not_modified == 2 * len(PAGES) + 2 == portal.sent["304"]
        assert first.run.not_modified == 0
        assert second.run.discovered == first.run.discovered
        assert second.run.bytes < first.run.bytes
        assert portal.asked("/data.json") >= 1

        reader = CaptureReader(tmp_path / "second" / CAPTURES_NAME, second.store)
        for page in second.store.pages():
            assert page.fetched_at >= second.run.started
            if not page.part_of:
                assert page.text.strip()[:2] in reader.get(page.capture).body.decode()
    answer = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", tmp_path / "second" / CAPTURES_NAME], capture_output=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


def test_a_changed_page_is_read_again(tmp_path) -> None:
    routes = portal_routes()
    with FaultServer(routes) as portal:
        crawl(tmp_path / "first", f"{portal.base}/")
        routes["/a.html"] = do.tagged("改过的正文", kind="article")
        second = crawl(tmp_path / "second", f"{portal.base}/", earlier=str(tmp_path / "first"))
        page = second.store.page(f"{portal.base}/a.html")
        assert page is not None
        assert "改过" in page.text
        assert second.run.not_modified == 2 * len(PAGES) + 2 - 2  # /a.html and what only it led to
        assert second.store.page(f"{portal.base}/deep/a.html") is None


def test_full_and_unfinished_earlier_runs_are_not_taken_over(tmp_path) -> None:
    with FaultServer(portal_routes()) as portal:
        crawl(tmp_path / "first", f"{portal.base}/")
        assert crawl(tmp_path / "full", f"{portal.base}/", earlier=str(tmp_path / "first"), full=True).run.not_modified == 0
        assert crawl(tmp_path / "lost", f"{portal.base}/", earlier=str(tmp_path / "nothing")).run.not_modified == 0


def test_an_earlier_capture_that_is_gone_is_fetched_again(tmp_path) -> None:
    with FaultServer(portal_routes()) as portal:
        crawl(tmp_path / "first", f"{portal.base}/")
        (tmp_path / "first" / CAPTURES_NAME).unlink()
        second = crawl(tmp_path / "second", f"{portal.base}/", earlier=str(tmp_path / "first"))
        assert second.run.not_modified == 0
        assert second.run.pages_fetched == 2 * len(PAGES) + 5
