"""The course of the crawl in facts.sqlite: what an interrupted run needs to go on as if nothing had happened."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from crawler.addresses import page_key
from crawler.facts import FailureKind, PageKind
from crawler.store.database import Database
from crawler.store.page_codec import PackedPage
from crawler.store.short import both_ids, long_id
from crawler.targets import State


class CourseRows:
    """The part of the store that remembers how far a crawl had come."""

    _database: Database
    _sql: Any

    def before_commit(self, write: Callable[[], None]) -> None:
        """Have ``write`` called before each batch is made durable, within it."""
        self._database.before_commit.append(write)

    def remember(self, part: str, values: Mapping[str, object]) -> None:
        """Keep JSON values by key; earlier ones under the same keys are replaced."""
        for key, value in values.items():
            text = json.dumps(value, ensure_ascii=False)
            self._database.write("INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", (part, key, text))

    def recall(self, part: str) -> dict[str, Any]:
        """What was kept under ``part``."""
        rows = self._sql.execute("SELECT key, value FROM memory WHERE part = ?", (part,))
        return {key: json.loads(value) for key, value in rows.fetchall()}

    def last_failures(self) -> dict[int, FailureKind]:
        """Targets whose last try failed, with the kind of failure."""
        rows = self._sql.execute(
            "SELECT target, failure FROM try JOIN (SELECT target AS latest, MAX(number) AS most FROM try GROUP BY target)"
            " ON target = latest AND number = most WHERE failure IS NOT NULL"
        )
        return {number: FailureKind(kind) for number, kind in rows.fetchall()}

    def foreign_tries(self) -> Iterator[tuple[str, FailureKind | None, int | None]]:
        """First tries of foreign addresses: the address, how it failed, the status."""
        rows = self._sql.execute(
            "SELECT url, failure, status FROM try JOIN target ON target = id WHERE number = 1 AND NOT internal"
        )
        for url, failure, status in rows.fetchall():
            yield url, FailureKind(failure) if failure else None, status

    def login_pages(self) -> set[int]:
        """Targets that ask for a name and a password."""
        rows = self._sql.execute("SELECT target FROM page WHERE kind = ?", (PageKind.LOGIN,))
        return {number for (number,) in rows.fetchall()}

    def sighted(self) -> set[str]:
        """Keys of pages, and of what completes them, that were looked at again already (see :func:`sighting_key`)."""
        rows = self._sql.execute("SELECT DISTINCT page_key, part_of FROM sighting")
        return {f"{part_of or ''} {key}" for key, part_of in rows.fetchall()}

    def forget_captures(self, size: int) -> int:
        """Drop what rests on captures beyond the first ``size`` bytes: a power cut took them, though the facts were kept.

        Returns how many addresses wait again because of it.
        """
        lost = {
            long_id(number)
            for (number,) in self._sql.execute("SELECT id FROM capture WHERE start + length > ?", (size,)).fetchall()
        }
        if not lost:
            return 0
        waiting = {number for number, capture in self._sql.execute("SELECT target, capture FROM try") if long_id(capture) in lost}
        for table in ("page", "sighting"):
            key = "target" if table == "page" else "id"
            rows = self._sql.execute(f"SELECT {key}, facts FROM {table}").fetchall()  # noqa: S608  constants
            gone = [number for number, facts in rows if PackedPage(facts).said("capture") in lost]
            if table == "page":
                waiting.update(gone)
            else:
                self._delete("sighting", "id", gone)
        for table in ("attachment", "answer"):
            rows = self._sql.execute(f"SELECT target, capture FROM {table}").fetchall()  # noqa: S608  constants
            waiting.update(number for number, capture in rows if long_id(capture) in lost)
        for table in ("page", "attachment", "answer", "try"):
            self._delete(table, "target", waiting)
        self._delete("capture", "id", (form for record in lost for form in both_ids(record)))
        self._database.begin()
        self._sql.executemany(
            "UPDATE target SET state = ?, reason = '', alias = NULL, final_url = '' WHERE id = ?",
            [(State.QUEUED, number) for number in waiting],
        )
        self._database.commit()
        return len(waiting)

    def _delete(self, table: str, column: str, keys: Iterable[object]) -> None:
        self._database.begin()
        self._sql.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(key,) for key in keys])  # noqa: S608  constants


def sighting_key(url: str, part_of: str | None) -> str:
    """Under which :meth:`CourseRows.sighted` knows a look at ``url``."""
    return f"{page_key(part_of) if part_of else ''} {page_key(url)}"
