"""Days: ages and calendar months, counted from the audit date."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


def as_day(text: str | None) -> date | None:
    """Day of an ISO date or date-time; None when there is none or it is no date."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxAge:
    """How old something may be: days or calendar months, the other one 0."""

    days: int = 0
    months: int = 0

    def oldest_allowed(self, audit_date: date) -> date:
        """What is of this very day is still in time."""
        return (months_before(audit_date, self.months) if self.months else audit_date) - timedelta(days=self.days)

    def last_day(self, newest: date) -> date:
        """Last audit date on which ``newest`` is still in time."""
        last = months_before(newest, -self.months) + timedelta(days=self.days)
        while self.oldest_allowed(last + timedelta(days=1)) <= newest:  # months of 28 days: three steps at most
            last += timedelta(days=1)
        return last


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
