"""Reads attachments beside the crawl: one after another, out of the captures, in a process with limits."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler.attachments.kinds import claimed_kind
from crawler.attachments.model import AttachmentLimits, AttachmentText
from crawler.attachments.pool import AttachmentReader
from crawler.captures import Capture, CaptureReader
from crawler.errors import CaptureMissing
from crawler.facts import AttachmentFacts
from crawler.fetching import Fetcher, Reply, is_document
from crawler.personal import find_personal, keyed
from crawler.store import FactsStore
from crawler.targets import State, Target

logger = logging.getLogger(__name__)

CHINA = ZoneInfo("Asia/Shanghai")

SUSPICIOUS = frozenset({"empty", "broken", "mismatch"})
"""States over which somebody may be accused: they are looked at twice."""

MAX_SECOND_LOOKS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One stored answer that waits to be read."""

    target: int
    url: str
    capture: str
    size: int | None
    again: bool = False


class AttachmentDesk:
    """Takes note of attachments as they arrive and reads them while the crawl goes on. :meth:`finish` waits for the last."""

    def __init__(
        self,
        store: FactsStore,
        captures: Path,
        key: bytes,
        *,
        max_bytes: int,
        budget: int,
        limits: AttachmentLimits | None = None,
    ) -> None:
        """``max_bytes`` of one attachment and ``budget`` bytes of all together are read; 0 reads none."""
        self._store = store
        self._captures = captures
        self._key = key
        self._budget = budget
        self._max_bytes = max_bytes
        self._reader = AttachmentReader(replace(limits or AttachmentLimits(), max_bytes=max(max_bytes, 1)))
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="attachments")
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None

    def bound(self, fetcher: Fetcher) -> None:
        """Let the fetcher read attachments whole as long as there is something left to spend."""
        fetcher.file_bytes = self._max_bytes if self._budget >= self._max_bytes else 0

    def arrived(self, target: Target, reply: Reply, fetcher: Fetcher) -> None:
        """Take note of an attachment that opened."""
        if not is_document(target):
            return
        if reply.truncated:
            reason = "size" if fetcher.file_bytes else "budget"
            text = AttachmentText(
                kind="", claimed_kind=claimed_kind(target.url, reply.content_type), state="too-large", reason=reason
            )
            self._store.add_attachment(target.id, _facts(target.url, text, reply.capture, _at(reply.at), reply.size))
            return
        self._budget -= len(reply.body)
        self.bound(fetcher)
        self._put(_Job(target=target.id, url=target.url, capture=reply.capture, size=reply.size))

    def resume(self) -> None:
        """Take up what an interrupted run stored and did not come to read."""
        places = {url: answer for url, _, answer in self._store.answers()}
        for number in self._store.unread_attachments():
            target = self._store.registry.by_id(number)
            answer = places.get(target.url)
            if answer is not None and answer.complete and is_document(target):
                self._put(_Job(target=number, url=target.url, capture=answer.capture, size=answer.size))

    async def finish(self) -> None:
        """Wait until everything that arrived is read."""
        await self._jobs.join()

    def suspicious(self) -> Iterator[Target]:
        """Attachments that seem broken and were seen once only."""
        rows = [row for row in self._store.stored_attachments() if row.state in SUSPICIOUS and row.times_seen < 2]
        for row in rows[:MAX_SECOND_LOOKS]:
            target = self._store.registry.by_id(row.target)
            if target.state is State.FETCHED:
                yield target

    async def look_again(self, target: Target, fetcher: Fetcher) -> None:
        """Fetch a suspicious attachment once more; what cannot be had again stays seen once."""
        fetcher.file_bytes = self._max_bytes
        reply = await fetcher.ask(target, probe=True)
        if reply.failure is None and reply.location is None and not reply.truncated and (reply.status or 200) < 300:
            self._put(_Job(target=target.id, url=target.url, capture=reply.capture, size=reply.size, again=True))

    async def close(self) -> None:
        """Stop reading; what was not read is read when the run is resumed."""
        if self._worker is not None:
            self._worker.cancel()
        self._reader.stop()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._reader.close()

    # -- reading --------------------------------------------------------------------------------------------------------

    def _put(self, job: _Job) -> None:
        self._jobs.put_nowait(job)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while True:
            job = await self._jobs.get()
            try:
                await self._do(job)
            except Exception:
                # One attachment that we cannot bear stays unread, which is what rules are told of it.
                logger.exception("attachment/failed url=%r capture=%s", job.url[:200], job.capture)
                text = AttachmentText(kind="", claimed_kind=claimed_kind(job.url, None), state="unreadable", reason="reader-died")
                self._store.add_attachment(job.target, _facts(job.url, text, job.capture, "", job.size))
            finally:
                self._jobs.task_done()

    async def _do(self, job: _Job) -> None:
        place = self._store.capture_place(job.capture)
        if place is None:
            raise CaptureMissing(job.capture)
        reading = CaptureReader(self._captures, _Place(place))
        loop = asyncio.get_running_loop()
        facts = await loop.run_in_executor(self._thread, read_stored, reading, job.capture, job.url, self._reader, self._key)
        if job.again:
            facts = _confirmed(self._store.attachment(job.target), facts)
        self._store.add_attachment(job.target, facts)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one record stands, looked up before the reading leaves the thread of the store."""

    place: tuple[int, int]

    def capture_place(self, record_id: str) -> tuple[int, int] | None:
        return self.place if record_id else None


def read_stored(captures: CaptureReader, record_id: str, url: str, reader: AttachmentReader, key: bytes) -> AttachmentFacts:
    """Facts of one stored attachment; raises :class:`crawler.errors.CaptureMissing`."""
    capture: Capture = captures.get(record_id)
    at = datetime.fromisoformat(capture.at).astimezone(CHINA)
    text = (
        AttachmentText(kind="", claimed_kind=claimed_kind(url, capture.file_type), state="too-large", reason="size")
        if capture.truncated
        else reader.read(capture.body, url, capture.file_type)
    )
    return guarded_facts(_facts(url, text, record_id, _at(at), len(capture.body)), at.date(), key)


def guarded_facts(facts: AttachmentFacts, latest: date, key: bytes) -> AttachmentFacts:
    """``facts`` with the personal numbers of its text named, and masked in the text."""
    found = find_personal(facts.text, latest)
    if not found.numbers:
        return facts
    return replace(facts, text=found.masker()(facts.text), personal=keyed(found.numbers, found.plain, key))


def _facts(url: str, text: AttachmentText, capture: str, at: str, size: int | None) -> AttachmentFacts:
    return AttachmentFacts(
        url=url,
        kind=text.kind,
        claimed_kind=text.claimed_kind,
        state=text.state,
        reason=text.reason,
        text=text.text,
        pages=text.pages,
        size=size,
        capture=capture,
        fetched_at=at,
    )


def _confirmed(first: AttachmentFacts | None, second: AttachmentFacts) -> AttachmentFacts:
    """The second reading; seen twice when the first showed the same."""
    if first is not None and (first.state, first.reason) == (second.state, second.reason):
        return replace(second, times_seen=first.times_seen + 1)
    return second


def _at(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
