"""When addresses were last looked at, and how often in a row nothing had changed: what the next night's schedule needs."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crawler.addresses import url_key
from crawler.store.database import Database
from crawler.store.short import key_number

_LOOK, _NAMED = "look", "named"
_ALL = ""
"""Key of the one row that holds the numbers of all named addresses, sorted."""


@dataclass(frozen=True, slots=True)
class Look:
    """The last look at an address that was seen unchanged."""

    at: str
    """When it was really asked for; ISO, Asia/Shanghai."""
    unchanged: int
    """Looks in a row that showed what the one before had shown, 1 or more."""


class LookRows:
    """The part of the store that keeps them: rows of ``memory``, only for addresses seen unchanged."""

    _database: Database
    _sql: Any
    _named_once: Sequence[int] | None = None
    """Read for the first question."""

    def remember_looks(self, looks: Mapping[str, Look]) -> None:
        """Keep looks by target key."""
        for key, look in looks.items():
            self._database.write(
                "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", (_LOOK, key, f'[{look.unchanged},"{look.at}"]')
            )

    def look(self, key: str) -> Look | None:
        """The last look at the target with this key; None: it was never seen unchanged."""
        row = self._recall(_LOOK, key)
        if row is None:
            return None
        unchanged, _, at = row[1:-1].partition(",")
        return Look(at=at.strip('"'), unchanged=int(unchanged))

    def was_carried(self, url: str) -> bool:
        """Whether what is stored of ``url`` was seen before this run began: it was not due."""
        look = self.look(url_key(url))
        return look is not None and look.at < str(self._database.get_meta("started", ""))

    def name_addresses(self, urls: Iterable[str]) -> None:
        """Keep that judging this run named these addresses: the next run asks for them whatever its schedule says."""
        if not self._has_memory:
            return
        self._database.set_meta(_NAMED, True)
        numbers = {key_number(url_key(url)) for url in urls if url}
        numbers.update(self._named())
        kept = array("q", sorted(numbers)).tobytes()
        self._database.write("INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", (_NAMED, _ALL, kept))
        self._named_once = None

    def is_named(self, key: str) -> bool:
        """Whether judging named the address with this key; True as well when the run was never judged."""
        if self._database.get_meta(_NAMED) is None:
            return True
        if self._named_once is None:
            self._named_once = self._named()
        number = key_number(key)
        place = bisect_left(self._named_once, number)
        found = place < len(self._named_once) and self._named_once[place] == number
        return found or self._recall(_NAMED, key) is not None  # a row of its own for each: version 2 and earlier

    def _named(self) -> Sequence[int]:
        numbers = array("q")
        row = self._sql.execute("SELECT value FROM memory WHERE part = ? AND key = ?", (_NAMED, _ALL)).fetchone()
        if row is not None:
            numbers.frombytes(row[0])
        return numbers

    @cached_property
    def _has_memory(self) -> bool:
        return self._database.has_table("memory")

    def _recall(self, part: str, key: str) -> str | None:
        if not self._has_memory:
            return None
        row = self._sql.execute("SELECT value FROM memory WHERE part = ? AND key = ?", (part, key)).fetchone()
        return None if row is None else str(row[0])
