"""Days and calendar months."""

from datetime import date, timedelta

import pytest

from rules.dates import MaxAge, as_day, months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 20), 6, date(2026, 5, 20)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 2, date(2025, 11, 15)),
        (date(2026, 11, 20), 12, date(2025, 11, 20)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize("text", [None, "", "2026-13-01", "昨天", "20261"])
def test_what_is_no_date_has_no_day(text: str | None) -> None:
    assert as_day(text) is None


def test_the_time_of_day_does_not_count() -> None:
    assert as_day("2026-11-20T23:59:59+08:00") == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("max_age", "newest", "last"),
    [
        (MaxAge(days=14), date(2026, 11, 6), date(2026, 11, 20)),
        (MaxAge(days=365), date(2024, 2, 29), date(2025, 2, 28)),
        (MaxAge(months=6), date(2026, 5, 20), date(2026, 11, 20)),
        (MaxAge(months=6), date(2026, 2, 28), date(2026, 8, 31)),  # six months before 31 August is 28 February
        (MaxAge(months=1), date(2026, 1, 31), date(2026, 2, 28)),
        (MaxAge(months=12), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_the_last_day_in_time_is_followed_by_one_that_is_not(max_age: MaxAge, newest: date, last: date) -> None:
    assert max_age.last_day(newest) == last
    assert max_age.oldest_allowed(last) <= newest < max_age.oldest_allowed(last + timedelta(days=1))
