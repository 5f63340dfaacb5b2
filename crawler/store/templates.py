"""Menus stored once: the links of a page split into what it shares with its neighbours and what is its own."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.store.codec import LinkRow

Rows = tuple[LinkRow, ...]

MIN_SHARED = 5
"""Shorter runs are not worth a row of their own."""

FOLDERS_KEPT = 64
"""Folders whose last page is remembered for comparison."""

RECENT_KEPT = 12
"""Templates tried before a new one is made."""

REUSE_SHARE = 0.8
"""A known template is taken when it covers so much of what could be shared: templates stay few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A page's links in three runs; None: it has no shared run there."""

    prefix: int | None
    own: Rows
    suffix: int | None


class TemplateSplitter:
    """Finds shared runs by comparing each page with the last page of its folder and with known templates.

    ``made`` collects templates not yet written: number → rows.
    """

    def __init__(self, first_number: int = 1) -> None:
        self._next = first_number
        self._last: OrderedDict[str, Rows] = OrderedDict()
        self._prefixes: list[tuple[int, Rows]] = []
        self._suffixes: list[tuple[int, Rows]] = []
        self.made: dict[int, Rows] = {}

    def split(self, folder: str, rows: Rows) -> Split:
        previous = self._last.get(folder)
        if previous is None and self._last:
            previous = next(reversed(self._last.values()))
        self._last[folder] = rows
        self._last.move_to_end(folder)
        if len(self._last) > FOLDERS_KEPT:
            self._last.popitem(last=False)
        shared = _common(rows, previous) if previous else 0
        prefix, length = self._choose(self._prefixes, rows, shared)
        rest = rows[length:]
        back = rest[::-1]
        shared = _common(back, previous[::-1]) if previous else 0
        suffix, tail = self._choose(self._suffixes, back, shared, backwards=True)
        return Split(prefix=prefix, own=rest[: len(rest) - tail], suffix=suffix)

    def _choose(
        self, known: list[tuple[int, Rows]], rows: Rows, shared: int, *, backwards: bool = False
    ) -> tuple[int | None, int]:
        """Number and length of the run to cut off; ``(None, 0)``: nothing worth it."""
        best = max(
            (entry for entry in known if len(entry[1]) <= len(rows) and rows[: len(entry[1])] == entry[1]),
            key=lambda entry: len(entry[1]),
            default=None,
        )
        if best is not None and len(best[1]) >= REUSE_SHARE * shared:
            known.remove(best)
            known.append(best)
            return best[0], len(best[1])
        if shared < MIN_SHARED:
            return None, 0
        number, self._next = self._next, self._next + 1
        run = rows[:shared]
        known.append((number, run))
        if len(known) > RECENT_KEPT:
            known.pop(0)
        self.made[number] = run[::-1] if backwards else run
        return number, shared


def _common(rows: Sequence[LinkRow], other: Sequence[LinkRow]) -> int:
    """Length of the common beginning."""
    length = 0
    for mine, theirs in zip(rows, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length
