"""The course of one crawl: home page, all that follows, second and third looks at what failed, a last look home."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.addresses import page_key
from crawler.department_filter import DepartmentFilter
from crawler.discovery import BUDGET, Discovery
from crawler.extractors.hidden_links import speaks_badly
from crawler.facts import FailureKind, PageKind
from crawler.failures import MAX_TRIES, tries_due
from crawler.fetching import Reply
from crawler.frontier import Frontier, Lane, LanePool
from crawler.health import RunHealth
from crawler.options import CrawlOptions
from crawler.overview import Overview
from crawler.progress import Counters, Progress
from crawler.reading import SecondLooks
from crawler.reading_room import ReadingFailed
from crawler.rendering import Rendering
from crawler.scope import Scope
from crawler.soft_errors import META as UNKNOWN_PAGES
from crawler.soft_errors import ask_for_unknown
from crawler.store import FactsStore
from crawler.targets import Rank, State, Target
from crawler.traps import TrapGuard
from crawler.visits import Visits, is_read_as_page, timestamp

logger = logging.getLogger(__name__)

CHINA = ZoneInfo("Asia/Shanghai")

WINDOW = "window"
VOID = "void"

MAX_ROUNDS = 20
"""Rounds of second and third looks: pages that open late bring new addresses, which fail in their turn, but not for ever."""

MAX_RENDERINGS = 4
"""Rounds with the browser: what it draws may lead to further pages that only it can draw."""

MAX_SIGHTINGS = 3_000
MAX_SUSPECTS = 200
"""Foreign pages looked at twice."""
MAX_SIGHTED_PARTS = 5
"""Answers that complete one page and are looked at again with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Seconds a host that refuses (429, 503) is left alone: doubled at each refusal in a row."""

    first: float
    most: float

    def seconds(self, strikes: int, wished: float | None) -> float:
        own = self.first * float(2 ** (strikes - 1))
        return min(max(own, wished or 0.0), self.most)


@dataclass(slots=True, kw_only=True)
class Campaign:
    """Runs the whole crawl; everything it needs is made by the spider."""

    options: CrawlOptions
    store: FactsStore
    frontier: Frontier
    scope: Scope
    traps: TrapGuard
    departments: DepartmentFilter
    discovery: Discovery
    visits: Visits
    health: RunHealth
    counters: Counters
    second_looks: SecondLooks
    backoff: Backoff
    host_pages: int
    """Pages of one host beside the portal's own."""
    clock: Callable[[], float]
    rendering: Rendering | None = None
    """Draws what a script fills; None: nobody does."""
    overview: Overview | None = None
    """Leaves out what an overview does not need; None: everything is read."""
    now: Callable[[], datetime] = lambda: datetime.now(CHINA)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _pages_begun: int = 0
    _begun_by_host: dict[str, int] = field(default_factory=dict)
    _portal_host: str = ""
    _parts: dict[str, list[Target]] = field(default_factory=dict)
    """Answers that complete a page, by its address; known once the pages are read."""

    async def run(self) -> None:
        """The crawl from start to end; afterwards every address is decided."""
        self._resume()
        home = await self._open_home()
        if home is not None and self.options.max_pages > 1:
            for url in self.options.seeds:
                self.discovery.start(url, Rank.COLUMN)
            await self._phase("crawl")
            await self._look_again()
            await self._render()
            await self._read_attachments()
            if not self._stopped() and self.overview is None:
                await self._sightings()
                await self._second_attachments()
                await self._ask_for_unknown(home)
                await self._close_home(home)
        self._phase_name("close")
        self._leave_rest(VOID if self.health.void else self._closed_reason() or BUDGET)
        self.visits.settle_redirects()

    def _resume(self) -> None:
        """Take up what an interrupted run left: nothing on a fresh one."""
        self._pages_begun = self.store.count_pages()
        for url in self.store.get_meta("portal_urls", []):
            self.scope.admit_portal(url)
        self.scope.hosts.update(self.store.get_meta("hosts", []))
        for target in self.store.registry:
            if target.state is State.QUEUED:
                self.frontier.push(target, self.clock())
        if self.visits.desk is not None:
            self.visits.desk.resume()

    # -- the home page --------------------------------------------------------------------------------------------------

    async def _open_home(self) -> Target | None:
        """The home page, tried three times; without it there is no run. None: ``health.void`` says why."""
        self._phase_name("start")
        if self._closed_reason() is not None:
            self.health.void = "现在不在允许抓取的时段内，本次没有检查任何内容，请在允许的时段运行或修改时段。"
            return None
        first = self.discovery.start(self.options.start_url)
        self._portal_host = first.host
        self.discovery.only_this_page = self.options.max_pages == 1
        end = first.end()
        for number in range(MAX_TRIES):
            if number:
                await asyncio.sleep(self.options.home_pauses[min(number, 2) - 1])
            end = await self._open_way(first)
            if end.state is State.FETCHED:
                self._note_home(first, end)
                return end
            if end.state is State.SKIPPED:
                break
        self.health.void = _home_reason(end)
        return None

    async def _open_way(self, first: Target) -> Target:
        """Visit the start address and whatever it forwards to, by redirect or by a page that only forwards."""
        self.visits.home_ids.add(first.id)
        here = first
        for _ in range(10):
            if here.state is State.FAILED:
                self.store.registry.decide(here, State.QUEUED)
            if here.state is State.QUEUED:
                self._begin(here)
                await self.visits.visit(here)
            following = here.alias if here.state is State.REDIRECTED else self._forward_of(here)
            if following is None or following is here:
                return here
            if not following.internal:
                # The portal moved: its home page decides where it lives.
                self.scope.admit_portal(following.url)
                following.internal = True
                following.kind = "page"
            self.visits.home_ids.add(following.id)
            here = following
        return here

    def _forward_of(self, target: Target) -> Target | None:
        if target.state is not State.FETCHED:
            return None
        facts = self.store.page(target.url)
        if facts is None or facts.kind is not PageKind.FORWARD or not facts.forwards_to:
            return None
        return self.discovery.hop(facts.forwards_to, target)

    def _note_home(self, first: Target, end: Target) -> None:
        keys = {page_key(target.url) for target in self.store.registry if target.id in self.visits.home_ids}
        self.store.set_meta("home_keys", sorted(keys))
        self.store.set_meta("home_url", end.url)
        self.store.set_meta("portal_urls", sorted({first.url, end.url}))
        self._portal_host = end.host
        logger.info("home/opened start=%s end=%s", first.url, end.url)

    async def _ask_for_unknown(self, home: Target) -> None:
        """Addresses that nobody made: a portal that answers them with a page hides its dead links."""
        if not self._stopped():
            found = await ask_for_unknown(self.visits, home.url, set(self.store.get_meta("home_keys", [])))
            self.store.set_meta(UNKNOWN_PAGES, [asdict(page) for page in found])

    async def _close_home(self, home: Target) -> None:
        """The home page once more at the end: a portal, or a line, that is gone by then makes the whole run void."""
        if self._stopped():
            return
        if await self._sight(home):
            return
        for pause in self.options.look_pauses:
            await asyncio.sleep(pause)
            if await self._sight(home):
                return
        self.health.void = "抓取结束时首页已经打不开，本次结果不可信，请检查网络后重新运行。"

    # -- rounds ---------------------------------------------------------------------------------------------------------

    async def _phase(self, name: str) -> None:
        self._phase_name(name)
        await self._drain()
        self.visits.settle_redirects()

    async def _look_again(self) -> None:
        """Second looks once the queue is empty, third ones after a longer pause, until nothing new comes of them."""
        second, third = self.options.look_pauses
        for _ in range(MAX_ROUNDS):
            if self._stopped():
                return
            if due := self._due(1):
                await self._round("second", due, second)
            elif due := self._due(2):
                await self._round("third", due, third)
            else:
                return

    async def _round(self, name: str, due: list[Target], pause: float) -> None:
        self._tell(now=True)
        await asyncio.sleep(pause)
        self.visits.last_look = name == "third"
        for target in due:
            self.discovery.again(target)
        await self._phase(name)
        self.visits.last_look = False

    def _due(self, tries: int) -> list[Target]:
        """Targets due for another look: after one try the ordinary failures, after two also refusals and blocks."""
        failed = [target for target in self.store.registry if target.state is State.FAILED and target.tries < MAX_TRIES]
        due = []
        for target in failed:
            status, final = self.store.last_look(target.id)
            wanted = tries_due(FailureKind(target.reason), status)
            # A failure that changed its kind may have had its looks, and none of them at the end.
            missing = target.tries < wanted or (wanted > 1 and not final)
            if (target.tries == 1 and wanted == MAX_TRIES) if tries == 1 else missing:
                due.append(target)
        return due

    async def _render(self) -> None:
        """Draw what is filled by scripts and read on from there."""
        if self.rendering is None or self.overview is not None:
            return
        for _ in range(MAX_RENDERINGS):
            if self._stopped():
                return
            self._phase_name("browser")
            if not await self.rendering.round(self._stopped):
                return
            await self._phase("crawl")
            await self._look_again()

    async def _sightings(self) -> None:
        """Once more, apart in time, what somebody may be accused over: empty columns, 单位 pages without a column."""
        self._phase_name("sightings")
        self.store.flush()
        start = self.options.start_url
        wanted = list(self.second_looks(self.store, start, self.now().date(), self.options.pins))[:MAX_SIGHTINGS]
        targets = [target for url in wanted if (target := self._known(url)) is not None]
        targets += self._foreign_suspects()
        for part in self.store.registry:
            if part.part_of is not None and part.state is State.FETCHED:
                self._parts.setdefault(part.part_of, []).append(part)
        if not targets:
            return
        await asyncio.sleep(self.options.look_pauses[0])
        gate = asyncio.Semaphore(self.options.per_host)

        async def look(target: Target) -> None:
            async with gate:
                if not self._stopped():
                    await self._sight(target)

        async with asyncio.TaskGroup() as group:
            for target in dict.fromkeys(targets):
                group.create_task(look(target))
        if self.rendering is not None:
            await self.rendering.again(wanted, self._stopped)

    async def _read_attachments(self) -> None:
        if self.visits.desk is not None:
            self._phase_name("attachments")
            await self.visits.desk.finish()

    async def _second_attachments(self) -> None:
        """Once more, apart in time, the attachments that seem empty, broken or something else than they claim."""
        desk = self.visits.desk
        suspicious = list(desk.suspicious()) if desk is not None else []
        if desk is None or not suspicious:
            return
        await asyncio.sleep(self.options.look_pauses[0])
        for target in suspicious:
            if self._stopped():
                return
            await desk.look_again(target, self.visits.fetcher)
        await desk.finish()

    def _foreign_suspects(self) -> list[Target]:
        """Foreign pages whose title or keywords are none that a government links to: seen once, they prove nothing."""
        suspects = (
            page.url
            for page in self.store.outside_pages()
            if speaks_badly(f"{page.page_title} {page.tags.get('Keywords', '')} {page.tags.get('Description', '')}")
        )
        found = (self.store.registry.get(url) for url in suspects)
        return [target for target in found if target is not None and target.state is State.FETCHED][:MAX_SUSPECTS]

    def _known(self, url: str) -> Target | None:
        target = self.store.registry.get(url)
        if target is None or target.end().state is not State.FETCHED:
            facts = self.store.page(url)
            target = self.store.registry.get(facts.url) if facts is not None else None
        end = None if target is None else target.end()
        return end if end is not None and end.state is State.FETCHED and is_read_as_page(end) else None

    async def _sight(self, target: Target) -> bool:
        """Look at a page and what completes it once more; whether the page opened."""
        reply = await self.visits.fetcher.ask(target, probe=not target.internal)
        if not await self._keep_sighting(target, reply):
            return False
        for part in self._parts.get(target.url, [])[:MAX_SIGHTED_PARTS]:
            await self._keep_sighting(part, await self.visits.fetcher.ask(part, probe=False))
        return True

    async def _keep_sighting(self, target: Target, reply: Reply) -> bool:
        if reply.failure is not None or reply.location is not None or not reply.body:
            return False
        try:
            record = await self.visits.read(target, reply)
        except ReadingFailed as error:
            logger.error("reading/failed url=%r capture=%s %s", target.url[:200], reply.capture, error)  # noqa: TRY400
            return False
        if record.gist.kind is PageKind.BLOCK_PAGE:
            return False
        self.store.add_sighted(record.gist.url, record.gist.part_of, timestamp(reply.at), record.facts)
        return True

    # -- the queue ------------------------------------------------------------------------------------------------------

    async def _drain(self) -> None:
        """Fetch until nothing waits, or the run must stop."""
        async with asyncio.TaskGroup() as group:
            while not self._stopped():
                self._dispatch(group)
                if not self.frontier.active and not self.frontier.is_waiting():
                    return
                await self._wait()
                if (manner := self.health.alarm()) is not None:
                    await self._check_line(manner)

    def _dispatch(self, group: asyncio.TaskGroup) -> None:
        while (taken := self.frontier.take(self.clock())) is not None:
            target, pool, lane = taken
            reason = self._refuse(target)
            if reason is not None:
                self.store.registry.decide(target, State.SKIPPED, reason)
                pool.give_back(lane, self.clock())
                continue
            self._begin(target)
            group.create_task(self._serve(target, pool, lane))

    async def _serve(self, target: Target, pool: LanePool, lane: Lane) -> None:
        try:
            reply = await self.visits.visit(target)
            if target.state is not State.FETCHED and is_read_as_page(target):
                self._pages_begun -= 1
            self._pace(target, reply, pool)
        finally:
            pool.give_back(lane, self.clock())
            self._changed.set()
            self._tell()

    async def _wait(self) -> None:
        """Until a visit ends, or a paused host may be asked again."""
        moment = self.frontier.next_time()
        try:
            if moment is None:
                await self._changed.wait()
            else:
                await asyncio.wait_for(self._changed.wait(), max(moment - self.clock(), 0.01))
        except TimeoutError:
            pass
        self._changed.clear()

    def _pace(self, target: Target, reply: Reply, pool: LanePool) -> None:
        if reply.status in {429, 503}:
            pool.hold(target.host, self.backoff.seconds(pool.strike(target.host), reply.retry_after), self.clock())
        elif reply.failure is None:
            pool.forgive(target.host)

    def _refuse(self, target: Target) -> str | None:
        """Reason for which a waiting target is not asked for after all."""
        if target.tries:
            return None
        if self.overview is not None and (reason := self.overview.refuse(target)) is not None:
            return reason
        if not is_read_as_page(target):
            return None
        if self._pages_begun >= self.options.max_pages:
            return BUDGET
        if target.host != self._portal_host and self._begun_by_host.get(target.host, 0) >= self.host_pages:
            return BUDGET
        return self.departments.refuse(target) or (None if target.request is not None else self.traps.refuse_page(target))

    def _begin(self, target: Target) -> None:
        self.store.registry.start(target)
        if is_read_as_page(target):
            self._pages_begun += 1
            self._begun_by_host[target.host] = self._begun_by_host.get(target.host, 0) + 1

    # -- stopping -------------------------------------------------------------------------------------------------------

    async def _check_line(self, manner: str) -> None:
        """Half of the last looks failed: is it the pages, or is it us? The home page tells."""
        if manner == "blocked":
            self.health.void = "半数以上的页面被防火墙拦截，本次结果不可信，请降低频率或与网站管理方沟通后重新运行。"
            return
        home = self.store.registry.get(self.store.get_meta("home_url", self.options.start_url))
        assert home is not None
        for pause in (0.0, *self.options.look_pauses):
            await asyncio.sleep(pause)
            reply = await self.visits.fetcher.ask(home, probe=True)
            if reply.failure is None:
                self.health.all_clear()
                return
        self.health.void = "半数以上的页面打不开，首页也打不开，可能是网络或代理的问题，本次结果不可信，请检查后重新运行。"

    def _stopped(self) -> bool:
        return self.health.void is not None or self._closed_reason() is not None

    def _closed_reason(self) -> str | None:
        """``window`` when the hours in which requests may be sent are over."""
        return None if self.options.is_open_at(self.now().hour) else WINDOW

    def _leave_rest(self, reason: str) -> None:
        for target in self._undecided():
            self.store.registry.decide(target, State.SKIPPED, reason)

    def _undecided(self) -> Iterable[Target]:
        return [target for target in self.store.registry if target.state in {State.QUEUED, State.ACTIVE}]

    # -- telling --------------------------------------------------------------------------------------------------------

    def _phase_name(self, name: str) -> None:
        self.counters.phase = name
        logger.info("phase/%s targets=%d pages=%d", name, len(self.store.registry), self.counters.pages)
        self._tell(now=True)

    def _tell(self, *, now: bool = False) -> None:
        self.counters.tell(self._progress, now=now)

    def _progress(self) -> Progress:
        counts = self.store.registry.counts
        return Progress(
            phase=self.counters.phase,
            discovered=len(self.store.registry),
            pages=self.counters.pages,
            fetched=counts[State.FETCHED] + counts[State.REDIRECTED],
            failed=counts[State.FAILED],
            skipped=counts[State.SKIPPED],
            waiting=counts[State.QUEUED] + counts[State.ACTIVE],
            requests=self.counters.requests,
            bytes=self.counters.bytes,
        )


