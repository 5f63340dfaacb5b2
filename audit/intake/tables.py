"""The table in a sheet: where its headings stand, which column is what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.intake.sheets import text_of
from audit.intake.vocabulary import normalised, vocabulary
from audit.intake.workbooks import Cell, Sheet

MAX_HEAD_ROWS = 30
"""Titles, 填报单位, notes: the headings stand no further down."""
MIN_HEADINGS = 2
SAYING = ("message", "wrong", "overdue", "url", "problem_type", "standard")
"""Columns one of which must be there: without them no row says anything."""
FREE = frozenset({"remarks", "snapshot"})
"""Columns of which a list may have several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    sheet: str
    head_row: int
    """Row of the headings, 1-based."""
    headings: tuple[str, ...]
    """As written, from the first column on."""
    columns: Mapping[str, int]
    """Index of each field's column, from 0."""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    """(row number in the file, cells) of every row that is not empty."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings nobody knows; their cells are kept as they are."""
        known = set(self.columns.values())
        return tuple(
            heading
            for index, heading in enumerate(self.headings)
            if heading and index not in known and vocabulary().field_of(heading) not in FREE
        )


def find_table(sheet: Sheet) -> tuple[Table | None, str]:
    """The table of ``sheet``; (None, "") for a sheet without one, (None, a sentence) for one that cannot be used."""
    best, found = -1, 0
    for index, row in enumerate(sheet.rows[:MAX_HEAD_ROWS]):
        known = {field for cell in row if (field := _field(cell))}
        if len(known) > found:
            best, found = index, len(known)
    if found < MIN_HEADINGS:
        return None, ""
    headings = tuple(" ".join(text_of(cell).split()) for cell in sheet.rows[best])
    columns, twice = _columns(headings)
    if twice:
        return None, f"工作表“{sheet.name}”第 {best + 1} 行的表头“{'”“'.join(twice)}”意思重复，请只留一列。"
    if not any(field in columns for field in SAYING):
        names = "、".join(vocabulary().names[field] for field in SAYING)
        return None, f"工作表“{sheet.name}”第 {best + 1} 行的表头里，没有哪一列写明问题（{names}，至少要有一列）。"
    rows = tuple(
        (number, row) for number, row in enumerate(sheet.rows[best + 1 :], best + 2) if any(text_of(cell).strip() for cell in row)
    )
    return Table(sheet=sheet.name, head_row=best + 1, headings=headings, columns=columns, rows=rows), ""


def _field(cell: Cell) -> str | None:
    return vocabulary().field_of(cell) if isinstance(cell, str) and cell else None


def _columns(headings: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    columns: dict[str, int] = {}
    twice = []
    for index, field in _fields(headings):
        if field not in columns:
            columns[field] = index
        elif field not in FREE:
            first = headings[columns[field]]
            if _more_exact(headings[index], first, field):
                columns[field] = index
            elif not _more_exact(first, headings[index], field):
                twice.append(headings[index])
    return columns, twice


def _more_exact(heading: str, other: str, field: str) -> bool:
    """路径 beside 栏目名称, 问题 beside 问题描述: the wording that stands further ahead in the list of synonyms is meant."""
    order = [name for name, of in vocabulary().fields.items() if of == field]
    return _rank(heading, order) < _rank(other, order)


def _rank(heading: str, order: Sequence[str]) -> int:
    name = normalised(heading)
    return order.index(name) if name in order else len(order)


def _fields(headings: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, heading in enumerate(headings):
        field = vocabulary().field_of(heading) if heading else None
        if field is not None:
            yield index, field
