"""整改期限: due dates in working days on the State Council calendar.

A year that is not announced yet is reckoned with the statutory holidays alone and marked 暂定 (provisional).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
import holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Last day to mend; ``provisional`` when a day on the way lies in a year not yet announced."""

    day: date
    provisional: bool


def due_after(start: date, working_days: int) -> Deadline:
    """The ``working_days``-th working day after ``start``; ``start`` itself does not count."""
    day, provisional, left = start, False, working_days
    while left > 0:
        day += timedelta(days=1)
        working, firm = _is_working_day(day)
        provisional = provisional or not firm
        left -= working
    return Deadline(day=day, provisional=provisional)


@lru_cache(maxsize=4_096)
def _is_working_day(day: date) -> tuple[bool, bool]:
    """Whether ``day`` is worked, and whether that is announced."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < 5 and day not in _statutory(day.year), False


@lru_cache(maxsize=16)
def _statutory(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
