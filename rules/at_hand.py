"""What several checks ask of one page, worked out once: pages go by one at a time."""

from collections.abc import Callable
from functools import wraps
from typing import Generic, TypeVar

from crawler.facts import PageFacts

T = TypeVar("T")


class _Last(Generic[T]):
    """The page asked of last and the answer; both together, as they are read and replaced in one step."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: tuple[PageFacts, T] | None = None


def once_a_page(ask: Callable[[PageFacts], T]) -> Callable[[PageFacts], T]:
    """``ask``, which depends on the page alone, with its last answer kept for as long as the same page is asked of."""
    last: _Last[T] = _Last()

    @wraps(ask)
    def asked(page: PageFacts) -> T:
        known = last.known
        if known is not None and known[0] is page:
            return known[1]
        answer = ask(page)
        last.known = page, answer
        return answer

    return asked
