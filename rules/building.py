"""Strict building of frozen dataclasses from plain descriptions, with the place of every mistake."""

import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from rules.complaints import suggestion

Loc = tuple[str | int, ...]
ShortForms = Mapping[type[Any], Callable[[Any], Any]]
"""By kind: what turns a short description (a date, a status, nothing at all) into a full one."""

T = TypeVar("T")


class FactsInvalid(Exception):
    """A description that makes no value: where, and what is wrong as a Chinese sentence."""

    def __init__(self, loc: Loc, message: str) -> None:
        super().__init__(message)
        self.loc = loc
        self.message = message


class Builder:
    """Builds values; a slip of the pen in a description cannot pass as a fact."""

    def __init__(self, short_forms: ShortForms, scalar_kinds: Collection[type[Any]]) -> None:
        """``scalar_kinds`` may be described by a bare text or number."""
        self._short = short_forms
        self._scalar_kinds = scalar_kinds
        self._hints: dict[type[Any], dict[str, Any]] = {}

    def make(self, kind: type[T], described: Any, loc: Loc = ()) -> T:
        """A value of the dataclass ``kind``; raises :class:`FactsInvalid`."""
        made = self._dataclass(kind, described, loc)
        assert isinstance(made, kind)
        return made

    def _build(self, kind: Any, described: Any, loc: Loc) -> Any:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in {Union, types.UnionType}:
            inner = [each for each in arguments if each is not type(None)]
            return None if described is None else self._build(inner[0], described, loc)
        plain = origin if isinstance(origin, type) and is_dataclass(origin) else kind
        if isinstance(plain, type) and is_dataclass(plain):
            return self._dataclass(plain, described, loc)
        if origin is tuple:
            if not isinstance(described, list | tuple):
                raise FactsInvalid(loc, f"“{_last(loc)}”应是列表，每行以“- ”开头。")
            return tuple(self._build(arguments[0], each, (*loc, index)) for index, each in enumerate(described))
        if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            if not isinstance(described, Mapping):
                raise FactsInvalid(loc, f"“{_last(loc)}”应是“名称: 值”形式的各项。")
            return {str(key): self._build(arguments[1], each, (*loc, str(key))) for key, each in described.items()}
        return _scalar(kind, described, loc)

    def _dataclass(self, kind: type[Any], described: Any, loc: Loc) -> Any:
        short = self._short.get(kind)
        if isinstance(described, kind):
            return described
        if short is not None and (isinstance(described, Mapping) or kind in self._scalar_kinds):
            described = short(described)
        if not isinstance(described, Mapping):
            raise FactsInvalid(loc, f"“{_last(loc)}”应是“名称: 值”形式的各项。")
        if kind not in self._hints:
            self._hints[kind] = get_type_hints(kind)
        hints = self._hints[kind]
        values = {}
        for key, value in described.items():
            if key not in hints:
                raise FactsInvalid((*loc, key), f"不认得“{key}”这一项{suggestion(key, hints)}。")
            values[key] = self._build(hints[key], value, (*loc, key))
        missing = [each.name for each in fields(kind) if each.name not in values and _is_required(each)]
        if missing:
            raise FactsInvalid(loc, f"缺少“{missing[0]}”这一项。")
        return kind(**values)


def _is_required(each: Any) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _scalar(kind: Any, described: Any, loc: Loc) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = [member.value for member in kind]
        if described not in choices:
            raise FactsInvalid(loc, f"“{_last(loc)}”只能是 {'、'.join(map(str, choices))} 之一。")
        return kind(described)
    if kind in {str, int, bool, float}:
        fits = isinstance(described, kind) and not (kind is int and isinstance(described, bool))
        if not fits:
            words = {str: "文字；数字和日期请加引号", int: "整数", bool: " true 或 false", float: "数字"}
            raise FactsInvalid(loc, f"“{_last(loc)}”应是{words[kind]}。")
        return described
    return described  # a type variable: the value of a Read


def _last(loc: Loc) -> str:
    return str(loc[-1]) if loc else "事实"
