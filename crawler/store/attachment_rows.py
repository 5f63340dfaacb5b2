"""Attachments in facts.sqlite: what was read of each, and the pages that refer to it."""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler.addresses import url_key
from crawler.facts import AttachmentFacts, PersonalNumber
from crawler.store.answers import ANSWER_COLUMNS, Answer, Validators, answer_of_row
from crawler.store.codec import from_json, to_json
from crawler.store.database import Database
from crawler.store.packing import MAX_FACTS_BYTES
from crawler.store.referrers import MAX_SAMPLES, Referrers, ReferrerScan
from crawler.store.short import long_id, long_time, short_id, short_time
from crawler.targets import MAX_HOPS, State, Target

MAX_TEXT_BYTES = 1_000_000
"""Of one attachment, compressed; the end of a longer text is dropped, not what was found in it."""

_COLUMNS = "kind, claimed, state, reason, pages, size, title, capture, fetched_at, times_seen, personal, text"
_OF_ATTACHMENT = ", ".join(f"a.{name}" for name in _COLUMNS.split(", "))
_CHUNK = 20
"""Attachments read at a time: each may bring a megabyte of text."""
_PERSONAL = tuple[PersonalNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """One row: an attachment without what depends on the other pages."""

    target: int
    url: str
    state: str
    reason: str
    capture: str
    times_seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """An attachment as a run knows it: what the next night needs to take it over."""

    answer: Answer
    facts: AttachmentFacts
    validators: Validators


class AttachmentRows:
    """The part of the store that keeps attachments."""

    _database: Database
    _sql: Any

    def add_attachment(self, target: int, facts: AttachmentFacts) -> None:
        """Store what was read of an attachment; an earlier reading of it is replaced."""
        self._database.write(
            f"INSERT OR REPLACE INTO attachment (target, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  constants
            (
                target,
                facts.kind,
                facts.claimed_kind,
                facts.state,
                facts.reason,
                facts.pages,
                facts.size,
                facts.title,
                short_id(facts.capture),
                short_time(facts.fetched_at),
                facts.times_seen,
                to_json(facts.personal),
                _packed(facts.text),
            ),
        )
        self._database.wrote()

    def remember_file(self, target: Target, validators: Validators) -> None:
        """Keep by what the next night can tell that an attachment did not change."""
        kept = (validators.etag, validators.modified, validators.body_hash)
        self._database.write("INSERT OR REPLACE INTO memory VALUES ('file', ?, ?)", (target.key, json.dumps(kept)))

    def known_file(self, url: str) -> KnownFile | None:
        """The attachment at ``url``, when it was read whole; None for every other."""
        if not self._database.has_table("attachment") or not self._database.has_table("memory"):
            return None
        row = self._sql.execute(
            f"SELECT id, value, {ANSWER_COLUMNS} FROM target JOIN answer ON target = id"  # noqa: S608  constants
            " JOIN memory ON part = 'file' AND memory.key = target.key WHERE target.key = ? AND complete AND state = ?",
            (url_key(url), State.FETCHED),
        ).fetchone()
        facts = self.attachment(row[0]) if row is not None else None
        if row is None or facts is None:
            return None
        _, value, *answer = row
        etag, modified, body_hash = json.loads(value)
        return KnownFile(
            answer=answer_of_row(answer),
            facts=facts,
            validators=Validators(etag=etag, modified=modified, body_hash=body_hash),
        )

    def stored_attachments(self) -> list[StoredAttachment]:
        """All rows in the order of addresses, without their texts."""
        if not self._database.has_table("attachment"):
            return []
        self._database.catch_up()
        rows = self._sql.execute(
            "SELECT a.target, t.url, a.state, a.reason, a.capture, a.times_seen"
            " FROM attachment a JOIN target t ON t.id = a.target ORDER BY t.url, t.id"
        ).fetchall()
        return [
            StoredAttachment(target=target, url=url, state=state, reason=reason, capture=long_id(capture), times_seen=times)
            for target, url, state, reason, capture, times in rows
        ]

    def unread_attachments(self) -> list[int]:
        """Targets that answered with an attachment of which nothing is stored: what an interrupted run left."""
        rows = self._sql.execute(
            "SELECT t.id FROM target t JOIN answer n ON n.target = t.id LEFT JOIN attachment a ON a.target = t.id"
            " WHERE t.kind = 'attachment' AND t.internal AND t.state = ? AND a.target IS NULL ORDER BY t.id",
            (State.FETCHED,),
        )
        return [number for (number,) in rows.fetchall()]

    def attachment(self, number: int) -> AttachmentFacts | None:
        """What was read of one attachment, without the pages that refer to it."""
        return self._attachments([number]).get(number)

    def _attachments(self, numbers: Sequence[int]) -> dict[int, AttachmentFacts]:
        """The same for several, by number."""
        rows = self._sql.execute(
            f"SELECT a.target, url, {_OF_ATTACHMENT} FROM attachment a JOIN target t ON t.id = a.target"  # noqa: S608  constants
            f" WHERE a.target IN ({', '.join('?' * len(numbers))})",
            numbers,
        )
        return {number: _facts(row) for number, *row in rows.fetchall()}

    def attachment_at(self, url: str) -> AttachmentFacts | None:
        """:meth:`attachment` by its address, redirects followed; None where nothing of it was read."""
        row = self._sql.execute("SELECT id, alias FROM target WHERE key = ?", (url_key(url),)).fetchone()
        if row is None or not self._database.has_table("attachment"):
            return None
        number, alias = row
        return self.attachment(number) or (self.attachment(alias) if alias is not None else None)

    def read_attachments(self, owner: Callable[[str], str | None]) -> Iterator[AttachmentFacts]:
        """All attachments with the pages that refer to them, ordered by address."""
        stored = self.stored_attachments()
        aliases = self._aliases({row.target for row in stored})
        home_keys = frozenset(self._database.get_meta("home_keys", []))
        found = ReferrerScan(self._sql, frozenset(aliases), home_keys).run(owner)
        by_end: dict[int, list[Referrers]] = {}
        for number, end in aliases.items():
            if number in found:
                by_end.setdefault(end, []).append(found[number])
        for start in range(0, len(stored), _CHUNK):
            numbers = [row.target for row in stored[start : start + _CHUNK]]
            read = self._attachments(numbers)
            for number in numbers:
                if number in read:
                    yield _referred(read[number], by_end.get(number, []))

    def _aliases(self, ends: set[int]) -> dict[int, int]:
        """The wanted targets, and those that forward to them, by number; each with the wanted one."""
        following = dict(
            self._sql.execute(
                "SELECT id, alias FROM target WHERE state = ? AND alias IS NOT NULL", (State.REDIRECTED,)
            ).fetchall()
        )
        found = {number: number for number in ends}
        for number in following:
            here = number
            for _ in range(MAX_HOPS + 1):
                here = following.get(here, here)
            if here in ends:
                found[number] = here
        return found


def _referred(facts: AttachmentFacts, referrers: list[Referrers]) -> AttachmentFacts:
    samples = tuple(dict.fromkeys(url for each in referrers for url in each.samples))[:MAX_SAMPLES]
    owners = {owner for each in referrers for owner in each.owners}
    return replace(
        facts,
        title=next((each.text for each in referrers if each.text), facts.title),
        found_on=samples,
        found_on_count=sum(each.count for each in referrers),
        department=next(iter(owners)) if len(owners) == 1 else None,
    )


def _packed(text: str) -> bytes:
    while True:
        data = zlib.compress(text.encode("utf-8", "replace"), 6)
        if len(data) <= MAX_TEXT_BYTES:
            return data
        text = text[: len(text) // 2]


def _facts(row: Sequence[Any]) -> AttachmentFacts:
    url, kind, claimed, state, reason, pages, size, title, capture, fetched_at, times_seen, personal, text = row
    return AttachmentFacts(
        url=url,
        kind=kind,
        claimed_kind=claimed,
        state=state,
        reason=reason,
        text=zlib.decompressobj().decompress(text, MAX_FACTS_BYTES).decode("utf-8", "replace"),
        pages=pages,
        size=size,
        title=title,
        capture=long_id(capture),
        fetched_at=long_time(fetched_at),
        times_seen=times_seen,
        personal=from_json(_PERSONAL, personal),
    )
