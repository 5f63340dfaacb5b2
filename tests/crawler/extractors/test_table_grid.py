"""Tables laid out as grids, honest and hostile."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.document import Document
from crawler.extractors.table_grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid, Span, expand, grid_of_rows, grids_in
from tests.crawler.extractors.report_pages import applications, figures, read

spans = st.builds(
    Span,
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), min_size=1, max_size=3),
    st.integers(0, 5) | st.just(10**9),
    st.integers(-1, 5) | st.just(10**9),
)
tables = st.lists(st.lists(spans, max_size=6), max_size=12)


def grids(html: str) -> list[Grid]:
    doc = Document(f"<html><body>{html}</body></html>", "http://www.lutan.example/", datetime(2026, 11, 20, tzinfo=UTC))
    return grids_in(doc, 0)


def lines(grid: Grid) -> list[str]:
    return ["|".join(row.grid) for row in grid]


@given(tables)
def test_whatever_the_spans_claim_the_grid_stays_bounded(rows: list[list[Span]]) -> None:
    grid = expand(rows)
    assert len(grid) == len(rows)
    assert all(len(row.grid) <= MAX_COLUMNS and len(row.own) <= MAX_COLUMNS for row in grid)
    assert all(cell.text in row.own for row, cells in zip(grid, rows, strict=True) for cell in cells[:1] if row.own)


@given(st.lists(st.lists(st.text(st.sampled_from("甲乙丙12"), max_size=3), min_size=3, max_size=3), max_size=8))
def test_a_table_without_spans_is_its_own_grid(rows: list[list[str]]) -> None:
    assert expand([[Span(text) for text in row] for row in rows]) == grid_of_rows(rows)


@given(tables)
def test_cells_of_a_row_never_take_the_place_of_one_that_reaches_down(rows: list[list[Span]]) -> None:
    grid = expand(rows)
    for above, below, cells in zip(grid, grid[1:], rows, strict=False):
        if cells and cells[0].rows > 1 and above.own:
            place = above.grid.index(cells[0].text)
            assert len(below.grid) > place


def test_cells_reach_right_and_down_as_in_browsers() -> None:
    html = "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    (grid,) = grids(html)
    assert lines(grid) == ["甲|乙|乙", "甲|丙|丁"]
    assert grid[1].own == ("丙", "丁")


def test_a_rowspan_of_nought_reaches_to_the_end() -> None:
    (grid,) = grids("<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>")
    assert lines(grid) == ["甲|1", "甲|2", "甲|3"]


def test_the_text_of_an_inner_table_is_not_the_outer_cells() -> None:
    outer, inner = grids("<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>旁</td></tr></table>")
    assert (lines(outer), lines(inner)) == (["|旁"], ["内"])


def test_spans_that_are_no_numbers_count_as_one() -> None:
    (grid,) = grids("<table><tr><td colspan='两'>甲</td><td rowspan='-3'>乙</td><td colspan='２'>丙</td></tr></table>")
    assert lines(grid) == ["甲|乙|丙"]


def test_a_billion_rows_and_columns_are_not_laid_out() -> None:
    (grid,) = grids(f"<table><tr><td rowspan={10**9} colspan={10**9}>甲</td></tr>{'<tr><td>乙</td></tr>' * 900}</table>")
    assert len(grid) == MAX_ROWS
    assert all(len(row.grid) == MAX_COLUMNS for row in grid)


def test_more_cells_than_any_report_has_end_the_reading() -> None:
    found = grids(f"<table><tr>{'<td>1</td>' * 50}</tr></table>" * 150 + f"<table><tr>{'<td>2</td>' * MAX_CELLS}</tr></table>")
    assert sum(len(row.own) for grid in found for row in grid) <= MAX_CELLS


def test_ten_thousand_cells_before_the_table_do_not_hide_it() -> None:
    rows = "".join(f"<tr>{'<td>甲</td>' * 25}</tr>" for _ in range(400))
    assert "r1" in figures(read(f"<table>{rows}</table>" + applications()))


def test_tables_nested_deep_are_read_without_recursion() -> None:
    assert grids("<table><tr><td>" * 600 + "底" + "</td></tr></table>" * 600)
