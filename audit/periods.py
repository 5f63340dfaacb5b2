"""更新期限: how old a column's newest entry may be, read out of the packs in force; for showing, never for judging."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from crawler.facts import ColumnFacts, ListState
from rules.model import Expiry, Pack, Subject

DAYS_A_MONTH = 30.5

Status = Literal["fresh", "due-soon", "stale", "empty", "unknown", "no-period"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    newest: str | None
    age_days: int | None
    max_age_days: int | None
    status: Status

    def until(self, expiry: Expiry, *, due_soon: bool) -> "Freshness":
        """The same with the rule's own reckoning, which knows calendar months and the periods of 条例 items."""
        return replace(
            self,
            newest=expiry.renewed.isoformat(),
            max_age_days=expiry.period_days,
            status="due-soon" if due_soon else "fresh",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Longest age in days by column type."""

    days: Mapping[str, int]

    @classmethod
    def of(cls, packs: Sequence[Pack]) -> "Periods":
        """Collect ``max_age_days`` or ``max_age_months`` of every rule whose params name ``column_types``."""
        days: dict[str, int] = {}
        for pack in packs:
            for rule in pack.rules:
                if rule.subject is not Subject.COLUMN:
                    continue
                params = rule.raw_params
                age = params.get("max_age_days")
                if age is None and params.get("max_age_months") is not None:
                    age = round(params["max_age_months"] * DAYS_A_MONTH)
                if age is None:
                    continue
                for column_type in params.get("column_types") or ():
                    days[column_type] = min(int(age), days.get(column_type, int(age)))
        return cls(days=days)

    def max_age(self, column: ColumnFacts, department: str | None) -> int | None:
        """Period of ``column``; only guides are due in a 单位's own section, portal columns by their type."""
        if column.archived or (department is not None and column.column_type != "guide"):
            return None
        return self.days.get(column.column_type)


def freshness(column: ColumnFacts, max_age_days: int | None, as_of: date) -> Freshness:
    """Where ``column`` stands against its period on ``as_of``."""
    newest = column.updated.value if column.column_type == "guide" and column.updated.value else column.newest
    newest = newest[:10] if newest else None
    age = (as_of - date.fromisoformat(newest)) // timedelta(days=1) if newest else None
    return Freshness(newest=newest, age_days=age, max_age_days=max_age_days, status=_status(column, age, max_age_days))


def _status(column: ColumnFacts, age: int | None, max_age_days: int | None) -> Status:
    if column.state is ListState.EMPTY:
        return "empty"
    if column.state in {ListState.UNTESTED, ListState.SCRIPTED}:
        return "unknown"
    if max_age_days is None:
        return "no-period"
    if age is None:
        return "unknown"
    return "stale" if age > max_age_days else "fresh"
