"""What a text must hold before a pattern can fit it: looked for first, as most pages hold none of it.

A search of the ``regex`` module with a time limit asks the system for the time, at a microsecond a search, and alternations begin
at every character. A plain ``in`` on a title costs a twentieth of that.
"""

import re
import warnings
from collections.abc import Iterable, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of re itself: no second one to keep in step
from typing import Any

MAX_WORDS = 24
"""More words to look for are no cheaper than the pattern."""

_OTHERWISE_IN_REGEX = re.compile(r"\{(?![\d,])|\[\[|\[:|&&|\|\||--|~~|\(\?[a-zA-Z]*[a-zA-Z]|\(\?[|&<>R]|\\[a-zA-Z]<")
"""What the ``regex`` module reads otherwise than ``re``, or what changes how letters compare: no words are told of such a pattern."""


def words_of(pattern: str) -> tuple[str, ...]:
    """Words of which every text that ``pattern`` fits holds at least one; () when none can be told."""
