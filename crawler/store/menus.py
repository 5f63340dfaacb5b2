"""Menus of the pages of a run, each stored once: pages name them by number."""

import zlib
from collections import OrderedDict

from crawler.store.database import Database
from crawler.store.packing import deflate, inflate

_KEPT = 256
"""Menus held at once: one is some kilobytes."""
_KNOWN = 200_000
"""Numbers remembered of menus that are stored; more are asked for again."""


class MenuRows:
    """The menus in one store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: OrderedDict[int, bytes] = OrderedDict()
        self._stored: set[int] = set()

    def menu(self, number: int) -> bytes:
        """JSON of the links with this number; raises :class:`ValueError` when the store holds none."""
        links = self._read.get(number)
        if links is None:
            row = self._database.sql.execute("SELECT links FROM menu WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise ValueError("a page names menus that are not stored")
            try:
                links = inflate(row[0])
            except zlib.error as error:
                raise ValueError("a stored menu cannot be read") from error
            self._read[number] = links
            if len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return links

    def keep(self, number: int, links: bytes) -> None:
        """Store a menu unless it is there; written with the pages of its batch."""
        if number in self._stored:
            return
        if len(self._stored) >= _KNOWN:
            self._stored.clear()
        self._stored.add(number)
        self._database.write("INSERT OR IGNORE INTO menu VALUES (?, ?)", (number, deflate(links)))
