"""Values to bytes and back, as they stand in facts.sqlite."""

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

import msgspec

from crawler.facts import ColumnFacts, DataRequest, DepartmentFacts, PageFacts, PortalFacts, RunFacts
from crawler.store import page_codec
from crawler.store.packing import decoder, deflate, encoder, inflate

T = TypeVar("T")

LinkRow = tuple[int, str, str, str]
"""Target, text, element, place."""


class EntryAddress(msgspec.Struct, frozen=True):
    """Where an entry leads."""

    url: str | None = None


class ColumnListing(msgspec.Struct, frozen=True):
    """What of a stored column says whose its addresses are."""

    url: str = ""
    department: str | None = None
    entries: tuple[EntryAddress, ...] = ()


def pack(value: object) -> bytes:
    """Zlib of JSON of a dataclass of ``crawler.facts``; a page as it travels, with its menus."""
    return page_codec.pack_page(value) if isinstance(value, PageFacts) else deflate(encoder.encode(value))


def unpack(kind: type[T], blob: bytes) -> T:
    """Raises :class:`ValueError` for what is no such value; a page out of a store is read there, where its menus are."""
    if kind is PageFacts:
        return cast(T, page_codec.PackedPage(blob).page())
    value: T = decoder(kind).decode(inflate(blob))
    return value


def warm() -> None:
    """Build the decoders before the first page comes: it takes tens of milliseconds."""
    page_codec.warm()
    for kind in (DepartmentFacts, ColumnFacts, PortalFacts, RunFacts, DataRequest):
        decoder(kind)


def to_json(value: object) -> str:
    return encoder.encode(value).decode()


def from_json(kind: type[T], text: str) -> T:
    value: T = decoder(kind).decode(text)
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
    return deflate(json.dumps([row[1:] for row in rows], ensure_ascii=False, separators=(",", ":")).encode())


def unpack_texts(blob: bytes) -> list[tuple[str, str, str]]:
    if not blob:
        return []
    texts: list[Any] = json.loads(inflate(blob))
    return [(str(text), str(element), str(place)) for text, element, place in texts]
