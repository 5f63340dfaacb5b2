"""Rounds of a monitor against servers made here: what counts, what does not, and what is kept."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from zoneinfo import ZoneInfo

import pytest

from audit.errors import OutputUnwritable
from audit.probe_book import NAME, ProbeBook
from crawler.facts import Probe

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 12, tzinfo=CHINA)
HOME = "http://www.shili.example/"
PAGE = "<html><head><title>县人民政府</title></head><body><h1>县人民政府</h1><p>要闻</p></body></html>".encode()
WALL = "<html><title>访问被拦截</title><body>您的请求存在安全风险，已被网站防火墙拦截。</body></html>".encode()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path
        if path == "/slow/":
            self.server.stopping.wait(30)  # type: ignore[attr-defined]
            return
        status, body = {"/broken/": (500, b"x"), "/wall/": (412, WALL), "/robots.txt": (404, b""), "/moved/": (302, b"")}.get(
            path, (200, PAGE)
        )
        self.send_response(status)
        if path == "/moved/":
            self.send_header("Location", "/home/")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    """With the usual five a connection of a round may be dropped on a busy machine, and asks again seconds later."""


@contextmanager
def server() -> Iterator[str]:
    httpd = _Server(("127.0.0.1", 0), _Handler)
    httpd.stopping = Event()  # type: ignore[attr-defined]
    thread = Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    finally:
        httpd.stopping.set()  # type: ignore[attr-defined]
        httpd.shutdown()
        httpd.server_close()


def probe(data: Path, *words: str) -> tuple[int, list[dict[str, object]]]:
    """Exit code and the rows kept, of one round in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "audit", "probe", *words, "--data", str(data), "--allow-private"],
        capture_output=True, text=True, timeout=120, check=False, env={"PATH": "/usr/bin:/bin", "no_proxy": "*"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    with sqlite3.connect(data / NAME) as sql:
        sql.row_factory = sqlite3.Row
        rows = [dict(row) for row in sql.execute("SELECT * FROM probe ORDER BY url")]
    sql.close()
    return done.returncode, rows


def test_one_round_tells_open_from_slow_broken_walled_and_moved(tmp_path: Path) -> None:
    with server() as base:
        words = [f"{base}/{name}/" for name in ("broken", "home", "moved", "slow", "wall")]
        code, rows = probe(tmp_path, *words, "--seconds", "10")  # a page that opens may need some of them on a busy machine
    told = {str(row["url"]).rsplit("/", 2)[1]: row for row in rows}
    assert code == 1
    assert {name: row["opened"] for name, row in told.items()} == {"broken": 0, "home": 1, "moved": 1, "slow": 0, "wall": None}
    assert told["broken"]["status"] == 500
    assert told["broken"]["canary"] == "answered"
    assert told["slow"]["reason"] in {"timeout-read", "timeout-connect"}
    assert told["slow"]["canary"] == "up"
    assert told["wall"]["reason"] == "blocked"
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_where_the_canary_does_not_open_either_nothing_counts(tmp_path: Path) -> None:
    code, rows = probe(tmp_path, "http://127.0.0.1:9/", "--canary", "http://127.0.0.2:9/")
    assert code == 4
    assert [(row["opened"], row["reason"], row["canary"]) for row in rows] == [(None, "own-line", "down")]


def test_a_dead_portal_beside_a_canary_that_opens_is_not_open(tmp_path: Path) -> None:
    with server() as base:
        code, rows = probe(tmp_path, "http://127.0.0.1:9/", "--canary", base)
    assert code == 1
    assert [(row["opened"], row["reason"], row["canary"]) for row in rows] == [(0, "refused", "up")]


def look(minutes: int, *, opened: bool | None = True) -> Probe:
    return Probe(at=(NOW + timedelta(minutes=minutes)).isoformat(), seconds=0.5, opened=opened, status=200)


def test_looks_are_kept_in_their_order_and_by_host(tmp_path: Path) -> None:
    with ProbeBook(tmp_path) as book:
        book.add([(HOME, look(10)), ("http://other.example/", look(10))], keep_days=60, now=NOW)
        book.add([("http://shili.example/index.html", look(0, opened=None))], keep_days=60, now=NOW)
        watched = book.series(HOME, since=NOW - timedelta(days=1))
    assert watched is not None
    assert watched.probes == (look(0, opened=None), look(10))


def test_old_looks_are_dropped_and_what_nobody_watched_is_none(tmp_path: Path) -> None:
    with ProbeBook(tmp_path) as book:
        book.add([(HOME, look(-60 * 24 * 61))], keep_days=60, now=NOW)
        assert book.series(HOME, since=NOW - timedelta(days=90)) is None


def test_a_round_that_fails_leaves_nothing_half_written(tmp_path: Path) -> None:
    with ProbeBook(tmp_path) as book:
        with pytest.raises(AttributeError):
            book.add([(HOME, look(0)), (HOME, None)], keep_days=60, now=NOW)  # type: ignore[list-item]
        assert book.series(HOME, since=NOW - timedelta(days=1)) is None


def test_two_timers_write_side_by_side(tmp_path: Path) -> None:
    with ProbeBook(tmp_path) as first, ProbeBook(tmp_path) as second:
        first.add([(HOME, look(0))], keep_days=60, now=NOW)
        second.add([(HOME, look(1))], keep_days=60, now=NOW)
        watched = first.series(HOME, since=NOW - timedelta(days=1))
    assert watched is not None
    assert len(watched.probes) == 2


def test_a_damaged_book_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database, but long enough to be taken for one" * 40)
    with pytest.raises(OutputUnwritable, match="监测记录"):
        ProbeBook(tmp_path)


def test_killed_at_any_moment_the_book_opens_with_whole_rounds(tmp_path: Path) -> None:
    code = (
        "import sys,itertools\nfrom datetime import datetime,timedelta\nfrom pathlib import Path\n"
        "from audit.probe_book import ProbeBook\nfrom crawler.facts import Probe\n"
        "now=datetime.fromisoformat('2026-11-20T12:00:00+08:00')\nbook=ProbeBook(Path(sys.argv[1]))\n"
        "for n in itertools.count():\n"
        "    looks=[(f'http://h{i}.example/',Probe(at=now.isoformat(),seconds=float(n),opened=True)) for i in range(3)]\n"
        "    book.add(looks,keep_days=60,now=now)\n    print(n,flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(5):
            writer.stdout.readline()
        writer.kill()
        writer.wait(20)
    with ProbeBook(tmp_path) as book:
        counts = []
        for number in range(3):
            watched = book.series(f"http://h{number}.example/", since=NOW - timedelta(days=1))
            counts.append(len(watched.probes) if watched else 0)
    assert counts[0] >= 5
    assert len(set(counts)) == 1
