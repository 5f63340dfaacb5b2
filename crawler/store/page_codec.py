"""A page to bytes and back: its menus apart, its text last, so that a look at the rest unpacks neither.

A page as it travels (:func:`pack_page`) holds its menus itself; as the store keeps it, it names them by number and
:class:`Menus` tells them (``crawler.store.menus``). What reads pages reads both, and those of earlier versions, which were JSON
as a whole.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, get_type_hints

import msgspec

from crawler.facts import ColumnLink, PageFacts, PageKind, SameAs, UnitLink
from crawler.store.packing import USUAL_HEAD, decoder, deflate_page, encoder, inflate, inflate_beginning

_PLACED = b"\0"
"""Begins a page that was taken over: then come the length of what is new of it, that as JSON, the page as it was packed."""
_PLACED_HEAD = struct.Struct(">cH")
_PARTED = b"\1"
"""Begins a page of version 3. One byte of marks, the length of its JSON, the numbers of its menus, zlib of JSON and text."""
_PARTED_HEAD = struct.Struct("<cBIqq")
_WHOLE = b"\2"
"""Begins a page that brings its menus: their numbers and lengths, they themselves as JSON, the page that names them."""
_WHOLE_HEAD = struct.Struct("<cqqII")

_HAS_REPORT = 1
"""Mark of a page that holds an annual report."""
_TEXT = "utf-16-le"
"""Of the text of a page: Chinese is a twentieth smaller than UTF-8 once it is packed, and sooner packed."""

_MENUS: dict[str, type] = {"column_links": ColumnLink, "unit_links": UnitLink}
"""Fields of a page that mostly hold its menus: the same links on every page, stored once."""
_APART = frozenset({*_MENUS, "text"})

_LINKS_KEPT = 16_384
_LISTS_KEPT = 64
"""Whole lists: of one folder after the other, as pages come in the order of their addresses."""

_NO_REPORT = b'"annual_report":null'
"""As the encoder writes it; within a text its quotation marks would be escaped."""


class Menus(Protocol):
    """Where pages of a store find the menus that they only name."""

    def menu(self, number: int) -> bytes:
        """JSON of the links with this number; raises :class:`ValueError` when there are none."""
        ...


class _Own:
    """The menus that a page brings with it."""

    def __init__(self, menus: Mapping[int, bytes]) -> None:
        self._menus = menus

    def menu(self, number: int) -> bytes:
        if number not in self._menus:
            raise ValueError("the page names menus that are not with it")
        return self._menus[number]


def _parts(names: tuple[str, ...]) -> list[tuple[str, Any, Any]]:
    """Fields of a page as a msgspec structure has them; a page of an early version lacks the later ones."""
    hints = get_type_hints(PageFacts)
    found: list[tuple[str, Any, Any]] = []
    for part in fields(PageFacts):
        if part.name not in names:
            continue
        if part.name in _MENUS:
            found.append((part.name, msgspec.Raw, msgspec.Raw(b"[]")))
        elif part.default_factory is not MISSING:
            found.append((part.name, hints[part.name], msgspec.field(default_factory=part.default_factory)))
        else:
            found.append((part.name, hints[part.name], msgspec.NODEFAULT if part.default is MISSING else part.default))
    return found


_NAMES = tuple(part.name for part in fields(PageFacts))
_HEAD_NAMES = tuple(name for name in _NAMES if name not in _APART)
"""Of the JSON of a page of version 3."""

_BRIEF = (
    *("url", "final_url", "status", "capture", "fetched_at", "depth", "kind", "page_title", "title", "published", "updated"),
    *("written", "tags", "breadcrumb", "entries", "pager", "list_state", "column_links", "unit_links", "text_length"),
    *("text_hash", "template", "forwards_to", "part_of", "rendered", "redated", "same_as"),
)
"""What the crawl and the assembly ask of pages that they do not read."""

_head_values = attrgetter(*_HEAD_NAMES)


class _Reader(NamedTuple):
    """Reads the fields ``names`` of a page's JSON."""

    names: tuple[str, ...]
    decode: Any
    values: Any

    def read(self, data: bytes) -> dict[str, Any]:
        return dict(zip(self.names, self.values(self.decode(data)), strict=True))


@cache
def _reader(names: tuple[str, ...]) -> _Reader:
    kind = msgspec.defstruct("StoredPage", _parts(names), kw_only=True)
    known = tuple(name for name in _NAMES if name in names)
    return _Reader(known, msgspec.json.Decoder(kind).decode, attrgetter(*known))


@cache
def _head() -> Any:
    """What the encoder writes of a page of version 3."""
    return msgspec.defstruct("PageHead", [(name, Any) for name in _HEAD_NAMES])


@lru_cache(maxsize=_LISTS_KEPT)
def _links(kind: type, written: bytes) -> tuple[Any, ...]:
    """The links of one page, shared with the pages that bear the very same ones."""
    return tuple([_link(kind, bytes(each)) for each in decoder(list[msgspec.Raw]).decode(written)])


@lru_cache(maxsize=_LINKS_KEPT)
def _link(kind: type, written: bytes) -> Any:
    return decoder(kind).decode(written)


class Placed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Fields of a page that are another run's once it is taken over; those not named here stay what they are."""

    capture: str | msgspec.UnsetType = msgspec.UNSET
    fetched_at: str | msgspec.UnsetType = msgspec.UNSET
    depth: int | msgspec.UnsetType = msgspec.UNSET
    kind: PageKind | msgspec.UnsetType = msgspec.UNSET
    part_of: str | msgspec.UnsetType | None = msgspec.UNSET
    same_as: SameAs | msgspec.UnsetType | None = msgspec.UNSET

    def values(self) -> dict[str, Any]:
        found = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return {name: value for name, value in found if value is not msgspec.UNSET}


