"""One visit: an address is asked for, and what came back is stored, followed, or counted as a failure."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from crawler.addresses import host_of
from crawler.attachment_desk import AttachmentDesk
from crawler.carry_over import CarryOver
from crawler.discovery import Discovery
from crawler.facts import FailureKind, PageKind, Try
from crawler.failures import MAX_TRIES, tries_due
from crawler.fetching import Fetcher, Reply, is_document
from crawler.health import RunHealth
from crawler.includes import Includes
from crawler.magic import magic_of
from crawler.progress import Counters
from crawler.reading import Reading
from crawler.reading_room import ReadingFailed, ReadingRoom
from crawler.revisits import Revisits
from crawler.scope import is_login_address, kind_of_answer
from crawler.store import Answer, FactsStore, PageRecord, Validators
from crawler.store.attachment_rows import KnownFile
from crawler.targets import MAX_HOPS, State, Target
from crawler.traps import MAX_LINKS, TrapGuard

logger = logging.getLogger(__name__)

_CHALLENGED = frozenset({401, 403, 405, 406, 412, 418, 429, 468, 503, 521})
"""Statuses under which firewalls send their pages: the body decides whether it is one."""

UNREADABLE = "unreadable"
"""Reason of pages on which our own extractor failed: a bug of ours, never a fault of the page."""


@dataclass(slots=True, kw_only=True)
class Visits:
    """Carries out visits. ``last_look`` is set while the third tries are made: they are the final ones."""

    store: FactsStore
    fetcher: Fetcher
    discovery: Discovery
    traps: TrapGuard
    health: RunHealth
    counters: Counters
    room: ReadingRoom
    desk: AttachmentDesk | None = None
    """Reads attachments; None: they are only looked at."""
    includes: Includes | None = None
    """Asks for the pieces that scripts bring in; None: pages are read without them."""
    number_key: bytes = b""
    """For the hashes of personal numbers."""
    earlier: CarryOver | None = None
    """An earlier run, whose unchanged pages are taken over."""
    revisits: Revisits | None = None
    """Which of them are not due; None: everything is asked for."""
    home_ids: set[int] = field(default_factory=set)
    last_look: bool = False
    _logins: set[int] = field(default_factory=set)
    """Pages that ask for a name and a password."""

    def restore(self, logins: set[int]) -> None:
        """Take up what an interrupted run knew of pages that ask for a name and a password."""
        self._logins |= logins

    async def visit(self, target: Target, answered: Callable[[], object] = bool) -> Reply:
        """Ask for the target and settle what became of it; returns the reply for the pace of its host.

        ``answered`` is called when a page of the portal came and is about to be read: its host has done its part.
        """
        if self.revisits is not None and (kept := self._not_due(target, self.revisits)) is not None:
            return kept
        first = target.tries == 0
        conditions = self._conditions(target)
        reply = await self.fetcher.ask(target, probe=not is_read_as_page(target), headers=conditions)
        if conditions and reply.status == 304:
            with self.store.unit():
                taken_over = self._not_modified(target, reply)
                if taken_over:
                    self._note_look(target, reply, None)
            if taken_over:
                return reply
            reply = await self.fetcher.ask(target, probe=not is_read_as_page(target))
        if target.id in self.home_ids and reply.failure is None and reply.location is None:
            target.url = _as_called(target.url, reply.url)
        kind = kind_of_answer(reply.content_type, reply.body, target.kind)
        failure: FailureKind | None = None
        try:
            record = await self._record(target, reply, answered) if _is_worth_reading(target, reply, kind) else None
            with self.store.unit():
                failure = self._settle(target, reply, kind, record)
                self._note_look(target, reply, record)
        except ReadingFailed as error:
            # One page that our extractors cannot bear must not end a night's run.
            logger.error("reading/failed url=%r capture=%s %s", target.url[:200], reply.capture, error)  # noqa: TRY400
            self.store.registry.decide(target, State.SKIPPED, UNREADABLE)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            # Nor one whose addresses we trip over. A full disk or a broken store does end it.
            logger.exception("visit/failed url=%r capture=%s", target.url[:200], reply.capture)
            self.store.registry.decide(target, State.SKIPPED, UNREADABLE)
        if first and failure is not FailureKind.ROBOTS:
            if target.internal:
                self.health.note_inside(failure, reply.status)
            else:
                self.health.note_outside(target.host, failure, reply.status)
        return reply

    def settle_script(self, target: Target, reply: Reply) -> None:
        """What became of a script that was asked for because it may write a piece of a page."""
        with self.store.unit():
            self._settle(target, reply, kind_of_answer(reply.content_type, reply.body, target.kind), None)

    def settle_redirects(self) -> None:
        """What a redirect means shows only when its end was read.

        An address that forwards to a login page is behind a wall, not alive. One that forwards to itself with other
        parameters, and fails there, runs in a circle of its own making or turns robots away: that is no dead page.
        """
        for target in self.store.registry:
            if target.state is not State.REDIRECTED:
                continue
            end = target.end()
            if end.state is State.FETCHED and (end.id in self._logins or is_login_address(end.url)):
                if not is_login_address(target.url):
                    self.store.registry.decide(target, State.FAILED, FailureKind.LOGIN)
            elif end.state is State.FAILED and _path(end) == _path(target):
                self.store.registry.decide(target, State.FAILED, FailureKind.REDIRECT_LOOP)

    def _conditions(self, target: Target) -> dict[str, str]:
        """Headers for a page or an attachment that an earlier run holds; the home page is always looked at anew."""
        if self.earlier is None or target.request is not None or target.id in self.home_ids:
            return {}
        if is_document(target) and self.desk is not None:
            return self.earlier.file_conditions(target)
        return self.earlier.conditions(target) if is_read_as_page(target) else {}

    def _note_look(self, target: Target, reply: Reply, record: PageRecord | None) -> None:
        if self.revisits is not None:
            self.revisits.looked(target, reply, body_hash_of(reply.body), record)

    def _not_due(self, target: Target, revisits: Revisits) -> Reply | None:
        """Take over what an earlier run saw at an address that may wait, with the time at which it was seen; None: it is due."""
        look = None if target.id in self.home_ids else revisits.waits(target)
        if look is None:
            return None
        with self.store.unit():
            reply = Reply(url=target.url, at=datetime.fromisoformat(look.at), carried=True)
            if not self._carry(target, reply, revisits.earlier):
                return None
            revisits.carried(target, look)
            self.counters.not_due += 1
        if target.internal:
            self.health.note_carried()
        return reply

    def _carry(self, target: Target, reply: Reply, earlier: CarryOver) -> bool:
        if is_read_as_page(target):
            page = earlier.kept_page(target)
            if page is not None:
                record, facts, known = page
                self._page(target, replace(reply, url=facts.final_url, status=facts.status, capture=facts.capture), record, known)
            return page is not None
        if is_document(target) and self.desk is not None:
            file = earlier.kept_file(target)
            if file is not None:
                self._take_over(target, replace(reply, status=file.answer.status, capture=file.answer.capture), file)
            return file is not None
        kept = earlier.kept_answer(target)
        if kept is not None:
            answer, outside = kept
            if outside is not None and outside.gist.kind is PageKind.LOGIN:
                self._logins.add(target.id)
            self._opened(target, replace(reply, status=answer.status, capture=answer.capture))
            self.store.add_answer(target, answer)
            if outside is not None:
                self.store.add_record(outside, target, (), outside=True)
        return kept is not None

    def _take_over(self, target: Target, reply: Reply, known: KnownFile) -> None:
        """An attachment as an earlier run read it."""
        self._opened(target, reply)
        self.store.add_answer(target, known.answer)
        self.store.add_attachment(target.id, known.facts)
        self.store.remember_file(target, known.validators)

    def _not_modified(self, target: Target, reply: Reply) -> bool:
        """Take the page, or the attachment, over from the earlier run; False when it cannot be."""
        assert self.earlier is not None
        if is_read_as_page(target):
            carried = self.earlier.unchanged(target, reply)
            if carried is None:
                return False
            self._page(target, reply, *carried)
        else:
            known = self.earlier.unchanged_file(target, reply)
            if known is None:
                return False
            self._take_over(target, reply, known)
        self.counters.not_modified += 1
        self.health.note_inside(None, reply.status)
        return True

    async def _record(self, target: Target, reply: Reply, answered: Callable[[], object]) -> PageRecord:
        if reply.failure is None and is_read_as_page(target):
            answered()
        if self.earlier is not None and reply.failure is None and target.internal and target.id not in self.home_ids:
            record = self.earlier.same_body(target, reply, body_hash_of(reply.body)) if target.request is None else None
            if record is not None:
                return record
            return self.earlier.compared(target, await self.read(target, reply))
        return await self.read(target, reply)

    async def read(self, target: Target, reply: Reply) -> PageRecord:
        """The page record of an answer, under the target's own address; raises :class:`ReadingFailed`."""
        # A firewall's answer to a request for data is the page it is, not the data.
        request = target.request if reply.failure is None else None
        return await self.room.read(
            Reading(
                url=target.url if request is None else request.url,
                final_url=reply.url,
                body=reply.body,
                content_type=reply.content_type,
                status=reply.status or 200,
                fetched_at=reply.at,
                depth=target.depth,
                is_home=target.id in self.home_ids,
                capture=reply.capture,
                part_of=target.part_of,
                request=request,
                includes=await self.includes.of(target, reply) if self.includes is not None and request is None else (),
                number_key=self.number_key,
            )
        )

    # -- what came back -------------------------------------------------------------------------------------------------

    def _settle(self, target: Target, reply: Reply, kind: str, record: PageRecord | None) -> FailureKind | None:
        """Decide the target; returns how it failed, None when it answered."""
        if reply.failure is FailureKind.ROBOTS:
            self.store.registry.decide(target, State.SKIPPED, FailureKind.ROBOTS)
            return reply.failure
        if reply.location is not None:
            return self._forward(target, reply, reply.location)
        if reply.status == 304 and record is None:
            # Nobody asked whether it changed: an answer without a body is none.
            return self._fail(target, reply, FailureKind.OTHER)
        blocked = record is not None and record.gist.kind is PageKind.BLOCK_PAGE
        if reply.failure is not None:
            # A refusal whose body is a firewall's page is a block, whatever its status says.
            return self._fail(target, reply, FailureKind.BLOCKED if blocked else reply.failure)
        if record is None:
            self._file(target, reply, kind)
        elif not target.internal:
            self._outside_page(target, reply, record)
        elif blocked:
            return self._fail(target, reply, FailureKind.BLOCKED)
        else:
            hashed = body_hash_of(reply.body)
            self._page(target, reply, record, Validators(etag=reply.etag, modified=reply.modified, body_hash=hashed))
        return None

    def _page(self, target: Target, reply: Reply, record: PageRecord, validators: Validators) -> None:
        gist = record.gist
        if gist.kind is PageKind.LOGIN:
            self._logins.add(target.id)
        self._opened(target, reply)
        is_known = target.id not in self.home_ids and self.store.has_page_like(target.url, validators.body_hash)
        if is_known and target.request is None:
            return
        if len(record.links) >= MAX_LINKS:
            self.counters.cut_pages += 1
            logger.warning("links/cut url=%r", target.url[:200])
        links, fresh = self.discovery.links_of(record, target)
        list_name = gist.list_name if gist.list_state is not None else None
        self.traps.learn(target, fruitful=fresh > 0 or gist.is_dated_article, list_name=list_name)
        self.counters.pages += 1
        self.store.add_record(record, target, links, validators=validators)
        if gist.part_of is not None and target.part_of is None:
            # Another page linked to it while it was being read.
            self.store.detach(target)

    def _outside_page(self, target: Target, reply: Reply, record: PageRecord) -> None:
        """A foreign page is kept for its title and words; where it leads is none of our business."""
        if record.gist.kind is PageKind.LOGIN:
            self._logins.add(target.id)
        self._file(target, reply, "page")
        self.store.add_record(replace(record, links=(), data_requests=()), target, (), outside=True)

    def _file(self, target: Target, reply: Reply, kind: str) -> None:
        """What opened and is no page of the portal."""
        if is_read_as_page(target):
            target.kind = kind
        self._opened(target, reply)
        self.store.add_answer(
            target,
            Answer(
                status=reply.status or 200,
                content_type=reply.content_type or "",
                magic=magic_of(reply.body),
                size=reply.size,
                complete=not reply.truncated,
                capture=reply.capture,
            ),
        )
        if self.desk is not None and is_document(target):
            self._document(target, reply, self.desk)

    def _document(self, target: Target, reply: Reply, desk: AttachmentDesk) -> None:
        """An attachment of the portal that opened: taken over when its bytes are those of the earlier run, else read."""
        hashed = body_hash_of(reply.body)
        if not reply.truncated:
            self.store.remember_file(target, Validators(etag=reply.etag, modified=reply.modified, body_hash=hashed))
        same = self.earlier.same_file(target, reply, hashed) if self.earlier is not None and not reply.truncated else None
        if same is None:
            desk.arrived(target, reply, self.fetcher)
        else:
            self.store.add_attachment(target.id, same)

    def _opened(self, target: Target, reply: Reply) -> None:
        self._record_try(target, reply, None)
        target.final_url = "" if reply.url == target.url else reply.url
        self.store.registry.decide(target, State.FETCHED)

    def _forward(self, target: Target, reply: Reply, location: str) -> FailureKind | None:
        """The target shares the fate of the address it forwards to, which is asked for once, like any other."""
        if target.hops >= MAX_HOPS:
            return self._fail(target, reply, FailureKind.REDIRECT_LOOP)
        if target.request is not None and host_of(location) != target.host:
            return self._fail(target, reply, FailureKind.REDIRECT_FOREIGN)
        target.alias = self.discovery.hop(location, target)
        target.final_url = location
        self.store.registry.decide(target, State.REDIRECTED)
        if target.end() is target:
            target.alias = None
            return self._fail(target, reply, FailureKind.REDIRECT_LOOP)
        self._record_try(target, reply, None)
        return None

    def _fail(self, target: Target, reply: Reply, failure: FailureKind) -> FailureKind:
        self._record_try(target, reply, failure)
        self.store.registry.decide(target, State.FAILED, failure)
        return failure

    def _record_try(self, target: Target, reply: Reply, failure: FailureKind | None) -> None:
        due = MAX_TRIES if failure is None else tries_due(failure, reply.status)
        self.store.record_try(
            target,
            Try(
                at=timestamp(reply.at),
                status=reply.status,
                failure=failure,
                detail=reply.detail,
                final=self.last_look or due == 1,
                capture=reply.capture,
            ),
        )


def is_read_as_page(target: Target) -> bool:
    """Whether the whole answer is read: pages of the portal and data of their lists; everything else is probed."""
    return target.request is not None or (target.internal and target.kind == "page")


def _as_called(url: str, answered: str) -> str:
    """The home page's address as the portal calls itself: http or https, with www or without; no session id comes in."""
    asked, got = urlsplit(url), urlsplit(answered)
    return answered if (asked.path or "/", asked.query) == (got.path or "/", got.query) else url


def _path(target: Target) -> str:
    return target.key.partition("?")[0]


def body_hash_of(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def timestamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _is_worth_reading(target: Target, reply: Reply, kind: str) -> bool:
    """Pages of the portal, data of lists, foreign pages, and refusals that may be a firewall's page."""
    if reply.location is not None or reply.status == 304:
        return False
    if reply.failure is not None:
        return reply.status in _CHALLENGED and kind == "page" and bool(reply.body)
    if target.request is not None:
        return True
    return kind == "page" and target.kind == "page"
