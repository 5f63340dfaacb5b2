"""Reads facts.sqlite: pages, their parts and links, later looks, tries and fates of addresses."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from crawler.addresses import page_key, url_key
from crawler.facts import DataRequest, FailureKind, Link, PageFacts, PageKind, Try
from crawler.store.answers import ANSWER_COLUMNS, Answer, Validators, answer_of_row
from crawler.store.codec import LinkRow, from_json, unpack_ids, unpack_texts
from crawler.store.database import Database
from crawler.store.menus import MenuRows
from crawler.store.page_codec import PackedPage
from crawler.store.page_record import PlainLink
from crawler.store.short import both_ids, long_hex, long_id, long_time
from crawler.targets import MAX_HOPS, State

_CHUNK = 200
"""Pages read at a time, so that a reader may write in between and memory stays flat."""

_TEMPLATES_KEPT = 256
"""Templates held at once: one is some hundred links."""

RENDERING = "rendering"
"""Meta: whether a browser was there (``state``), and which pages it left unread (``left``, reason by key)."""

End = tuple[int, int, str, str]
"""Target at which redirects end: number, state, reason, URL."""


class FactsReader:
    """The reading half of the store. Everything comes in the order of addresses."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql
        self._menus = MenuRows(database)
        self._templates_read: dict[int, tuple[PlainLink, ...]] = {}
        """Templates are written once and never changed."""

    def pages(self) -> Iterator[PageFacts]:
        """All pages of the portal, parts included, ordered by address."""
        return self._pages(PackedPage.page, outside=False)

    def brief_pages(self) -> Iterator[PageFacts]:
        """The same without their texts and most of what was read of them."""
        return self._pages(PackedPage.brief, outside=False)

    def outside_pages(self) -> Iterator[PageFacts]:
        """Foreign pages that the portal links to, as far as their first bytes tell."""
        return self._pages(PackedPage.page, outside=True)

    def _pages(self, read: Callable[[PackedPage], PageFacts], *, outside: bool) -> Iterator[PageFacts]:
        after: tuple[str, int] = ("", 0)
        while True:
            rows = self._sql.execute(
                "SELECT url, target, facts FROM page WHERE (url, target) > (?, ?) AND outside = ? ORDER BY url, target LIMIT ?",
                (*after, outside, _CHUNK),
            ).fetchall()
            for _, _, facts in rows:
                yield read(PackedPage(facts, self._menus))
            if len(rows) < _CHUNK:
                return
            after = (rows[-1][0], rows[-1][1])

    def reading_places(self) -> list[tuple[str, int]]:
        """Every stored reading of the portal's pages: the table it stands in, and its number there."""
        pages = self._sql.execute("SELECT target FROM page WHERE outside = 0 ORDER BY target").fetchall()
        looks = self._sql.execute("SELECT id FROM sighting ORDER BY id").fetchall()
        return [("page", number) for (number,) in pages] + [("sighting", number) for (number,) in looks]

    def page_places(self) -> Iterator[tuple[int, str, PageKind]]:
        """Number, address and kind of every page of the portal, parts left out."""
        rows = self._sql.execute("SELECT target, url, kind FROM page WHERE outside = 0 AND part_of IS NULL ORDER BY url, target")
        for number, url, kind in rows.fetchall():
            yield number, url, PageKind(kind)

    def reading(self, place: tuple[str, int]) -> tuple[PageFacts, DataRequest | None]:
        """What was read at ``place``, and the request for list data that it answers."""
        table, number = place
        if table == "page":
            statement = "SELECT page.facts, target.request FROM page JOIN target ON target.id = page.target WHERE page.target = ?"
            blob, request = self._sql.execute(statement, (number,)).fetchone()
            return self._whole(blob), (from_json(DataRequest, request) if request else None)
        facts = self._whole(self._sql.execute("SELECT facts FROM sighting WHERE id = ?", (number,)).fetchone()[0])
        row = self._sql.execute("SELECT request FROM target WHERE url = ? AND request IS NOT NULL", (facts.url,)).fetchone()
        return facts, (from_json(DataRequest, row[0]) if row else None)

    def page(self, url: str) -> PageFacts | None:
        """The page that ``url`` opens, redirects followed; another spelling of its folder counts as well."""
        blob = self._packed(url)
        return None if blob is None else self._whole(blob)

    def brief_page(self, url: str) -> PageFacts | None:
        """:meth:`page` without its text and most of what was read of it."""
        blob = self._packed(url)
        return None if blob is None else PackedPage(blob, self._menus).brief()

    def report_page(self, url: str) -> PageFacts | None:
        """:meth:`page` where it holds an annual report; what holds none is not made a page of."""
        blob = self._packed(url)
        return None if blob is None else PackedPage(blob, self._menus).report()

    def _whole(self, blob: bytes) -> PageFacts:
        return PackedPage(blob, self._menus).page()

    def _packed(self, url: str) -> bytes | None:
        self._database.catch_up()
        row = self._one("SELECT state, facts FROM target JOIN page ON target = id WHERE key = ?", (url_key(url),))
        if row is not None and row[0] != State.REDIRECTED:
            return bytes(row[1])  # as nearly always: the address is the page's own
        number = self._page_number(url)
        if number is None:
            return None
        blob: bytes = self._sql.execute("SELECT facts FROM page WHERE target = ?", (number,)).fetchone()[0]
        return blob

    def _page_number(self, url: str) -> int | None:
        self._database.catch_up()
        end = self._end(url)
        if end is not None and self._one("SELECT 1 FROM page WHERE target = ?", (end[0],)):
            return end[0]
        key = (page_key(end[3] if end is not None else url),)
        row = self._one("SELECT target FROM page WHERE page_key = ? ORDER BY part_of IS NOT NULL, outside, url LIMIT 1", key)
        row = row or self._one(
            "SELECT target FROM page WHERE final_key = ? AND final_key != '' ORDER BY part_of IS NOT NULL, url LIMIT 1", key
        )
        return None if row is None else int(row[0])

    def parts(self, url: str) -> list[PageFacts]:
        """Answers that complete the page: list data, frames, includes; in the order of asking."""
        rows = self._sql.execute("SELECT facts FROM page WHERE part_of = ? ORDER BY url, target", (page_key(url),))
        return [self._whole(facts) for (facts,) in rows.fetchall()]

    def sightings(self, url: str) -> list[PageFacts]:
        """Later looks at the page, oldest first."""
        rows = self._sql.execute(
            "SELECT facts FROM sighting WHERE page_key = ? AND part_of IS NULL ORDER BY at, id", (page_key(url),)
        )
        return [self._whole(facts) for (facts,) in rows.fetchall()]

    def unrendered(self, url: str) -> str:
        """Why a page that a script fills was not drawn by a browser; ``""``: it was, or nobody asked for it."""
        kept = self._database.get_meta(RENDERING) or {}
        state = str(kept.get("state", ""))
        return str(kept.get("left", {}).get(page_key(url), "")) if state in {"", "used"} else state

    def sighted_parts(self, url: str) -> list[PageFacts]:
        """Later looks at the answers that complete the page."""
        rows = self._sql.execute("SELECT facts FROM sighting WHERE part_of = ? ORDER BY at, id", (page_key(url),))
        return [self._whole(facts) for (facts,) in rows.fetchall()]

    def page_links(self, url: str) -> tuple[Link, ...]:
        """The links of the page at ``url`` as they stand on it, in order; () when it is no page."""
        return tuple(
            Link(url=address, text=text, element=element, place=place) for address, text, element, place in self.plain_links(url)
        )

    def plain_links(self, url: str) -> tuple[PlainLink, ...]:
        """The same as tuples; those of a template are the same objects for every page that bears it."""
        found = self._page_number(url)
        if found is None:
            return ()
        prefix, own, texts, suffix = self._sql.execute(
            "SELECT prefix, own, texts, suffix FROM page WHERE target = ?", (found,)
        ).fetchone()
        return self._joined(prefix, own, texts, suffix)

    def _joined(self, prefix: int | None, own: bytes, texts: bytes, suffix: int | None) -> tuple[PlainLink, ...]:
        return (*self._template(prefix), *self._plain(_rows(own, texts)), *self._template(suffix))

    def _template(self, number: int | None) -> tuple[PlainLink, ...]:
        if number is None:
            return ()
        if number not in self._templates_read:
            if len(self._templates_read) >= _TEMPLATES_KEPT:
                self._templates_read.clear()
            row = self._one("SELECT own, texts FROM template WHERE id = ?", (number,))
            self._templates_read[number] = () if row is None else self._plain(_rows(*row))
        return self._templates_read[number]

    def _plain(self, rows: Sequence[LinkRow]) -> tuple[PlainLink, ...]:
        numbers = json.dumps(sorted({number for number, *_ in rows}))
        found = self._sql.execute("SELECT id, url FROM target WHERE id IN (SELECT value FROM json_each(?))", (numbers,))
        urls = dict(found.fetchall())
        return tuple((urls.get(number, ""), text, element, place) for number, text, element, place in rows)

    def alive(self, url: str) -> bool | None:
        """Whether the last try to open ``url`` succeeded, redirects followed; None: it was never asked for."""
        end = self._end(url)
        if end is None or end[1] not in {State.FETCHED, State.FAILED}:
            return None
        return end[1] == State.FETCHED

    def outcome(self, url: str) -> tuple[bool | None, str]:
        """:meth:`alive` with the kind of failure, or why the address was not asked for; ``""`` when it opened."""
        end = self._end(url)
        if end is None:
            return None, "unknown"
        return self.alive(url), end[2]

    def capture_place(self, record_id: str) -> tuple[int, int] | None:
        """Where a WARC record stands in the captures: start and length in bytes."""
        row = self._one("SELECT start, length FROM capture WHERE id IN (?, ?)", both_ids(record_id))
        return None if row is None else (int(row[0]), int(row[1]))

    def capture_end_before(self, start: int) -> int:
        """Where the last noted record before ``start`` ends; 0: there is none."""
        row = self._sql.execute("SELECT MAX(start + length) FROM capture WHERE start < ?", (start,)).fetchone()
        return int(row[0] or 0)

    def captures_end(self) -> int:
        """Where the last noted record ends."""
        return int(self._sql.execute("SELECT COALESCE(MAX(start + length), 0) FROM capture").fetchone()[0])

    def answers(self) -> Iterator[tuple[str, str, Answer]]:
        """Address, kind and answer of everything that opened and is no page of the portal; ordered by address."""
        self._database.catch_up()
        rows = self._sql.execute(
            f"SELECT url, kind, {ANSWER_COLUMNS} FROM answer JOIN target ON target = id ORDER BY url, id"  # noqa: S608  constants
        ).fetchall()
        for url, kind, *row in rows:
            yield url, kind, answer_of_row(row)

    def last_look(self, number: int) -> tuple[int | None, bool]:
        """HTTP status of the last try of a target, and whether it was made at the end of the run."""
        row = self._one("SELECT status, final FROM try WHERE target = ? ORDER BY number DESC LIMIT 1", (number,))
        return (None, False) if row is None else (row[0], bool(row[1]))

    def answer(self, url: str) -> Answer | None:
        """What a probe learned of the address that opened and is no page of the portal."""
        row = self._one(
            f"SELECT {ANSWER_COLUMNS} FROM answer JOIN target ON target = id WHERE key = ? AND state = ?",  # noqa: S608  constants
            (url_key(url), State.FETCHED),
        )
        return None if row is None else answer_of_row(row)

    def validators(self, url: str) -> Validators | None:
        """By what a later run can tell that the page at ``url`` did not change; None when it is no page."""
        row = self._one(
            "SELECT etag, modified, body_hash FROM page JOIN target ON target = id WHERE key = ? AND outside = 0", (url_key(url),)
        )
        return None if row is None else Validators(etag=row[0], modified=row[1], body_hash=long_hex(row[2]))

    def data_requests(self, url: str) -> list[DataRequest]:
        """Requests for list data that the page at ``url`` made, in the order of asking."""
        rows = self._sql.execute("SELECT request FROM target WHERE part_of = ? AND request IS NOT NULL ORDER BY id", (url,))
        return [from_json(DataRequest, request) for (request,) in rows.fetchall()]

    def count_pages(self) -> int:
        """Pages of the portal that were read, parts included."""
        return int(self._sql.execute("SELECT COUNT(*) FROM page WHERE outside = 0").fetchone()[0])

    def end_tries(self, url: str) -> tuple[Try, ...]:
        """Tries of the address at which the redirects of ``url`` end."""
        end = self._end(url)
        return () if end is None else self._tries(end[0])

    def tries(self, url: str) -> tuple[Try, ...]:
        self._database.catch_up()
        row = self._one("SELECT id FROM target WHERE key = ?", (url_key(url),))
        return () if row is None else self._tries(row[0])

    def _tries(self, number: int) -> tuple[Try, ...]:
        rows = self._sql.execute(
            "SELECT at, status, failure, detail, final, capture FROM try WHERE target = ? ORDER BY number", (number,)
        )
        return tuple(
            Try(
                at=long_time(at),
                status=status,
                failure=FailureKind(failure) if failure else None,
                detail=detail,
                final=bool(final),
                capture=long_id(capture),
            )
            for at, status, failure, detail, final, capture in rows.fetchall()
        )

    def _end(self, url: str) -> End | None:
        self._database.catch_up()
        row = self._one("SELECT id, state, reason, url, alias FROM target WHERE key = ?", (url_key(url),))
        return None if row is None else self._follow(row)

    def _follow(self, row: tuple[Any, ...]) -> End:
        for _ in range(MAX_HOPS + 1):
            number, state, reason, url, alias = row
            following = None
            if state == State.REDIRECTED and alias is not None:
                following = self._one("SELECT id, state, reason, url, alias FROM target WHERE id = ?", (alias,))
            if following is None:
                return number, state, reason, url
            row = following
        return row[0], int(State.FAILED), str(FailureKind.REDIRECT_LOOP), row[3]

    def _one(self, statement: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._sql.execute(statement, values).fetchone()
        return row


def _rows(own: bytes, texts: bytes) -> list[tuple[int, str, str, str]]:
    return [(number, *text) for number, text in zip(unpack_ids(own), unpack_texts(texts), strict=True)]
