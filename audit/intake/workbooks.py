"""Workbooks (xlsx, xls, ods) as tables, read in a process of its own.

A single cell in the last corner of a sheet makes the reader ask for 500 GB and takes its process with it.
"""

import io
import multiprocessing
import os
import resource
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from audit.errors import IntakeRefused
from audit.wording import plain

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_UNPACKED = 500_000_000
"""A workbook is a zip file: a small one can blow up."""
MEMORY = 2 * 1024**3
SECONDS = 120
"""Ten thousand rows take less than one."""

Cell = str | date | float
"""Text without control characters; a day; a number that may be a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table; the first row is the file's row 1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_workbook(body: bytes, path: Path) -> tuple[Sheet, ...]:
    """All sheets of the workbook; ``path`` only names it. Raises :class:`IntakeRefused`."""
    _check_size(body, path)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(body, path, theirs), name="zhaocuo-workbook", daemon=True)
    child.start()
    theirs.close()
    try:
        answer: tuple[Sheet, ...] | str = ours.recv() if ours.poll(SECONDS) else ""
    except EOFError:
        answer = ""
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()
    if isinstance(answer, str):
        raise IntakeRefused(answer or f"{path} 读不出来：表格大得异常，可能有内容写在很远的格子里，请把清单复制到新表格再导入。")
    return answer


def _child(body: bytes, path: Path, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # an abort of the reader prints pages of its own
    try:
        pipe.send(parse_workbook(body, path))
    except IntakeRefused as error:
        pipe.send(str(error))


def _check_size(body: bytes, path: Path) -> None:
    if not body.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError) as error:
        raise IntakeRefused(_broken(path)) from error
    if unpacked > MAX_UNPACKED:
        raise IntakeRefused(f"{path} 解开后超过 {MAX_UNPACKED // 1_000_000} MB，不像问题清单，请核对文件。")


def parse_workbook(body: bytes, path: Path) -> tuple[Sheet, ...]:
    """Like :func:`read_workbook`, in this process: for files that are known to be harmless."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  only this command needs it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        return tuple(_sheet(book.get_sheet_by_name(name), name, path) for name in book.sheet_names)
    except (IntakeRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        said = str(error).lower()
        if "password" in said or "encrypt" in said:
            raise IntakeRefused(f"{path} 有密码保护，请另存一份没有密码的再导入。") from error
        raise IntakeRefused(_broken(path)) from error


def _broken(path: Path) -> str:
    return f"{path} 不是完好的表格文件，请用表格软件打开后另存为 .xlsx 再导入。"


def _sheet(sheet: Any, name: str, path: Path) -> Sheet:
    height, width = (0, 0) if sheet.end is None else (sheet.end[0] + 1, sheet.end[1] + 1)
    if height > MAX_ROWS or width > MAX_COLUMNS:
        said = f"工作表“{plain(name)}”有 {height} 行、{width} 列"
        raise IntakeRefused(f"{path} 的{said}，一次最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列，请拆开或删去空行空列。")
    rows = [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _spread(rows, top, left, bottom, right)
    return Sheet(name=plain(name), rows=tuple(map(tuple, rows)))


def _spread(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """The value of a cell merged downwards in each of its rows.

    What is merged across columns is a title over the table or over a group of columns, and no value of each column.
    """
    if right > left or top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
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
