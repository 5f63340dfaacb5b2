"""One visit: an address is asked for, and what came back is stored, followed, or counted as a failure."""

import hashlib
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.discovery import Discovery
from crawler.facts import ExtractedPage, FailureKind, PageKind, Try
from crawler.failures import MAX_TRIES, tries_due
from crawler.fetching import Fetcher, Reply
from crawler.health import RunHealth
from crawler.progress import Counters
from crawler.reading import Readers
from crawler.scope import is_login_address, kind_of_answer, magic_of
from crawler.store import Answer, FactsStore, Validators
from crawler.targets import MAX_HOPS, State, Target
from crawler.traps import TrapGuard

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
    readers: Readers
    home_ids: set[int] = field(default_factory=set)
    last_look: bool = False
    _logins: set[int] = field(default_factory=set)
    """Pages that ask for a name and a password."""

    async def visit(self, target: Target) -> Reply:
        """Ask for the target and settle what became of it; returns the reply for the pace of its host."""
        first = target.tries == 0
        reply = await self.fetcher.ask(target, probe=not is_read_as_page(target))
        try:
            failure = self._settle(target, reply)
        except Exception:
            # One page that our extractors cannot bear must not end a night's run; the log has the traceback.
            logger.exception("reading/failed url=%r capture=%s", target.url[:200], reply.capture)
            self.store.registry.decide(target, State.SKIPPED, UNREADABLE)
            failure = None
        if first and failure is not FailureKind.ROBOTS:
            if target.internal:
                self.health.note_inside(failure, reply.status)
            else:
                self.health.note_outside(target.host, failure, reply.status)
        return reply

    def settle_logins(self) -> None:
        """Addresses that forward to a login page are behind a wall, not alive: known only once the end was read."""
        for target in self.store.registry:
            if target.state is State.REDIRECTED and not is_login_address(target.url):
                end = target.end()
                if end.state is State.FETCHED and (end.id in self._logins or is_login_address(end.url)):
                    self.store.registry.decide(target, State.FAILED, FailureKind.LOGIN)

    def extract(self, target: Target, reply: Reply) -> ExtractedPage:
        """Facts of the answer, under the target's own address."""
        if target.request is not None:
            page_url = target.part_of or target.url
            page = self.readers.read_data(
                target.request.reader, reply.body, reply.content_type, target.request, page_url, reply.at
            )
        else:
            page = self.readers.extract_page(
                reply.body,
                reply.url,
                content_type=reply.content_type,
                status=reply.status or 200,
                fetched_at=reply.at,
                depth=target.depth,
                is_home=target.id in self.home_ids,
                capture=reply.capture,
            )
        url = target.request.url if target.request is not None else target.url
        facts = replace(page.facts, url=url, final_url=reply.url, capture=reply.capture, part_of=target.part_of)
        return replace(page, facts=facts)

    # -- what came back -------------------------------------------------------------------------------------------------

    def _settle(self, target: Target, reply: Reply) -> FailureKind | None:
        """Decide the target; returns how it failed, None when it answered."""
        if reply.failure is FailureKind.ROBOTS:
            self.store.registry.decide(target, State.SKIPPED, FailureKind.ROBOTS)
            return reply.failure
        if reply.location is not None:
            return self._forward(target, reply, reply.location)
        kind = kind_of_answer(reply.content_type, reply.body, target.kind)
        if reply.failure is not None:
            failure = self._sharpen(target, reply, kind)
            return self._fail(target, reply, failure)
        if is_read_as_page(target) and (kind == "page" or target.request is not None):
            return self._page(target, reply)
        if not target.internal and target.kind == "page" and kind == "page":
            self._outside_page(target, reply)
        elif is_read_as_page(target):
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
        return None

    def _sharpen(self, target: Target, reply: Reply, kind: str) -> FailureKind:
        """A refusal whose body is a firewall's page is a block, whatever its status says."""
        assert reply.failure is not None
        if reply.status not in _CHALLENGED or kind != "page" or not reply.body:
            return reply.failure
        page = self.extract(replace_request(target), reply)
        return FailureKind.BLOCKED if page.facts.kind is PageKind.BLOCK_PAGE else reply.failure

    def _page(self, target: Target, reply: Reply) -> FailureKind | None:
        page = self.extract(target, reply)
        facts = page.facts
        if facts.kind is PageKind.BLOCK_PAGE and target.request is None:
            return self._fail(target, reply, FailureKind.BLOCKED)
        if facts.kind is PageKind.LOGIN:
            self._logins.add(target.id)
        self._opened(target, reply)
        body_hash = hashlib.blake2b(reply.body, digest_size=16).hexdigest()
        if target.request is None and target.id not in self.home_ids and self.store.has_page_like(target.url, body_hash):
            return None
        links, fresh = self.discovery.links_of(page, target)
        self.traps.learn(target, fruitful=fresh > 0 or _is_dated_article(page), list_name=_list_name(page))
        self.counters.pages += 1
        self.store.add_page(
            page,
            target=target,
            link_targets=links,
            validators=Validators(etag=reply.etag, modified=reply.modified, body_hash=body_hash),
        )
        return None

    def _outside_page(self, target: Target, reply: Reply) -> None:
        """A foreign page is kept for its title and words; where it leads is none of our business."""
        page = self.extract(target, reply)
        if page.facts.kind is PageKind.LOGIN:
            self._logins.add(target.id)
        self.store.add_page(replace(page, links=(), data_requests=()), target=target, link_targets=(), outside=True)

    def _opened(self, target: Target, reply: Reply) -> None:
        self._record(target, reply, None)
        target.final_url = "" if reply.url == target.url else reply.url
        self.store.registry.decide(target, State.FETCHED)

    def _forward(self, target: Target, reply: Reply, location: str) -> FailureKind | None:
        """The target shares the fate of the address it forwards to, which is asked for once, like any other."""
        if target.hops >= MAX_HOPS:
            return self._fail(target, reply, FailureKind.REDIRECT_LOOP)
        target.alias = self.discovery.hop(location, target)
        target.final_url = location
        self.store.registry.decide(target, State.REDIRECTED)
        if target.end() is target:
            target.alias = None
            return self._fail(target, reply, FailureKind.REDIRECT_LOOP)
        self._record(target, reply, None)
        return None

    def _fail(self, target: Target, reply: Reply, failure: FailureKind) -> FailureKind:
        self._record(target, reply, failure)
        self.store.registry.decide(target, State.FAILED, failure)
        return failure

    def _record(self, target: Target, reply: Reply, failure: FailureKind | None) -> None:
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


def timestamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def replace_request(target: Target) -> Target:
    """The same address as a plain page, so that a firewall's answer to a request for data is read as the page it is."""
    if target.request is None:
        return target
    return Target(target.id, target.key, target.url, kind="page", internal=target.internal, rank=target.rank, depth=target.depth)


def _is_dated_article(page: ExtractedPage) -> bool:
    facts = page.facts
    return facts.kind is PageKind.ARTICLE and facts.published.value is not None and facts.published.strategy != "url"


def _list_name(page: ExtractedPage) -> str | None:
    """What a list page calls itself; None when it is no list."""
    facts = page.facts
    if facts.list_state is None:
        return None
    crumbs = "/".join(crumb.text for crumb in facts.breadcrumb)
    return f"{facts.page_title}|{crumbs}|{facts.tags.get('ColumnName', '')}"
