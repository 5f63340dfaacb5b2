"""The monitor's looks at home pages, kept in the data folder: appended, crash-safe, and bounded by age."""

import sqlite3
import stat
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from audit.errors import OutputUnwritable
from audit.folders import RunFolder, reason
from crawler.addresses import host_of
from crawler.facts import Availability, Probe
from crawler.store import FactsStore
from crawler.vocabulary import load

NAME = "probes.sqlite"

MAX_COPIED = 5_000
"""Looks copied into one run: three weeks of one every six minutes."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS probe (
    host TEXT NOT NULL,      -- crawler.addresses.host_of the home page
    url TEXT NOT NULL,
    at TEXT NOT NULL,        -- ISO, Asia/Shanghai
    seconds REAL NOT NULL,
    opened INTEGER,          -- NULL: does not count
    status INTEGER,
    reason TEXT NOT NULL,
    canary TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS probe_host_at ON probe (host, at);
"""


class ProbeBook:
    """Opened for one round; several timers may write at the same time."""

    def __init__(self, data: Path) -> None:
        """Raises :class:`OutputUnwritable` when the data folder cannot be made or written, or the book is damaged."""
        path = data / NAME
        try:
            data.mkdir(parents=True, exist_ok=True)
            path.touch(mode=stat.S_IRUSR | stat.S_IWUSR, exist_ok=True)
            self._sql = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._sql.execute("PRAGMA journal_mode = WAL")
            self._sql.execute("PRAGMA synchronous = FULL")
            self._sql.executescript(_SCHEMA)
        except OSError as error:
            raise OutputUnwritable(f"数据目录 {data} 无法写入（{reason(error)}），请换一个目录或修改权限。") from error
        except sqlite3.DatabaseError as error:
            raise OutputUnwritable(f"监测记录 {path} 打不开（{error}），请移走这个文件后重试。") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._sql.close()

    def add(self, looks: Iterable[tuple[str, Probe]], *, keep_days: int, now: datetime) -> None:
        """Append a round, address and look each, and drop what is too old: all or nothing."""
        rows = [
            (host_of(url), url, look.at, look.seconds, look.opened, look.status, look.reason, look.canary) for url, look in looks
        ]
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            self._sql.executemany("INSERT INTO probe VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._sql.execute("DELETE FROM probe WHERE at < ?", ((now - timedelta(days=keep_days)).isoformat(),))
            self._sql.execute("COMMIT")
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise

    def series(self, url: str, *, since: datetime) -> Availability | None:
        """The looks at the home page of ``url``'s host from ``since`` on, oldest first; None: nobody watched."""
        rows = self._sql.execute(
            "SELECT at, seconds, opened, status, reason, canary FROM probe WHERE host = ? AND at >= ? ORDER BY at DESC LIMIT ?",
            (host_of(url), since.isoformat(), MAX_COPIED),
        ).fetchall()
        if not rows:
            return None
        return Availability(probes=tuple(_look(row) for row in reversed(rows)))


def copy_series(data: Path, run: RunFolder, url: str) -> None:
    """Take the monitor's looks at the portal before the crawl into the run, which is complete in itself from then on."""
    if not (data / NAME).is_file():
        return
    with FactsStore.open(run.facts) as store, ProbeBook(data) as book:
        facts = store.run_facts()
        if facts.started:
            began = datetime.fromisoformat(facts.started)
            watched = book.series(url, since=began - timedelta(days=load("probing")["copied_days"]))
            store.save_run(replace(facts, availability=watched))


def _look(row: tuple[Any, ...]) -> Probe:
    at, seconds, opened, status, why, canary = row
    is_open = None if opened is None else bool(opened)
    return Probe(at=at, seconds=seconds, opened=is_open, status=status, reason=why, canary=canary)
