"""工作日: the State Council's calendar with make-up days, and what the operator knows better.

A day the operator's file names is firm. Then come the announced years (chinesecalendar, or ``announced_years`` of the file);
every other year is reckoned with the statutory holidays alone and is 暂定 (provisional). So are the last days of an announced
December while the next year is not announced: 元旦 has taken make-up days from them (2006, 2007, 2018).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import chinese_calendar

if TYPE_CHECKING:
    import holidays

ONE_DAY = timedelta(days=1)
MAX_DAYS = 4_000
"""Days a count walks at most: a calendar without a single working day must end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Last day to mend; ``provisional`` when a day on the way is not announced yet."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are worked."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced_years: frozenset[int] = field(default_factory=frozenset)
    year_end: tuple[int, int] = (12, 29)
    """Month and day from which a December waits for the next year's announcement."""

    def is_working(self, day: date) -> tuple[bool, bool]:
        """Whether ``day`` is worked, and whether that is announced."""
        if day in self.holidays:
            return False, True
        if day in self.workdays:
            return True, True
        if day.year in self.announced_years:
            return day.weekday() < 5 and day not in _statutory(day.year), True
        worked, announced = _official(day)
        waiting = (day.month, day.day) >= self.year_end and not self._announced(day.year + 1)
        return worked, announced and not waiting

    def due_after(self, start: date, working_days: int) -> Deadline:
        """The ``working_days``-th working day after ``start``; ``start`` itself does not count.

        Raises ValueError when the calendar has not so many working days in the years ahead.
        """
        day, provisional, left = start, False, working_days
        while left > 0:
            if (day - start).days > MAX_DAYS:
                raise ValueError(f"no {working_days} working days after {start}")
            day += ONE_DAY
            worked, firm = self.is_working(day)
            provisional = provisional or not firm
            left -= worked
        return Deadline(day=day, provisional=provisional)

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative when ``end`` comes first."""
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.is_working(day)[0] for day in days)

    def _announced(self, year: int) -> bool:
        return year in self.announced_years or _official(date(year, 1, 1))[1]


OFFICIAL = WorkCalendar()


@lru_cache(maxsize=4_096)
def _official(day: date) -> tuple[bool, bool]:
    """Whether ``day`` is worked, and whether its year is announced."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < 5 and day not in _statutory(day.year), False


@lru_cache(maxsize=16)
def _statutory(year: int) -> "holidays.HolidayBase":
    import holidays  # noqa: PLC0415  loads slowly, and announced years do without

    return holidays.country_holidays("CN", years=year)
