"""勾稽关系: the equations that must hold within the tables of an annual report (国办公开办函〔2021〕30号, 〔2019〕60号)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.facts import AnnualReport, ReportCell, ReportRow
from rules.words import word

RESULT_ROWS = tuple(f"r{number}" for number in range(3, 24))
_ONLY_2021 = frozenset({"r21", "r22"})
_KINDS = 6
"""Columns that 总计 adds up."""
_RESULTS = 4
"""Columns of table four that 总计 adds up."""
_SHOWN_PARTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """One relation with its numbers."""

    relation: str
    """``A1`` to ``A4``."""
    text: str
    holds: bool | None
    """None: a cell of it holds no number."""
    trivial: bool = False
    """Nothing but zeros."""


def equations(report: AnnualReport) -> list[Equation]:
    """All relations A1 to A4 whose rows were read; a row that was not leaves those that need it open."""
    rows = {row.id: row.cells for row in report.applications}
    return [*_received_and_dealt_with(rows), *_sums_of_results(rows, report.format), *_sums_of_rows(rows), *_proceedings(report)]


def number(rows: dict[str, tuple[ReportCell, ...]], row: str, column: int) -> int | None:
    """The number in a cell of table three, columns from 0; None: no such row or no number."""
    cells = rows.get(row, ())
    return cells[column].value if column < len(cells) else None


def cells_of(report: AnnualReport) -> dict[str, tuple[ReportCell, ...]]:
    """Rows of table three by id."""
    return {row.id: row.cells for row in report.applications}


def _received_and_dealt_with(rows: dict[str, tuple[ReportCell, ...]]) -> Iterator[Equation]:
    """A1: 第一项加第二项之和，等于第三项加第四项之和, column by column."""
    for column in range(_KINDS + 1):
        new, came, done, left = (number(rows, row, column) for row in ("r1", "r2", "r24", "r25"))
        text = f"{_column(column)}：新收 {_n(new)} + 结转 {_n(came)} ≠ 总计 {_n(done)} + 结转下年 {_n(left)}"
        holds = None if new is None or came is None or done is None or left is None else new + came == done + left
        yield Equation(relation="A1", text=text, holds=holds, trivial=not any((new, came, done, left)))


def _sums_of_results(rows: dict[str, tuple[ReportCell, ...]], form: str | None) -> Iterator[Equation]:
    """A2: 总计 of 本年度办理结果 is the sum of its rows. Which rows there must be, the form says."""
    wanted = [row for row in RESULT_ROWS if form != "2019" or row not in _ONLY_2021]
    for column in range(_KINDS + 1):
        parts = {row: number(rows, row, column) for row in wanted}
        total = number(rows, "r24", column)
        numbers = [part for part in parts.values() if part is not None]
        known = form is not None and len(numbers) == len(wanted) and total is not None
        text = f"{_column(column)}：办理结果各项 {_parts(parts)} 合计 {sum(numbers)} ≠ 总计 {_n(total)}"
        yield Equation(
            relation="A2", text=text, holds=sum(numbers) == total if known else None, trivial=not (total or any(numbers))
        )


def _sums_of_rows(rows: dict[str, tuple[ReportCell, ...]]) -> Iterator[Equation]:
    """A3: 总计 of each row is the sum of its six columns."""
    for row, cells in rows.items():
        yield _sum(f"{word('report_rows', row)}：各列", cells, _KINDS, "A3")


def _proceedings(report: AnnualReport) -> Iterator[Equation]:
    """A4: 总计 of each group of table four."""
    for row in report.proceedings:
        yield _named_sum(row)


def _named_sum(row: ReportRow) -> Equation:
    names = [word("report_results", str(number)) for number in range(1, _RESULTS + 1)]
    parts = " + ".join(f"{name} {_n(cell.value)}" for name, cell in zip(names, row.cells, strict=False))
    plain = _sum("", row.cells, _RESULTS, "A4")
    total = row.cells[_RESULTS].value if len(row.cells) > _RESULTS else None
    text = f"{word('report_proceedings', row.id)}：{parts} ≠ 总计 {_n(total)}"
    return Equation(relation="A4", text=text, holds=plain.holds, trivial=plain.trivial)


def _sum(name: str, cells: Sequence[ReportCell], width: int, relation: str) -> Equation:
    numbers = [cell.value for cell in cells]
    known = len(numbers) > width and all(value is not None for value in numbers[: width + 1])
    parts = [value or 0 for value in numbers[:width]]
    total = numbers[width] if len(numbers) > width else None
    text = f"{name} {' + '.join(map(str, parts))} ≠ 总计 {_n(total)}"
    return Equation(relation=relation, text=text, holds=sum(parts) == total if known else None, trivial=not any(numbers))


def _parts(parts: dict[str, int | None]) -> str:
    """The parts that are not nought, by name, the first of them."""
    filled = [f"{word('report_rows', row)} {value}" for row, value in parts.items() if value]
    return " + ".join(filled[:_SHOWN_PARTS]) + (" + …" if len(filled) > _SHOWN_PARTS else "") or "0"


def _column(column: int) -> str:
    return word("report_columns", f"c{column + 1}")


def _n(value: int | None) -> str:
    return "（空）" if value is None else str(value)
