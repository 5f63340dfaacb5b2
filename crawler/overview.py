"""What an overview of a portal leaves out: its 单位 and columns are wanted, not what stands in them."""

from collections import Counter
from dataclasses import dataclass, field

from crawler.targets import Rank, Target
from crawler.traps import shape_of

REASON = "overview"
"""Reason of addresses that an overview skips."""

PAGES_OF_A_SHAPE = {Rank.PAGE: 4, Rank.MENU: 80}
"""Pages whose addresses differ in numbers only: columns differ in their folders, articles in their numbers. Menus may number
their columns, links in the text lead to articles."""


@dataclass(slots=True)
class Overview:
    """Decides as the crawl comes to an address."""

    _shapes: Counter[tuple[int, str]] = field(default_factory=Counter)

    def refuse(self, target: Target) -> str | None:
        """Skip entries of lists, files, foreign addresses, later pages of lists, and more than a few pages built alike."""
        if target.rank in {Rank.ARTICLE, Rank.FILE, Rank.OUTSIDE, Rank.ASSET} or not target.internal:
            return REASON
        if target.request is not None:
            return REASON if target.request.page > 1 else None
        if target.rank == Rank.LIST or target.root is not None:
            return REASON
        most = PAGES_OF_A_SHAPE.get(Rank(target.rank))
        if most is None:
            return None
        kind = (target.rank, shape_of(target))
        self._shapes[kind] += 1
        return REASON if self._shapes[kind] > most else None
