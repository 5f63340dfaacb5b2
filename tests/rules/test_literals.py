"""Words that a pattern cannot do without: what is looked for first must never hide a match."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from rules.literals import words_of
from rules.loader import load_packs
from rules.patterns import SafePattern


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("规范性文件", ("规范性文件",)),
        ("解读|图解", ("解读", "图解")),
        ("(?:信息|政务)公开.{0,9}年报", ("公开",)),
        ("(?:政策)?解读", ("解读",)),
        ("(?:政策)+", ("政策",)),
        ("第[一二]条", ("第",)),
        ("[〇○零]年?", ("〇", "○", "零")),
        ("(?<!传真)电话(?!亭)", ("电话",)),
        ("(?:甲|乙)?", ()),
        ("甲|.", ()),
        ("(?i)lorem", ()),
        ("(?i:lorem)", ()),
        (r"\p{Han}{2}局", ()),
        ("(?:废止){e<=1}", ()),
        ("[[:alpha:]]年", ()),
        (r"\d{4}", ()),
    ],
)
def test_words_are_those_without_which_nothing_fits(pattern: str, words: tuple[str, ...]) -> None:
    assert words_of(pattern) == words


def patterns_in(value: Any) -> Iterator[SafePattern]:
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, SafePattern):
            yield here
        elif is_dataclass(here):
            waiting += [getattr(here, part.name) for part in fields(here)]
        elif isinstance(here, tuple | list):
            waiting += here


SHIPPED = sorted({pattern.text for pack in load_packs() for rule in pack.rules for pattern in patterns_in(rule.params)})
LETTERS = "".join(sorted({letter for text in SHIPPED for letter in text}))


def test_shipped_patterns_are_met() -> None:
    assert sum(bool(words_of(text)) for text in SHIPPED) > 80


@given(st.sampled_from(SHIPPED), st.lists(st.sampled_from([*SHIPPED, *LETTERS, "2025年", "0571-1234567"]), max_size=6))
def test_a_pattern_fits_where_it_would_without_them(text: str, pieces: list[str]) -> None:
    """Pieces of the patterns themselves are the texts most like what they look for."""
    pattern = SafePattern.of(text)
    for page in ("".join(pieces), "".join(piece.strip("^$") for piece in pieces)):
        assert (pattern.search(page) is None) == (regex.search(text, page) is None)
        assert pattern.remove(page) == regex.sub(text, "", page)


def compiled(text: str) -> bool:
    """Whether ``re`` can make texts for it: it knows no look-behind of several lengths."""
    try:
        re.compile(text)
    except re.error:
        return False
    return True


@given(st.data())
def test_what_is_made_to_fit_is_found(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([each for each in SHIPPED if words_of(each) and compiled(each)]))
    page = data.draw(st.from_regex(text))
    if regex.search(text, page) is not None:
        assert SafePattern.of(text).search(page) is not None
