"""What a text must hold before a pattern can fit it: looked for first, as most texts hold none of it.

A search of the ``regex`` module with a time limit asks the system for the time, a microsecond each, and an alternation begins at
every character. A plain ``in`` on a title takes a twentieth of that.
"""

import re
import warnings
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of re: nothing public tells a pattern's parts
from typing import Any

_MAX_WORDS = 24
"""More words to look for are no cheaper than the pattern."""
_MAX_SET = 6
"""Characters of a class ``[〇○零]`` that are looked for one by one."""
_MAX_DEPTH = 4
"""Groups within groups that are looked into."""
_OTHERWISE = re.compile(r"\{(?![\d,])|\[\[|\[:|&&|\|\||--|~~")
"""What the ``regex`` module may read otherwise than ``re``: fuzzy counts, classes by name, sets of sets."""

_Words = tuple[str, ...]


def words_of(pattern: str) -> _Words:
    """Words of which every text that ``pattern`` fits holds at least one; () when none can be told."""
    if _OTHERWISE.search(pattern):
        return ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            parsed = _parser.parse(pattern)
    except (re.error, OverflowError, RecursionError, Warning):
        return ()  # in the syntax of ``regex`` alone
    if parsed.state.flags & re.IGNORECASE:
        return ()
    return _of_sequence(parsed, 0)


def _of_sequence(items: Any, depth: int) -> _Words:
    """The best of what stands one after the other: all of it must be there. ``depth`` bounds the descent."""
    found: list[_Words] = []
    run = ""
    for kind, value in items:
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        found.append((run,) if run else ())
        found.append(_of_part(kind, value, depth))
        run = ""
    found.append((run,) if run else ())
    return min((words for words in found if 0 < len(words) <= _MAX_WORDS), key=_cost, default=())


def _of_part(kind: Any, value: Any, depth: int) -> _Words:
    if depth >= _MAX_DEPTH:
        return ()
    if kind is _constants.IN:
        plain = all(each is _constants.LITERAL for each, _ in value)
        return tuple(chr(code) for _, code in value) if plain and len(value) <= _MAX_SET else ()
    if kind is _constants.SUBPATTERN:
        _, more_flags, _, inner = value
        return () if more_flags & re.IGNORECASE else _of_sequence(inner, depth + 1)
    if kind in {_constants.MAX_REPEAT, _constants.MIN_REPEAT} and value[0] > 0:
        return _of_sequence(value[2], depth + 1)
    if kind is _constants.BRANCH:
        branches = [_of_sequence(branch, depth + 1) for branch in value[1]]
        return tuple(dict.fromkeys(word for words in branches for word in words)) if all(branches) else ()
    return ()


def _cost(words: _Words) -> tuple[int, int]:
    """Few words, long ones: the likelier a text holds none."""
    return len(words), -min(len(word) for word in words)
