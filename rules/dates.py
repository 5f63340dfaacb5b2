"""Days: ages and calendar months, counted from the audit date."""

import calendar
from datetime import date


def as_day(text: str | None) -> date | None:
    """Day of an ISO date or date-time; None when there is none or it is no date."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
