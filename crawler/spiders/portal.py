"""The portal spider: everything one crawl needs, put together, run, and put away."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import scrapy

from crawler.attachment_desk import AttachmentDesk
from crawler.campaign import Campaign
from crawler.captures import CAPTURES_NAME, CaptureWriter
from crawler.carry_over import CarryOver, readers_version
from crawler.claim import claim
from crawler.department_filter import DepartmentFilter
from crawler.discovery import Discovery, ProbeLimits
from crawler.dispatch import Backoff, Dispatch
from crawler.downloadermiddlewares.robots import RobotsMiddleware
from crawler.errors import OptionsInvalid
from crawler.facts import RunFacts
from crawler.fetching import Fetcher
from crawler.focus import focus_of
from crawler.frontier import Frontier
from crawler.health import RunHealth
from crawler.hiring import Hired
from crawler.includes import META as INCLUDES
from crawler.includes import Includes
from crawler.line_check import LineCheck
from crawler.options import CrawlOptions
from crawler.overview import Overview
from crawler.personal import run_key
from crawler.progress import Counters, Progress
from crawler.reading import Readers
from crawler.reading_room import ReadingRoom
from crawler.rendering import Rendering
from crawler.resolver import allow_private_addresses
from crawler.revisits import Revisits
from crawler.scope import Scope
from crawler.settings import settings_of
from crawler.sightings import Sightings
from crawler.soft_errors import META as UNKNOWN_PAGES
from crawler.soft_errors import stored
from crawler.store import FACTS_NAME, FactsStore
from crawler.store.codec import warm
from crawler.summary import CrawlSummary
from crawler.traps import TrapGuard
from crawler.visits import Visits, timestamp

logger = logging.getLogger(__name__)

_NO_REQUESTS: tuple[Any, ...] = ()
"""What the spider yields: nothing, but Scrapy asks for a generator."""

CHINA = ZoneInfo("Asia/Shanghai")


class PortalSpider(scrapy.Spider):
    """Reads one portal into a run folder. It yields nothing: pages go to the store as they come.

    From a terminal: ``scrapy crawl portal -a start_url=http://www.example.gov.cn/ [-a run_folder=DIR] [-a delay=2 …]``.
    """

    name = "portal"

    def __init__(
        self,
        *,
        options: CrawlOptions | None = None,
        run_folder: str | Path | None = None,
        readers: Readers | None = None,
        hired: Sequence[Hired] = (),
        on_progress: Callable[[Progress], None] | None = None,
        **arguments: str,
    ) -> None:
        super().__init__()
        self.options = options or CrawlOptions.from_arguments(arguments)
        host = urlsplit(self.options.start_url).netloc.replace(":", "-")
        self.folder = Path(run_folder or Path("zhaocuo-data", "runs", f"{host}-{datetime.now(CHINA):%Y%m%dT%H%M%S}"))
        self.readers = readers
        self.hired = hired
        self.counters = Counters(report=on_progress)
        self.captures: CaptureWriter | None = None
        self.summary: CrawlSummary | None = None
        self.failure: BaseException | None = None
        """What ended the crawl against its will: for the caller, who sees no traceback of a task."""

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        for name, value in settings_of(spider.options).items():
            crawler.settings.set(name, value, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The whole crawl runs in here: Scrapy keeps the engine open as long as this generator lives."""
        try:
            await self._crawl()
        except BaseException as error:
            self.failure = error
            raise
        for request in _NO_REQUESTS:
            yield request

    async def _crawl(self) -> None:
        allow_private_addresses(allowed=self.options.allow_private)
        self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        self.folder.chmod(0o700)
        started = datetime.now(CHINA)
        with await claim(self.folder), FactsStore.create(self.folder / FACTS_NAME) as store:
            self._go_on(store)
            store.set_meta("start_url", self.options.start_url)
            store.set_meta("started", store.get_meta("started") or timestamp(started))
            warm()
            self.captures = self._open_captures(store)
            try:
                await self._run(store)
            finally:
                self.captures.close()

    def _go_on(self, store: FactsStore) -> None:
        """A finished crawl is finished, except an overview, on which a crawl of the drawn part may build."""
        if store.get_meta("run") is not None:
            if not store.get_meta("overview") or not self.options.articles:
                raise OptionsInvalid(f"{self.folder} 里的抓取已经完成，请换一个运行目录。")
            store.set_meta("run", None)
        store.set_meta("overview", not self.options.articles)

    def _open_captures(self, store: FactsStore) -> CaptureWriter:
        info = {
            "software": str(self.settings["USER_AGENT"]),
            "format": "WARC File Format 1.1",
            "description": f"crawl of {self.options.start_url}",
            "robots": "obey",
        }
        path = self.folder / CAPTURES_NAME
        if path.is_file() and (lost := store.forget_captures(path.stat().st_size)):
            logger.warning("captures/cut file=%s addresses=%d are asked for again", path, lost)
        return CaptureWriter(path, store.note_capture, known_end=store.captures_end(), info=info)

    async def _run(self, store: FactsStore) -> None:
        readers = self.readers or Readers.real()
        store.set_meta("readers", readers_version())
        earlier = self._earlier()
        try:
            async with ReadingRoom(readers, self.options.reading_processes, self.hired) as room:
                await self._run_in(store, readers, room, earlier)
        finally:
            if earlier is not None:
                earlier.close()

    def _earlier(self) -> CarryOver | None:
        if self.options.earlier is None or self.captures is None:
            return None
        return CarryOver.open(self.options.earlier, self.captures, compare_only=self.options.full)

    def _revisits(self, store: FactsStore, earlier: CarryOver | None) -> Revisits | None:
        days = self.options.revisit_days
        if earlier is None or days is None or self.options.focus is not None:
            return None
        # A run that asks for everything still notes what it saw unchanged, for the night after it.
        most = 0.0 if self.options.full else days
        revisits = Revisits(store=store, earlier=earlier, most_days=most, now=lambda: datetime.now(CHINA))
        revisits.keep()
        return revisits

    async def _run_in(self, store: FactsStore, readers: Readers, room: ReadingRoom, earlier: CarryOver | None) -> None:
        scope = Scope(self.options.start_url)
        dispatch, discovery = self._dispatch(store, room, scope)
        visits = dispatch.visits
        visits.earlier = earlier
        visits.revisits = self._revisits(store, earlier)
        if earlier is not None and not earlier.compare_only and store.get_meta(INCLUDES) is None:
            # Pages that are taken over were read with these; what is asked for anew takes their place.
            store.set_meta(INCLUDES, earlier.pieces())
        visits.number_key = run_key(self.folder)
        visits.desk = desk = self._desk(store, visits.number_key)
        desk.bound(visits.fetcher)
        assert self.captures is not None
        rendering = Rendering.of(self.crawler, self.options, visits, self.captures, readers.scripted)
        sightings = Sightings(dispatch=dispatch, second_looks=readers.second_looks, rendering=rendering)
        campaign = Campaign(dispatch=dispatch, discovery=discovery, scope=scope, sightings=sightings, rendering=rendering)
        finished = False
        try:
            await campaign.run()
            finished = True
        finally:
            # Whatever else ended it, a signal or an error of ours, left addresses open: the run can be taken up again.
            await rendering.close()
            await desk.close()
            run = self._run_facts(store, dispatch.health)
            if finished:
                store.save_run(run)
            self.summary = CrawlSummary(run=run, interrupted=not finished)
            logger.info("crawl/end pages=%d requests=%d void=%s", run.pages_fetched, run.requests, run.void)

    def _desk(self, store: FactsStore, key: bytes) -> AttachmentDesk:
        options = self.options
        captures = self.folder / CAPTURES_NAME
        return AttachmentDesk(store, captures, key, max_bytes=options.attachment_bytes, budget=options.attachments_bytes)

    def _dispatch(self, store: FactsStore, room: ReadingRoom, scope: Scope) -> tuple[Dispatch, Discovery]:
        settings, options = self.settings, self.options
        loop = asyncio.get_running_loop()
        traps, health = TrapGuard(), RunHealth()
        departments = DepartmentFilter(options.departments)
        focus = focus_of(options.focus)
        frontier = Frontier(
            per_host=options.per_host,
            inside=max(settings.getint("ZHAOCUO_INSIDE_REQUESTS"), options.per_host),
            per_foreign_host=min(settings.getint("ZHAOCUO_FOREIGN_CONCURRENCY"), options.per_host),
            outside=settings.getint("ZHAOCUO_OUTSIDE_REQUESTS"),
        )
        discovery = Discovery(
            registry=store.registry,
            frontier=frontier,
            scope=scope,
            traps=traps,
            departments=departments,
            clock=loop.time,
            detach=store.detach,
            limits=ProbeLimits(in_all=settings.getint("ZHAOCUO_OUTLINKS"), per_host=settings.getint("ZHAOCUO_OUTLINKS_PER_HOST")),
            focus=focus,
        )
        fetcher = Fetcher(self.crawler, self.counters)
        visits = Visits(
            store=store,
            fetcher=fetcher,
            discovery=discovery,
            traps=traps,
            health=health,
            counters=self.counters,
            room=room,
        )
        visits.includes = Includes(store, fetcher, visits.settle_script)
        most = settings.getfloat("ZHAOCUO_MAX_BACKOFF" if options.delay else "ZHAOCUO_MAX_FAST_BACKOFF")
        dispatch = Dispatch(
            line=LineCheck(options=options, store=store, visits=visits, health=health),
            options=options,
            store=store,
            frontier=frontier,
            traps=traps,
            departments=departments,
            visits=visits,
            health=health,
            counters=self.counters,
            backoff=Backoff(first=max(options.delay, 0.5), most=most),
            open_pages=max(settings.getint("ZHAOCUO_INSIDE_REQUESTS"), options.per_host),
            host_pages=settings.getint("ZHAOCUO_HOSTS_PAGES"),
            clock=loop.time,
            overview=None if options.articles else Overview(),
            focus=focus,
        )
        return dispatch, discovery

    def _run_facts(self, store: FactsStore, health: RunHealth) -> RunFacts:
        fetched, skipped, failures = store.reconcile()
        reachable = health.outside_reachable()
        store.set_meta("outside_reachable", reachable)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        store.set_meta("robots_unreachable", robots.unreachable if robots is not None else {})
        return RunFacts(
            started=store.get_meta("started", ""),
            finished=timestamp(datetime.now(CHINA)),
            discovered=len(store.registry),
            fetched=fetched,
            pages_fetched=store.count_pages(),
            requests=self.counters.requests,
            not_modified=self.counters.not_modified,
            not_due=self.counters.not_due,
            cut_pages=self.counters.cut_pages,
            bytes=self.counters.bytes,
            skipped=skipped,
            failures=failures,
            void=health.void,
            outside_reachable=reachable,
            unknown_pages=stored(store.get_meta(UNKNOWN_PAGES)),
        )
