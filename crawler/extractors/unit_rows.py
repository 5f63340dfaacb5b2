"""Lists of 单位 whose rows hold more than the name: the name in one cell, 进入 or the links of its columns in others."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from crawler.extractors.anchors import Anchor, anchors
from crawler.extractors.column_names import kinds_of_name
from crawler.extractors.document import Document, squeeze
from crawler.extractors.list_settings import inline_arrays
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.extractors.unit_names import SURE, may_end_like_unit, plain_name, unit_sureness
from crawler.facts import MANDATORY_ROLES
from crawler.vocabulary import load

MIN_ROWS = 3
_MAX_ROWS = 2_000
_MAX_NAME = 30
_MAX_STEPS = 5
_MAX_ENTRIES = 6
_MIN_DISTINCT = 0.8
"""Share of names that must differ: a table of articles names the same few 单位 again and again."""
_MIN_OPENED = 0.5
"""Share of rows that must open something of the 单位's."""
_COLUMNS = frozenset(MANDATORY_ROLES)


@dataclass(frozen=True, slots=True)
class UnitRows:
    container: int
    members: tuple[tuple[str, str | None], ...]
    """Name and address in the order of the rows; a row that opens several columns gives its name as often."""


@dataclass(frozen=True, slots=True)
class _Named:
    row: int
    name: str
    url: str | None
    """Address of the name itself, where it is a link."""


@cache
def _entry_words() -> frozenset[str]:
    return frozenset(load("units")["entry_words"])


def unit_rows(doc: Document) -> Iterator[UnitRows]:
    """Lists of rows built alike that name one 单位 each and open its page by another link, or by one of several."""
    out = doc.outline
    makes: dict[tuple[int, str, str], list[_Named]] = defaultdict(list)
    closed: list[int] = []
    for number in _names(doc, out):
        row = _row(out, number)
        if row is not None:
            makes[_make(out, row)].append(_Named(row, plain_name(out.span(number)), _own_url(doc, number)))
        closed.append(number)
    for make, named in makes.items():
        if not _is_list(named):
            continue
        known = {each.row for each in named}
        without = (found for number in closed if (found := _closed_row(out, number, make)) is not None and found.row not in known)
        rows = sorted((*named, *without), key=lambda each: each.row)
        opened = [(each.name, [each.url] if each.url else _entries(doc, out, each.row)) for each in rows]
        if sum(bool(urls) for _, urls in opened) >= _MIN_OPENED * len(opened):
            yield UnitRows(make[0], tuple((name, url) for name, urls in opened for url in urls or [None]))


def _make(out: Outline, row: int) -> tuple[int, str, str]:
    """What rows of one list have in common: where they stand, their tag, their names."""
    return out.parent[row], out.tags[row], out.names[row]


def _is_list(named: list[_Named]) -> bool:
    one_each = len({each.row for each in named}) == len(named)
    return one_each and MIN_ROWS <= len(named) <= _MAX_ROWS and len({each.name for each in named}) >= _MIN_DISTINCT * len(named)


def _closed_row(out: Outline, number: int, make: tuple[int, str, str]) -> _Named | None:
    """The row of ``make`` around a name that opens nothing."""
    name = plain_name(out.span(number))
    for _ in range(_MAX_STEPS):
        if number <= 0:
            return None
        if _make(out, number) == make:
            return _Named(number, name, None)
        number = out.parent[number]
    return None


def _names(doc: Document, out: Outline) -> Iterator[int]:
    """Outermost elements of the content that hold the sure name of one 单位 and nothing else."""
    places, text, behind = regions(doc), out.text, -1
    for number, (start, end) in enumerate(zip(out.start, out.end, strict=True)):
        if number <= behind or not 2 < end - start <= _MAX_NAME:
            continue
        words = text[start:end].strip()
        if may_end_like_unit(words) and places[number] == "main" and unit_sureness(plain_name(words)) == SURE:
            behind = out.last[number]
            yield number


def _row(out: Outline, number: int) -> int | None:
    """The smallest element around a name that opens something else as well, and that has neighbours of its make.

    A ``<dt>`` beside others is the row of the ``<dd>`` behind it.
    """
    own = _links(out, number)
    for _ in range(_MAX_STEPS):
        if _heads_row(out, number):
            return number
        number = out.parent[number]
        if number <= 0:
            return None
        if _links(out, number) > own:
            return number
    return None


def _heads_row(out: Outline, number: int) -> bool:
    """Whether ``<dd>`` follow a ``<dt>`` that is not the only one of its list."""
    beside = out.each_child(out.parent[number]) if out.tags[number] == "dt" else ()
    return any(out.tags[other] == "dt" and other != number for other in beside) and _end(out, number) > out.last[number]


def _end(out: Outline, row: int) -> int:
    """The last element of a row: of a ``<dt>``, the last one in the ``<dd>`` that follow it."""
    last = out.last[row]
    if out.tags[row] == "dt":
        end = out.last[out.parent[row]]
        while last < end and out.tags[last + 1] == "dd":
            last = out.last[last + 1]
    return last


def _links(out: Outline, number: int) -> int:
    if out.tags[number] in {"a", "area"}:
        return 1
    first, last = out.links_below(number)
    return last - first


def _own_url(doc: Document, number: int) -> str | None:
    """Address of the link that the name is, or that stands in it."""
    out, known = doc.outline, anchors(doc)
    within = range(number, out.last[number] + 1)
    return next((known[each].url for each in within if each in known), None)


def _entries(doc: Document, out: Outline, row: int) -> list[str | None]:
    """Where the row leads: its links that say 进入, 公开专栏 and the like, the first of them for the 单位's page."""
    known = anchors(doc)
    first, last = out.links_before[row], out.links_before[_end(out, row) + 1]
    urls = (known[link].url for link in out.links[first:last] if link in known and _is_entry(known[link]))
    return list(dict.fromkeys(urls))[:_MAX_ENTRIES]


def _is_entry(anchor: Anchor) -> bool:
    words = squeeze(anchor.text).strip("[]【】()（）>»›")
    return anchor.url is not None and (words in _entry_words() or not _COLUMNS.isdisjoint(kinds_of_name(words)))


def scripted_units(doc: Document) -> Iterator[UnitRows]:
    """Lists of 单位 that lie in a script as an array of objects with name and address, drawn by it later."""
    for data in inline_arrays(doc):
        rows = [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
        if not MIN_ROWS <= len(rows) <= _MAX_ROWS:
            continue
        named = next((key for key in rows[0] if _share(rows, key, _is_sure) >= _MIN_DISTINCT), None)
        opened = next((key for key in rows[0] if _share(rows, key, _is_address) >= _MIN_OPENED), None)
        if named is not None and opened is not None:
            members = [(plain_name(str(row.get(named) or "")), doc.resolve(str(row.get(opened) or ""))) for row in rows]
            if len({name for name, _ in members}) >= _MIN_DISTINCT * len(members):
                yield UnitRows(0, tuple(member for member in members if member[0]))


def _share(rows: list[dict[str, Any]], key: str, fits: Callable[[object], bool]) -> float:
    return sum(fits(row.get(key)) for row in rows) / len(rows)


def _is_sure(value: object) -> bool:
    return isinstance(value, str) and unit_sureness(plain_name(value[:_MAX_NAME])) == SURE


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("/", "http://", "https://", "./", "../")) and len(value) > 1
