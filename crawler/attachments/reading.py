"""One attachment from bytes to text, in this very process: for the worker, which has the limits."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime

from crawler.attachments.archives import Allowance, read_archive
from crawler.attachments.kinds import claimed_kind, disagreement, kind_of_bytes
from crawler.attachments.markup import read_ofd, read_open_document, read_slides, read_xml
from crawler.attachments.model import (
    AttachmentBroken,
    AttachmentEncrypted,
    AttachmentLimits,
    AttachmentText,
    AttachmentTooLarge,
    AttachmentUnreadable,
    Words,
)
from crawler.attachments.pdf import read_pdf
from crawler.attachments.rtf import read_rtf
from crawler.attachments.sheets import read_sheets
from crawler.attachments.word import read_doc, read_docx
from crawler.encoding import decode

_VIEWER = re.compile(
    rb"<(?:iframe|embed|object|canvas|frame)\b|pdf\.?js|viewer|location\.(?:href|replace)|http-equiv=.?refresh", re.IGNORECASE
)

_READERS: dict[str, Callable[[bytes, AttachmentLimits], Words]] = {
    "docx": read_docx,
    "doc": read_doc,
    "ole": read_doc,
    "rtf": read_rtf,
    "xlsx": read_sheets,
    "xls": read_sheets,
    "pptx": read_slides,
    "odt": read_open_document,
    "ods": read_open_document,
    "ofd": read_ofd,
    "xml": read_xml,
}


def read_here(body: bytes, url: str, content_type: str | None, limits: AttachmentLimits) -> AttachmentText:
    """Text of an attachment; raises nothing that a file can cause but MemoryError."""
    return _Reading(limits).read(body, claimed_kind(url, content_type), url, depth=0)


class _Reading:
    def __init__(self, limits: AttachmentLimits) -> None:
        self.limits = limits
        self.allowance = Allowance(limits)

    def read(self, body: bytes, claimed: str, url: str, *, depth: int) -> AttachmentText:
        if not body:
            return AttachmentText(kind="", claimed_kind=claimed, state="empty", reason="no-bytes")
        kind = kind_of_bytes(body)
        read = self._guarded(body, kind, claimed, url, depth)
        text = read.text[: self.limits.max_chars]
        state, reason = read.state, read.reason
        if state == "read" and len(read.text) > self.limits.max_chars:
            state, reason = "too-large", "text"
        other = disagreement(kind, claimed)
        if other and kind == "html":
            page = self._html_state(body, url)
            state, reason = ("unreadable", page) if page else ("mismatch", other)
        elif other and state not in {"broken", "encrypted"}:
            state, reason = "mismatch", other
        return AttachmentText(
            kind="docx" if kind == "ooxml-encrypted" else kind,
            claimed_kind=claimed,
            text=text,
            state=state,
            reason=reason,
            pages=read.pages,
        )

    def _guarded(self, body: bytes, kind: str, claimed: str, url: str, depth: int) -> AttachmentText:
        try:
            return self._by_kind(body, kind, claimed, url, depth)
        except AttachmentBroken as error:
            return AttachmentText(kind=kind, state="broken", reason=str(error))
        except AttachmentEncrypted:
            return AttachmentText(kind=kind, state="encrypted")
        except AttachmentTooLarge as error:
            return AttachmentText(kind=kind, state="too-large", reason=str(error))
        except AttachmentUnreadable as error:
            return AttachmentText(kind=kind, state="unreadable", reason=str(error))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  a library's mistake says nothing of the file
            return AttachmentText(kind=kind, state="unreadable", reason="unknown-format")

    def _by_kind(self, body: bytes, kind: str, claimed: str, url: str, depth: int) -> AttachmentText:
        limits = self.limits
        if kind == "pdf":
            return read_pdf(body, limits)
        if kind == "zip":
            if depth >= limits.depth:
                raise AttachmentUnreadable("nested")
            return read_archive(body, limits, self.allowance, lambda data, name: self._member(data, name, url, depth + 1))
        if kind == "image":
            return AttachmentText(kind=kind, state="image-only")
        if kind == "ooxml-encrypted":
            raise AttachmentEncrypted
        if kind == "html":
            return _of_text(kind, Words(_html_text(body, url), pictures=True))
        if kind == "text":
            return _of_text(kind, Words(_plain_text(body, claimed)))
        reader = _READERS.get(kind)
        if reader is None:
            raise AttachmentUnreadable("unknown-format")
        return _of_text(kind, reader(body, limits))

    def _member(self, data: bytes, name: str, url: str, depth: int) -> AttachmentText:
        return self.read(data, claimed_kind(name, None), url, depth=depth)

    def _html_state(self, body: bytes, url: str) -> str:
        """Why a page in a document's place may be none of the document's fault: a firewall, a login, a viewer; ``""``: none."""
        kind = _page_kind(body, url)
        if kind in {"block_page", "login"}:
            return kind.replace("_", "-")
        return "viewer-page" if _VIEWER.search(body) else ""


def _of_text(kind: str, words: Words) -> AttachmentText:
    """``read``; without a word ``image-only`` where something else may be in it, else ``empty``."""
    if words.text.strip():
        return AttachmentText(kind=kind, text=words.text, pages=words.pages)
    if words.pictures:
        return AttachmentText(kind=kind, state="image-only", pages=words.pages)
    return AttachmentText(kind=kind, state="empty", reason="no-text", pages=words.pages)


def _plain_text(body: bytes, claimed: str) -> str:
    text = decode(body, None).text
    if claimed != "csv":
        return text
    try:
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in csv.reader(text.splitlines()))
    except csv.Error:
        return text


def _html_text(body: bytes, url: str) -> str:
    """Visible text with the rows of tables: old content systems write whole lists as .xls in HTML."""
    from crawler.extractors.document import Document  # noqa: PLC0415  half a second that most attachments can do without
    from crawler.extractors.visible_rows import visible_rows  # noqa: PLC0415

    return visible_rows(Document(decode(body, None).text, url, datetime.now(UTC)))


def _page_kind(body: bytes, url: str) -> str:
    from crawler.extractors.page import extract_page  # noqa: PLC0415  as above

    return str(extract_page(body, url, fetched_at=datetime.now(UTC)).facts.kind)
