"""Values to bytes and back, as they stand in facts.sqlite."""

import json
import struct
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import msgspec

from crawler.facts import (
    ColumnFacts,
    ColumnLink,
    DataRequest,
    DepartmentFacts,
    PageFacts,
    PageKind,
    PortalFacts,
    RunFacts,
    SameAs,
    UnitLink,
)

T = TypeVar("T")

_LEVEL = 1
"""Of zlib: three times smaller than JSON at a tenth of a millisecond a page; higher levels gain little."""

_WINDOW, _MEMORY = 14, 7
"""Of zlib: its usual 15 and 8 take a third of a page's packing, and nearly all of a few links', to be made ready."""

_USUAL = Path(__file__).with_name("usual_page.txt").read_bytes()
"""What nearly every page says, as the encoder writes it: pages are packed by what differs from it.

Stored pages cannot be read without these very bytes: they never change.
"""

_PAGE_LEVEL = 3
"""Of zlib, for pages: a quarter smaller than at level 1 without :data:`_USUAL`, in the same time."""

_PLACED = b"\0"
"""Begins a page that was taken over: then come the length of what is new of it, that as JSON, the page as it was packed."""
_PLACED_HEAD = struct.Struct(">cH")

MAX_FACTS_BYTES = 64 * 1024 * 1024
"""A stored value never unpacks to more than this: the file may come from elsewhere."""

LinkRow = tuple[int, str, str, str]
"""Target, text, element, place."""

_REPEATED: dict[str, type] = {"column_links": ColumnLink, "unit_links": UnitLink}
"""Fields of a page that mostly hold its menus: the same links on every page, so each is made once and shared."""

_LINKS_KEPT = 16_384
_LISTS_KEPT = 64
"""Whole lists: of one folder after the other, as pages come in the order of their addresses."""

_encoder = msgspec.json.Encoder()


_decoders: dict[Any, "msgspec.json.Decoder[Any]"] = {}


def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


@cache
def _stored_page(*names: str) -> "msgspec.json.Decoder[Any]":
    """Reads a page with the repeated links left as they are written; with ``names``, nothing but these fields."""
    hints = get_type_hints(PageFacts)
    parts: list[Any] = []
    for part in fields(PageFacts):
        kind = hints[part.name]
        if names and part.name not in names:
            continue
        if part.name in _REPEATED:
            parts.append((part.name, msgspec.Raw, msgspec.Raw(b"[]")))
        elif part.default is not MISSING:
            parts.append((part.name, kind, part.default))
        elif part.default_factory is not MISSING:
            parts.append((part.name, kind, msgspec.field(default_factory=part.default_factory)))
        else:
            parts.append((part.name, kind))
    return msgspec.json.Decoder(msgspec.defstruct("StoredPage", parts, kw_only=True))


_PAGE_FIELDS = tuple(part.name for part in fields(PageFacts))
_page_values = attrgetter(*_PAGE_FIELDS)

_BRIEF = (
    *("url", "final_url", "status", "capture", "fetched_at", "depth", "kind", "page_title", "title", "published", "updated"),
    *("written", "tags", "breadcrumb", "entries", "pager", "list_state", "column_links", "unit_links", "text_length"),
    *("text_hash", "template", "forwards_to", "part_of", "rendered", "redated", "same_as"),
)
"""What the crawl and the assembly ask of pages that they do not read."""

_brief_values = attrgetter(*_BRIEF)


@lru_cache(maxsize=_LISTS_KEPT)
def _links(kind: type, written: bytes) -> tuple[Any, ...]:
    """The links of one page, shared with the pages that bear the very same ones."""
    return tuple([_link(kind, bytes(each)) for each in _decoder(list[msgspec.Raw]).decode(written)])


@lru_cache(maxsize=_LINKS_KEPT)
def _link(kind: type, written: bytes) -> Any:
    return _decoder(kind).decode(written)


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


def _page(data: bytes, placed: Mapping[str, Any] = _NOTHING) -> PageFacts:
    return _made(dict(zip(_PAGE_FIELDS, _page_values(_stored_page().decode(data)), strict=True)), placed)


