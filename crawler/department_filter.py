"""``--department``: only some 单位 are looked at; the pages that lead to them are read all the same."""

from collections.abc import Iterable

from crawler.assembly.names import bare_name
from crawler.assembly.official import shortens
from crawler.assembly.owners import PrefixOwners
from crawler.assembly.units import folder_or_stem
from crawler.targets import Rank, Target

OTHER_DEPARTMENT = "other-department"

_LEADING = frozenset({Rank.HOME, Rank.XXGK_ENTRY, Rank.UNIT, Rank.LIST, Rank.COLUMN})
"""Ranks of pages that may lead to a 单位 and belong to none."""

_MENU_DEPTH = 2
"""Steps from the home page within which menus are followed when no list of 单位 was met yet."""


class DepartmentFilter:
    """Knows from the portal's lists which address belongs to which 单位. Without wanted names it lets everything pass."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = tuple(bare_name(name) for name in wanted)
        self._owners = PrefixOwners({})

    def learn(self, units: Iterable[tuple[str, str]]) -> None:
        """Names of 单位 with their addresses."""
        if self._wanted:
            for name, url in units:
                self._owners.add(folder_or_stem(url), bare_name(name))

    def refuse(self, target: Target) -> str | None:
        """``other-department`` for a page of a 单位 that is not wanted, and for what leads to none."""
        if not self._wanted or not target.internal or target.kind != "page" or target.request is not None:
            return None
        owner = self._owners.owner(target.url)
        if owner is not None:
            return None if self._is_wanted(owner) else OTHER_DEPARTMENT
        if target.rank in _LEADING or (target.rank == Rank.MENU and target.depth <= _MENU_DEPTH):
            return None
        return OTHER_DEPARTMENT

    def _is_wanted(self, name: str) -> bool:
        """县财政局, 财政局 and 青崖县财政局 are one: lists write the region or leave it out, and abbreviate (发改局)."""
        return any(
            name.endswith(wanted) or wanted.endswith(name) or shortens(name, wanted) or shortens(wanted, name)
            for wanted in self._wanted
        )
