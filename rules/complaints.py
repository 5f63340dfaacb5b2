"""Pydantic's errors in Chinese, with the place in the file."""

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from rules.errors import Problem
from rules.yamlfile import YamlFile

_SENTENCES: dict[str, str] = {
    "missing": "缺少“{key}”这一项。",
    "missing_argument": "缺少“{key}”这一项。",
    "missing_keyword_only_argument": "缺少“{key}”这一项。",
    "string_type": "“{key}”应是文字；数字和日期请加引号。",
    "int_type": "“{key}”应是整数。",
    "int_from_float": "“{key}”应是整数。",
    "float_type": "“{key}”应是数字。",
    "bool_type": "“{key}”应是 true 或 false。",
    "tuple_type": "“{key}”应是列表，每行以“- ”开头。",
    "list_type": "“{key}”应是列表，每行以“- ”开头。",
    "dict_type": "“{key}”应是“名称: 值”形式的各项。",
    "model_type": "“{key}”应是“名称: 值”形式的各项。",
    "dataclass_type": "“{key}”应是“名称: 值”形式的各项。",
    "date_from_datetime_parsing": "“{key}”应是 2026-01-31 这样的日期。",
    "date_parsing": "“{key}”应是 2026-01-31 这样的日期。",
    "date_type": "“{key}”应是 2026-01-31 这样的日期。",
    "string_too_short": "“{key}”不能为空。",
    "string_too_long": "“{key}”太长，最多 {max_length} 个字。",
    "too_short": "“{key}”至少要有 {min_length} 项。",
    "too_long": "“{key}”最多 {max_length} 项。",
    "greater_than": "“{key}”应大于 {gt}。",
    "greater_than_equal": "“{key}”不能小于 {ge}。",
    "less_than": "“{key}”应小于 {lt}。",
    "less_than_equal": "“{key}”不能大于 {le}。",
    "string_pattern_mismatch": "“{key}”的写法不对，应符合 {pattern}。",
    "finite_number": "“{key}”应是普通的数字。",
}
"""By pydantic's error ``type``; ``{key}`` and the names of its ``ctx`` may be used."""
_UNKNOWN_KEY = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
_CLOSED_SET = frozenset({"enum", "literal_error"})


def problems_of(
    error: ValidationError, file: YamlFile, known: Iterable[str], *, under: tuple[str | int, ...] = ()
) -> list[Problem]:
    """One problem for each of pydantic's errors; ``known`` names keys to suggest; ``under`` is where the value stands."""
    names = sorted(set(known))
    details = error.errors(include_url=False)
    # a list whose items are all wrong counts as too short as well: one mistake, said once
    kept = [detail for detail in details if detail["type"] != "too_short" or not _holds_another(detail, details)]
    return [_problem(detail, file, names, under) for detail in kept]


def _holds_another(detail: ErrorDetails, details: Iterable[ErrorDetails]) -> bool:
    depth = len(detail["loc"])
    return any(other["loc"][:depth] == detail["loc"] and len(other["loc"]) > depth for other in details)


def _problem(detail: ErrorDetails, file: YamlFile, known: list[str], under: tuple[str | int, ...]) -> Problem:
    # "[key]" marks a bad key of a mapping: the place is the key itself
    loc = (*under, *(step for step in detail["loc"] if step != "[key]"))
    return file.problem(sentence_for(detail, _key_words(loc), known), loc)


def _key_words(loc: tuple[str | int, ...]) -> str:
    """How people call the place: the key, or which item of its list."""
    if not loc:
        return "整份内容"
    return f"{_key_words(loc[:-1])}的第 {loc[-1] + 1} 项" if isinstance(loc[-1], int) else loc[-1]


def sentence_for(detail: ErrorDetails, key: str, known: Iterable[str] = ()) -> str:
    """The Chinese sentence for one pydantic error."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _UNKNOWN_KEY:
        return f"不认得“{key}”这一项{suggestion(key, known)}。"
    if kind in _CLOSED_SET:
        choices = str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return f"“{key}”只能是 {choices} 之一。"
    if kind == "value_error":
        return _own_words(context.get("error"), key)
    template = _SENTENCES.get(kind)
    return template.format(key=key, **context) if template else f"“{key}”的值不合要求。"


def _own_words(error: Any, key: str) -> str:
    text = str(error)
    return text if text.endswith("。") else f"“{key}”的值不合要求。"


def suggestion(key: str, known: Iterable[str]) -> str:
    """``（是不是“…”？）`` where a known word is near, else nothing."""
    near = difflib.get_close_matches(key, list(known), n=1)
    return f"（是不是“{near[0]}”？）" if near else ""
