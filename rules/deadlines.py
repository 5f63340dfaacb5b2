"""Yearly deadlines by kind of 单位 (条例 art. 49)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.facts import UnitKind
from rules.registry import CheckParams


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(CheckParams):
    """Last day of the year on which a report is in time."""

    kinds: tuple[UnitKind, ...]
    month: int
    day: int

    def __post_init__(self) -> None:
        try:
            date(2001, self.month, self.day)
        except ValueError as error:
            raise ValueError(f"没有 {self.month} 月 {self.day} 日这一天。") from error


def last_day(deadlines: Sequence[Deadline], kind: UnitKind, year: int) -> date | None:
    """Last day for this kind of 单位; None: it is held to no deadline."""
    found = next((deadline for deadline in deadlines if kind in deadline.kinds), None)
    return date(year, found.month, found.day) if found else None
