"""Table three of an annual report: applications by result and applicant, rows and columns told by their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.extractors.report_cells import is_figure, read_cell
from crawler.extractors.report_words import plain, report_words
from crawler.extractors.table_grid import Grid, GridRow
from crawler.facts import ReportCell, ReportRow

WIDTH = 7
"""自然人, five kinds of 法人或其他组织, 总计."""
_MIN_ROWS = 6
"""Fewer recognised rows are no table three."""
_ROW_ORDER = tuple(f"r{number}" for number in range(1, 26))
_ORDER_2019 = tuple(row for row in _ROW_ORDER if row not in {"r21", "r22"})
_MAX_LABEL = 80
_UNREAD = ReportCell(state="unclear")


@dataclass(slots=True)
class _Line:
    """One row of figures under way."""

    id: str | None
    label: str
    cells: tuple[ReportCell, ...]


def read_applications(grids: Sequence[Grid]) -> tuple[ReportRow, ...]:
    """Rows of table three in their order, each once; () when no table is one. A table split in two is read on."""
    lines = _read_lines(grids)
    _fill_by_place(lines)
    found: dict[str, _Line] = {}
    for line in lines:
        if line.id is not None:
            found.setdefault(line.id, line)
    if len(found) < _MIN_ROWS:
        return ()
    return tuple(ReportRow(id=row, label=line.label, cells=line.cells) for row, line in found.items())


def _read_lines(grids: Sequence[Grid]) -> list[_Line]:
    """The lines of the first table three: its own table, and those that follow until 结转下年度 was read."""
    lines: list[_Line] = []
    columns: tuple[int, ...] | None = None
    for grid in grids:
        begins = _first_row(grid)
        if begins is not None:
            if lines:
                break  # a second report, or a copy for phones
            columns = _columns(grid[:begins])
        elif not lines:
            continue
        read = list(_lines(grid[begins or 0 :], columns))
        if begins is not None or any(line.id for line in read):
            lines += read
        if any(line.id == "r25" for line in read):
            break
    return lines


def _first_row(grid: Grid) -> int | None:
    """Index of the row 本年新收; None when the table has none."""
    first = report_words().rows["r1"]
    for number, row in enumerate(grid):
        if any(first.search(plain(text)) for text in row.own[:WIDTH] if len(text) <= _MAX_LABEL):
            return number
    return None


def _columns(head: Grid) -> tuple[int, ...] | None:
    """Places of the seven columns from the right edge (1 is the last), by the lowest label above each; None: not all told."""
    width = max((len(row.grid) for row in head), default=0)
    found: dict[int, int] = {}
    for number in range(width):
        texts = [plain(row.grid[number]) for row in reversed(head) if number < len(row.grid) and row.grid[number]]
        for text in texts[:2]:
            kind = next((nth for nth, pattern in enumerate(report_words().columns) if pattern.search(text)), None)
            if kind is not None and len(text) <= _MAX_LABEL // 4:
                found.setdefault(kind, width - number)
                break
    return tuple(found[kind] for kind in range(WIDTH)) if len(found) == WIDTH else None


def _lines(rows: Sequence[GridRow], columns: tuple[int, ...] | None) -> Iterator[_Line]:
    places = columns or tuple(range(WIDTH, 0, -1))
    width = len(rows[0].grid) if rows else 0
    for row in rows:
        texts = _figures(row, places, width)
        if texts is None:
            continue
        label = _label(row, max(places))
        misread = sum(not is_figure(text) and _row_of(text) is not None for text in texts)
        cells = tuple(_UNREAD for _ in places) if misread else tuple(read_cell(text) for text in texts)
        yield _Line(id=_row_of(label), label=label[:_MAX_LABEL], cells=cells)


def _figures(row: GridRow, places: tuple[int, ...], width: int) -> tuple[str, ...] | None:
    """The seven figures, read from the row's right end and from the columns of the grid; None: the row holds none.

    Where spans are wrong the two differ; then the one counts whose cells are all figures. When neither or both do, nothing does.
    """
    deepest = max(places)
    right = tuple(row.own[-place] for place in places) if len(row.own) >= deepest else None
    by_grid = tuple(row.grid[width - place] for place in places) if len(row.grid) >= width >= deepest else None
    if right is None or by_grid is None or right == by_grid:
        return right if right is not None else by_grid
    fits = [texts for texts in (right, by_grid) if all(is_figure(text) for text in texts)]
    if len(fits) == 1:
        return fits[0]
    return tuple("?0" for _ in places)  # reads as unclear


def _label(row: GridRow, deepest: int) -> str:
    """The row's own label: the last text before the figures."""
    own = [text for text in row.own[: max(len(row.own) - deepest, 0)] if text]
    if own:
        return own[-1]
    return next((text for text in reversed(row.grid[: max(len(row.grid) - deepest, 0)]) if text), "")


def _row_of(label: str) -> str | None:
    text = plain(label)
    if not text or len(text) > _MAX_LABEL:
        return None
    return next((row for row, pattern in report_words().rows.items() if pattern.search(text)), None)


def _fill_by_place(lines: list[_Line]) -> None:
    """Name rows whose label is misspelt by their place, when from 新收 to 结转下年度 the table has exactly the official rows."""
    places = {line.id: number for number, line in enumerate(lines) if line.id is not None}
    first, last = places.get("r1"), places.get("r25")
    if first is None or last is None:
        return
    between = [line for line in lines[first : last + 1] if line.id is not None or line.label]
    for order in (_ROW_ORDER, _ORDER_2019):
        if len(between) == len(order) and all(line.id in {None, row} for line, row in zip(between, order, strict=True)):
            for line, row in zip(between, order, strict=True):
                line.id = row
            return
