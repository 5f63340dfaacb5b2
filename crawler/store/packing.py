"""Bytes in facts.sqlite: zlib, bounded when unpacked."""

import zlib
from pathlib import Path
from typing import Any

import msgspec

_LEVEL = 1
"""Of zlib: three times smaller than JSON at a tenth of a millisecond a page; higher levels gain little."""

_WINDOW, _MEMORY = 14, 7
"""Of zlib: its usual 15 and 8 take a third of a page's packing, and nearly all of a few links', to be made ready."""

USUAL = Path(__file__).with_name("usual_page.txt").read_bytes()
"""What nearly every page says, as the encoder writes it: pages are packed by what differs from it.

Stored pages cannot be read without these very bytes: they never change.
"""

USUAL_HEAD = USUAL[USUAL.index(b'"entries":[') :]
"""The same without the menus, which stand apart since version 3."""

_PAGE_LEVEL = 3
"""Of zlib, for pages: a tenth smaller than at level 1 in the same time."""

MAX_FACTS_BYTES = 64 * 1024 * 1024
"""A stored value never unpacks to more than this: the file may come from elsewhere."""

encoder = msgspec.json.Encoder()
_decoders: dict[Any, "msgspec.json.Decoder[Any]"] = {}


def decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    """Reads values of ``kind`` from JSON; made once."""
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


def deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY)
    return engine.compress(data) + engine.flush()


def deflate_page(data: bytes) -> bytes:
    engine = zlib.compressobj(
        _PAGE_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, zdict=USUAL_HEAD
    )
    return engine.compress(data) + engine.flush()


def inflate(blob: bytes, usual: bytes = USUAL) -> bytes:
    """Raises :class:`ValueError` for what is too large, ``zlib.error`` for what is no such value."""
    engine = zlib.decompressobj(zdict=usual)
    data = engine.decompress(blob, MAX_FACTS_BYTES)
    if engine.unconsumed_tail:
        raise ValueError("a stored value is larger than any page can be")
    return data


def inflate_beginning(blob: bytes, length: int) -> bytes:
    """The first ``length`` bytes of a page of version 3."""
    return zlib.decompressobj(zdict=USUAL_HEAD).decompress(blob, length) if length else b""
