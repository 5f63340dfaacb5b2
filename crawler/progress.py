"""Counters of a running crawl, as the terminal shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

INTERVAL_SECONDS = 0.5
"""Between two reports: a terminal needs no more."""

PHASES = {
    "start": "打开首页",
    "crawl": "抓取",
    "second": "第二次核对",
    "third": "最后一次核对",
    "browser": "用浏览器打开",
    "attachments": "读附件",
    "sightings": "复看空栏目",
    "close": "收尾",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """State of a crawl at one moment."""

    phase: str = "start"
    """Key of :data:`PHASES`."""
    discovered: int = 0
    pages: int = 0
    fetched: int = 0
    """Addresses that answered: pages, attachments, pictures, outlinks."""
    failed: int = 0
    skipped: int = 0
    waiting: int = 0
    requests: int = 0
    bytes: int = 0

    @property
    def phase_name(self) -> str:
        return PHASES.get(self.phase, self.phase)


_KEPT = ("pages", "requests", "not_modified", "not_due", "cut_pages", "bytes")


@dataclass(slots=True, kw_only=True)
class Counters:
    """Counted while the crawl runs; a snapshot goes to ``report`` every half second at most."""

    report: Callable[[Progress], None] | None = None
    clock: Callable[[], float] = monotonic
    phase: str = "start"
    pages: int = 0
    requests: int = 0
    not_modified: int = 0
    not_due: int = 0
    """Addresses that were not asked for, because the schedule of the last night's looks lets them wait."""
    cut_pages: int = 0
    """Pages with more links than are followed."""
    bytes: int = 0
    """Bytes of bodies as they came over the line."""
    _reported: float = field(default=float("-inf"))

    def counted(self) -> dict[str, int]:
        """What is counted over the whole run, interruptions included."""
        return {name: getattr(self, name) for name in _KEPT}

    def restore(self, counted: Mapping[str, int]) -> None:
        """Go on counting where an interrupted run stopped."""
        for name in _KEPT:
            setattr(self, name, getattr(self, name) + counted.get(name, 0))

    def tell(self, snapshot: Callable[[], Progress], *, now: bool = False) -> None:
        """Report ``snapshot()`` when the last report is old enough, or at once with ``now``."""
        if self.report is None:
            return
        moment = self.clock()
        if now or moment - self._reported >= INTERVAL_SECONDS:
            self._reported = moment
            self.report(snapshot())
