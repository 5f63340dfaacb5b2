"""Spreadsheets and CSV files as tables of plain text; whatever the file holds, the answer is a table or one sentence."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from audit.errors import IntakeRefused
from audit.folders import reason
from audit.wording import plain

MAX_BYTES = 50_000_000
MAX_UNPACKED = 500_000_000
"""A workbook is a zip file: a small one can blow up."""
MAX_ROWS = 50_000
MAX_COLUMNS = 200
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's calendar, its leap year 1900 included."""

Cell = str | date | float
"""Text without control characters; a day; a number that may be a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table; the first row is the file's row 1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


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
        return _workbook(body, path)
    return (Sheet(name=path.stem, rows=tuple(_csv(body, path))),)


# -- workbooks ----------------------------------------------------------------------------------------------------------


def _workbook(body: bytes, path: Path) -> tuple[Sheet, ...]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  only this command needs it

    _check_size(body, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        return tuple(_sheet(book.get_sheet_by_name(name), name, path) for name in book.sheet_names)
    except (IntakeRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        said = str(error).lower()
        if "password" in said or "encrypt" in said:
            raise IntakeRefused(f"{path} 有密码保护，请另存一份没有密码的再导入。") from error
        raise IntakeRefused(f"{path} 不是完好的表格文件，请用表格软件打开后另存为 .xlsx 再导入。") from error


def _check_size(body: bytes, path: Path) -> None:
    if not body.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise IntakeRefused(f"{path} 不是完好的表格文件，请用表格软件打开后另存为 .xlsx 再导入。") from error
    if unpacked > MAX_UNPACKED:
        raise IntakeRefused(f"{path} 解开后超过 {MAX_UNPACKED // 1_000_000} MB，不像问题清单，请核对文件。")


def _sheet(sheet: Any, name: str, path: Path) -> Sheet:
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        said = f"工作表“{plain(name)}”有 {sheet.total_height} 行、{sheet.total_width} 列"
        raise IntakeRefused(f"{path} 的{said}，一次最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列，请拆开或删去空行空列。")
    rows = [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _spread(rows, top, left, bottom, right)
    return Sheet(name=plain(name), rows=tuple(map(tuple, rows)))


def _spread(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """The value of a merged cell in each of its rows; across columns it stays where it is."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    if right > left:  # a title over the whole table, or a group of columns: no value of each column
        return
    for row in rows[top + 1 : bottom + 1]:
        if left < len(row) and row[left] == "":
            row[left] = value


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date()
        case date() | float():
            return value
        case int():
            return float(value)
        case time() | timedelta():
            return str(value)
        case _:
            return plain(str(value)).strip()


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
