"""Patterns asked about ``class`` and ``id`` names, with their answers remembered: the pages of a portal share their names."""

import re
from collections.abc import Callable
from functools import lru_cache

_REMEMBERED = 4_096


def asked(pattern: str) -> Callable[[str], bool]:
    """A function that tells whether ``pattern`` is found in a name."""
    compiled = re.compile(pattern)

    @lru_cache(maxsize=_REMEMBERED)
    def is_found(name: str) -> bool:
        return compiled.search(name) is not None

    return is_found
