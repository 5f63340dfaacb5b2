"""Endless spaces of a portal: calendars, filters, lists without end. Bounded, and each refusal has a name.

A trap is told by its barrenness: pages of one shape that are known only from each other and bring nothing from outside
themselves, no article, no new address, no entry. Pages that other pages lead to are never refused by shape.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.addresses import MAX_URL_LENGTH
from crawler.targets import Target

_DIGITS = re.compile(r"\d+")

MAX_LINKS = 20_000
"""References of one page that are followed: more are a trap or an attack; no portal page has a tenth of them."""

CALENDAR = "trap-calendar"
PARAMETERS = "trap-parameters"
DEPTH = "trap-depth"
LENGTH = "trap-length"
PATH = "trap-path"
PAGER = "trap-pager"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapLimits:
    """Where each trap begins."""

    depth: int = 30
    """Steps from the home page; further pages of a list do not count."""
    barren: int = 12
    """Barren pages of one shape after which its inbred addresses are refused; each fruitful one allows two more."""
    combinations: int = 40
    """Query strings of one path in which two or more parameters change; each fruitful one allows one more."""
    values: int = 5_000
    """Query strings of one path in which one parameter changes: articles and columns by number."""
    list_pages: int = 500
    """Further pages of one list, and requests for its data."""
    in_a_row: int = 3
    """Times a segment, or a group of segments, must follow itself in a path to be refused."""


@dataclass(slots=True)
class _PathQueries:
    """Query strings met on one path."""

    count: int = 0
    credit: int = 0
    values: dict[str, str | None] = field(default_factory=dict)
    """First value of each parameter; None once a second value, or its absence, was met."""

    def note(self, query: str) -> None:
        pairs = dict(parse_qsl(query, keep_blank_values=True))
        if self.count == 0:
            self.values.update(pairs)
        else:
            for name, value in pairs.items():
                if self.values.setdefault(name, None) != value:
                    self.values[name] = None
            for name in self.values.keys() - pairs.keys():
                self.values[name] = None
        self.count += 1

    @property
    def changing(self) -> int:
        """Parameters that change."""
        return sum(value is None for value in self.values.values())


@dataclass(slots=True)
class _Shape:
    """What the inbred pages of one shape brought."""

    barren: int = 0
    fruitful: int = 0
    names: set[str] = field(default_factory=set)
    """What its lists call themselves, without numbers."""


class TrapGuard:
    """Remembers what each shape of address brought, and refuses what only goes on.

    What it learned since the last :meth:`changes` can be stored, and a crawl that is taken up again goes on from there.
    """

    def __init__(self, limits: TrapLimits | None = None) -> None:
        self.limits = limits or TrapLimits()
        self._shapes: dict[str, _Shape] = {}
        self._queries: dict[str, _PathQueries] = {}
        self._list_pages: Counter[str] = Counter()
        self._under_way: dict[int, str] = {}
        """Path by number of the pages let through and not decided yet: after an interruption they come again."""
        self._waiting: Counter[str] = Counter()
        """How many of those there are of each path."""
        self._changed: set[tuple[str, str]] = set()

    def refuse_address(self, url: str, depth: int) -> str | None:
        """Reason for which an address is never taken up, by its looks alone."""
        if len(url) > MAX_URL_LENGTH:
            return LENGTH
        if depth > self.limits.depth:
            return DEPTH
        if repeats_itself(urlsplit(url).path, self.limits.in_a_row):
            return PATH
        return None

    def refuse_page(self, target: Target) -> str | None:
        """Reason for which a page is not fetched when its turn comes; further pages of a list are never refused here."""
        if target.root is not None:
            return None
        query = urlsplit(target.url).query
        known = self._shapes.get(shape_of(target))
        if target.inbred and known is not None and known.barren >= self.limits.barren + 2 * known.fruitful:
            return PARAMETERS if query else CALENDAR
        if not query:
            return None
        seen = self._queries_of(target)
        allowed = self.limits.combinations if seen.changing >= 2 else self.limits.values
        path = _path_of(target)
        # What is under way may yet prove fruitful: nobody is refused for it, and no more than the crawl has open is let through.
        if seen.count - self._waiting[path] >= allowed + seen.credit:
            return PARAMETERS
        seen.note(query)
        self._under_way[target.id] = path
        self._waiting[path] += 1
        return None

    def settled(self, target: Target) -> None:
        """A page that :meth:`refuse_page` let through was decided."""
        path = self._under_way.pop(target.id, None)
        if path is not None:
            self._waiting[path] -= 1
            self._changed.add(("query", path))

    def refuse_list_page(self, root: str) -> str | None:
        """Count one more page, or request for data, of the list that begins at ``root``."""
        self._list_pages[root] += 1
        self._changed.add(("list", root))
        return PAGER if self._list_pages[root] > self.limits.list_pages else None

    def learn(self, target: Target, *, fruitful: bool, list_name: str | None = None) -> None:
        """Note what a fetched page brought.

        ``fruitful``: it led to a new address of another shape, or is an article. ``list_name``: what the list on it calls
        itself, even an empty one; a name that is new to the shape is a column found, so that empty columns are no trap.
        """
        if target.inbred:
            known = self._shapes.setdefault(shape_of(target), _Shape())
            self._changed.add(("shape", shape_of(target)))
            if list_name is not None:
                name = _DIGITS.sub("#", list_name)
                if name not in known.names and len(known.names) < self.limits.values:
                    known.names.add(name)
                    fruitful = True
            if fruitful:
                known.fruitful += 1
            else:
                known.barren += 1
        if fruitful and urlsplit(target.url).query:
            self._queries_of(target).credit += 1
            self._changed.add(("query", _path_of(target)))

    def _queries_of(self, target: Target) -> _PathQueries:
        return self._queries.setdefault(_path_of(target), _PathQueries())

    # -- across an interruption -----------------------------------------------------------------------------------------

    def changes(self) -> dict[str, object]:
        """What is known of each shape, path and list that changed since the last call, as JSON values by key."""
        found = {f"{part} {key}": self._known_of(part, key) for part, key in sorted(self._changed)}
        self._changed.clear()
        return found

    def restore(self, known: Mapping[str, Any]) -> None:
        """Take up what :meth:`changes` gave before an interruption."""
        for name, value in known.items():
            part, _, key = name.partition(" ")
            if part == "shape":
                self._shapes[key] = _Shape(barren=value[0], fruitful=value[1], names=set(value[2]))
            elif part == "query":
                self._queries[key] = _PathQueries(count=value[0], credit=value[1], values=value[2])
            else:
                self._list_pages[key] = value

    def _known_of(self, part: str, key: str) -> object:
        if part == "shape":
            shape_ = self._shapes[key]
            return [shape_.barren, shape_.fruitful, sorted(shape_.names)]
        if part == "query":
            seen = self._queries[key]
            return [seen.count - self._waiting[key], seen.credit, seen.values]
        return self._list_pages[key]


def _path_of(target: Target) -> str:
    return f"{target.host}{urlsplit(target.url).path}"


def shape_of(target: Target) -> str:
    """Host and path with every number made one sign; the query does not count: a calendar writes its days there."""
    if target.shape is None:
        target.shape = shape(target.url, target.host)
    return target.shape


def shape(url: str, host: str) -> str:
    return host + _DIGITS.sub("#", urlsplit(url).path)


def repeats_itself(path: str, in_a_row: int) -> bool:
    """Whether a segment, or a group of two or three, stands ``in_a_row`` times in a row; numbers alone do not count."""
    segments = [segment for segment in path.split("/") if segment]
    for size in (1, 2, 3):
        for start in range(len(segments) - size * in_a_row + 1):
            group = segments[start : start + size]
            if not all(segment.isdigit() for segment in group) and all(
                segments[start + turn * size : start + (turn + 1) * size] == group for turn in range(1, in_a_row)
            ):
                return True
    return False
