"""Masks the numbers that were found, wherever else they stand."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")

DIGITS = str.maketrans("０１２３４５６７８９Ｘｘ×", "0123456789XxX")
"""Full-width signs to plain ones, one for one: offsets stay."""

_WIDE = re.compile("[０-９]")
_DIGIT = "[0-9０-９]"
_RUN = re.compile(_DIGIT + "{11,}[XxＸｘ×]?")
_GROUPED = re.compile(
    rf"(?<!{_DIGIT})(?:"
    rf"{_DIGIT}{{4}}(?:[ \-]{_DIGIT}{{4}}){{3}}(?:[ \-]?{_DIGIT}{{1,3}})?"
    rf"|{_DIGIT}{{6}}[ \-]?{_DIGIT}{{8}}[ \-]?{_DIGIT}{{3}}[0-9０-９XxＸｘ×]"
    rf"|{_DIGIT}{{3}}[ \-]{_DIGIT}{{4}}[ \-]{_DIGIT}{{4}}"
    rf")(?!{_DIGIT})"
)
_JOINTS = re.compile(r"[ \-]")
_ADDRESSES = frozenset(
    {"url", "final_url", "found_on", "urls", "next", "forwards_to", "part_of", "capture", "text_hash", "template", "body"}
)
"""Fields that hold addresses and keys: they must stay what they are."""


def narrow(text: str) -> str:
    """``text`` with plain digits, offsets unchanged."""
    return text.translate(DIGITS) if _WIDE.search(text) else text


def plain_number(text: str) -> str:
    """Digits alone, in one spelling: ``6222 0000 …`` and ``6222-0000-…`` are one number, X is large."""
    return _JOINTS.sub("", text.translate(DIGITS)).upper()


def masked_number(kind: str, number: str) -> str:
    """``11*************123``, ``138****1234``, ``6222***********3456``: as 去标识化 rules of local governments write them."""
    if kind == "mobile":
        return f"{number[:3]}****{number[-4:]}"
    first, last = (2, 3) if kind == "id-number" else (4, 4)
    return f"{number[:first]}{'*' * (len(number) - first - last)}{number[-last:]}"


class Masker:
    """Replaces known numbers in texts; linear in the text, whatever the number of numbers."""

    def __init__(self, masks: Mapping[str, str]) -> None:
        """``masks``: plain number and what stands in its place."""
        self._masks = masks

    def __call__(self, text: str) -> str:
        if not self._masks or not text:
            return text
        return _GROUPED.sub(self._masked, _RUN.sub(self._masked, text))

    def _masked(self, match: re.Match[str]) -> str:
        run = match[0]
        mask = self._masks.get(plain_number(run))
        if mask is None and not run[-1].isdigit():
            mask = self._masks.get(plain_number(run[:-1]))
            return run if mask is None else mask + run[-1]
        return run if mask is None else mask

    def value(self, value: T) -> T:
        """A dataclass of facts with every text in it masked, addresses excepted."""
        return cast("T", self._value(value))

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self(value) if type(value) is str else value
        if isinstance(value, tuple):
            return tuple(self._value(item) for item in value)
        if isinstance(value, dict):
            return {key: self._value(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            changed = {}
            for field in fields(value):
                before = getattr(value, field.name)
                if field.name not in _ADDRESSES and (after := self._value(before)) != before:
                    changed[field.name] = after
            return replace(value, **changed) if changed else value
        return value
