"""Who owns an address: the 单位 with the longest matching prefix, else the one whose columns list it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol
from urllib.parse import parse_qsl

from crawler.addresses import url_key
from crawler.facts import DepartmentFacts, bare_url
from crawler.vocabulary import load

_PORTAL = -1
_SHARED = -2
_MIN_BORNE = 2
_MIN_DEPTH = 2
"""Slashes of the shallowest folder that may be a 单位's: ``host/jyj/``."""
_MIN_LISTED = 3
"""Listed addresses below a folder from which on it may be called a 单位's own."""


Mark = tuple[str, str, str]
"""Folder, name and value of a query that says whose page it is: ``/gkpt/``, ``dept``, ``sjj``."""
_NO_MARKS: Mapping[Mark, str] = MappingProxyType({})


def marks_of(url: str) -> list[Mark]:
    """The parameters of an address with the folder that its script lies in."""
    bare, _, query = bare_url(url).partition("?")
    folder = bare.rpartition("/")[0] + "/"
    return [(folder, name.lower(), value) for name, value in parse_qsl(query.partition("#")[0])] if query else []


def query_marks(urls: Iterable[tuple[str, str | None]]) -> dict[Mark, str]:
    """Which parameters tell the 单位 apart, of (key, page address): those named like a 单位's, where no two share a value.

    Everything that the same folder serves under a 单位's own value is that 单位's: lists and texts of one script for all of them.
    """
    names = re.compile(load("units")["owner_parameters"])
    owners: dict[Mark, set[str]] = {}
    for key, url in urls:
        for mark in marks_of(url) if url else ():
            if names.match(mark[1]):
                owners.setdefault(mark, set()).add(key)
    values = Counter((folder, name) for folder, name, _ in owners)
    shared = {mark[:2] for mark, keys in owners.items() if len(keys) > 1}
    return {mark: next(iter(keys)) for mark, keys in owners.items() if values[mark[:2]] > 1 and mark[:2] not in shared}


def confirmed_marks(fronts: Iterable[tuple[str, str, Iterable[str]]]) -> dict[Mark, str]:
    """Parameters of any name that tell the 单位 apart, of (key, page address, addresses of its columns).

    A bare ``id`` may number anything. It is the 单位's where at least two of its columns bear the value of its page, and where
    that is so for several 单位, each with a value of its own.
    """
    owners: dict[Mark, set[str]] = {}
    for key, url, columns in fronts:
        own = set(marks_of(url))
        borne = Counter(mark for column in set(columns) if column != url for mark in marks_of(column) if mark in own)
        for mark, count in borne.items():
            if count >= _MIN_BORNE:
                owners.setdefault(mark, set()).add(key)
    values = Counter((folder, name) for folder, name, _ in owners)
    shared = {mark[:2] for mark, keys in owners.items() if len(keys) > 1}
    return {mark: next(iter(keys)) for mark, keys in owners.items() if values[mark[:2]] > 1 and mark[:2] not in shared}


def wider_folders(fronts: Iterable[tuple[str, str, Iterable[str]]], portal: Iterable[str] = ()) -> dict[str, str]:
    """Folder above a 单位's page that is the 单位's own, of (key, prefix of its page, addresses of its columns).

    The columns of ``/html/jyj/xxgk/`` may lie beside it, in ``/html/jyj/``. It is the 单位's where two of its columns lie there,
    no other 单位's page and no page of the ``portal``, and where the folders of several 单位 lie side by side.
    """
    offers = {key: (bare_url(prefix), {bare_url(column) for column in columns}) for key, prefix, columns in fronts if prefix}
    others = [bare_url(url) for url in portal]
    wider: dict[str, str] = {}
    for key, (own, columns) in offers.items():
        folder = _above(own)
        beside = [column for column in columns if column.startswith(folder) and not column.startswith(own)]
        if "?" in own or folder.count("/") < _MIN_DEPTH or len(beside) < _MIN_BORNE:
            continue
        pages = [prefix for other, (prefix, _) in offers.items() if other != key]
        if not any(url.startswith(folder) for url in (*pages, *others)):
            wider[key] = folder
    side_by_side = Counter(_above(folder) for folder in wider.values())
    return {key: folder for key, folder in wider.items() if side_by_side[_above(folder)] > 1}