def _made(values: dict[str, Any], placed: Mapping[str, Any]) -> PageFacts:
    for name, kind in _REPEATED.items():
        values[name] = _links(kind, bytes(values[name]))
    values.update(placed)
    return PageFacts(**values)


def unpack_brief(blob: bytes) -> PageFacts:
    """A page without its text and most of what was read of it: in half the time."""
    return PackedPage(blob).brief()


class PackedPage:
    """A packed page of which little is wanted."""

    def __init__(self, blob: bytes) -> None:
        self._placed, self._blob = _taken_apart(blob)

    def brief(self) -> PageFacts:
        """See :func:`unpack_brief`."""
        data = _inflate(self._blob)
        return _made(dict(zip(_BRIEF, _brief_values(_stored_page(*_BRIEF).decode(data)), strict=True)), self._placed)

    def placed(self, **values: object) -> bytes:
        """The page with other ``values`` in some of the fields of :class:`Placed`: it is neither read nor packed again."""
        said = _encoder.encode(Placed(**{**self._placed, **values}))
        return _PLACED_HEAD.pack(_PLACED, len(said)) + said + self._blob


def _taken_apart(blob: bytes) -> tuple[Mapping[str, Any], bytes]:
    """What is said anew of a page, and the page as it was packed before."""
    if not blob.startswith(_PLACED):
        return _NOTHING, blob
    _, length = _PLACED_HEAD.unpack_from(blob)
    end = _PLACED_HEAD.size + length
    return _decoder(Placed).decode(blob[_PLACED_HEAD.size : end]).values(), blob[end:]


def pack(value: object) -> bytes:
    """Zlib of JSON of a dataclass of ``crawler.facts``; of a page, by what differs from the usual one."""
    data = _encoder.encode(value)
    return _deflate_page(data) if isinstance(value, PageFacts) else _deflate(data)


def unpack(kind: type[T], blob: bytes) -> T:
    """Raises :class:`ValueError` for what is no such value."""
    if kind is PageFacts:
        placed, blob = _taken_apart(blob)
        return cast(T, _page(_inflate(blob), placed))
    value: T = _decoder(kind).decode(_inflate(blob))
    return value


_NO_REPORT = b'"annual_report":null'
"""As the encoder writes it; within a text its quotation marks would be escaped."""


def unpack_report(blob: bytes) -> PageFacts | None:
    """The page, where it holds an annual report."""
    placed, blob = _taken_apart(blob)
    data = _inflate(blob)
    if _NO_REPORT in data:
        return None
    page = _page(data, placed)
    return page if page.annual_report is not None else None


def warm() -> None:
    """Build the decoders before the first page comes: it takes tens of milliseconds."""
    _stored_page()
    _stored_page(*_BRIEF)
    for kind in (DepartmentFacts, ColumnFacts, PortalFacts, RunFacts, DataRequest):
        _decoder(kind)


def to_json(value: object) -> str:
    return _encoder.encode(value).decode()


def from_json(kind: type[T], text: str) -> T:
    value: T = _decoder(kind).decode(text)
    return value


def pack_ids(rows: Iterable[LinkRow]) -> bytes:
    return array("I", [row[0] for row in rows]).tobytes()


def unpack_ids(blob: bytes) -> Sequence[int]:
    ids = array("I")
    ids.frombytes(blob)
    return ids


def pack_texts(rows: Sequence[LinkRow]) -> bytes:
    if not rows:
        return b""
    return _deflate(json.dumps([row[1:] for row in rows], ensure_ascii=False, separators=(",", ":")).encode())


def unpack_texts(blob: bytes) -> list[tuple[str, str, str]]:
    if not blob:
        return []
    texts: list[Any] = json.loads(_inflate(blob))
    return [(str(text), str(element), str(place)) for text, element, place in texts]


def _deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY)
    return engine.compress(data) + engine.flush()


def _deflate_page(data: bytes) -> bytes:
    engine = zlib.compressobj(
        _PAGE_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, zdict=_USUAL
    )
    return engine.compress(data) + engine.flush()


def _inflate(blob: bytes) -> bytes:
    engine = zlib.decompressobj(zdict=_USUAL)
    data = engine.decompress(blob, MAX_FACTS_BYTES)
    if engine.unconsumed_tail:
        raise ValueError("a stored value is larger than any page can be")
    return data
