"""From bytes to text: what a page's encoding really is, whatever it declares."""

import codecs
from dataclasses import dataclass
from functools import lru_cache

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

_SAMPLE_BYTES = 2_048
_MIN_NUL_SHARE = 0.05
"""Share of NUL bytes on one side that makes a body without BOM UTF-16; no page of another encoding has any."""
_MAX_BROKEN_SHARE = 0.05
"""Share of non-ASCII bytes that may be broken in a page still read as UTF-8: GBK read as UTF-8 breaks nearly all of them."""
_TRUSTED = frozenset({"big5hkscs", "cp932", "euc_jp", "cp949"})
"""Declared encodings of other East Asian scripts. A declared Latin one is a server's default, never true of a Chinese page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    text: str
    encoding: str
    """``utf-8``, ``gb18030``, ``utf-16le`` …"""
    declared: str | None = None
    """What the HTTP header, else the page, declares, under the name of the codec a browser takes: gb2312 and gbk give
    ``gb18030``. None: nothing."""


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Decode ``body``: BOM, then strict UTF-8, then the declared charset, then GB18030; never raises.

    The declaration comes third because pages that declare gb2312 and are UTF-8 are common; the GB family is always read as
    GB18030, its superset. A character cut off by the end of the body counts for nothing.
    """
    declared = _declared(body, content_type)
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be")):
        if body.startswith(bom):
            return Decoded(text=body[len(bom) :].decode(name, "replace"), encoding=name, declared=declared)
    encoding = _utf16_by_nul(body)
    if encoding:
        return Decoded(text=body.decode(encoding, "replace"), encoding=encoding, declared=declared)
    text = _as_utf8(body)
    if text is not None:
        return Decoded(text=text, encoding="utf-8", declared=declared)
    if declared in _TRUSTED:
        return Decoded(text=body.decode(declared, "replace"), encoding=declared, declared=declared)
    return Decoded(text=body.decode("gb18030", "replace"), encoding="gb18030", declared=declared)


def _declared(body: bytes, content_type: str | None) -> str | None:
    return (_of_header(content_type) if content_type else None) or html_body_declared_encoding(body)


@lru_cache(maxsize=256)
def _of_header(content_type: str) -> str | None:
    return http_content_type_encoding(content_type)


def _utf16_by_nul(body: bytes) -> str | None:
    sample = body[:_SAMPLE_BYTES]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0) / len(sample), sample[1::2].count(0) / len(sample)
    if max(even, odd) < _MIN_NUL_SHARE or min(even, odd) > _MIN_NUL_SHARE / 4:
        return None
    return "utf-16le" if odd > even else "utf-16be"


def _as_utf8(body: bytes) -> str | None:
    """``body`` as UTF-8 when it is, all but a few broken characters (titles cut in the middle of one); else None."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return body[: error.start].decode("utf-8")
    text = body.decode("utf-8", "replace")
    wide = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= wide * _MAX_BROKEN_SHARE else None
