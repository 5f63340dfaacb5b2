"""Sends out what waits, as fast as manners allow, until nothing waits or the run must stop."""

import asyncio
import heapq
import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.breaker import Breaker
from crawler.department_filter import DepartmentFilter
from crawler.discovery import BUDGET
from crawler.facts import FailureKind
from crawler.failures import MAX_TRIES, is_silence, tries_due
from crawler.fetching import Reply
from crawler.focus import Focus
from crawler.frontier import Frontier, Lane, LanePool
from crawler.health import RunHealth
from crawler.line_check import LineCheck
from crawler.options import CrawlOptions
from crawler.overview import Overview
from crawler.progress import Counters, Progress
from crawler.store import FactsStore
from crawler.targets import Rank, State, Target
from crawler.traps import TrapGuard
from crawler.visits import Visits, is_read_as_page

logger = logging.getLogger(__name__)

CHINA = ZoneInfo("Asia/Shanghai")

WINDOW = "window"
"""Reason of addresses for which the hours in which requests may be sent were over."""

_REFUSING = frozenset({429, 503})
_HANGING = frozenset({FailureKind.TIMEOUT_CONNECT, FailureKind.TIMEOUT_READ})


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Seconds a host that refuses (429, 503) or hangs is left alone: doubled each time in a row."""

    first: float
    most: float

    def seconds(self, strikes: int, wished: float | None) -> float:
        own = self.first * float(2 ** (strikes - 1))
        return min(max(own, wished or 0.0), self.most)


@dataclass(slots=True, kw_only=True)
class Dispatch:
    """Takes targets from the frontier and has them visited; knows budgets, paces and reasons to stop."""

    options: CrawlOptions
    store: FactsStore
    frontier: Frontier
    traps: TrapGuard
    departments: DepartmentFilter
    visits: Visits
    health: RunHealth
    line: LineCheck
    counters: Counters
    backoff: Backoff
    host_pages: int
    """Pages of one host beside the portal's own."""
    open_pages: int
    """Pages of the portal asked for and not yet read; when so many are, files are asked for meanwhile."""
    clock: Callable[[], float]
    overview: Overview | None = None
    """Leaves out what an overview does not need; None: everything is read."""
    focus: Focus | None = None
    """Keeps to a part of the portal; None: all of it is looked at."""
    now: Callable[[], datetime] = lambda: datetime.now(CHINA)
    portal_host: str = ""
    breaker: Breaker = field(default_factory=Breaker)
    pages_begun: int = 0
    _opened: int = 0
    """Pages under way, until they are read."""
    _begun_by_host: dict[str, int] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _second_looks: list[tuple[float, int, Target]] = field(default_factory=list)
    """Heap of what failed once: when it may be looked at again."""

    async def drain(self) -> None:
        """Fetch until nothing waits, or the run must stop.

        What fails is looked at a second time as soon as the pause is over, if there is anything else to do until then.
        """
        async with asyncio.TaskGroup() as group:
            while not self.stopped():
                self._take_up_second_looks()
                self._send(group)
                if not self.frontier.active and not self._opened and not self.frontier.is_waiting():
                    break
                await self._wait()
                if (manner := self.health.alarm()) is not None:
                    await self.line.on_alarm(manner)
        self.visits.settle_redirects()

    def begin(self, target: Target) -> None:
        """Count a target as under way."""
        self.store.registry.start(target)
        if is_read_as_page(target):
            self.count_begun(target)

    def count_begun(self, target: Target) -> None:
        """Count a page against the budgets."""
        self.pages_begun += 1
        self._begun_by_host[target.host] = self._begun_by_host.get(target.host, 0) + 1

    async def rest_since(self, targets: Iterable[Target], pause: float) -> None:
        """Wait until ``pause`` seconds went by since the last look at each of the targets."""
        await asyncio.sleep(self.rest_left(targets, pause))

    def rest_left(self, targets: Iterable[Target], pause: float) -> float:
        """Seconds until ``pause`` seconds went by since the last look at each of the targets."""
        last = max((target.looked_at for target in targets), default=0.0)
        return max(0.0, last + pause - self.clock())

    def _take_up_second_looks(self) -> None:
        while self._second_looks and self._second_looks[0][0] <= self.clock():
            target = heapq.heappop(self._second_looks)[2]
            if target.state is State.FAILED and target.tries == 1:
                self.store.registry.decide(target, State.QUEUED)
                self.frontier.pool(target).push_again(target, self.clock())

    def _note_failure(self, target: Target, reply: Reply) -> None:
        """Have a first failure looked at again; not in the last looks of a run, after which nothing may be left undecided."""
        if target.state is not State.FAILED or target.tries != 1 or self.visits.last_look:
            return
        if tries_due(FailureKind(target.reason), reply.status) == MAX_TRIES:
            heapq.heappush(self._second_looks, (target.looked_at + self.options.look_pauses[0], target.id, target))

    def _send(self, group: asyncio.TaskGroup) -> None:
        while (taken := self.frontier.take(self.clock(), self._best())) is not None:
            target, pool, lane = taken
            reason = self._refuse(target)
            if reason is not None:
                self.store.registry.decide(target, State.SKIPPED, reason)
                pool.give_back(lane, self.clock())
                continue
            self.begin(target)
            page = is_read_as_page(target)
            self._opened += page
            group.create_task(self._serve(target, pool, lane, page=page))

    def _best(self) -> Rank:
        return Rank.HOME if self._opened < self.open_pages else Rank.FILE

    async def _serve(self, target: Target, pool: LanePool, lane: Lane, *, page: bool) -> None:
        lane_held = ExitStack()
        lane_held.callback(self._give_back, pool, lane)
        try:
            # A page that answered leaves its lane to the next request while it is read.
            reply = await self.visits.visit(target, lane_held.close)
            self.traps.settled(target)
            if target.state is not State.FETCHED and is_read_as_page(target):
                self.pages_begun -= 1
            self._note_failure(target, reply)
            if not reply.carried:
                self._pace(target, reply, pool)
        finally:
            lane_held.close()
            self._opened -= page
            self._changed.set()
            self.tell()

    def _give_back(self, pool: LanePool, lane: Lane) -> None:
        pool.give_back(lane, self.clock())
        self._changed.set()

    async def _wait(self) -> None:
        """Until a visit ends, or a paused host may be asked again, or a second look is due."""
        moments = [self.frontier.next_time(), self._second_looks[0][0] if self._second_looks else None]
        moment = min((moment for moment in moments if moment is not None), default=None)
        try:
            if moment is None:
                await self._changed.wait()
            else:
                await asyncio.wait_for(self._changed.wait(), max(moment - self.clock(), 0.01))
        except TimeoutError:
            pass
        self._changed.clear()

    def _pace(self, target: Target, reply: Reply, pool: LanePool) -> None:
        """Slower for a host that refuses or hangs, back to the ordinary pace once it answers well for a while."""
        host = target.host
        if reply.status in _REFUSING:
            pool.hold(host, self.backoff.seconds(pool.strike(host), reply.retry_after), self.clock())
        elif reply.failure in _HANGING:
            # One page that hangs says little of its host; several in a row do.
            if (strikes := pool.strike(host)) > 1:
                pool.hold(host, self.backoff.seconds(strikes - 1, None), self.clock())
        elif reply.failure is None:
            pool.forgive(host)
        if target.tries > 1 and reply.failure is not None and is_silence(reply.failure):
            return  # its first look counted already: patience is for so many addresses, not for so many looks
        if self.breaker.note(host, reply.failure):
            for left in self.breaker.left(self.store.registry, host):
                self.store.registry.decide(left, State.QUEUED)
                self.frontier.push(left, self.clock())

    def _refuse(self, target: Target) -> str | None:
        """Reason for which a waiting target is not asked for after all; a second look is never refused."""
        if target.tries:
            return None
        if target.host != self.portal_host and (reason := self.breaker.refuse(target)) is not None:
            return reason
        for part in (self.overview, self.focus):
            if part is not None and (reason := part.refuse(target)) is not None:
                return reason
        return self._refuse_page(target) if is_read_as_page(target) else None

    def _refuse_page(self, target: Target) -> str | None:
        if self.pages_begun >= self.options.max_pages:
            return BUDGET
        if target.host != self.portal_host and self._begun_by_host.get(target.host, 0) >= self.host_pages:
            return BUDGET
        return self.departments.refuse(target) or (None if target.request is not None else self.traps.refuse_page(target))

    # -- stopping -------------------------------------------------------------------------------------------------------

    def stopped(self) -> bool:
        return self.health.void is not None or self.closed_reason() is not None

    def closed_reason(self) -> str | None:
        """``window`` when the hours in which requests may be sent are over."""
        return None if self.options.is_open_at(self.now().hour) else WINDOW

    def leave_rest(self, reason: str) -> None:
        """Decide everything that was not come to."""
        waiting = [target for target in self.store.registry if target.state in {State.QUEUED, State.ACTIVE}]
        for target in waiting:
            self.store.registry.decide(target, State.SKIPPED, reason)

    # -- telling --------------------------------------------------------------------------------------------------------

    def enter(self, phase: str) -> None:
        """Begin a phase of the run: one line in the log, one report to the terminal."""
        self.counters.phase = phase
        logger.info("phase/%s targets=%d pages=%d", phase, len(self.store.registry), self.counters.pages)
        self.tell(now=True)

    def tell(self, *, now: bool = False) -> None:
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
