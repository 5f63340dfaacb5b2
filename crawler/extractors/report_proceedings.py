"""Table four of an annual report: 行政复议 and 行政诉讼, fifteen figures told by the labels above and beside them."""

from collections.abc import Sequence

from crawler.extractors.report_cells import read_cell
from crawler.extractors.report_words import plain, report_words
from crawler.extractors.table_grid import Grid
from crawler.facts import ReportCell, ReportRow

GROUPS = ("review", "suit", "suit_after_review")
RESULTS = 5
_MAX_LABEL = 40


def read_proceedings(grids: Sequence[Grid]) -> tuple[ReportRow, ...]:
    """The three groups in official order; () when no table holds all fifteen figures."""
    for grid in grids:
        if not _may_be(grid):
            continue
        found = _by_labels(grid)
        if len(found) == len(GROUPS) * RESULTS:
            return tuple(ReportRow(id=group, cells=tuple(found[group, result] for result in range(RESULTS))) for group in GROUPS)
    return ()


def _may_be(grid: Grid) -> bool:
    texts = {plain(text) for row in grid for text in row.own if len(text) <= _MAX_LABEL}
    words = report_words()
    return any(words.groups["review"].search(text) for text in texts) and any(words.results[0].search(text) for text in texts)


def _by_labels(grid: Grid) -> dict[tuple[str, int], ReportCell]:
    """Figures by group and result: the first cell that says something under labels that tell both."""
    above: dict[int, list[str]] = {}
    found: dict[tuple[str, int], ReportCell] = {}
    for row in grid:
        labels = [_is_label(text) for text in row.grid]
        beside = "|".join(text for text, label in zip(row.grid, labels, strict=True) if label)
        if _is_head(row.grid, labels):
            for column, text in enumerate(row.grid):
                above.setdefault(column, []).append(text)
            continue
        for column, (text, label) in enumerate(zip(row.grid, labels, strict=True)):
            if label:
                continue
            place = _place(above.get(column, []), beside)
            if place is not None and (place not in found or found[place].state == "blank"):
                found[place] = read_cell(text)
    return found


def _is_label(text: str) -> bool:
    words = report_words()
    plain_text = plain(text)
    named = (*words.groups.values(), *words.results)
    return "诉讼" in plain_text or any(pattern.search(plain_text) for pattern in named)


def _is_head(texts: Sequence[str], labels: Sequence[bool]) -> bool:
    """More labels than figures: a row of figures has two labels at most, in front."""
    return sum(labels) * 2 > sum(bool(text) for text in texts)


def _place(above: Sequence[str], beside: str) -> tuple[str, int] | None:
    words, labels = report_words(), [plain(text) for text in (*above, *beside.split("|")) if text]
    group = next((name for name, pattern in words.groups.items() if any(pattern.search(label) for label in labels)), None)
    result = next((nth for nth, pattern in enumerate(words.results) if any(pattern.search(label) for label in labels)), None)
    return (group, result) if group is not None and result is not None else None