_FAILURES = {
    FailureKind.DNS: "域名无法解析",
    FailureKind.REFUSED: "连接被拒绝",
    FailureKind.RESET: "连接被中断",
    FailureKind.TIMEOUT_CONNECT: "连接超时",
    FailureKind.TIMEOUT_READ: "等待回应超时",
    FailureKind.TLS: "加密连接失败",
    FailureKind.TOO_LARGE: "首页过大",
    FailureKind.TRUNCATED: "回应不完整",
    FailureKind.REDIRECT_LOOP: "来回跳转",
    FailureKind.REDIRECT_INVALID: "跳转地址无效",
    FailureKind.BLOCKED: "被防火墙拦截",
    FailureKind.LOGIN: "需要登录",
    FailureKind.PRIVATE: "地址属于内网，未加 --allow-private 时不访问",
    FailureKind.NOT_FOUND: "页面不存在",
    FailureKind.CLIENT_ERROR: "服务器拒绝访问",
    FailureKind.SERVER_ERROR: "服务器出错",
    FailureKind.PROXY: "代理无法连接",
}


def _home_reason(end: Target) -> str:
    if end.state is State.SKIPPED and end.reason == FailureKind.ROBOTS:
        return f"robots.txt 不允许访问首页 {end.url}，本次没有检查任何内容。"
    if end.state is State.SKIPPED:
        return f"首页 {end.url} 读不出来，详情见 crawl.log，本次没有检查任何内容。"
    why = _FAILURES.get(FailureKind(end.reason), "原因不明") if end.reason else "没有可读的回应"
    return f"首页 {end.url} 打不开（{why}），本次没有检查任何内容。"
