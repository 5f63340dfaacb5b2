"""历次得分: the scores of the runs, oldest first, placed on a drawing as wide as the page and ``HEIGHT`` pixels high."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import figures
from reports.result import TrendPoint

MAX_POINTS = 24
"""So many dots stand apart on a phone; older runs are counted."""
MAX_DAYS = 5
"""With more runs than that only the first and the last have their day written below."""
LEFT, RIGHT = 10.0, 96.0
"""Per cent of the width, so that letters keep their size on a phone."""
HEIGHT, TOP, BOTTOM = 190, 26, 156
"""Pixels; below ``BOTTOM`` stand the days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    x: float
    """Per cent of the width."""
    low: float
    """Height of the lowest possible score in the drawing."""
    high: float
    score: str
    day: str
    named: bool
    """Its day is written below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    dots: tuple[Dot, ...]
    grid: tuple[tuple[str, float, bool], ...]
    """(score, height, whether it is the pass mark)"""
    words: str
    """The same in words."""
    earlier: int
    """Runs before those shown."""


def make_trend(points: Sequence[TrendPoint], pass_mark: float | None) -> Trend | None:
    """None with fewer than two runs: one point is no trend."""
    if len(points) < 2:
        return None
    shown = points[-MAX_POINTS:]
    last = len(shown) - 1
    dots = tuple(
        _dot(point, LEFT + (RIGHT - LEFT) * place / last, named=place in {0, last} or last < MAX_DAYS)
        for place, point in enumerate(shown)
    )
    marks = {0.0: False, 100.0: False} | ({50.0: False} if pass_mark is None else {pass_mark: True})
    return Trend(
        dots=dots,
        grid=tuple((figures.points(mark), height(mark), passes) for mark, passes in sorted(marks.items())),
        words="；".join(f"{dot.day}：{dot.score} 分" for dot in dots),
        earlier=len(points) - len(shown),
    )


def height(score: float) -> float:
    """Points above 100 (加分) and below 0 stay on the drawing."""
    inside = min(max(score, 0.0), 100.0)
    return round(TOP + (BOTTOM - TOP) * (1 - inside / 100), 1)


def _dot(point: TrendPoint, x: float, *, named: bool) -> Dot:
    low, high = figures.points(point.low), figures.points(point.high)
    return Dot(
        x=round(x, 2),
        low=height(point.low),
        high=height(point.high),
        score=low if low == high else f"{low}～{high}",
        day=figures.iso(point.as_of),
        named=named,
    )
