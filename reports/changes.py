"""上次以来: what is new, mended, overdue and soon due over all 单位."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import figures
from reports.addresses import Address, address
from reports.cards import is_overdue
from reports.progress import FixedRow, change_counts, fixed_row
from reports.result import DueSoonLine, Unit
from reports.standing import listed_name
from reports.text import one_line
from reports.urgent import Problem, UrgentList, urgent_list

MAX_FIXED = 50
MAX_SOON = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SoonRow:
    unit: str
    href: str
    title: str
    address: Address | None
    due: str
    left: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    counts: tuple[tuple[str, str, int], ...]
    """As on a scorecard; empty without an earlier run."""
    fresh: UrgentList
    """New and come back."""
    overdue: UrgentList
    fixed: tuple[tuple[str, str, FixedRow], ...]
    """(单位, its scorecard, row)"""
    fixed_total: int
    soon: tuple[SoonRow, ...]
    """Tickets whose last day is near."""
    soon_total: int


def make_changes(pairs: Sequence[tuple[Unit, str]], found: Sequence[Problem], as_of: str) -> Changes:
    fixed = [(listed_name(unit), href, line) for unit, href in pairs for line in unit.fixed]
    soon = [(line, unit, href) for unit, href in pairs for line in unit.due_soon if line.kind == "ticket"]
    soon.sort(key=lambda item: (item[0].due, item[0].title, item[2]))
    return Changes(
        counts=change_counts(unit for unit, _ in pairs),
        fresh=urgent_list(found, as_of, lambda finding: finding.change in {"new", "reopened"}),
        overdue=urgent_list(found, as_of, lambda finding: is_overdue(finding, as_of)),
        fixed=tuple((name, href, fixed_row(line)) for name, href, line in fixed[:MAX_FIXED]),
        fixed_total=len(fixed),
        soon=tuple(_soon(*item) for item in soon[:MAX_SOON]),
        soon_total=len(soon),
    )


def _soon(line: DueSoonLine, unit: Unit, href: str) -> SoonRow:
    return SoonRow(
        unit=listed_name(unit),
        href=href,
        title=one_line(line.title, 120),
        address=address(line.url) if line.url else None,
        due=figures.iso(line.due),
        left=figures.days_left(line.days_left),
        provisional=line.provisional,
    )
