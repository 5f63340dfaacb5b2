"""Timed looks at home pages, for a monitor: open or not, how fast, and whether our own line was up meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import scrapy
from scrapy import Request
from scrapy.settings import Settings

from crawler.addresses import host_of, url_key
from crawler.downloadermiddlewares.robots import RobotsMiddleware
from crawler.facts import FailureKind, PageKind, Probe
from crawler.fetching import Fetcher, Reply
from crawler.options import CrawlOptions
from crawler.progress import Counters
from crawler.reading import Readers, Reading, read
from crawler.resolver import allow_private_addresses
from crawler.targets import MAX_HOPS, Rank, Target
from crawler.transport import proxy_free
from crawler.visits import timestamp
from crawler.vocabulary import load

CHINA = ZoneInfo("Asia/Shanghai")

AT_ONCE = 20
"""Home pages looked at side by side; more would wait for each other and look slow."""

_CANARY_PAUSES = (0.0, 2.0)
"""Seconds before each look at the canaries: one lost connection does not say that our line is down."""

OWN_LINE, NO_CANARY = "own-line", "no-canary"
"""Codes of why a look does not count: nothing opened from here, or nobody could tell whether anything would have."""

_NOT_ASSESSABLE = frozenset(
    {FailureKind.BLOCKED, FailureKind.LOGIN, FailureKind.CLIENT_ERROR, FailureKind.ROBOTS, FailureKind.PRIVATE, FailureKind.PROXY}
)
"""Ways of failing that a citizen's browser need not meet."""

_NO_REQUESTS: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOptions:
    """One round of a monitor."""

    urls: tuple[str, ...]
    canaries: tuple[str, ...] | None = None
    """Addresses that show whether our line is up, asked only when something did not open; None: those of ``probing.yaml``."""
    seconds: float = 15.0
    """A home page that is not there by then is not open."""
    allow_private: bool = False
    contact: str = ""


def run_probes(options: ProbeOptions) -> list[Probe]:
    """Look at every address once, in their order. A reactor runs once per process, so this can be called once per process."""
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415  importing it touches logging

    process = AsyncCrawlerProcess(_settings(options))
    crawler = process.create_crawler(ProbeSpider)
    process.crawl(crawler, options=options)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, ProbeSpider) or spider.failure is not None:
        raise RuntimeError("the probes did not come to their end") from getattr(spider, "failure", None)
    return spider.probes


def _settings(options: ProbeOptions) -> Settings:
    from crawler import settings  # noqa: PLC0415

    values = Settings()
    values.setmodule(settings, priority="project")
    crawl = CrawlOptions(
        start_url=options.urls[0], delay=0, timeout=options.seconds, allow_private=options.allow_private, contact=options.contact
    )
    values.setdict(settings.settings_of(crawl), priority="project")
    values.set("LOG_ENABLED", False, priority="project")
    return values


class ProbeSpider(scrapy.Spider):
    """Asks, and keeps no page."""

    name = "probe"

    def __init__(self, *, options: ProbeOptions) -> None:
        super().__init__()
        self.options = options
        self.probes: list[Probe] = []
        self.failure: BaseException | None = None

    async def start(self) -> AsyncIterator[Any]:
        try:
            allow_private_addresses(allowed=self.options.allow_private)
            self.probes = await Round(self.crawler, self.options).look()
        except BaseException as error:
            self.failure = error
            raise
        for request in _NO_REQUESTS:
            yield request


class Round:
    """One round: all addresses side by side, then the canaries where they are needed."""

    def __init__(self, crawler: Any, options: ProbeOptions) -> None:
        self._crawler = crawler
        self._options = options
        self._fetcher = Fetcher(crawler, Counters())
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._readers = Readers.real()

    async def look(self) -> list[Probe]:
        probes = list(await asyncio.gather(*(self._look_at(url) for url in self._options.urls)))
        doubtful = [number for number, probe in enumerate(probes) if probe.opened is False and not probe.canary]
        if doubtful:
            canary = await self._canary(probes)
            for number in doubtful:
                probes[number] = _with_canary(probes[number], canary)
        return probes

    async def _look_at(self, url: str) -> Probe:
        async with self._gate:
            await self._ask_robots(url)
            loop = asyncio.get_running_loop()
            at, begun = datetime.now(CHINA), loop.time()
            reply = await self._open(url)
            seconds = round(loop.time() - begun, 3)
        return self._probe(at, seconds, reply)

    async def _ask_robots(self, url: str) -> None:
        """Before the clock starts: a visitor's browser does not wait for it."""
        robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            await robots.robot_parser(Request(url))

    async def _open(self, url: str) -> Reply:
        """The end of the redirects, all within the seconds of one look."""
        reply = Reply(url=url, at=datetime.now(CHINA), failure=FailureKind.REDIRECT_LOOP)
        try:
            async with asyncio.timeout(self._options.seconds):
                for _ in range(MAX_HOPS):
                    target = Target(-1, url_key(url), url, kind="page", internal=True, rank=Rank.HOME, depth=0)
                    reply = await self._fetcher.ask(target, probe=False)
                    if reply.location is None:
                        return reply
                    url = reply.location
        except TimeoutError:
            return Reply(url=url, at=datetime.now(CHINA), failure=FailureKind.TIMEOUT_READ)
        return Reply(url=url, at=reply.at, failure=FailureKind.REDIRECT_LOOP)

    def _probe(self, at: datetime, seconds: float, reply: Reply) -> Probe:
        probe = Probe(at=timestamp(at), seconds=seconds, opened=reply.failure is None, status=reply.status)
        if reply.failure in _NOT_ASSESSABLE or (reply.body and self._kind(reply) is PageKind.BLOCK_PAGE):
            return replace(probe, opened=None, reason=str(reply.failure or FailureKind.BLOCKED))
        if reply.failure is None:
            return probe
        # An answer of the server's own shows that our line is up; behind a proxy it may be the proxy's.
        answered = reply.status is not None and proxy_free(host_of(reply.url).split(":")[0])
        return replace(probe, reason=str(reply.failure), canary="answered" if answered else "")

    def _kind(self, reply: Reply) -> PageKind:
        record = read(
            self._readers,
            Reading(
                url=reply.url,
                final_url=reply.url,
                body=reply.body,
                content_type=reply.content_type,
                status=reply.status or 200,
                fetched_at=reply.at,
                is_home=True,
            ),
        )
        return record.gist.kind

    async def _canary(self, probes: Sequence[Probe]) -> str:
        """``up`` when another host opened in this round or a canary does; ``down``; ``""`` when there is nobody to ask."""
        if any(probe.opened for probe in probes):
            return "up"
        canaries = load("probing")["canaries"] if self._options.canaries is None else self._options.canaries
        own = {host_of(url) for url in self._options.urls}
        asked = [url for url in canaries if host_of(url) not in own]
        for pause in _CANARY_PAUSES if asked else ():
            await asyncio.sleep(pause)
            for url in asked:
                if (await self._open(url)).failure is None:
                    return "up"
        return "down" if asked else ""


def _with_canary(probe: Probe, canary: str) -> Probe:
    if canary == "up":
        return replace(probe, canary="up")
    return replace(probe, opened=None, reason=OWN_LINE if canary == "down" else NO_CANARY, canary=canary)
