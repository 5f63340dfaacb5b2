"""Reading literals out of page scripts without running them: calls, variables, flat object fields."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

MAX_SCRIPT_CHARS = 400_000
"""Inline script beyond this is data, not the few calls that are looked for."""

Value = str | int | None

_LINE_COMMENT = re.compile(r"(?:(?<=[\s;{}(),])|^)//[^\n]*", re.MULTILINE)
MAX_CALLS = 20
"""Calls of one name that are looked at: a page has one pager, or two."""
_VARIABLE = re.compile(
    r"(?:\bvar\s+|\blet\s+|\bconst\s+|[;{\n,]\s*)(?P<name>[A-Za-z_$][\w$]{0,40})\s*=\s*(?P<value>-?\d{1,9}\b|'[^'\n]{0,300}'|\"[^\"\n]{0,300}\")\s*(?=[;,\n/}]|$)"
)
_FIELD = re.compile(
    r"""["']?(?P<name>[A-Za-z_$][\w$]{0,40})["']?\s*:\s*(?P<value>\(?\s*-?\d{1,12}(?:\s*\+\s*\d{1,3})?\s*\)?(?=\s*[,}\n])|'[^'\n]{0,2000}'|"[^"\n]{0,2000}"|true|false|null|[A-Za-z_$][\w$.]{0,60}(?=\s*[,}\n]))"""
)
_SUM = re.compile(r"\(?\s*(-?\d{1,12})\s*(?:\+\s*(\d{1,3}))?\s*\)?\Z")


def whole_number(value: Value, digits: int = 9) -> int | None:
    """A number, or a string of at most so many digits, as scripts write their counts; else None."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdigit() and len(value) <= digits else None


class Scripted(Protocol):
    """What is asked of a page here: documents hand their trees to readers of scripts while they are made."""

    notes: dict[str, Any]

    @property
    def inline_script(self) -> str: ...


def without_comments(source: str) -> str:
    """``source`` without JavaScript comments; addresses (``http://``) inside strings are left alone."""
    source = source[:MAX_SCRIPT_CHARS]
    if "/*" in source:
        # Cut by hand: a pattern would run to the end of the page from every comment that is never closed.
        parts, position = [], 0
        while (start := source.find("/*", position)) >= 0 and (end := source.find("*/", start + 2)) >= 0:
            parts.append(source[position:start])
            position = end + 2
        source = " ".join([*parts, source[position:]])
    return _LINE_COMMENT.sub(" ", source)


def script_of(doc: Scripted) -> str:
    """The page's inline scripts without comments, worked out once per document."""
    known: str | None = doc.notes.get("script")
    if known is None:
        known = doc.notes["script"] = without_comments(doc.inline_script)
    return known


def literal(text: str, names: dict[str, Value] | None = None) -> Value:
    """Value of a literal, a sum of two numbers, or a known variable; None for everything else."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    total = _SUM.match(text)
    if total is not None:
        return int(total[1]) + int(total[2] or 0)
    return names.get(text) if names else None


def variables(source: str) -> dict[str, Value]:
    """Variables that are given a number or a string; the first value counts."""
    found: dict[str, Value] = {}
    for match in _VARIABLE.finditer(source):
        found.setdefault(match["name"], literal(match["value"]))
    return found


def calls(source: str, name: str) -> Iterator[list[str]]:
    """Raw arguments of every call of ``name`` (a plain identifier); its definition is none."""
    for match in islice(re.finditer(rf"(?<![\w$.]){re.escape(name)}\s*\(", source), MAX_CALLS):
        if re.search(r"function\s*$", source[max(0, match.start() - 12) : match.start()]):
            continue
        inside = balanced(source, match.end() - 1)
        if inside is not None:
            yield split_arguments(inside)


def balanced(source: str, start: int, limit: int = 20_000) -> str | None:
    """Text between the bracket at ``start`` and its partner; None when it is not closed within ``limit`` characters."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    closing = pairs.get(source[start : start + 1])
    if closing is None:
        return None
    depth = 0
    quote = ""
    for position in range(start, min(len(source), start + limit)):
        char = source[position]
        if quote:
            if char == quote and source[position - 1] != "\\":
                quote = ""
        elif char in "'\"`":
            quote = char
        elif char in "({[":
            depth += 1
        elif char in ")}]":
            depth -= 1
            if depth == 0:
                return source[start + 1 : position] if char == closing else None
    return None


def split_arguments(text: str) -> list[str]:
    """Arguments of a call, split at the commas outside strings and brackets."""
    parts: list[str] = []
    depth, quote, begin = 0, "", 0
    for position, char in enumerate(text):
        if quote:
            if char == quote and text[position - 1] != "\\":
                quote = ""
        elif char in "'\"`":
            quote = char
        elif char in "({[":
            depth += 1
        elif char in ")}]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[begin:position].strip())
            begin = position + 1
    parts.append(text[begin:].strip())
    return parts if any(parts) else []


def fields(text: str, names: dict[str, Value] | None = None) -> dict[str, Value]:
    """Flat fields of an object literal (``{currPage:(0+1), pageCount:8}``); values that are no literal are None."""
    found: dict[str, Value] = {}
    for match in _FIELD.finditer(text[:50_000]):
        found.setdefault(match["name"], literal(match["value"], names))
    return found
