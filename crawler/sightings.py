"""Second sightings: what somebody may be accused over is seen once more, apart in time, before anybody is."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crawler.dispatch import Dispatch
from crawler.extractors.hidden_links import speaks_badly
from crawler.facts import PageKind
from crawler.fetching import Reply
from crawler.reading import SecondLooks
from crawler.reading_room import ReadingFailed
from crawler.rendering import Rendering
from crawler.store.course_rows import sighting_key
from crawler.targets import State, Target
from crawler.visits import is_read_as_page, timestamp

logger = logging.getLogger(__name__)

HOME_SEEN = "home_seen"
"""Meta: the home page was looked at a last time."""

MAX_SIGHTINGS = 3_000
MAX_SUSPECTS = 200
"""Foreign pages looked at twice."""
MAX_SIGHTED_PARTS = 5
"""Answers that complete one page and are looked at again with it."""


@dataclass(slots=True, kw_only=True)
class Sightings:
    """Looks once more at doubtful pages, at suspicious attachments, and at the home page."""

    dispatch: Dispatch
    second_looks: SecondLooks
    rendering: Rendering | None = None
    """Draws what a script fills; None: nobody does."""
    _seen: set[str] = field(default_factory=set)
    """What an interrupted run had looked at again already."""
    _looked_over: int = -1
    """Addresses that were fetched, pages drawn among them, when pages were chosen last."""
    _parts: dict[str, list[Target]] = field(default_factory=dict)
    """Answers that complete a page, by its address; known once the pages are read."""
    _tabs: dict[str, set[str]] = field(default_factory=dict)
    """Columns that are tabs (``/gkmlpt/index#3255``) and doubtful, by the address of their page."""

    async def pages(self) -> None:
        """Empty columns, 单位 pages without a column, foreign pages that speak badly; later calls: what was fetched since."""
        dispatch = self.dispatch
        fetched = sum(target.state is State.FETCHED for target in dispatch.store.registry)
        if fetched == self._looked_over:
            return
        self._looked_over = fetched
        dispatch.enter("sightings")
        wanted = self._wanted()
        targets = [target for url in wanted if (target := self._known(url)) is not None]
        targets += self._foreign_suspects()
        if not targets:
            return
        await dispatch.rest_since([*targets, *self._completing(targets)], dispatch.options.look_pauses[0])
        gate = asyncio.Semaphore(dispatch.options.per_host)

        async def look(target: Target) -> None:
            async with gate:
                if not dispatch.stopped():
                    await self.sight(target)

        async with asyncio.TaskGroup() as group:
            for target in dict.fromkeys(targets):
                group.create_task(look(target))
        if self.rendering is not None:
            await self.rendering.again(wanted, dispatch.stopped)

    def _wanted(self) -> list[str]:
        """Addresses of the pages that rules may hold something against, with what completes them put in order."""
        dispatch, options = self.dispatch, self.dispatch.options
        dispatch.store.flush()
        self._seen = dispatch.store.sighted()
        wanted = list(self.second_looks(dispatch.store, options.start_url, dispatch.now().date(), options.pins))[:MAX_SIGHTINGS]
        for url in wanted:
            if "#" in url:
                self._tabs.setdefault(url.partition("#")[0], set()).add(url)
        self._parts.clear()
        for part in dispatch.store.registry:
            if part.part_of is not None and part.state is State.FETCHED:
                self._parts.setdefault(part.part_of, []).append(part)
        return list(dict.fromkeys(url.partition("#")[0] for url in wanted))

    async def attachments(self) -> None:
        """Attachments that seem empty, broken or something else than they claim."""
        desk = self.dispatch.visits.desk
        suspicious = list(desk.suspicious()) if desk is not None else []
        if desk is None or not suspicious:
            return
        await self.dispatch.rest_since(suspicious, self.dispatch.options.look_pauses[0])
        for target in suspicious:
            if self.dispatch.stopped():
                return
            await desk.look_again(target, self.dispatch.visits.fetcher)
        await desk.finish()

    async def home(self, home: Target) -> None:
        """The home page at the end: a portal, or a line, that is gone by then makes the whole run void."""
        store = self.dispatch.store
        if self.dispatch.stopped() or store.get_meta(HOME_SEEN):
            return
        self._seen.clear()
        for pause in (0.0, *self.dispatch.options.look_pauses):
            await asyncio.sleep(pause)
            if await self.sight(home):
                store.set_meta(HOME_SEEN, True)
                store.flush()
                await self.dispatch.line.at_end()
                return
        self.dispatch.health.void = "抓取结束时首页已经打不开，本次结果不可信，请检查网络后重新运行。"

    async def sight(self, target: Target) -> bool:
        """Look at a page and what completes it once more; whether the page opened."""
        if not await self._look(target):
            return False
        for part in self._completing([target]):
            await self._look(part)
        return True

    def _completing(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Answers that complete the pages and are looked at with them: those of doubtful tabs, and a few of the others."""
        for target in targets:
            parts = self._parts.get(target.url, [])
            tabs = self._tabs.get(target.url)
            if tabs and len(parts) > MAX_SIGHTED_PARTS:
                shown = {part.url: part.part_of for part in self.dispatch.store.parts(target.url)}
                parts = sorted(parts, key=lambda part: shown.get(part.url) not in tabs)
                yield from parts[: max(MAX_SIGHTED_PARTS, sum(of in tabs for of in shown.values()))]
            else:
                yield from parts[:MAX_SIGHTED_PARTS]

    async def _look(self, target: Target) -> bool:
        if sighting_key(target.url, target.part_of) in self._seen:
            return True
        return await self._keep(target, await self.dispatch.visits.fetcher.ask(target, probe=not target.internal))

    async def _keep(self, target: Target, reply: Reply) -> bool:
        if reply.failure is not None or reply.location is not None or not reply.body:
            return False
        try:
            record = await self.dispatch.visits.read(target, reply)
        except ReadingFailed as error:
            logger.error("reading/failed url=%r capture=%s %s", target.url[:200], reply.capture, error)  # noqa: TRY400
            return False
        if record.gist.kind is PageKind.BLOCK_PAGE:
            return False
        self.dispatch.store.add_sighted(record.gist.url, record.gist.part_of, timestamp(reply.at), record.facts)
        return True

    def _known(self, url: str) -> Target | None:
        """The target whose page is stored for ``url``; None when there is none to look at again."""
        store = self.dispatch.store
        target = store.registry.get(url)
        if target is None or target.end().state is not State.FETCHED:
            facts = store.page(url)
            target = store.registry.get(facts.url) if facts is not None else None
        end = None if target is None else target.end()
        return end if end is not None and end.state is State.FETCHED and is_read_as_page(end) else None

    def _foreign_suspects(self) -> list[Target]:
        """Foreign pages whose title or keywords are none that a government links to: seen once, they prove nothing."""
        store = self.dispatch.store
        suspects = (
            page.url
            for page in store.outside_pages()
            if speaks_badly(f"{page.page_title} {page.tags.get('Keywords', '')} {page.tags.get('Description', '')}")
        )
        found = (store.registry.get(url) for url in suspects)
        return [target for target in found if target is not None and target.state is State.FETCHED][:MAX_SUSPECTS]
