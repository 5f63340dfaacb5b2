"""Pages that only a script can fill, drawn by a browser after the crawl: bounded, and never a danger to the run."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from crawler.addresses import page_key, url_key
from crawler.browser.answering import Answerer
from crawler.browser.program import find_browser
from crawler.browser.reasons import BROWSER_BUDGET, BROWSER_FAILED, BROWSER_OFF, NO_BROWSER
from crawler.browser.session import BrowserFailed, BrowserSession, Drawn
from crawler.captures import RENDERED_TYPE, CaptureWriter
from crawler.facts import ListState, PageFacts, PageKind
from crawler.options import CrawlOptions
from crawler.reading import Reading, Scripted
from crawler.reading_room import ReadingFailed
from crawler.store import FactsStore, PageRecord
from crawler.store.reader import RENDERING
from crawler.targets import State, Target
from crawler.visits import Visits, timestamp

logger = logging.getLogger(__name__)

CHINA = ZoneInfo("Asia/Shanghai")

MAX_FAILURES = 5
"""Pages in a row that could not be drawn: then it is the browser, and the rest is left alone."""

REQUESTS_OF_A_PAGE = 30
"""Requests of one page whose polite pauses do not count against its time."""

_KEY_MARK = "rendered "
"""Before the key of the target under which a drawn page stands."""

_NO_PAGE = frozenset({PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.ERROR_PAGE})


@dataclass(slots=True, kw_only=True)
class Rendering:
    """Draws what :class:`Readers` name as scripted, stores it as a part of its page, and follows its links."""

    options: CrawlOptions
    store: FactsStore
    visits: Visits
    captures: CaptureWriter
    scripted: Scripted
    session: Callable[[], BrowserSession | None]
    """Makes the session; None: there is no browser."""
    _session: BrowserSession | None = None
    _done: set[str] = field(default_factory=set)
    """Keys of pages that were tried."""
    _left: dict[str, str] = field(default_factory=dict)
    """Reason by key of page: why it was not read after all."""
    _failures: int = 0
    _drawn: int = 0

    @classmethod
    def of(cls, crawler: Any, options: CrawlOptions, visits: Visits, captures: CaptureWriter, scripted: Scripted) -> Self:
        """For Scrapy's ``crawler``; nothing is started before a page needs it."""

        def session() -> BrowserSession | None:
            program = find_browser()
            return BrowserSession(program, Answerer(crawler), crawler.settings["USER_AGENT"]) if program else None

        return cls(options=options, store=visits.store, visits=visits, captures=captures, scripted=scripted, session=session)

    def resume(self) -> None:
        """Take up what an interrupted run drew, or could not draw."""
        before = self.store.get_meta(RENDERING, {})
        if before.get("state") == "used":
            self._left.update(before["left"])
        drawn = [target for target in self.store.registry if target.key.startswith(_KEY_MARK)]
        self._drawn = len(drawn) + len(self._left)
        self._done.update(self._left, (page_key(target.url) for target in drawn))

    async def round(self, stopped: Callable[[], bool]) -> bool:
        """Draw what is scripted and was not drawn yet; whether any page was read, whose links then wait."""
        self.store.flush()
        wanted = [
            page
            for url in self.scripted(self.store, self.options.start_url, self.options.pins)
            if (page := self.store.page(url)) is not None and page_key(page.url) not in self._done
        ]
        if not wanted or not self._is_ready():
            return False
        read = 0
        for page in wanted:
            if stopped():
                break
            self._done.add(page_key(page.url))
            if self._drawn >= self.options.browser_pages or self._failures >= MAX_FAILURES:
                spent = self._drawn >= self.options.browser_pages
                self._left[page_key(page.url)] = BROWSER_BUDGET if spent else BROWSER_FAILED
            elif await self._draw(page):
                read += 1
            else:
                self._left[page_key(page.url)] = BROWSER_FAILED
        self._note("used")
        return read > 0

    async def again(self, urls: Sequence[str], stopped: Callable[[], bool]) -> None:
        """Draw once more those of ``urls`` that were drawn before: what they lack must be seen to be lacking twice."""
        for url in urls:
            page = self.store.page(url)
            if page is None or self._session is None or stopped() or self._failures >= MAX_FAILURES:
                continue
            if any(part.rendered for part in self.store.parts(page.url)) and not self._seen_again(page):
                found = await self._read(page)
                if found is not None:
                    at, record = found
                    self.store.add_sighted(record.gist.url, record.gist.part_of, at, record.facts)

    def _seen_again(self, page: PageFacts) -> bool:
        """Whether an interrupted run drew the page a second time already."""
        return any(part.rendered for part in self.store.sighted_parts(page.url))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _is_ready(self) -> bool:
        if not self.options.browser:
            self._note(BROWSER_OFF)
            return False
        self._session = self._session or self.session()
        if self._session is None:
            self._note(NO_BROWSER)
            return False
        return True

    def _note(self, state: str) -> None:
        self.store.set_meta(RENDERING, {"state": state, "left": self._left})

    async def _draw(self, page: PageFacts) -> bool:
        """Draw ``page`` and store what it shows as a part of it."""
        self._drawn += 1
        target = self.store.registry.get(page.url)
        found = await self._read(page) if target is not None else None
        if target is None or found is None:
            return False
        _, record = found
        links, _ = self.visits.discovery.links_of(record, target)
        self.store.add_record(record, self._part_target(page), links)
        return record.gist.list_state not in {None, ListState.SCRIPTED}

    def _part_target(self, page: PageFacts) -> Target:
        """The drawn page stands beside the one as served: same address, another key."""
        key = f"{_KEY_MARK}{url_key(page.url)}"
        registry = self.store.registry
        target = registry.by_key(key) or registry.add(page.url, key=key, depth=page.depth)
        registry.decide(target, State.FETCHED)
        return target

    async def _read(self, page: PageFacts) -> tuple[str, PageRecord] | None:
        """When and what the browser showed; None when it showed nothing that can be used."""
        assert self._session is not None
        address = page.final_url or page.url
        seconds = self.options.browser_seconds + REQUESTS_OF_A_PAGE * min(self.options.delay, 5.0)
        try:
            drawn = await self._session.draw(address, seconds)
        except BrowserFailed as error:
            self._failures += 1
            logger.info("browser/failed url=%r %s", address[:200], error)
            return None
        self._failures = 0
        if page_key(drawn.url) != page_key(address):
            logger.info("browser/moved url=%r to=%r", address[:200], drawn.url[:200])
            return None
        return await self._record(page, drawn)

    async def _record(self, page: PageFacts, drawn: Drawn) -> tuple[str, PageRecord] | None:
        now = datetime.now(CHINA)
        capture = self.captures.write_rendered(page.url, now, drawn.html, page.capture)
        try:
            record = await self.visits.room.read(
                Reading(
                    url=page.url,
                    final_url=page.final_url or page.url,
                    body=drawn.html,
                    content_type=RENDERED_TYPE,
                    status=200,
                    fetched_at=now,
                    depth=page.depth,
                    capture=capture,
                    part_of=page.url,
                    rendered="whole" if drawn.whole else "partly",
                    number_key=self.visits.number_key,
                )
            )
        except ReadingFailed as error:
            logger.error("reading/failed url=%r capture=%s %s", page.url[:200], capture, error)  # noqa: TRY400  no traceback of ours
            return None
        if record.gist.kind in _NO_PAGE:
            return None
        # What a script asks for was asked for while it drew: nothing of that is asked again.
        return timestamp(now), replace(record, data_requests=())