class PrefixOwners:
    """Prefix → 单位 key; a look-up tries each length of prefix once, whatever the number of 单位."""

    def __init__(self, prefixes: Mapping[str, tuple[str, ...]], marks: Mapping[Mark, str] = _NO_MARKS) -> None:
        self._marks = dict(marks)
        self._loose: dict[Mark, str] = {}
        self._owner: dict[str, str] = {bare_url(prefix): key for key, own in prefixes.items() for prefix in own}
        self._lengths = sorted({len(prefix) for prefix in self._owner}, reverse=True)

    def owner(self, url: str) -> str | None:
        """Key of the 单位 that owns ``url``, None when nobody does."""
        bare = bare_url(url)
        for length in self._lengths:
            if length > len(bare):
                continue
            prefix = bare[:length]
            key = self._owner.get(prefix)
            if key is not None and (prefix.endswith(("/", "=")) or not bare[length : length + 1].isalnum()):
                return key
        return self._by_mark(url) if self._marks or self._loose else None

    def _by_mark(self, url: str) -> str | None:
        marks = marks_of(url)
        sure = next((self._marks[mark] for mark in marks if mark in self._marks), None)
        if sure is not None or len(marks) < 2:  # an id alone may be an article's
            return sure
        return next((self._loose[mark] for mark in marks if mark in self._loose), None)

    def add_confirmed(self, marks: Mapping[Mark, str]) -> None:
        """Let ``marks`` (:func:`confirmed_marks`) own what bears them beside another parameter."""
        self._loose.update(marks)

    def add(self, prefix: str, key: str) -> None:
        """Let ``key`` own ``prefix`` too, unless somebody else does."""
        bare = bare_url(prefix)
        if bare not in self._owner:
            self._owner[bare] = key
            self._lengths = sorted({*self._lengths, len(bare)}, reverse=True)


class Listed(Protocol):
    """What is asked of an entry."""

    @property
    def url(self) -> str | None: ...


class Listing(Protocol):
    """What is asked of a column: its 单位 and the addresses it lists."""

    @property
    def url(self) -> str: ...
    @property
    def department(self) -> str | None: ...
    @property
    def entries(self) -> Sequence[Listed]: ...


class Owners:
    """Owners of pages, asked after the assembly: many systems keep articles nowhere near the 单位 that issues them.

    A page belongs to the 单位 with the longest matching prefix; else to the one 单位 whose columns list it; else to the 单位 that
    alone fills its folder, where the folders beside it are other 单位's. What two list is nobody's, what only the portal's
    own columns list is the portal's.
    """

    def __init__(self, departments: Sequence[DepartmentFacts], columns: Iterable[Listing]) -> None:
        self._names = [department.name for department in departments]
        self._prefixes = PrefixOwners({department.name: department.url_prefixes for department in departments})
        numbers = {name: number for number, name in enumerate(self._names)}
        self._listed: dict[str, int] = {}
        for column in columns:
            number = numbers.get(column.department or "", _PORTAL)
            for address in (column.url, *(entry.url for entry in column.entries if entry.url)):
                self._note(url_key(address), number)
        self._folders = _own_folders(self._listed)

    def _note(self, key: str, number: int) -> None:
        known = self._listed.get(key, _PORTAL)
        self._listed[key] = number if known in {_PORTAL, number} else known if number == _PORTAL else _SHARED

    def owner(self, url: str) -> str | None:
        """Name of the 单位 that owns the page at ``url``, None when it is the portal's or nobody's."""
        by_prefix = self._prefixes.owner(url)
        if by_prefix is not None:
            return by_prefix
        key = url_key(url)
        number = self._listed.get(key)
        if number is None:
            number = next((self._folders[folder] for folder in _folders_of(key) if folder in self._folders), _PORTAL)
        return self._names[number] if number >= 0 else None


def _own_folders(listed: Mapping[str, int]) -> dict[str, int]:
    """Folders in which only one 单位's addresses are listed, beside folders of other 单位."""
    owners: dict[str, int] = {}
    counts: dict[str, int] = {}
    for key, number in listed.items():
        for folder in _folders_of(key):
            counts[folder] = counts.get(folder, 0) + 1
            if owners.setdefault(folder, number) != number:
                owners[folder] = _SHARED
    return {
        folder: number
        for folder, number in owners.items()
        if number >= 0 and counts[folder] >= _MIN_LISTED and owners.get(_above(folder)) == _SHARED
    }


def _folders_of(key: str) -> list[str]:
    """Folders above an address, the nearest first, without the host itself."""
    found = []
    folder = key.partition("?")[0]
    while (folder := _above(folder)).count("/") > 1:
        found.append(folder)
    return found


def _above(folder: str) -> str:
    return folder.rstrip("/").rpartition("/")[0] + "/"
