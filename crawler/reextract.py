"""Stored captures read again with the extractors of today: no network; links and the course of the crawl stay as they were."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.addresses import page_key
from crawler.attachment_desk import read_stored
from crawler.attachments.pool import AttachmentReader
from crawler.captures import CaptureReader
from crawler.errors import CaptureMissing
from crawler.facts import DataRequest, PageFacts
from crawler.includes import META, StoredIncludes
from crawler.personal import run_key
from crawler.reading import Readers, Reading, read
from crawler.store import FactsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """How many stored readings were made anew, and how many had to stay because their capture cannot be read."""

    renewed: int = 0
    kept: int = 0


def reextract(folder: Path) -> Reread:
    """Read every page and every second look of the run in ``folder`` again and store what is read now."""
    readers = Readers.real()
    renewed = kept = 0
    with FactsStore.open(folder / "facts.sqlite") as store:
        captures = CaptureReader(folder / "captures.warc.gz", store)
        home_keys = frozenset(store.get_meta("home_keys", []))
        key = run_key(folder)
        pieces = StoredIncludes(store.get_meta(META) or {}, captures)
        for place, facts, request in _readings(store):
            try:
                capture = captures.get(facts.capture)
            except CaptureMissing:
                kept += 1
                continue
            record = read(
                readers,
                Reading(
                    url=facts.url,
                    final_url=facts.final_url or facts.url,
                    body=capture.body,
                    content_type=capture.content_type,
                    status=facts.status,
                    fetched_at=datetime.fromisoformat(facts.fetched_at),
                    depth=facts.depth,
                    is_home=page_key(facts.url) in home_keys,
                    capture=facts.capture,
                    part_of=facts.part_of,
                    rendered=facts.rendered,
                    request=request,
                    redated=facts.redated,
                    includes=pieces.of(facts.final_url or facts.url, capture.body)
                    if request is None and not facts.rendered
                    else (),
                    number_key=key,
                ),
            )
            store.replace_reading(place, str(record.gist.kind), record.facts)
            renewed += 1
        missing = _reread_attachments(store, captures, key)
    return Reread(renewed=renewed, kept=kept + missing)


def _reread_attachments(store: FactsStore, captures: CaptureReader, key: bytes) -> int:
    """Read every stored attachment again; returns how many stay as they were because their capture cannot be read."""
    kept = 0
    with AttachmentReader() as reader:
        for row in store.stored_attachments():
            if row.state == "too-large" and row.reason in {"size", "budget"}:
                continue
            try:
                facts = read_stored(captures, row.capture, row.url, reader, key)
            except CaptureMissing:
                kept += 1
                continue
            store.add_attachment(row.target, replace(facts, times_seen=row.times_seen))
    return kept


def _readings(store: FactsStore) -> Iterator[tuple[tuple[str, int], PageFacts, DataRequest | None]]:
    """Where each reading stands, what was read, and the data request it answers."""
    for place in store.reading_places():
        yield place, *store.reading(place)
