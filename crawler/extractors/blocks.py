"""Parts that return unchanged on page after page (banner, menus, foot): what was read of them once is kept."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_MAX_KEPT_BYTES = 4_000_000
"""Mark-up of all parts that are kept; what is kept of them takes about five times as much."""
_MAX_SEEN = 8_192
_MAX_NOTES = 64
"""Answers kept about one part: the oldest makes way."""
_PATIENCE = 4
"""So many times a place is tried that nothing returned to."""
_RETRY = 32
"""Then only every so many times."""
_MAX_BYTES = 200_000
"""A longer part is looked at anew each time, so that all that is kept has its bounds."""


@dataclass(frozen=True, slots=True)
class Block:
    """An element and all below it, as the outline holds them; numbers count from the element, offsets from its start."""

    text: str
    """Its text with the line break behind it."""
    tags: list[str]
    names: list[str]
    parent: list[int]
    """-1 for the element itself."""
    last: list[int]
    start: list[int]
    end: list[int]
    notes: dict[Hashable, Any] = field(default_factory=dict)

    def answer(self, key: Hashable, work_out: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What an extractor makes of the block, worked out once for each ``key``.

        The key begins with the question and names everything of the page around it that the answer depends on.
        """
        if key in self.notes:
            return cast("T", self.notes[key])
        if len(self.notes) >= _MAX_NOTES:
            del self.notes[next(iter(self.notes))]
        found = self.notes[key] = work_out(*args, **kwargs)
        return found


@dataclass(slots=True)
class Habit:
    """What came of looking for parts at one place of a template: it saves the asking where nothing ever returns."""

    misses: int = 0
    """How often in a row the part itself was not met before."""
    barren: int = 0
    """How often in a row nothing in it was."""

    def worth_asking(self) -> bool:
        """Whether the part may have returned. A part that never did is asked for now and then: templates change."""
        if self.misses >= _PATIENCE and self.misses % _RETRY:
            self.misses += 1
            return False
        return True

    def worth_opening(self) -> bool:
        """Whether something in the part may have returned."""
        if self.barren >= _PATIENCE and self.barren % _RETRY:
            self.barren += 1
            return False
        return True


class BlockMemory:
    """Blocks by their mark-up. They are kept from their second appearance on: most parts of a page appear once.

    Blocks are the same whatever was read before them, so it shows in nothing but time which of them are remembered.
    """

    def __init__(self) -> None:
        self._blocks: dict[bytes, Block] = {}
        self._bytes = 0
        self._seen: dict[int, None] = {}
        self._habits: dict[str, Habit] = {}

    def habit(self, place: str) -> Habit:
        """What is known of a place of templates; it may change what is asked, never what is read."""
        habit = self._habits.get(place)
        if habit is None:
            if len(self._habits) >= _MAX_SEEN:
                self._habits.clear()
            habit = self._habits[place] = Habit()
        return habit

    def find(self, markup: bytes) -> Block | None:
        """The block of this mark-up, None while it is not kept."""
        block = self._blocks.pop(markup, None)
        if block is not None:
            self._blocks[markup] = block  # the one used last goes last
        return block

    def returns(self, markup: bytes) -> bool:
        """Whether the mark-up was asked for before, and so deserves to be kept."""
        if len(markup) > _MAX_BYTES:
            return False
        key = hash(markup)
        if key in self._seen:
            return True
        self._seen[key] = None
        if len(self._seen) > _MAX_SEEN:
            self._seen.pop(next(iter(self._seen)), None)
        return False

    def keep(self, markup: bytes, block: Block) -> None:
        """Remember ``block``, and forget those that were not used for the longest time."""
        self._blocks[markup] = block
        self._bytes += len(markup)
        while self._bytes > _MAX_KEPT_BYTES:
            oldest = next(iter(self._blocks))
            del self._blocks[oldest]
            self._bytes -= len(oldest)
