"""Values to bytes and back, as they stand in facts.sqlite."""

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter

from crawler.facts import ColumnFacts, DataRequest, DepartmentFacts, PageFacts, PortalFacts, RunFacts

T = TypeVar("T")

_LEVEL = 1
"""Of zlib: three times smaller than JSON at a tenth of a millisecond a page; higher levels gain little."""

MAX_FACTS_BYTES = 64 * 1024 * 1024
"""A stored value never unpacks to more than this: the file may come from elsewhere."""

LinkRow = tuple[int, str, str, str]
"""Target, text, element, place."""


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def pack(value: object) -> bytes:
    """Zlib of JSON of a dataclass of ``crawler.facts``."""
    return zlib.compress(_adapter(type(value)).dump_json(value), _LEVEL)


def unpack(kind: type[T], blob: bytes) -> T:
    value: T = _adapter(kind).validate_json(_inflate(blob))
    return value


def warm() -> None:
    """Build the adapters before the first page comes: it takes tens of milliseconds."""
    for kind in (PageFacts, DepartmentFacts, ColumnFacts, PortalFacts, RunFacts, DataRequest):
        _adapter(kind)


def to_json(value: object) -> str:
    return _adapter(type(value)).dump_json(value).decode()


def from_json(kind: type[T], text: str) -> T:
    value: T = _adapter(kind).validate_json(text)
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
    return zlib.compress(json.dumps([row[1:] for row in rows], ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack_texts(blob: bytes) -> list[tuple[str, str, str]]:
    if not blob:
        return []
    texts: list[Any] = json.loads(_inflate(blob))
    return [(str(text), str(element), str(place)) for text, element, place in texts]


def _inflate(blob: bytes) -> bytes:
    engine = zlib.decompressobj()
    data = engine.decompress(blob, MAX_FACTS_BYTES)
    if engine.unconsumed_tail:
        raise ValueError("a stored value is larger than any page can be")
    return data
