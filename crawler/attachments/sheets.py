"""Rows of spreadsheets: xlsx and xls by calamine."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from crawler.attachments.model import AttachmentBroken, AttachmentEncrypted, AttachmentLimits, AttachmentUnreadable, Words


def read_sheets(body: bytes, limits: AttachmentLimits) -> Words:
    """Rows of all sheets, hidden ones included: what is hidden leaks all the same."""
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415  extra `attachments`
    except ImportError as error:
        raise AttachmentUnreadable("no-library") from error
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(body))
        lines: list[str] = []
        size = 0
        for name in book.sheet_names:
            lines.append(name)
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
                line = _line(row)
                size += len(line)
                if size > limits.max_chars:
                    return Words("\n".join(lines), pages=len(book.sheet_names))
                lines.append(line)
        return Words("\n".join(lines), pages=len(book.sheet_names))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        said = str(error).lower()
        if "password" in said or "encrypt" in said:
            raise AttachmentEncrypted from error
        if "invalid zip" in said or "eocd" in said:
            raise AttachmentBroken("truncated") from error
        raise AttachmentUnreadable("unknown-format") from error


def _line(row: Iterable[Any]) -> str:
    return "\t".join(_cell(value) for value in row).rstrip("\t")


def _cell(value: Any) -> str:
    """A cell as people see it: 13800138000.0 is 13800138000."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e19:
        return str(int(value))
    return " ".join(str(value).split())
