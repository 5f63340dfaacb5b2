"""Periods shown beside a column: due soon, stale, empty, unknown."""

from datetime import date

import pytest

from audit.periods import Periods, freshness
from crawler.facts import ColumnFacts, ListState, Read

AS_OF = date(2026, 11, 20)


def column(newest: str | None, state: ListState = ListState.ENTRIES, column_type: str = "news", **more: object) -> ColumnFacts:
    return ColumnFacts(name="x", url="http://a.cn/x/", column_type=column_type, newest=newest, state=state, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("newest", "status", "age"),
    [
        ("2026-11-20", "fresh", 0),
        ("2026-11-06", "fresh", 14),
        ("2026-11-05", "stale", 15),
        (None, "unknown", None),
    ],
)
def test_a_column_of_fourteen_days(newest: str | None, status: str, age: int | None) -> None:
    fresh = freshness(column(newest), 14, AS_OF)
    assert (fresh.status, fresh.age_days) == (status, age)


def test_an_empty_and_an_unread_column_are_told_apart() -> None:
    assert freshness(column(None, ListState.EMPTY), 14, AS_OF).status == "empty"
    assert freshness(column("2026-11-20", ListState.UNTESTED), 14, AS_OF).status == "unknown"


def test_a_guide_is_as_old_as_its_update_date() -> None:
    guide = column("2020-01-01", ListState.TEXT, "guide", updated=Read(value="2026-11-10T08:00+08:00"))
    assert freshness(guide, 365, AS_OF).newest == "2026-11-10"


def test_an_archived_column_and_one_of_a_unit_have_no_period() -> None:
    periods = Periods(days={"news": 14, "guide": 365})
    assert periods.max_age(column("2026-11-20"), None) == 14
    assert periods.max_age(column("2026-11-20", archived=True), None) is None
    assert periods.max_age(column("2026-11-20"), "财政局") is None
    assert periods.max_age(column("2026-11-20", column_type="guide"), "财政局") == 365
