"""One row of a list as a problem, or everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from audit.intake.sheets import day_of_serial, text_of
from audit.intake.tables import Table
from audit.intake.vocabulary import vocabulary
from audit.intake.workbooks import Cell
from audit.portal_file import check_web_address
from crawler.extractors.date_text import find_dates

MAX_TEXT = 4_000
"""Characters the ledger takes in one text."""
MAX_ADDRESS = 2_000
FIRST_DAY = date(2000, 1, 1)
AHEAD = timedelta(days=366)
"""A last day may lie ahead, a year at most."""

_DAYS = ("found", "due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row cannot be taken."""

    sheet: str
    row: int
    message: str
    """A whole sentence."""

    def __str__(self) -> str:
        return f"工作表“{self.sheet}”第 {self.row} 行：{self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One problem that somebody lists."""

    sheet: str
    number: int
    """Row in the file, 1-based."""
    cells: tuple[str, ...]
    """All cells of the row as text, in the file's order."""
    texts: Mapping[str, str]
    """Cells by field, blanks left out."""
    message: str
    url: str = ""
    found: date | None = None
    due: date | None = None
    skipped: str = ""
    """Why the row is no problem; "" when it is one."""

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    @property
    def subject(self) -> str:
        """Where, in words."""
        return self.text("path") or self.text("title") or self.text("attachment_title") or self.text("parent_title")


@dataclass(slots=True)
class _Reading:
    """One row being read."""

    sheet: str
    number: int
    today: date
    problems: list[Problem] = field(default_factory=list)

    def complain(self, message: str) -> None:
        self.problems.append(Problem(sheet=self.sheet, row=self.number, message=message))

    def address(self, name: str, text: str) -> str:
        heading = vocabulary().names[name]
        if len(text) > MAX_ADDRESS:
            self.complain(f"“{heading}”有 {len(text)} 个字，最多 {MAX_ADDRESS} 个。")
            return ""
        found = _address(text)
        if not found:
            self.complain(f"“{heading}”里的“{text[:60]}”不是一个网址，应以 http:// 或 https:// 开头。")
        return found

    def day(self, name: str, cell: Cell) -> date | None:
        heading = vocabulary().names[name]
        found = _day(cell)
        if found is None:
            self.complain(f"“{heading}”里的“{text_of(cell)[:40]}”不是日期，应写成 2026-11-20 这样。")
        elif found < FIRST_DAY or found > self.today + (AHEAD if name == "due" else timedelta(0)):
            self.complain(f"“{heading}”是 {found}，不像真的日期，请核对。")
            found = None
        return found


def _address(text: str) -> str:
    """``text`` as an address, ``http://`` put before a bare one; "" when it is none."""
    if "." not in text or any(char.isspace() or char in "<>\"'" for char in text):
        return ""
    try:
        return check_web_address(text if "://" in text else f"http://{text}")
    except ValueError:
        return ""


def read_rows(table: Table, today: date) -> Iterator[tuple[Row | None, tuple[Problem, ...]]]:
    """Every row of ``table`` with what is wrong with it; a row with problems is None."""
    for number, cells in table.rows:
        reading = _Reading(table.sheet, number, today)
        row = _row(reading, table, cells)
        yield (None if reading.problems else row), tuple(reading.problems)


def _row(reading: _Reading, table: Table, cells: tuple[Cell, ...]) -> Row | None:
    blanks = vocabulary().blanks
    raw = {name: cells[index] for name, index in table.columns.items() if index < len(cells)}
    texts = {name: text for name, cell in raw.items() if (text := text_of(cell).strip()) not in blanks}
    if "proof" in texts:
        reading.address("proof", texts["proof"])
    for name, text in texts.items():
        if len(text) > MAX_TEXT:
            reading.complain(f"“{vocabulary().names[name]}”有 {len(text)} 个字，最多 {MAX_TEXT} 个，请缩短或拆成几行。")
    plain_cells = tuple(map(text_of, cells))
    if "ticket" in texts:  # a row of ours that comes back: its own columns are only read, never checked again
        return Row(sheet=reading.sheet, number=reading.number, cells=plain_cells, texts=texts, message=texts.get("message", ""))
    days = {name: reading.day(name, raw[name]) for name in _DAYS if name in texts}
    url = reading.address("url", texts["url"]) if "url" in texts else ""
    message, needed = _message(texts, describes="message" in table.columns)
    if not message and not reading.problems:
        reading.complain("没有写明是什么问题；若是用公式填的，请先把公式换成文字（复制后选择性粘贴为数值）。")
    done = needed == {"standard"} and texts.get("result", "") in vocabulary().mended
    return Row(
        sheet=reading.sheet,
        number=reading.number,
        cells=plain_cells,
        texts=texts,
        message=message,
        url=url,
        found=days.get("found"),
        due=days.get("due"),
        skipped="已达到要求" if done else "",
    )


def _message(texts: Mapping[str, str], *, describes: bool) -> tuple[str, frozenset[str]]:
    """The problem in words, and the columns they were made of; ("", …) when the row says nothing.

    A bare address is enough only in a list that has no column for the problem: elsewhere its cell was forgotten, or holds a
    formula that was never worked out.
    """
    if "message" in texts:
        return texts["message"], frozenset({"message"})
    for template, needed in vocabulary().sentences:
        if needed <= texts.keys():
            return template.format_map(texts), needed
    return (vocabulary().bare_url, frozenset({"url"})) if "url" in texts and not describes else ("", frozenset())


def _day(cell: Cell) -> date | None:
    """A day as a date cell, as Excel's number, or in words."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float):
        return day_of_serial(cell) or _written(text_of(cell))
    return _written(cell)


def _written(text: str) -> date | None:
    """A day in words; ``20261120`` and Excel's number that a CSV file holds as text too. A month stands for its last day."""
    if text.isascii() and text.isdecimal() and len(text) < 9:
        return _compact(text) if len(text) == 8 else day_of_serial(float(text))
    found = find_dates(text[:100], months=True)
    return date.fromisoformat(found[0].day) if found else None


def _compact(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
