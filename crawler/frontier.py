"""What is to be fetched next: one lane per host, each with its own queue, limit and pause."""

import heapq
from collections import deque
from collections.abc import Iterator
from itertools import count

from crawler.targets import Rank, State, Target

MAX_STRIKES = 6
"""Refusals in a row after which the pause of a host grows no further."""

GOOD_ANSWERS = 20
"""In a row, before a host that was given less to bear gets more again."""


class Lane:
    """One host: what waits for it, by rank, and how many requests are under way."""

    __slots__ = ("_again", "_queues", "active", "good", "host", "limit", "listed", "ready_at", "strikes", "usual")

    def __init__(self, host: str, limit: int) -> None:
        self.host = host
        self.limit = limit
        self.usual = limit
        """Its limit while it answers well."""
        self.good = 0
        """Good answers in a row."""
        self.active = 0
        self.ready_at = 0.0
        self.strikes = 0
        self.listed = False
        """Stands in the pool's list of lanes to serve."""
        self._again: deque[Target] = deque()
        """Second looks that are due: whatever their rank, they come before what was never looked at."""
        self._queues: dict[int, deque[Target]] = {}

    def push_again(self, target: Target) -> None:
        self._again.append(target)

    def push(self, target: Target) -> None:
        self._queues.setdefault(target.rank, deque()).append(target)

    def pop(self, best: int = Rank.HOME) -> Target | None:
        """A due second look, else the next of the best rank, none before ``best``; entries moved to a better rank meanwhile are
        passed over."""
        while self._again:
            target = self._again.popleft()
            if target.state is State.QUEUED:
                return target
        while (rank := min((rank for rank in self._queues if rank >= best), default=None)) is not None:
            queue = self._queues[rank]
            while queue:
                target = queue.popleft()
                if target.state is State.QUEUED and target.rank == rank:
                    return target
            del self._queues[rank]
        return None

    def __bool__(self) -> bool:
        return bool(self._again) or any(self._queues.values())

    def waiting(self) -> Iterator[Target]:
        """Everything that still waits, in no order."""
        yield from (target for target in self._again if target.state is State.QUEUED)
        for rank, queue in self._queues.items():
            yield from (target for target in queue if target.state is State.QUEUED and target.rank == rank)


class LanePool:
    """Lanes that share a limit on requests under way: the portal's hosts are one pool, all others another."""

    def __init__(self, *, per_lane: int, in_all: int) -> None:
        self._per_lane = per_lane
        self._in_all = in_all
        self._lanes: dict[str, Lane] = {}
        self._ready: deque[Lane] = deque()
        self._held: list[tuple[float, int, Lane]] = []
        self._ticket = count()
        self.active = 0

    def push(self, target: Target, now: float) -> None:
        lane = self._lane(target.host)
        lane.push(target)
        self._enlist(lane, now)

    def push_again(self, target: Target, now: float) -> None:
        """Have a second look at ``target`` before anything new of its host."""
        lane = self._lane(target.host)
        lane.push_again(target)
        self._enlist(lane, now)

    def take(self, now: float, best: int = Rank.HOME) -> tuple[Target, Lane] | None:
        """The next target that may be fetched now, with its lane; None: nothing waits, or every lane is busy or paused.

        Nothing of a rank before ``best`` is taken: that stays where it is. Each take must be answered by one :meth:`give_back`.
        """
        while self._held and self._held[0][0] <= now:
            lane = heapq.heappop(self._held)[2]
            lane.listed = False
            self._enlist(lane, now)
        passed: list[Lane] = []
        taken = None
        while taken is None and self._ready and self.active < self._in_all:
            lane = self._ready.popleft()
            target = lane.pop(best)
            if target is None and lane:
                passed.append(lane)
                continue
            lane.listed = False
            if target is not None:
                lane.active += 1
                self.active += 1
                self._enlist(lane, now)
                taken = target, lane
        self._ready.extendleft(reversed(passed))
        return taken

    def give_back(self, lane: Lane, now: float) -> None:
        lane.active -= 1
        self.active -= 1
        self._enlist(lane, now)

    def hold(self, host: str, seconds: float, now: float) -> None:
        """Send nothing to ``host`` for so long; requests under way go on."""
        lane = self._lane(host)
        lane.ready_at = max(lane.ready_at, now + seconds)

    def set_limit(self, host: str, limit: int) -> None:
        lane = self._lane(host)
        lane.limit = lane.usual = limit

    def strike(self, host: str) -> int:
        """Halve what ``host`` has to bear at once, since it refused (429, 503) or hung; returns how often in a row."""
        lane = self._lane(host)
        lane.strikes = min(lane.strikes + 1, MAX_STRIKES)
        lane.limit, lane.good = max(lane.limit // 2, 1), 0
        return lane.strikes

    def forgive(self, host: str) -> None:
        """Note a good answer; a number of them in a row doubles what ``host`` has to bear, up to the usual."""
        lane = self._lane(host)
        lane.strikes = 0
        lane.good += 1
        if lane.good >= GOOD_ANSWERS and lane.limit < lane.usual:
            lane.limit, lane.good = min(2 * lane.limit, lane.usual), 0

    def next_time(self) -> float | None:
        """When the first paused lane may go on; None: no lane is paused."""
        return self._held[0][0] if self._held else None

    def is_waiting(self) -> bool:
        return any(self._lanes.values())

    def waiting(self) -> Iterator[Target]:
        for lane in self._lanes.values():
            yield from lane.waiting()

    def _lane(self, host: str) -> Lane:
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = Lane(host, self._per_lane)
        return lane

    def _enlist(self, lane: Lane, now: float) -> None:
        if lane.listed or lane.active >= lane.limit or not lane:
            return
        lane.listed = True
        if lane.ready_at > now:
            heapq.heappush(self._held, (lane.ready_at, next(self._ticket), lane))
        else:
            self._ready.append(lane)


class Frontier:
    """All that waits, the portal's own hosts before the others'."""

    def __init__(self, *, per_host: int, inside: int, per_foreign_host: int, outside: int) -> None:
        self.inside = LanePool(per_lane=per_host, in_all=inside)
        self.outside = LanePool(per_lane=per_foreign_host, in_all=outside)

    def pool(self, target: Target) -> LanePool:
        return self.inside if target.internal else self.outside

    def push(self, target: Target, now: float) -> None:
        self.pool(target).push(target, now)

    def promote(self, target: Target, rank: int, now: float) -> None:
        """Give a waiting target a better rank; its old entry is passed over when its turn comes."""
        target.rank = rank
        self.push(target, now)

    def take(self, now: float, best: int = Rank.HOME) -> tuple[Target, LanePool, Lane] | None:
        for pool in (self.inside, self.outside):
            taken = pool.take(now, best)
            if taken is not None:
                return taken[0], pool, taken[1]
        return None

    def next_time(self) -> float | None:
        times = [moment for pool in (self.inside, self.outside) if (moment := pool.next_time()) is not None]
        return min(times, default=None)

    @property
    def active(self) -> int:
        return self.inside.active + self.outside.active

    def is_waiting(self) -> bool:
        return self.inside.is_waiting() or self.outside.is_waiting()

    def waiting(self) -> Iterator[Target]:
        yield from self.inside.waiting()
        yield from self.outside.waiting()
