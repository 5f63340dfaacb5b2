"""Tables as grids: spans of rows and columns laid out cell by cell, bounded whatever the page claims."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.extractors.document import Document, squeeze
from crawler.extractors.outline import Outline

MAX_COLUMNS = 64
MAX_ROWS = 400
MAX_CELLS = 20_000
"""Of one page; an annual report has about 400."""
MAX_TABLES = 200
MAX_CELL_CHARS = 300


@dataclass(frozen=True, slots=True)
class Span:
    """One cell as the page writes it."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class GridRow:
    grid: tuple[str, ...]
    """Every column, cells of rows above included where they reach down."""
    own: tuple[str, ...]
    """The row's own cells only, each as often as it is wide."""


Grid = tuple[GridRow, ...]


def grid_of_rows(rows: Sequence[Sequence[str]]) -> Grid:
    """A grid of rows that are laid out already (docx, xlsx)."""
    lines = (tuple(squeeze(str(text))[:MAX_CELL_CHARS] for text in row[:MAX_COLUMNS]) for row in rows[:MAX_ROWS])
    return tuple(GridRow(line, line) for line in lines)


def expand(rows: Iterable[Sequence[Span]]) -> Grid:
    """Lay out cells as browsers do: a cell takes the next free columns, ``rowspan`` 0 reaches to the end of the table."""
    grid: list[GridRow] = []
    reaching: dict[int, tuple[str, int]] = {}  # column → text and rows still to come
    for cells in rows:
        if len(grid) >= MAX_ROWS:
            break
        line: dict[int, str] = {}
        own: list[str] = []
        following: dict[int, tuple[str, int]] = {}
        for column, (text, left) in reaching.items():
            line[column] = text
            if left > 1:
                following[column] = (text, left - 1)
        column = 0
        for cell in cells:
            while column in reaching:
                column += 1
            for _ in range(min(max(cell.columns, 1), MAX_COLUMNS)):
                if column >= MAX_COLUMNS:
                    break
                line[column] = cell.text
                own.append(cell.text)
                down = MAX_ROWS if cell.rows == 0 else cell.rows
                if down > 1:
                    following[column] = (cell.text, min(down, MAX_ROWS) - 1)
                column += 1
        reaching = following
        width = max(line, default=-1) + 1
        grid.append(GridRow(tuple(line.get(number, "") for number in range(width)), tuple(own)))
    return tuple(grid)


def grids_in(doc: Document, root: int) -> list[Grid]:
    """The tables below element ``root`` in document order; text of a table within a cell belongs to the inner one alone."""
    out = doc.outline
    tables: dict[int, list[list[Span]]] = {}
    table_at: dict[int, int] = {}
    row_at: dict[int, int] = {}
    rows: dict[int, list[Span]] = {}
    holders = _holders(out, root)
    cells = 0
    for number in range(root, out.last[root] + 1):
        tag, above = out.tags[number], out.parent[number]
        table, row = table_at.get(above, -1), row_at.get(above, -1)
        if tag == "table":
            if len(tables) >= MAX_TABLES:
                break
            table, row = number, -1
            tables[number] = []
        elif tag == "tr" and table >= 0:
            row = number
            rows[number] = []
            tables[table].append(rows[number])
        elif tag in {"td", "th"} and row >= 0:
            cells += 1
            if cells > MAX_CELLS:
                break
            rows[row].append(_span(out, number, inner=number in holders))
        table_at[number], row_at[number] = table, row
    return [expand(found) for found in tables.values() if found]


def _holders(out: Outline, root: int) -> set[int]:
    """Cells that hold a table: layout, whose text is not theirs."""
    found: set[int] = set()
    for number in range(root + 1, out.last[root] + 1):
        if out.tags[number] != "table":
            continue
        above = out.parent[number]
        while above > root and above not in found:
            if out.tags[above] in {"td", "th"}:
                found.add(above)
            above = out.parent[above]
    return found


def _span(out: Outline, number: int, *, inner: bool) -> Span:
    element = out.elements[number]
    text = "" if inner else squeeze(out.span(number)[: MAX_CELL_CHARS * 4])[:MAX_CELL_CHARS]
    return Span(text, _count(element.get("rowspan"), zero=True), _count(element.get("colspan")))


def _count(written: str | None, *, zero: bool = False) -> int:
    """A span as browsers read it: digits at the start, bounded; anything else is 1."""
    if not written:
        return 1
    digits = ""
    for char in written.strip()[:10]:
        if not ("0" <= char <= "9"):
            break
        digits += char
    number = int(digits) if digits else 1
    return min(number, MAX_ROWS) if number or zero else 1
