"""Rows of a list in JSON of unknown make: the longest list of objects with a title and an address or a date."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawler.extractors.document import clean
from crawler.facts import Entry
from crawler.vocabulary import load

MAX_NODES = 200_000
MAX_JSON_DEPTH = 60
_SHANGHAI = ZoneInfo("Asia/Shanghai")

Row = dict[str, Any]


def parse_json(text: str) -> Any:
    """``text`` as JSON, a callback around it taken off; None when it is none, or nested beyond all sense."""
    text = text.strip().lstrip("\ufeff")
    if not text[:1] or (text[0] not in "{[" and not text.rstrip(";").endswith(")")):
        return None
    if text[0] not in "{[":
        text = text[text.find("(") + 1 : text.rfind(")")].strip()
    if _nested_deeper(text, MAX_JSON_DEPTH):
        return None
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return None


def rows_in(data: Any) -> tuple[list[Row] | None, bool]:
    """``(rows, empty)``: the list that most looks like rows, None where there is none; whether one of them stands there empty."""
    keys = load("json_keys")
    best: list[Row] | None = None
    empty = False
    for name, value in _lists(data):
        rows = [item for item in value if isinstance(item, dict) and first_of(item, keys["title"]) and _is_row(item, keys)]
        if rows and len(rows) >= len(value) * 0.5 and len(rows) > len(best or []):
            best = rows
        empty = empty or (not value and name.lower() in keys["lists"])
    return best, empty


def entry_of(row: Row, resolve: Callable[[str], str | None], plain: Callable[[str], str]) -> Entry:
    """The row as an entry; ``plain`` takes tags out of a title, ``resolve`` makes its address absolute."""
    keys = load("json_keys")
    title = str(first_of(row, keys["title"]))
    address = first_of(row, keys["url"])
    raw = first_of(row, keys["date"])
    return Entry(
        title=clean(plain(title) if "<" in title else title)[:500],
        url=resolve(address) if isinstance(address, str) else None,
        date=day_of(raw),
        date_raw=str(raw)[:40] if raw is not None else "",
        date_from="data" if raw is not None else "",
    )


def first_of(row: Row, names: list[str]) -> Any:
    """Value of the first of ``names`` (lower case) that the object fills; None where it fills none."""
    lower = {str(key).lower(): value for key, value in row.items()}
    return next((lower[name] for name in names if lower.get(name) not in (None, "", [])), None)


def _lists(data: Any) -> Iterator[tuple[str, list[Any]]]:
    """All lists in the data with the key they stand under, breadth first, without recursion."""
    queue: list[tuple[str, Any]] = [("", data)]
    seen = 0
    while queue and seen < MAX_NODES:
        name, node = queue.pop(0) if len(queue) < 1_000 else queue.pop()
        seen += 1
        if isinstance(node, dict):
            queue.extend((str(key), value) for key, value in node.items() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            yield name, node
            queue.extend((name, value) for value in node[:5_000] if isinstance(value, (dict, list)))


def _is_row(row: Row, keys: dict[str, list[str]]) -> bool:
    return first_of(row, keys["url"]) is not None or first_of(row, keys["date"]) is not None


def day_of(value: object) -> str | None:
    """ISO day of a moment in data: seconds or milliseconds since 1970 (Asia/Shanghai), or text that begins with a date."""
    if isinstance(value, str) and value.strip().isdigit() and len(value.strip()) >= 10:
        value = int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value > 100_000_000_000 else value
        if not 0 < seconds < 4_102_444_800:
            return None
        return datetime.fromtimestamp(seconds, _SHANGHAI).date().isoformat()
    match = re.match(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})", str(value or ""))
    if match is None:
        return None
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=_SHANGHAI).date().isoformat()
    except ValueError:
        return None


def _nested_deeper(text: str, limit: int) -> bool:
    """Whether brackets nest deeper than ``limit`` (strings not told apart: only hostile answers come near it)."""
    depth = 0
    for char in text:
        if char in "{[":
            depth += 1
            if depth > limit:
                return True
        elif char in "}]":
            depth -= 1
    return False
