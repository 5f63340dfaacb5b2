"""What is under way at once."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

from crawler.dispatch import Backoff, Dispatch
from crawler.fetching import CHINA, Reply
from crawler.frontier import Frontier
from crawler.health import RunHealth
from crawler.progress import Counters
from crawler.targets import Rank, State, Target, TargetRegistry

OPEN_PAGES, PAGES, FILES = 3, 8, 5


class SlowReading:
    """Every address answers at once; no page is read before ``open_gate``."""

    def __init__(self, registry: TargetRegistry) -> None:
        self.registry = registry
        self.asked: list[str] = []
        self.open_gate = asyncio.Event()
        self.files_came = asyncio.Event()

    async def visit(self, target: Target, answered: Callable[[], object]) -> Reply:
        self.asked.append(target.kind)
        await asyncio.sleep(0)
        if target.kind == "page":
            answered()
            await self.open_gate.wait()
        self.registry.decide(target, State.FETCHED)
        if self.asked.count("attachment") == FILES:
            self.files_came.set()
        return Reply(url=target.url, at=datetime.now(CHINA), status=200)

    def settle_redirects(self) -> None:
        """None here."""


def test_while_pages_wait_to_be_read_files_are_asked_for_and_no_further_pages() -> None:
    registry = TargetRegistry()
    frontier = Frontier(per_host=2, inside=2, per_foreign_host=1, outside=1)
    for kind, rank, count in (("page", Rank.PAGE, PAGES), ("attachment", Rank.FILE, FILES)):
        for number in range(count):
            frontier.push(registry.add(f"http://a.cn/{kind}{number}", kind=kind, rank=rank), 0)

    async def crawl() -> list[str]:
        visits = SlowReading(registry)
        never = SimpleNamespace(refuse=lambda _: None, refuse_page=lambda _: None, settled=lambda _: None)
        dispatch = Dispatch(
            options=SimpleNamespace(is_open_at=lambda _: True, max_pages=100, look_pauses=(0, 0)),
            store=SimpleNamespace(registry=registry),
            frontier=frontier,
            traps=never,
            departments=never,
            visits=visits,
            health=RunHealth(),
            line=SimpleNamespace(),
            counters=Counters(),
            backoff=Backoff(first=1, most=1),
            host_pages=100,
            open_pages=OPEN_PAGES,
            clock=asyncio.get_running_loop().time,
            portal_host="a.cn",
        )
        draining = asyncio.ensure_future(dispatch.drain())
        async with asyncio.timeout(20):
            await visits.files_came.wait()
        before = list(visits.asked)
        assert not draining.done(), "pages that are being read belong to the crawl"
        visits.open_gate.set()
        await draining
        assert len(visits.asked) == PAGES + FILES
        return before

    before = asyncio.run(crawl())
    assert before.count("page") == OPEN_PAGES
    assert registry.counts[State.FETCHED] == PAGES + FILES
