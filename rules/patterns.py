"""Regular expressions that come from YAML: bounded when a pack is loaded, timed when they run."""

from dataclasses import dataclass, field
from typing import Any

import regex
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from rules.literals import words_of

MAX_LENGTH = 1_000
MAX_DEPTH = 12
MAX_REPEATS = 20_000
"""Product of nested ``{n}`` counts: ``((a{100}){100}){100}`` takes half a second to compile."""
TIMEOUT_SECONDS = 0.5


class PatternTimeoutError(TimeoutError):
    """A pattern ran too long on a page: the rule answers ``error``, never silence."""


@dataclass(frozen=True, slots=True)
class SafePattern:
    """A compiled pattern that cannot hold the audit up."""

    text: str
    compiled: Any = field(repr=False, compare=False)
    words: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """One of them stands in every text that fits (:mod:`rules.literals`); (): that cannot be told."""

    def may_fit(self, text: str) -> bool:
        """False: it fits nowhere in ``text``, which a search need not find out."""
        for word in self.words:
            if word in text:
                return True
        return not self.words

    def search(self, text: str) -> Any:
        """First match or None; raises :class:`PatternTimeoutError`."""
        if not self.may_fit(text):
            return None
        try:
            return self.compiled.search(text, timeout=TIMEOUT_SECONDS)
        except TimeoutError as error:
            raise PatternTimeoutError(self.text) from error

    def remove(self, text: str) -> str:
        """``text`` without every match; raises :class:`PatternTimeoutError`."""
        if not self.may_fit(text):
            return text
        try:
            return str(self.compiled.sub("", text, timeout=TIMEOUT_SECONDS))
        except TimeoutError as error:
            raise PatternTimeoutError(self.text) from error

    @classmethod
    def of(cls, text: str) -> "SafePattern":
        """Compile; raises ValueError with a Chinese sentence when the pattern is broken, too long or too nested."""
        if len(text) > MAX_LENGTH:
            raise ValueError(f"正则表达式超过 {MAX_LENGTH} 个字符，请拆成几条。")
        _refuse_blow_up(text)
        try:
            compiled = regex.compile(text)
        except (regex.error, ValueError, OverflowError, RecursionError) as error:
            raise ValueError(f"正则表达式“{text[:60]}”写法有误。") from error
        if compiled.search("", timeout=TIMEOUT_SECONDS):
            raise ValueError(f"正则表达式“{text[:60]}”连空文字也会匹配，起不到判断作用。")
        return cls(text, compiled, words_of(text))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.of, core_schema.str_schema(strict=True, min_length=1))


_COUNT = regex.compile(r"\{(\d*)(?:,(\d*))?\}")


def _refuse_blow_up(text: str) -> None:
    """Walk the pattern once and multiply the counts of nested groups; character classes and escapes are skipped."""
    open_groups: list[int] = []  # heaviest repetition met inside each open group
    heaviest, last = 1, 1
    position = 0
    while position < len(text):
        char = text[position]
        step = 1
        if char == "\\":
            step, last = 2, 1
        elif char == "[":
            step, last = _class_length(text, position), 1
        elif char == "(":
            if len(open_groups) >= MAX_DEPTH:
                raise ValueError(f"正则表达式的括号套了超过 {MAX_DEPTH} 层，请写得简单些。")
            open_groups.append(heaviest)
            heaviest, last = 1, 1
        elif char == ")":
            last = heaviest
            heaviest = max(heaviest, open_groups.pop()) if open_groups else heaviest
        elif char == "{" and (count := _COUNT.match(text, position)):
            times = max(int(count[1] or 0), int(count[2] or 0), 1)
            last *= times
            heaviest = max(heaviest, last)
            if heaviest > MAX_REPEATS:
                raise ValueError("正则表达式的重复次数层层相乘，数目过大，请写得简单些。")
            step = count.end() - position
        elif char not in "*+?":
            last = 1
        position += step


def _class_length(text: str, start: int) -> int:
    position = start + 1
    if text[position : position + 1] == "^":
        position += 1
    if text[position : position + 1] == "]":
        position += 1
    while position < len(text) and text[position] != "]":
        position += 2 if text[position] == "\\" else 1
    return position + 1 - start
