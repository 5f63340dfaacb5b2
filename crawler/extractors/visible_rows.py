"""The visible text of a page with each row of a table on a line of its own, its cells separated by tabulators."""

from crawler.extractors.document import Document
from crawler.extractors.outline import Outline

_CELLS = frozenset({"td", "th"})
_MAX_SPAN = 200
_MAX_COLUMNS = 200


def visible_rows(doc: Document) -> str:
    """Like the outline's text, but with empty cells kept, cells that span rows repeated, and no line break within a cell.

    Rows that hold further rows (tables as layout) stay running text.
    """
    out = doc.outline
    rows = [number for number, element in enumerate(out.elements) if element.tag == "tr"]
    parts: list[str] = []
    position = 0
    table = -1
    spanning: dict[int, tuple[int, str]] = {}
    for nth, number in enumerate(rows):
        if nth + 1 < len(rows) and rows[nth + 1] <= out.last[number]:
            continue
        owner = out.parent[number]
        if owner != table:
            table, spanning = owner, {}
        if out.start[number] < position:
            continue
        row, spanning = _row(out, number, spanning)
        parts += [out.text[position : out.start[number]], "\n", row, "\n"]
        position = out.end[number]
    parts.append(out.text[position:])
    return "".join(parts)


def _row(out: Outline, number: int, above: dict[int, tuple[int, str]]) -> tuple[str, dict[int, tuple[int, str]]]:
    """One row, and by column the cells that stand in the next one as well: in how many more rows, and their words."""
    cells: list[str] = []
    below: dict[int, tuple[int, str]] = {}

    def add(text: str, rows: int) -> None:
        if rows > 1:
            below[len(cells)] = (rows - 1, text)
        cells.append(text)

    for child in out.children(number):
        if out.tags[child] not in _CELLS:
            continue
        while len(cells) in above:
            rows, text = above[len(cells)]
            add(text, rows)
        text = " ".join(out.span(child).split())
        for nth in range(min(_span(out.elements[child].get("colspan")), _MAX_COLUMNS - len(cells))):
            add("" if nth else text, _span(out.elements[child].get("rowspan")))
    while len(cells) in above:
        rows, text = above[len(cells)]
        add(text, rows)
    return "\t".join(cells), below


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.strip().isascii() and value.strip().isdigit() else 1
