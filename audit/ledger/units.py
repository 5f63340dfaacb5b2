"""Which 单位 of a run is which of the ledger: a renamed one is known by its former name, its page or its folder."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from audit.ledger.account import UnitSeen
from rules.addresses import canonical


class Known(Protocol):
    """A row of the ledger."""

    name: str
    url: str
    url_prefixes: list[str]
    aliases: list[str]


def names_of(unit: Known | None) -> frozenset[str | None]:
    """All names that a 单位 bears or bore; None stands for the portal."""
    return frozenset({None}) if unit is None else frozenset({unit.name, *unit.aliases})


Row = TypeVar("Row", bound=Known)


def match_units(known: Sequence[Row], seen: Iterable[UnitSeen]) -> dict[str, Row]:
    """Known 单位 by the name that the run gives it; a new 单位 is absent.

    A name that is known is that 单位. A new name is a known 单位 renamed when it says so itself (``aliases``), or when it has its
    page or folder and the old name is gone; what two share tells nothing.
    """
    units = list(seen)
    names = {unit.name for unit in units}
    by_name = {row.name: row for row in known}
    found = {unit.name: by_name[unit.name] for unit in units if unit.name in by_name}
    left = [row for row in known if row.name not in names]
    pages = _unique_pages(units)
    for unit in units:
        if unit.name in found:
            continue
        row = _renamed(unit, left, pages)
        if row is not None:
            found[unit.name] = row
            left.remove(row)
    return found


def _renamed(unit: UnitSeen, left: Sequence[Row], pages: Mapping[str, str]) -> Row | None:
    said = [row for row in left if unit.name in row.aliases or row.name in unit.aliases]
    if len(said) == 1:
        return said[0]
    page = canonical(unit.url) if unit.url else ""
    same_page = [row for row in left if page and pages.get(page) == unit.name and row.url and canonical(row.url) == page]
    if len(same_page) == 1:
        return same_page[0]
    folders = {canonical(prefix) for prefix in unit.url_prefixes}
    same_folder = [row for row in left if folders & {canonical(prefix) for prefix in row.url_prefixes}]
    return same_folder[0] if len(same_folder) == 1 else None


def _unique_pages(units: Iterable[UnitSeen]) -> dict[str, str]:
    """Pages that belong to one 单位 alone, with its name."""
    pages = [(canonical(unit.url), unit.name) for unit in units if unit.url]
    count = Counter(page for page, _ in pages)
    return {page: name for page, name in pages if count[page] == 1}