_NOTHING: dict[str, Any] = {}
_ALONE = _Own({})


def pack_page(page: PageFacts) -> bytes:
    """The page with its menus, ready to be sent to whoever stores it."""
    head = encoder.encode(_head()(*_head_values(page)))
    columns, units = (encoder.encode(links) if links else b"" for links in (page.column_links, page.unit_links))
    numbers = _number(columns), _number(units)
    marks = _HAS_REPORT if page.annual_report is not None else 0
    front = _WHOLE_HEAD.pack(_WHOLE, *numbers, len(columns), len(units)) + columns + units
    return front + _PARTED_HEAD.pack(_PARTED, marks, len(head), *numbers) + deflate_page(head + page.text.encode(_TEXT))


def _number(links: bytes) -> int:
    """By what the store knows a menu; 0: no link."""
    return int.from_bytes(hashlib.blake2b(links, digest_size=8).digest(), "little", signed=True) if links else 0


def parted(blob: bytes) -> tuple[bytes, dict[int, bytes]]:
    """A page that travels as the store keeps it, and its menus by number."""
    if not blob.startswith(_WHOLE):
        return blob, {}
    _, columns, units, first, second = _WHOLE_HEAD.unpack_from(blob)
    start = _WHOLE_HEAD.size
    menus = {columns: blob[start : start + first], units: blob[start + first : start + first + second]}
    menus.pop(0, None)
    return blob[start + first + second :], menus


class PackedPage:
    """A packed page of which little is wanted.

    ``menus`` are those of the store that it stands in; a page that travels has its own with it.
    """

    def __init__(self, blob: bytes, menus: Menus = _ALONE) -> None:
        blob, own = parted(blob)
        self._menus: Menus = _Own(own) if own else menus
        self._placed: Mapping[str, Any] = _NOTHING
        if blob.startswith(_PLACED):
            _, length = _PLACED_HEAD.unpack_from(blob)
            end = _PLACED_HEAD.size + length
            self._placed = decoder(Placed).decode(blob[_PLACED_HEAD.size : end]).values()
            blob = blob[end:]
        self._blob = blob
        self._is_parted = blob.startswith(_PARTED)
        self._marks = self._length = self._columns = self._units = 0
        if self._is_parted:
            _, self._marks, self._length, self._columns, self._units = _PARTED_HEAD.unpack_from(blob)

    def page(self) -> PageFacts:
        """All of it."""
        if not self._is_parted:
            return self._made(_reader(_NAMES).read(inflate(self._blob)))
        data = inflate(self._blob[_PARTED_HEAD.size :], USUAL_HEAD)
        page: PageFacts = decoder(PageFacts).decode(data[: self._length])
        # Nobody has seen it yet: setting what is missing costs a third of making it anew.
        object.__setattr__(page, "text", data[self._length :].decode(_TEXT))
        for (name, kind), number in zip(_MENUS.items(), (self._columns, self._units), strict=True):
            if number:
                object.__setattr__(page, name, _links(kind, self._menus.menu(number)))
        for name, value in self._placed.items():
            object.__setattr__(page, name, value)
        return page

    def brief(self) -> PageFacts:
        """The page without its text and most of what was read of it: in half the time."""
        return self._made(self._some(_BRIEF))

    def report(self) -> PageFacts | None:
        """The page, where it holds an annual report."""
        if self._is_parted:
            return self.page() if self._marks & _HAS_REPORT else None
        if _NO_REPORT in inflate(self._blob):
            return None
        page = self.page()
        return page if page.annual_report is not None else None

    def said(self, name: str) -> Any:
        """One field of the page, which is neither its text nor a menu."""
        return self._placed[name] if name in self._placed else self._some((name, "url"))[name]

    def placed(self, **values: object) -> bytes:
        """The page with other ``values`` in some of the fields of :class:`Placed`: it is neither read nor packed again."""
        said = encoder.encode(Placed(**{**self._placed, **values}))
        return self._front() + _PLACED_HEAD.pack(_PLACED, len(said)) + said + self._blob

    def _front(self) -> bytes:
        """Its menus, as they stand before a page that travels."""
        columns, units = (self._menus.menu(number) if number else b"" for number in (self._columns, self._units))
        if not columns and not units:
            return b""
        return _WHOLE_HEAD.pack(_WHOLE, self._columns, self._units, len(columns), len(units)) + columns + units

    def _some(self, names: tuple[str, ...]) -> dict[str, Any]:
        if not self._is_parted:
            return _reader(names).read(inflate(self._blob))
        head = tuple(name for name in names if name not in _APART)
        return _reader(head).read(inflate_beginning(self._blob[_PARTED_HEAD.size :], self._length))

    def _made(self, values: dict[str, Any]) -> PageFacts:
        for (name, kind), number in zip(_MENUS.items(), (self._columns, self._units), strict=True):
            written = (self._menus.menu(number) if number else b"") if self._is_parted else bytes(values[name])
            values[name] = _links(kind, written) if written else ()
        values.update(self._placed)
        return PageFacts(**values)


def warm() -> None:
    """Build the decoders before the first page comes: it takes tens of milliseconds."""
    _head()
    decoder(PageFacts)
    for names in (_NAMES, tuple(name for name in _BRIEF if name not in _APART)):
        _reader(names)
