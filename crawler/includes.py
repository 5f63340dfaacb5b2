"""Banner, menu and foot that a page's own script brings in: asked for once in a run, and put into every page that names them."""

import asyncio
import logging
from collections.abc import Callable

from crawler.captures import CaptureReader
from crawler.errors import CaptureMissing
from crawler.extractors.includes import Include, include_addresses, is_piece, is_script
from crawler.fetching import Fetcher, Reply
from crawler.store import FactsStore
from crawler.targets import Rank, State, Target

logger = logging.getLogger(__name__)

META = "includes"
"""Address → capture of every piece, by which captures can be read again as they were."""
MAX_IN_ALL = 60
"""Pieces of one run: sections have banners of their own, and a hostile page names a thousand."""
MAX_TRIES = 3
MAX_BYTES = 800_000


class Includes:
    """Keeps the pieces of a run.

    A script is an address of its own, asked for whole here instead of being probed later, and settled like any other by
    ``settle``. What ``.load`` brings is no address that anybody opens, so the registry does not know it.
    """

    def __init__(self, store: FactsStore, fetcher: Fetcher, settle: Callable[[Target, Reply], object]) -> None:
        self._store = store
        self._fetcher = fetcher
        self._settle = settle
        self._known: dict[str, bytes] = {}
        self._useless: set[str] = set()
        """What answered and is no piece: libraries, data."""
        self._tries: dict[str, int] = {}
        self._lock = asyncio.Lock()

    async def of(self, target: Target, reply: Reply) -> tuple[Include, ...]:
        """The pieces of the page in ``reply`` that answered; () for pages without any."""
        if not target.internal or reply.failure is not None:
            return ()
        addresses = include_addresses(reply.body, reply.url, lambda address: address not in self._useless)
        pieces = [(address, await self._body(address, target)) for address in addresses]
        return tuple((address, body) for address, body in pieces if body is not None)

    async def _body(self, address: str, page: Target) -> bytes | None:
        async with self._lock:
            if address not in self._known and address not in self._useless and self._may_ask(address):
                self._tries[address] = self._tries.get(address, 0) + 1
                await self._ask(address, page)
        return self._known.get(address)

    def _may_ask(self, address: str) -> bool:
        tries = self._tries.get(address, 0)
        return 0 < tries < MAX_TRIES or (not tries and len(self._tries) < MAX_IN_ALL)

    async def _ask(self, address: str, page: Target) -> None:
        known = self._store.registry.get(address)
        if known is not None and known.state is State.FAILED:
            return  # it gets its further looks with all that failed
        if is_script(address) and (known is None or known.state is State.QUEUED):
            reply = await self._ask_script(address, known, page)
        else:
            piece = Target(0, address, address, kind="page", internal=True, rank=Rank.MENU, depth=page.depth)
            reply = await self._fetcher.ask(piece, probe=False)
        if reply.failure is not None or reply.location is not None or len(reply.body) > MAX_BYTES:
            logger.info("includes/not-read url=%r status=%s failure=%s", address[:200], reply.status, reply.failure)
            return
        if not is_piece(address, reply.body):
            self._useless.add(address)
            return
        self._known[address] = reply.body
        self._store.set_meta(META, {**(self._store.get_meta(META) or {}), address: reply.capture})

    async def _ask_script(self, address: str, known: Target | None, page: Target) -> Reply:
        registry = self._store.registry
        target = known or registry.add(address, kind="script", rank=Rank.ASSET, depth=page.depth + 1)
        registry.start(target)
        reply = await self._fetcher.ask(target, probe=False)
        self._settle(target, reply)
        return reply


class StoredIncludes:
    """The pieces of a stored run, out of its captures."""

    def __init__(self, places: dict[str, str], captures: CaptureReader) -> None:
        self._places = places
        self._captures = captures
        self._known: dict[str, bytes] = {}

    def of(self, url: str, body: bytes) -> tuple[Include, ...]:
        """The pieces of the page at ``url`` that this run has."""
        if not self._places:
            return ()
        pieces = [(address, self._body(address)) for address in include_addresses(body, url, self._places.__contains__)]
        return tuple((address, body) for address, body in pieces if body is not None)

    def _body(self, address: str) -> bytes | None:
        if address in self._places and address not in self._known:
            try:
                self._known[address] = self._captures.get(self._places[address]).body
            except CaptureMissing:
                del self._places[address]
        return self._known.get(address)
