"""Text of PDF files, by PDFium: never in threads, where it crashes or falls silent."""

import re
from typing import Any

from crawler.attachments.model import (
    AttachmentBroken,
    AttachmentEncrypted,
    AttachmentLimits,
    AttachmentText,
    AttachmentUnreadable,
    State,
)

_MAX_CELL = 40
_SPACED_NAME = re.compile(r"(?<![㐀-鿿])([㐀-鿿]) ([㐀-鿿])(?![㐀-鿿])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_pdf(body: bytes, limits: AttachmentLimits) -> AttachmentText:
    """Text by pages. ``image-only`` as soon as one page shows something and has no text: what it says was not seen."""
    try:
        import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  no stubs; extra `attachments`
    except ImportError as error:
        raise AttachmentUnreadable("no-library") from error
    try:
        document = pypdfium2.PdfDocument(body)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise _refusal(str(error).lower()) from error
    texts, size, drawn, torn = [], 0, 0, 0
    for number in range(min(count, limits.max_pages)):
        try:
            text, has_objects = _page(document, number)
        except pypdfium2.PdfiumError:
            torn += 1
            continue
        drawn += has_objects and not text.strip()
        size += len(text)
        texts.append(text)
        if size > limits.max_chars:
            break
    if torn == count:
        raise AttachmentBroken("bad-part" if count else "no-pages")
    state, reason = _state("\n".join(texts), count=count, read=len(texts), torn=torn, drawn=drawn)
    return AttachmentText(kind="pdf", text="\n".join(texts), state=state, reason=reason, pages=count)


def _refusal(said: str) -> Exception:
    if "password" in said:
        return AttachmentEncrypted()
    return AttachmentUnreadable("unknown-format") if "security" in said else AttachmentBroken("truncated")


def _state(text: str, *, count: int, read: int, torn: int, drawn: int) -> tuple[State, str]:
    if count > read + torn:
        return "too-large", "pages"
    if torn:
        return "unreadable", "some-pages"
    if drawn:
        return "image-only", "" if drawn == count else "some-pages"
    return ("read", "") if text.strip() else ("empty", "no-text")


def _page(document: Any, number: int) -> tuple[str, bool]:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            text = words.get_text_bounded()
        finally:
            words.close()
        has_objects = next(iter(page.get_objects(max_depth=1)), None) is not None if not text.strip() else True
    finally:
        page.close()
    return "\n".join(_row(line) for line in _CONTROL.sub("", text).splitlines()), has_objects


def _row(line: str) -> str:
    """Cells of a table's row come with single blanks between them; running text of Chinese has none."""
    cells = _SPACED_NAME.sub(r"\1\2", line).split()
    return "\t".join(cells) if len(cells) > 1 and all(len(cell) <= _MAX_CELL for cell in cells) else line
