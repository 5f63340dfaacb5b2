"""历次得分."""

import pytest

from reports.result import TrendPoint
from reports.trend import BOTTOM, MAX_POINTS, TOP, height, make_trend


def points(count: int) -> tuple[TrendPoint, ...]:
    return tuple(TrendPoint(as_of=f"2026-01-{n % 28 + 1:02d}", low=50 + n % 50, high=60 + n % 50) for n in range(count))


@pytest.mark.parametrize("count", [0, 1])
def test_one_run_is_no_trend(count: int) -> None:
    assert make_trend(points(count), 60) is None


def test_runs_stand_from_left_to_right_and_the_pass_mark_is_drawn() -> None:
    trend = make_trend((TrendPoint(as_of="2026-10-20", low=52, high=52), TrendPoint(as_of="2026-11-20", low=41.5, high=60)), 60)
    assert trend is not None
    first, last = trend.dots
    assert (first.x, last.x) == (10, 96)
    assert first.low == first.high
    assert last.high < first.low < last.low
    assert (first.score, last.score) == ("52", "41.5～60")
    assert trend.words == "2026-10-20：52 分；2026-11-20：41.5～60 分"
    assert [mark for mark, _, passes in trend.grid if passes] == ["60"]


def test_an_unknown_pass_mark_is_not_drawn() -> None:
    trend = make_trend(points(2), None)
    assert trend is not None
    assert not any(passes for *_, passes in trend.grid)


def test_only_the_last_runs_are_drawn_and_the_earlier_counted() -> None:
    trend = make_trend(points(MAX_POINTS + 6), None)
    assert trend is not None
    assert (len(trend.dots), trend.earlier) == (MAX_POINTS, 6)
    assert [dot.named for dot in trend.dots].count(True) == 2


@pytest.mark.parametrize("score", [-5, 0, 60, 100, 130])
def test_no_score_leaves_the_drawing(score: float) -> None:
    assert TOP <= height(score) <= BOTTOM
