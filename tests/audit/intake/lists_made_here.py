"""Lists as evaluators send them, made for these tests."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from audit.clock import CHINA
from audit.intake.importing import Import, ImportOptions, import_list
from audit.ledger.ledger import Ledger
from audit.ledger.states import Role
from audit.ledger.views import Actor

HOME = "http://www.qianhe.gov.cn/"
NOW = datetime(2026, 11, 20, 9, tzinfo=CHINA)
INSPECTOR = Actor(name="王科长", role=Role.SUPERVISOR)
HEADS = ("责任单位", "问题描述", "问题页面地址", "发现时间")


def write_xlsx(
    path: Path, *sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), merged: Sequence[tuple[int, int, int, int]] = ()
) -> Path:
    """``merged``: (first row, first column, last row, last column) of the first sheet, from 0; the first cell has the value."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[number] if names else None)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), days)  # noqa: DTZ001  no zone in Excel
                elif isinstance(cell, int | float):
                    sheet.write_number(row, column, cell)
                elif cell:
                    sheet.write_string(row, column, cell)
        if number == 0:
            for top, left, bottom, right in merged:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return path


def run_import(ledger: Ledger, path: Path, **more: Any) -> Import:
    options = {"path": path, "source": "evaluation", "by": INSPECTOR, "at": NOW, "portal": HOME, **more}
    return import_list(ledger, ImportOptions(**options))
