"""Puts into facts.sqlite what the crawl sees, as it sees it."""

from collections.abc import Sequence
from time import monotonic
from typing import Any

from crawler.addresses import host_of, page_key, url_key
from crawler.facts import DataRequest, ExtractedPage, Link, PageFacts, Try
from crawler.scope import kind_of_link
from crawler.store.answers import Answer, Validators, answer_row
from crawler.store.codec import LinkRow, from_json, pack, pack_ids, pack_texts, to_json
from crawler.store.database import Database
from crawler.store.menus import MenuRows
from crawler.store.page_codec import PackedPage, parted
from crawler.store.page_record import PageRecord, record_of
from crawler.store.short import short_hex, short_id, short_time
from crawler.store.templates import TemplateSplitter
from crawler.targets import State, Target, TargetRegistry

_TARGET_COLUMNS = "id, key, url, kind, internal, state, reason, alias, final_url, rank, depth, part_of, root, inbred, request"
_MARKS = ", ".join("?" * 15)


class FactsWriter:
    """The writing half of the store. Links of a page become targets of ``registry`` unless the crawl did that already."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._menus = MenuRows(database)
        self._registry: TargetRegistry | None = None
        self._changes = 0
        """Pages, looks and tries stored by this process."""
        last = database.sql.execute("SELECT COALESCE(MAX(id), 0) FROM template").fetchone()[0]
        self._splitter = TemplateSplitter(last + 1)
        database.catch_up = self._write_targets

    @property
    def registry(self) -> TargetRegistry:
        """All addresses known, those of an interrupted run included: what was under way waits again."""
        if self._registry is None:
            self._registry = self._load_targets()
        return self._registry

    def _load_targets(self) -> TargetRegistry:
        registry = TargetRegistry()
        tries = dict(self._database.sql.execute("SELECT target, MAX(number) FROM try GROUP BY target").fetchall())
        aliases: list[tuple[Target, int]] = []
        for row in self._database.sql.execute(f"SELECT {_TARGET_COLUMNS} FROM target ORDER BY id").fetchall():  # noqa: S608  constants
            target, alias = _target_of_row(row)
            target.tries = tries.get(target.id, 0)
            # The clock of the process that looked is gone: it may have been a moment ago.
            target.looked_at = monotonic() if target.tries else 0.0
            registry.restore(target)
            if alias is not None:
                aliases.append((target, alias))
        for target, number in aliases:
            target.alias = registry.by_id(number)
            target.alias.hops = target.hops + 1
        return registry

    def _target_of(self, link: Link, page_url: str) -> Target:
        """The target a link leads to, made when it is new; outside a crawl only the page's own host counts as inside."""
        kind = kind_of_link(link.url, link.element)
        return self.registry.get(link.url) or self.registry.add(
            link.url, kind="other" if kind == "form" else kind, internal=host_of(link.url) == host_of(page_url)
        )

    def add_page(self, page: ExtractedPage, *, outside: bool = False) -> None:
        """Store a page as read, with the addresses it leads to."""
        facts = page.facts
        target = self.registry.get(facts.url) or self.registry.add(facts.url, internal=not outside, depth=facts.depth)
        self.registry.decide(target, State.FETCHED)
        link_targets = [self._target_of(link, facts.url) for link in page.links]
        self.add_record(record_of(page), target, link_targets, outside=outside)

    def add_record(
        self,
        record: PageRecord,
        target: Target,
        link_targets: Sequence[Target],
        *,
        outside: bool = False,
        validators: Validators | None = None,
    ) -> None:
        """Store a page that was read elsewhere; ``link_targets`` are the targets of its links, in their order."""
        self._changes += 1
        gist = record.gist
        rows = tuple((linked.id, *link[1:]) for link, linked in zip(record.links, link_targets, strict=True))
        split = self._splitter.split(_folder(gist.url), rows)
        kept = validators or Validators()
        own_key, final_key = page_key(gist.url), page_key(gist.final_url or gist.url)
        self._database.write(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                target.id,
                gist.url,
                own_key,
                "" if final_key == own_key else final_key,
                page_key(gist.part_of) if gist.part_of else None,
                outside,
                str(gist.kind),
                kept.etag,
                kept.modified,
                short_hex(kept.body_hash),
                self._kept(record.facts),
                split.prefix,
                split.suffix,
                pack_ids(split.own),
                pack_texts(split.own),
            ),
        )
        for number, run in self._splitter.made.items():
            self._add_template(number, run)
        self._splitter.made.clear()
        self._database.wrote()

    def _kept(self, facts: bytes) -> bytes:
        """A packed page as its row holds it: its menus are stored once for all pages."""
        facts, menus = parted(facts)
        for number, links in menus.items():
            self._menus.keep(number, links)
        return facts

    def has_page_like(self, url: str, body_hash: str) -> bool:
        """Whether the same body is stored under another spelling of ``url``: ``/x/`` and ``/x/index.html``."""
        row = self._database.sql.execute(
            "SELECT 1 FROM page WHERE page_key = ? AND body_hash IN (?, ?) AND url != ? AND part_of IS NULL",
            (page_key(url), body_hash, short_hex(body_hash), url),
        ).fetchone()
        return row is not None

    def detach(self, target: Target) -> None:
        """A stored piece of a page (frame, include) is linked to as a page of its own."""
        row = self._database.sql.execute("SELECT facts FROM page WHERE target = ?", (target.id,)).fetchone()
        if row is not None:
            self._changes += 1
            facts = self._kept(PackedPage(row[0], self._menus).placed(part_of=None))
            self._database.write("UPDATE page SET part_of = NULL, facts = ? WHERE target = ?", (facts, target.id))

    def add_sighting(self, facts: PageFacts) -> None:
        """Store a later look at a page that is stored already."""
        self.add_sighted(facts.url, facts.part_of, facts.fetched_at, pack(facts))

    def add_sighted(self, url: str, part_of: str | None, at: str, facts: bytes) -> None:
        """The same for facts that are packed already."""
        self._changes += 1
        self._database.write(
            "INSERT INTO sighting (page_key, part_of, at, facts) VALUES (?, ?, ?, ?)",
            (page_key(url), page_key(part_of) if part_of else None, at, self._kept(facts)),
        )
        self._database.wrote()

    def replace_reading(self, place: tuple[str, int], kind: str, facts: bytes) -> None:
        """Put packed facts, read again from the capture, in the place of the earlier ones (see ``reading_places``)."""
        self._changes += 1
        table, number = place
        facts = self._kept(facts)
        if table == "page":
            self._database.write("UPDATE page SET kind = ?, facts = ? WHERE target = ?", (kind, facts, number))
        else:
            self._database.write("UPDATE sighting SET facts = ? WHERE id = ?", (facts, number))
        self._database.wrote()

    def record_try(self, target: Target, attempt: Try) -> None:
        self._changes += 1
        target.tries += 1
        target.looked_at = monotonic()
        self._database.write(
            "INSERT OR REPLACE INTO try VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                target.id,
                target.tries,
                short_time(attempt.at),
                attempt.status,
                None if attempt.failure is None else str(attempt.failure),
                attempt.detail,
                attempt.final,
                short_id(attempt.capture),
            ),
        )

    def add_try(self, url: str, kind: str, attempt: Try, final_url: str = "", *, internal: bool = True) -> None:
        """Record an attempt to open ``url``; its outcome decides the address until the next one."""
        target = self.registry.get(url) or self.registry.add(url, kind=kind, internal=internal)
        target.final_url = final_url
        self.record_try(target, attempt)
        failed = attempt.failure is not None
        self.registry.decide(target, State.FAILED if failed else State.FETCHED, str(attempt.failure or ""))
        self._database.wrote()

    def add_answer(self, target: Target, answer: Answer) -> None:
        self._database.write(
            "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)",
            (target.id, *answer_row(answer)),
        )
        self._database.wrote()

    def skip(self, url: str, reason: str, kind: str = "page") -> None:
        """Record that ``url`` is known and will not be asked for."""
        self._changes += 1
        target = self.registry.get(url) or self.registry.add(url, kind=kind)
        self.registry.decide(target, State.SKIPPED, reason)
        self._database.wrote()

    def note_capture(self, record_id: str, start: int, length: int) -> None:
        self._database.write("INSERT OR REPLACE INTO capture VALUES (?, ?, ?)", (short_id(record_id), start, length))

    def _add_template(self, number: int, run: Sequence[LinkRow]) -> None:
        self._database.write("INSERT INTO template VALUES (?, ?, ?)", (number, pack_ids(run), pack_texts(run)))

    def _write_targets(self) -> None:
        """Before each commit: targets that are new or changed. Pages and their targets thus reach the disk together."""
        if self._registry is None or not self._registry.dirty:
            return
        dirty = self._registry.dirty
        self._database.begin()
        self._database.sql.executemany(
            f"INSERT OR REPLACE INTO target ({_TARGET_COLUMNS}) VALUES ({_MARKS})",  # noqa: S608  constants
            [_row(target) for target in dirty.values()],
        )
        dirty.clear()


def _row(target: Target) -> tuple[object, ...]:
    return (
        target.id,
        target.key,
        target.url,
        target.kind,
        target.internal,
        int(target.state),
        target.reason,
        None if target.alias is None else target.alias.id,
        target.final_url,
        int(target.rank),
        target.depth,
        target.part_of,
        target.root,
        target.inbred,
        None if target.request is None else to_json(target.request),
    )


def _target_of_row(row: tuple[Any, ...]) -> tuple[Target, int | None]:
    number, key, url, kind, internal, state, reason, alias, final_url, rank, depth, part_of, root, inbred, request = row
    target = Target(number, key, url, kind=kind, internal=bool(internal), rank=rank, depth=depth)
    target.state = State.QUEUED if state == State.ACTIVE else State(state)
    target.reason, target.final_url, target.part_of, target.root = reason, final_url, part_of, root
    target.inbred = bool(inbred)
    target.request = from_json(DataRequest, request) if request else None
    return target, alias


def _folder(url: str) -> str:
    return url_key(url).rsplit("/", 1)[0]
