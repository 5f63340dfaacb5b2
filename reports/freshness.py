"""栏目更新: how fresh every column is, as rows and as bars on one time line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from reports import figures, labels
from reports.addresses import Address, address
from reports.result import ColumnLine
from reports.room import fitting, html_bytes
from reports.text import one_line

WINDOW_DAYS = 400
"""The time line ends ``AHEAD_DAYS`` after the audit date and starts so many days before its end."""
AHEAD_DAYS = 40
QUARTERS = (1, 4, 7, 10)
MAX_ROW_BYTES = 550_000
"""All rows of one page together; the workbook has every row."""
ROW_MARKUP_BYTES = 1_150
STATUSES: Final[tuple[Literal["stale", "empty", "due-soon", "unknown", "fresh", "no-period"], ...]] = (
    "stale",
    "empty",
    "due-soon",
    "unknown",
    "fresh",
    "no-period",
)
"""Most urgent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Per cent of the time line's width: from the newest entry to the last day on which the column is in time."""

    start: float
    end: float
    today: float
    before: bool
    """The newest entry lies left of the time line's start."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A first of January, April, July or October on the time line."""

    at: float
    """Per cent of the width."""
    text: str
    minor: bool
    """April and October: left out where there is little room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    ticks: tuple[Tick, ...]
    today: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    path: str
    address: Address
    kind: str
    state: str
    entries: str
    newest: str
    age: str
    age_days: int | None
    limit: str
    limit_days: int | None
    status: str
    status_word: str
    last_day: str | None
    """Last day on which the column is still in time."""
    days_left: int | None
    bar: Bar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    rows: tuple[Row, ...]
    left_out: int
    counts: tuple[tuple[str, str, int], ...]
    """(status, word, number of columns), most urgent first, none that is 0."""
    axis: Axis


def make_freshness(columns: Sequence[ColumnLine], as_of: str) -> Freshness:
    ordered = sorted(columns, key=lambda column: _urgency(column, as_of))
    tally = Counter(column.status for column in columns)
    rows = fitting((make_row(column, as_of) for column in ordered), _cost, MAX_ROW_BYTES)
    return Freshness(
        rows=rows,
        left_out=len(ordered) - len(rows),
        counts=tuple((status, labels.COLUMN_STATUS[status], tally[status]) for status in STATUSES if tally[status]),
        axis=make_axis(as_of),
    )


def make_axis(as_of: str) -> Axis:
    """The quarters the time line covers; without ticks where the audit date is none."""
    now = figures.as_date(as_of)
    days = [now + timedelta(days=n) for n in range(AHEAD_DAYS - WINDOW_DAYS, AHEAD_DAYS)] if now and 1 < now.year < 9999 else []
    ticks = tuple(
        Tick(
            at=round(_position((now - day).days), 2),
            text=str(day.year) if day.month == 1 else f"{day.month}月",
            minor=day.month in {4, 10},
        )
        for day in days
        if now and day.day == 1 and day.month in QUARTERS
    )
    return Axis(ticks=ticks, today=round(_position(0), 2))


def _position(age: int) -> float:
    """Where a day ``age`` days before the audit stands, in per cent of the time line."""
    return 100 * (WINDOW_DAYS - AHEAD_DAYS - age) / WINDOW_DAYS


def _urgency(column: ColumnLine, as_of: str) -> tuple[int, int, str, str, str]:
    return STATUSES.index(column.status), _days_left(column, as_of), column.path, column.name, column.url


def make_row(column: ColumnLine, as_of: str) -> Row:
    age = _age(column, as_of)
    last_day = figures.day_after(column.newest, column.max_age_days)
    return Row(
        name=one_line(column.name, 80),
        path=one_line(column.path, 200),
        address=address(column.url),
        kind=labels.word(labels.COLUMN_TYPE, column.column_type),
        state=labels.word(labels.LIST_STATE, column.state),
        entries=_entries(column),
        newest=figures.iso(column.newest) if column.newest else "未读到日期",
        age="—" if age is None else f"{age} 天",
        age_days=age,
        limit_days=column.max_age_days,
        limit="—" if column.max_age_days is None else f"{column.max_age_days} 天",
        status=column.status,
        status_word=labels.COLUMN_STATUS[column.status],
        last_day=last_day,
        days_left=figures.days_between(as_of, last_day),
        bar=_bar(column, as_of, age),
    )


def _entries(column: ColumnLine) -> str:
    """Not collected is not zero, and a page with a text instead of a list has no entries to miss."""
    if column.entries is None:
        return "未读取"
    return "无列表" if not column.entries and column.state in {"text", "note", "forwards"} else f"{column.entries} 条"


def _cost(row: Row) -> int:
    title = row.bar.title if row.bar else ""
    return ROW_MARKUP_BYTES + html_bytes(row.name, row.path, row.address.text, row.address.href or "", row.state, title, title)


def _age(column: ColumnLine, as_of: str) -> int | None:
    return column.age_days if column.age_days is not None else figures.days_between(column.newest, as_of)


def _days_left(column: ColumnLine, as_of: str) -> int:
    age = _age(column, as_of)
    return 10**9 if age is None or column.max_age_days is None else column.max_age_days - age


def _bar(column: ColumnLine, as_of: str, age: int | None) -> Bar | None:
    """None where there is no date, or one after the audit date: that is no measure of freshness."""
    if age is None or age < 0:
        return None
    position = _position(age)
    end = position if column.max_age_days is None else position + 100 * column.max_age_days / WINDOW_DAYS
    limit = "，没有规定更新期限" if column.max_age_days is None else f"，应在 {column.max_age_days} 天内更新"
    return Bar(
        start=round(min(max(position, 0), 100), 2),
        end=round(min(max(end, 0), 100), 2),
        today=round(_position(0), 2),
        before=position < 0,
        title=f"最近更新 {figures.iso(column.newest or '')}，距检查日 {as_of} 已 {age} 天{limit}。",
    )
