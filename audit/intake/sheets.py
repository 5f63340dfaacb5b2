"""Spreadsheets and CSV files as tables of plain text; whatever the file holds, the answer is a table or one sentence."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from audit.errors import IntakeRefused
from audit.folders import reason
from audit.intake.workbooks import MAX_COLUMNS, MAX_ROWS, Cell, Sheet, read_workbook
from audit.wording import plain

MAX_BYTES = 50_000_000
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's calendar, its leap year 1900 included."""


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """All tables of ``path``: xlsx, xls, ods by content, everything else as CSV.

    Cells that are merged downwards repeat their text, so that every row can be read alone. Raises :class:`IntakeRefused`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise IntakeRefused(f"{path} 超过 {MAX_BYTES // 1_000_000} MB，不像问题清单，请核对文件。")
        body = path.read_bytes()
    except OSError as error:
        raise IntakeRefused(f"读不到 {path}（{reason(error)}），请检查路径。") from error
    return parse_sheets(body, path)


def parse_sheets(body: bytes, path: Path) -> tuple[Sheet, ...]:
    """Like :func:`read_sheets`, for a file already at hand."""
    if not body.strip():
        raise IntakeRefused(f"{path} 是空文件，请核对。")
    if body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_workbook(body, path)
    return (Sheet(name=path.stem, rows=tuple(_csv(body, path))),)


def day_of_serial(number: float) -> date | None:
    """The day that Excel's number stands for, of those a list of ours can name; None for any other number."""
    if not 36_526 <= number < 73_051:  # 2000-01-01 to 2099-12-31
        return None
    return _EPOCH + timedelta(days=int(number))


def text_of(cell: Cell) -> str:
    """A cell as people see it: whole numbers without decimals."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


# -- CSV ----------------------------------------------------------------------------------------------------------------


def _csv(body: bytes, path: Path) -> Iterator[tuple[Cell, ...]]:
    text = _decoded(body, path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, row in enumerate(reader, 1):
            if number > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise IntakeRefused(f"{path} 第 {number} 行超出了一次最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列的限度，请拆开。")
            yield tuple(plain(cell).strip() for cell in row)
    except csv.Error as error:
        raise IntakeRefused(f"{path} 第 {reader.line_num} 行不是可读的 CSV，请用表格软件另存为 .xlsx 再导入。") from error


def _decoded(body: bytes, path: Path) -> str:
    encodings: Sequence[str] = ("utf-16",) if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise IntakeRefused(f"{path} 既不是表格文件，也不是 UTF-8 或 GB18030 编码的 CSV，请用表格软件另存为 .xlsx 再导入。")


def _delimiter(text: str) -> str:
    """What separates the cells of the first lines most often."""
    head = text[:4_000]
    return max((",", "\t", ";"), key=head.count)
