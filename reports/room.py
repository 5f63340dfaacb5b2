"""How much fits on a page: every page stays below 5 MB, and what does not fit is counted."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


class Room:
    """Bytes still free; once something did not fit, nothing does: lists end, they have no holes."""

    def __init__(self, size: int) -> None:
        self._free = size

    @property
    def is_full(self) -> bool:
        return self._free <= 0

    def take(self, cost: int) -> bool:
        fits = cost <= self._free
        self._free = self._free - cost if fits else 0
        return fits


def fitting(items: Iterable[T], cost: Callable[[T], int], size: int) -> tuple[T, ...]:
    """The first items that together take less than ``size`` bytes; lazy, so that the rest is never built."""
    room = Room(size)
    shown = []
    for item in items:
        if not room.take(cost(item)):
            break
        shown.append(item)
    return tuple(shown)


def html_bytes(*texts: str) -> int:
    """Bytes of the texts in HTML: UTF-8 and four more for each escaped sign."""
    return sum(len(text.encode()) + 4 * sum(map(text.count, "&<>\"'")) for text in texts)
