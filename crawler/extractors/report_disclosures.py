"""Table two of an annual report: what was disclosed, figures with the labels beside and above them."""

from collections.abc import Sequence

from crawler.extractors.report_cells import read_cell
from crawler.extractors.report_words import plain, report_words
from crawler.extractors.table_grid import Grid
from crawler.facts import ReportFigure

_MAX_FIGURES = 60


def read_disclosures(grids: Sequence[Grid]) -> tuple[ReportFigure, ...]:
    """Figures of rows that table two knows; () when there is no such table."""
    figures: list[ReportFigure] = []
    for grid in grids:
        if any(report_words().block.search(plain(text)) for row in grid[:3] for text in row.own):
            figures += _figures(grid)
    return tuple(figures[:_MAX_FIGURES])


def _figures(grid: Grid) -> list[ReportFigure]:
    words = report_words()
    found: list[ReportFigure] = []
    heads: dict[int, str] = {}
    for row in grid:
        label = row.own[0] if row.own else ""
        if words.block.search(plain(label)):
            heads = {}
        elif any(words.disclosure_heads.search(plain(text)) for text in row.own[1:]):
            heads = {column: text for column, text in enumerate(row.grid) if words.disclosure_heads.search(plain(text))}
        elif words.disclosure_rows.search(plain(label)):
            seen: set[str] = set()
            for column, head in sorted(heads.items()):
                if column < len(row.grid) and head not in seen:
                    seen.add(head)
                    found.append(ReportFigure(row=label, column=head, cell=read_cell(row.grid[column])))
    return found


def form_of(texts: Sequence[str]) -> str | None:
    """The official form whose own words stand in the heads of table two: ``2019`` or ``2021``."""
    for form, pattern in report_words().forms.items():
        if any(pattern.search(plain(text)) for text in texts):
            return form
    return None
