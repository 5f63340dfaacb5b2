"""The second night: what an earlier run holds unchanged is taken over instead of being sent and read again."""

import hashlib
import logging
import os
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Self

from crawler.captures import CAPTURES_NAME, CaptureWriter
from crawler.errors import StoreInvalid
from crawler.facts import AttachmentFacts, EarlierLook, PageFacts
from crawler.fetching import Reply
from crawler.includes import META as INCLUDES
from crawler.same_answers import as_read
from crawler.store import FACTS_NAME, Answer, FactsStore, PageRecord, Validators
from crawler.store.attachment_rows import KnownFile
from crawler.store.codec import pack, unpack
from crawler.store.kept_pages import KeptPage
from crawler.store.page_record import Gist, gist_of
from crawler.targets import Target

logger = logging.getLogger(__name__)

MIN_TEXT = 60
"""Characters of text below which the same text proves nothing: pictures with a line below them are alike."""


@dataclass(slots=True, kw_only=True)
class CarryOver:
    """An earlier run of the same portal, read with the extractors of today.

    Facts are taken over with the capture they were read from, so that the new run folder is whole in itself.
    """

    store: FactsStore
    file: Path
    """Captures of the earlier run."""
    captures: CaptureWriter
    """Captures of this run."""
    same_readers: bool
    """The earlier facts were read by the same extractors: they need not be read again when the body is the same."""
    compare_only: bool = False
    """Nothing is taken over: every page is fetched and read, the earlier run only tells which dates moved."""
    _at_hand: tuple[str, KeptPage | None] | None = None
    _source: BinaryIO | None = None
    """``file``, once something was copied from it."""

    @classmethod
    def open(cls, folder: Path, captures: CaptureWriter, *, compare_only: bool = False) -> Self | None:
        """The run in ``folder``; None, with a line in the log, when it is no finished and trustworthy run."""
        try:
            store = FactsStore.open(folder / FACTS_NAME)
        except StoreInvalid as error:
            logger.warning("carry-over/refused folder=%s %s", folder, error)
            return None
        if store.get_meta("run") is None or store.run_facts().void is not None:
            logger.warning("carry-over/refused folder=%s unfinished or void", folder)
            store.close()
            return None
        same = store.get_meta("readers") == readers_version()
        return cls(store=store, file=folder / CAPTURES_NAME, captures=captures, same_readers=same, compare_only=compare_only)

    def close(self) -> None:
        self.store.close()
        if self._source is not None:
            self._source.close()

    def pieces(self) -> dict[str, str]:
        """Address → capture of the banners and feet that earlier pages were read with, for pages that are taken over."""
        kept: dict[str, str] = self.store.get_meta(INCLUDES) or {}
        return {address: capture for address, capture in kept.items() if self.same_readers and self._copied(capture)}

    def conditions(self, target: Target) -> dict[str, str]:
        """Headers by which the server can answer that nothing changed; {} when there is nothing to take over."""
        if not self.same_readers or self.compare_only:
            return {}
        return _headers(self.store.validators(target.url))

    def file_conditions(self, target: Target) -> dict[str, str]:
        """The same for an attachment that was read whole."""
        known = self._file(target)
        return _headers(known.validators) if known is not None else {}

    def page(self, target: Target) -> PageFacts | None:
        """The earlier page at this very address, in brief (see :class:`~crawler.store.kept_pages.KeptPage`)."""
        kept = self._page(target)
        return None if kept is None else as_read(kept.brief)

    def is_same(self, target: Target, reply: Reply, body_hash: str, record: PageRecord | None) -> bool:
        """Whether this look at ``target`` showed what the earlier one had shown; of what is only probed, that it opened."""
        if reply.status == 304:
            return True
        if target.internal and target.kind == "page":
            kept = self._page(target)
            if kept is None or record is None:
                return False
            page = as_read(kept.brief)
            same_body = kept.validators.body_hash == body_hash
            return same_body or (bool(page.text_hash) and _shown(gist_of(page)) == _shown(record.gist))
        known_file = self._file(target)
        if known_file is not None:
            return known_file.validators.body_hash == body_hash
        return self.store.answer(target.url) is not None

    def kept_page(self, target: Target) -> tuple[PageRecord, PageFacts, Validators] | None:
        """The earlier page with its capture and the time at which it was seen; None when it cannot be taken over.

        Its facts come in brief.
        """
        kept = self._page(target)
        if kept is None or not self._copied(kept.brief.capture):
            return None
        return self._record(target, kept.brief.fetched_at, kept), kept.brief, kept.validators

    def kept_file(self, target: Target) -> KnownFile | None:
        """The same for an attachment that was read whole."""
        known = self._file(target)
        return known if known is not None and self._copied(known.answer.capture) else None

    def kept_answer(self, target: Target) -> tuple[Answer, PageRecord | None] | None:
        """The same for what was only probed; with the page of a foreign host."""
        answer = self.store.answer(target.url)
        if answer is None or not self._copied(answer.capture):
            return None
        page = self.store.page(target.url) if not target.internal else None
        if page is None or page.url != target.url:
            return answer, None
        return answer, PageRecord(gist=gist_of(page), facts=pack(page))

    def unchanged_file(self, target: Target, reply: Reply) -> KnownFile | None:
        """The earlier attachment with its capture, for a server that says 304; None when it cannot be taken over."""
        known = self._file(target)
        if known is None or not self._copied(known.answer.capture):
            return None
        return replace(known, facts=replace(known.facts, fetched_at=_at(reply)))

    def same_file(self, target: Target, reply: Reply, body_hash: str) -> AttachmentFacts | None:
        """What was read of an attachment that came again byte for byte."""
        known = self._file(target)
        if known is None or known.validators.body_hash != body_hash:
            return None
        return replace(known.facts, capture=reply.capture, fetched_at=_at(reply))

    def _file(self, target: Target) -> KnownFile | None:
        """The earlier attachment; what seemed at fault then is looked at anew, and twice."""
        if not self.same_readers or self.compare_only:
            return None
        known = self.store.known_file(target.url)
        return known if known is not None and known.facts.state == "read" else None

    def compared(self, target: Target, record: PageRecord) -> PageRecord:
        """``record`` of a page read anew, with the earlier look at it where the same text bore another publication day.

        Only readings of the same extractors are compared: what moved must have moved on the page.
        """
        gist = record.gist
        if not self.same_readers or not gist.is_dated_article or not gist.text_hash or gist.published is None:
            return record
        earlier = self.page(target)
        if (
            earlier is None
            or earlier.text_hash != gist.text_hash
            or earlier.text_length < MIN_TEXT
            or not earlier.published.value
        ):
            return record
        look = earlier.redated
        if earlier.published.value[:10] != gist.published[:10]:
            look = EarlierLook(published=earlier.published.value, fetched_at=earlier.fetched_at, capture=earlier.capture)
        if look is None or not self._copied(look.capture):
            return record
        return replace(record, facts=pack(replace(unpack(PageFacts, record.facts), redated=look)))

    def unchanged(self, target: Target, reply: Reply) -> tuple[PageRecord, Validators] | None:
        """The earlier page with its capture, for a server that says 304; None when it cannot be taken over."""
        kept = self._page(target)
        if kept is None or not self._copied(kept.brief.capture):
            return None
        return self._record(target, _at(reply), kept), kept.validators

    def same_body(self, target: Target, reply: Reply, body_hash: str) -> PageRecord | None:
        """The earlier facts of a body that came again byte for byte."""
        if not self.same_readers or self.compare_only:
            return None
        kept = self._page(target)
        if kept is None or kept.validators.body_hash != body_hash or kept.brief.final_url != reply.url:
            return None
        return self._record(target, _at(reply), kept, capture=reply.capture)

    def _copied(self, capture: str) -> bool:
        """Whether the record could be copied from the earlier captures into those of this run."""
        place = self.store.capture_place(capture)
        if place is None:
            return False
        try:
            if self._source is None:
                self._source = self.file.open("rb")
            data = os.pread(self._source.fileno(), place[1], place[0])
        except OSError:
            logger.exception("carry-over/unreadable file=%s", self.file)
            return False
        if len(data) != place[1]:
            return False
        self.captures.copy(capture, data)
        return True

    def _page(self, target: Target) -> KeptPage | None:
        """The earlier page; asked for twice in a row (is it due, what is it), it is looked up once."""
        if self._at_hand is None or self._at_hand[0] != target.url:
            self._at_hand = target.url, self.store.kept_page(target.url)
        return self._at_hand[1]

    def _record(self, target: Target, at: str, kept: KeptPage, **changed: str) -> PageRecord:
        """``kept`` as a page of this run, as it was read by itself; an earlier look that it tells of comes with it."""
        read = as_read(kept.brief)
        if read.redated is not None:
            self._copied(read.redated.capture)
        placed = {"fetched_at": at, "depth": target.depth, "part_of": target.part_of, **changed}
        if read is not kept.brief:
            placed |= {"kind": read.kind, "same_as": None}
        here = read if read.part_of == target.part_of else replace(read, part_of=target.part_of)
        return PageRecord(
            gist=gist_of(here),
            facts=kept.packed.placed(**placed),
            links=self.store.kept_links(kept),
            data_requests=tuple(self.store.data_requests(target.url)),
        )


def _shown(gist: Gist) -> tuple[object, ...]:
    """What a page says, whatever changes in its code from one asking to the next."""
    return gist.kind, gist.text_hash, gist.list_state, gist.published, gist.entries, gist.pager, gist.columns, gist.units


def _at(reply: Reply) -> str:
    return reply.at.isoformat(timespec="seconds")


def _headers(known: Validators | None) -> dict[str, str]:
    headers = {}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


@cache
def readers_version() -> str:
    """What facts depend on beside the body: this program and its extractors with their word lists."""
    digest = hashlib.blake2b(digest_size=12)
    root = Path(__file__).parent
    for path in sorted(
        [
            *root.glob("extractors/**/*.py"),
            *root.glob("attachments/*.py"),
            *root.glob("personal/*.py"),
            *root.glob("vocabulary/*.yaml"),
            root / "facts.py",
            root / "encoding.py",
        ]
    ):
        digest.update(path.read_bytes())
    return f"{version('zhaocuo')}-{digest.hexdigest()}"
