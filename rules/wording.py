"""Messages: whole Chinese sentences with named fields, filled in without giving page text any power."""

import string
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from rules.masking import mask

MAX_VALUE = 300
"""Characters of one value in a message; page text can be megabytes."""
_MAX_ITEMS = 12
_KEPT_FORMAT_CHARACTERS = frozenset("\u200d")


@lru_cache(maxsize=2_048)
def fields_of(template: str) -> frozenset[str]:
    """Names of the fields in a message.

    Raises ValueError with a Chinese sentence for broken braces and for anything but a bare name (attributes, indexes,
    conversions and format specifications reach into objects).
    """
    return frozenset(field for _, field in _parts(template) if field)


@lru_cache(maxsize=2_048)
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    parts = []
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise ValueError("文字里的花括号没有配对；要写花括号本身请写两遍。") from error
    for literal, field, specification, conversion in parsed:
        if field is not None and (not field.isidentifier() or not field.isascii() or specification or conversion):
            raise ValueError(f"花括号里只能写字段名，不能写“{field}”这样的表达式。")
        parts.append((literal, field or ""))
    return tuple(parts)


def say(template: str, values: Mapping[str, Any]) -> str:
    """The sentence with its values; raises KeyError for a field without value (the check is wrong, not the page)."""
    return "".join(literal + (shown(values[field]) if field else "") for literal, field in _parts(template))


def shown(value: Any) -> str:
    """A value as people read it: lists by 、, numbers without needless decimals, page text cleaned and cut."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        listed = "、".join(shown(item) for item in value[:_MAX_ITEMS])
        return f"{listed}等 {len(value)} 项" if len(value) > _MAX_ITEMS else listed
    return clean("" if value is None else str(value))


def clean(text: str, limit: int = MAX_VALUE) -> str:
    """``text`` on one line without control, bidi and invisible characters, cut at ``limit``."""
    head = text[: limit * 4]
    # What Python calls printable holds no sign of the categories below and no blank but the plain one: nearly every text.
    visible = head if head.isprintable() else _visible(head)
    joined = mask(" ".join(visible.split()))
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


def _visible(text: str) -> str:
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in _KEPT_FORMAT_CHARACTERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
