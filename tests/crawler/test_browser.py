"""Pages that only a browser can read: drawn where there is one, untested where there is none, harmless whatever they do."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from crawler.browser.answering import same_site
from crawler.browser.program import find_browser, launch_arguments
from crawler.captures import CAPTURES_NAME, CaptureReader
from crawler.facts import ListState
from crawler.reextract import reextract
from tests.crawler.drawn_portal import FILL, TITLES, crawl_drawn, portal, serves, shell
from tests.mockserver.server import FaultServer

SAYS_EMPTY = "fetch('{svc}').then(() => {document.getElementById('rows').innerHTML = '<p>暂无内容</p>'})"


def test_a_list_that_only_a_browser_can_read_is_read_and_followed(tmp_path: Path, require_program: Callable[[str], str]) -> None:
    require_program("chromium")
    with portal(tzgg=shell(FILL, "通知公告")) as server:
        seen = crawl_drawn(tmp_path / "run", server)
        column = seen.columns["/tzgg/"]
        assert column.state is ListState.ENTRIES
        assert [entry.title for entry in column.entries] == list(TITLES)
        assert column.newest == "2026-11-03"
        assert seen.reason_of("/tzgg/a0.html") == (True, "")
        assert server.agents == {agent for agent in server.agents if agent.startswith("zhaocuo/")}
        drawn = next(item for item in column.evidence if item.where == "rendered")
        capture = CaptureReader(tmp_path / "run" / CAPTURES_NAME, seen.store).get(drawn.capture)
        assert capture.rendered
        assert TITLES[0] in capture.body.decode()
        assert b"<script" not in capture.body


def test_a_drawn_page_is_read_again_from_its_capture(tmp_path: Path, require_program: Callable[[str], str]) -> None:
    require_program("chromium")
    with portal(tzgg=shell(FILL, "通知公告")) as server:
        seen = crawl_drawn(tmp_path / "run", server)
        before = seen.store.parts(f"{server.base}/tzgg/")
        seen.store.close()
        assert reextract(tmp_path / "run").kept == 0
        again = seen.reopened()
        assert [(part.entries, part.rendered) for part in again.store.parts(f"{server.base}/tzgg/")] == [
            (part.entries, "whole") for part in before
        ]


def test_without_a_browser_the_column_is_untested_and_says_so(tmp_path: Path) -> None:
    with portal(tzgg=shell(FILL, "通知公告")) as server:
        column = crawl_drawn(tmp_path / "run", server, path=str(tmp_path)).columns["/tzgg/"]
        assert (column.state, column.untested_reason) == (ListState.UNTESTED, "no-browser")
        assert server.asked("/svc/q?c=7") == 0


def test_a_browser_that_was_not_wanted_is_not_started(tmp_path: Path) -> None:
    with portal(tzgg=shell(FILL, "通知公告")) as server:
        column = crawl_drawn(tmp_path / "run", server, browser=False).columns["/tzgg/"]
        assert (column.state, column.untested_reason) == (ListState.UNTESTED, "browser-off")


def test_a_list_is_empty_only_when_drawn_empty_twice_with_every_answer_there(
    tmp_path: Path, require_program: Callable[[str], str]
) -> None:
    require_program("chromium")
    pages = {
        "zcwj": shell(SAYS_EMPTY.replace("{svc}", "/svc/nothing"), "政策文件"),
        "zwyw": shell(SAYS_EMPTY.replace("{svc}", "/svc/broken"), "政务要闻"),
        "zcjd": shell(SAYS_EMPTY.replace("{svc}", "/closed/q"), "政策解读"),
    }
    with portal(**pages) as server:
        server.routes["/svc/nothing"] = serves("{}", "application/json")
        server.routes["/closed/q"] = serves("{}", "application/json")
        server.routes["/robots.txt"] = serves("User-agent: *\nDisallow: /closed/\n", "text/plain")
        columns = crawl_drawn(tmp_path / "run", server).columns
        assert (columns["/zcwj/"].state, columns["/zcwj/"].times_seen) == (ListState.EMPTY, 2)
        assert columns["/zwyw/"].state is ListState.UNTESTED, "its data failed: what it says proves nothing"
        assert columns["/zcjd/"].state is ListState.UNTESTED, "robots.txt forbids its data"
        assert server.asked("/closed/q") == 0


def test_hostile_pages_end_in_time_and_harm_nothing(tmp_path: Path, require_program: Callable[[str], str]) -> None:
    require_program("chromium")
    escapes = (
        "new WebSocket('ws://' + location.host + '/ws'); navigator.sendBeacon('/beacon', 'x');"
        "for (let i = 0; i < 5; i++) window.open('/popup' + i); new Image().src = '/picture.png'; alert('你好');"
        "const a = document.createElement('a'); a.href = '/file.zip'; a.download = '';"
        "document.body.append(a); a.click(); a.remove();"
        "fetch('/svc/inside').catch(() => 0); fetch('{other}/direct', {mode: 'no-cors'}).catch(() => 0);"
        "location.assign('/else' + 'where')"
    )
    with FaultServer(routes={"/secret": serves("内部")}) as other:
        pages = {
            "zcjd": shell("while (true) {}", "政策解读"),
            "zwyw": shell(escapes.replace("{other}", other.base), "政务要闻"),
            "zcwj": shell("setInterval(() => {for (let i = 0; i < 500; i++) fetch('/flood' + Math.random())}, 1)", "政策文件"),
            "tzgg": shell(FILL, "通知公告"),
        }
        with portal(**pages) as server:
            server.routes["/svc/inside"] = serves("", status=302, headers={"Location": f"{other.base}/secret"})
            seen = crawl_drawn(tmp_path / "run", server, browser_seconds=4.0)
            assert seen.columns["/tzgg/"].state is ListState.ENTRIES, "the page after the hostile ones is read"
            assert {seen.columns[path].state for path in ("/zcjd/", "/zwyw/", "/zcwj/")} == {ListState.UNTESTED}
            assert server.asked("/svc/inside") >= 1
            for path in ("/ws", "/beacon", "/picture.png", "/popup0", "/file.zip", "/elsewhere"):
                assert server.asked(path) == 0, path
            assert sum(count for path, count in server.counts.items() if path.startswith("/flood")) <= 100
            assert not other.counts, "neither a redirect nor a script leads out of the site"
            assert seen.store.run_facts().void is None


def test_the_number_of_pages_drawn_is_bounded(tmp_path: Path, require_program: Callable[[str], str]) -> None:
    require_program("chromium")
    with portal(tzgg=shell(FILL, "通知公告"), zcwj=shell(FILL, "政策文件")) as server:
        columns = crawl_drawn(tmp_path / "run", server, browser_pages=1).columns
        assert sorted(column.untested_reason for column in columns.values() if not column.entries) == ["browser-budget"]


@pytest.mark.parametrize(
    ("url", "page", "same"),
    [
        ("http://api.yunling.gov.cn/q", "http://www.yunling.gov.cn/tzgg/", True),
        ("https://www.yunling.gov.cn/q", "http://www.yunling.gov.cn/", True),
        ("http://other.gov.cn/q", "http://www.yunling.gov.cn/", False),
        ("http://www.yunling.gov.cn.evil.com/q", "http://www.yunling.gov.cn/", False),
        ("http://gov.cn/q", "http://www.yunling.gov.cn/", False),
        ("http://127.0.0.1:8000/q", "http://127.0.0.1:8000/", True),
        ("http://127.0.0.1:8001/q", "http://127.0.0.1:8000/", False),
        ("http://10.0.0.1/q", "http://10.0.0.2/", False),
    ],
)
def test_a_page_may_ask_its_own_site_only(url: str, page: str, same: bool) -> None:
    assert same_site(url, page) is same


def test_no_program_on_the_path_is_no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() is None


@pytest.mark.parametrize(("user", "open_"), [(0, True), (1000, False)])
def test_only_root_does_without_the_sandbox(monkeypatch: pytest.MonkeyPatch, user: int, open_: bool) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert ("--no-sandbox" in launch_arguments()) is open_


def test_a_drawing_is_a_conversion_of_the_answer_it_was_made_from(tmp_path: Path) -> None:
    from crawler.captures import CaptureWriter

    places: dict[str, tuple[int, int]] = {}
    writer = CaptureWriter(tmp_path / CAPTURES_NAME, lambda number, start, length: places.update({number: (start, length)}))
    at = datetime.fromisoformat("2026-11-20T10:00:00+08:00")
    number = writer.write_rendered("http://a.gov.cn/", at, "<p>通知</p>".encode(), "<urn:uuid:1>")
    writer.close()

    class Index:
        def capture_place(self, record_id: str) -> tuple[int, int] | None:
            return places.get(record_id)

    capture = CaptureReader(tmp_path / CAPTURES_NAME, Index()).get(number)
    assert (capture.url, capture.status, capture.rendered) == ("http://a.gov.cn/", 200, True)
    assert capture.body.decode() == "<p>通知</p>"
    assert capture.content_type == "text/html; charset=utf-8"
