"""What an attachment is by its bytes, what it claims to be by its name, and whether the two agree."""

import re
import zipfile
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.magic import magic_of
from crawler.vocabulary import load

_PDF_HEAD_BYTES = 1_024
"""Readers accept %PDF- anywhere in the first kilobyte."""
_SNIFFED_BYTES = 64 * 1024
_HTML_FRAGMENT = re.compile(
    rb"<(?:form|div|table|p|center|font|script|style|meta|title|h[1-6]|body|head|iframe)\b", re.IGNORECASE
)
"""How pages begin that leave ``<html>`` out."""
_GIVEN_NAME = re.compile(r'; name="([^"]{1,300})"')
_IMAGES = frozenset({"png", "jpeg", "gif", "bmp", "tiff", "webp"})
_TEXT_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})
_MARKERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_STREAMS = (
    ("EncryptedPackage", "ooxml-encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)


def kind_of_bytes(body: bytes) -> str:
    """Kind by content, ``""`` when nothing is known of it."""
    magic = magic_of(body[:_SNIFFED_BYTES])
    if magic in {"zip", "ole"}:
        return _kind_of_archive(body) if magic == "zip" else _kind_of_ole(body)
    if b"%PDF-" in body[:_PDF_HEAD_BYTES]:
        return "pdf"
    return "image" if magic in _IMAGES else magic or _kind_without_magic(body)


def _kind_without_magic(body: bytes) -> str:
    head = body[:_PDF_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<?xml"):
        return "xml"
    if _HTML_FRAGMENT.match(head):
        return "html"
    if body.startswith((b"\x09\x08", b"\x09\x04")):
        return "xls"
    return "text" if _is_text(body) else ""


def claimed_kind(url: str, content_type: str | None, text: str = "") -> str:
    """Kind by the ending of the address (or of a file name in its query), of the media type's ``name``, or of ``text``.

    Else by the media type.
    """
    words = load("attachment_kinds")
    parts = urlsplit(url)
    given = _GIVEN_NAME.search(content_type or "")
    names = [unquote(parts.path), *(value for _, value in parse_qsl(parts.query)[:50]), given[1] if given is not None else ""]
    for name in (*names, text):
        ending = name.rpartition(".")[2].strip().lower() if "." in name[-12:] else ""
        if ending in words["endings"]:
            return str(words["endings"][ending])
    media = (content_type or "").partition(";")[0].strip().lower()
    return str(words["media"].get(media, ""))


def disagreement(kind: str, claimed: str) -> str:
    """``""``: bytes and name agree, or nothing is claimed; ``old-format``: common programs open it as well; else the kind."""
    if not claimed:
        return ""
    fits, opens = _agreement(claimed)
    if kind in fits or not fits:
        return ""
    return "old-format" if kind in opens else kind or "unknown-bytes"


@cache
def _agreement(claimed: str) -> tuple[frozenset[str], frozenset[str]]:
    entry: dict[str, Any] = load("attachment_kinds")["agree"].get(claimed, {})
    return frozenset(entry.get("fits", ())), frozenset(entry.get("opens", ()))


def _kind_of_archive(body: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = set(archive.namelist())
            kind = next((kind for marker, kind in _MARKERS if marker in names), None)
            if kind is None and "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = _ODF.get(archive.read("mimetype").strip())
            return kind or "zip"
    except Exception:  # noqa: BLE001  a torn archive raises whatever it likes; its first names still tell what it was to be
        head = body[:_SNIFFED_BYTES]
        first = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"OFD.xml", "ofd"))
        return next((kind for marker, kind in first if marker in head), "zip")


def _kind_of_ole(body: bytes) -> str:
    try:
        import olefile  # type: ignore[import-untyped]  # noqa: PLC0415  no stubs; extra `attachments`
    except ImportError:
        return "ole"
    try:
        with olefile.OleFileIO(BytesIO(body)) as file:
            return next((kind for stream, kind in _STREAMS if file.exists(stream)), "ole")
    except Exception:  # noqa: BLE001  a torn file: what it was to be is not known
        return "ole"


def _is_text(body: bytes) -> bool:
    """Whether nothing but text can be in it: UTF-16 by its mark, else no control characters."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = body[:_SNIFFED_BYTES]
    return len(sample) == len(sample.translate(None, _TEXT_CONTROLS))
