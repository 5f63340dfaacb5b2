"""Ages of columns: the newest readable date, and whether it may be held against the column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawler.facts import ColumnFacts, Entry, ListState
from rules.dates import MaxAge, as_day
from rules.model import Judgement, Outcome
from rules.subjects import cannot_tell, newest_entry, of_column, unseen

FRESHNESS_FIELDS = {
    Outcome.PASSED: ("newest", "age_days"),
    Outcome.FAILED: ("newest", "age_days", "newest_title"),
    Outcome.CANT_TELL: ("reason",),
    Outcome.UNTESTED: ("reason",),
}
"""Outcomes and message fields of every check that asks for a column's age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a column is held to."""

    audit_date: date
    max_age: MaxAge
    min_times_seen: int


def judge_age(column: ColumnFacts, limit: Limit) -> Judgement:
    """Whether the column's newest entry is in time.

    Stale needs more than an old date: the list was read as far as newer entries could stand, most entries are dated, and a
    second look showed the same. An empty, forwarding or note-only column is another rule's matter.
    """
    if column.archived or column.state is not ListState.ENTRIES:
        return (None if column.archived else unseen(column)) or of_column(column, Outcome.INAPPLICABLE)
    newest = newest_until(column, limit.audit_date)
    if newest is None:
        return cannot_tell(column, "future-dates" if column.newest or any(entry.date for entry in column.entries) else "no-dates")
    age = (limit.audit_date - newest).days
    if newest >= limit.max_age.oldest_allowed(limit.audit_date):
        passed = of_column(column, Outcome.PASSED, newest=newest, age_days=age)
        return passed.with_(renewed=newest, last_day=limit.max_age.last_day(newest))
    doubt = _doubt(column, limit)
    if doubt:
        return cannot_tell(column, doubt)
    entry = newest_entry(column.entries, newest.isoformat())
    title = entry.title if entry else ""
    return of_column(column, Outcome.FAILED, newest=newest, age_days=age, newest_title=title)


def newest_until(column: ColumnFacts, audit_date: date) -> date | None:
    """Newest date not after the audit date. A list may be judged as of a day before it was read."""
    newest = as_day(column.newest)
    if newest is not None and newest <= audit_date:
        return newest
    days = [day for entry in column.entries if (day := as_day(entry.date)) is not None and day <= audit_date]
    return max(days, default=None)


def _doubt(column: ColumnFacts, limit: Limit) -> str:
    """Why an old newest date does not make the column stale; "" when it does."""
    if column.undated * 2 > len(column.entries):
        return "unreadable-dates"
    if (column.pages or 1) > column.pages_read and not newest_first(column.entries):
        return "pages-left"
    return "seen-once" if column.times_seen < limit.min_times_seen else ""


def newest_first(entries: Sequence[Entry]) -> bool:
    """Whether the list runs from new to old, so that unread pages hold nothing newer. Pinned rows do not count."""
    days = [entry.date[:10] for entry in entries if entry.date and not entry.pinned]
    return len(set(days)) > 1 and all(first >= second for first, second in pairwise(days))
