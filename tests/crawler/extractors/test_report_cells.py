"""Figures in cells: what is a number, what is none, and what is in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.report_cells import read_cell


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        (" 1 2 ", 12),
        ("5件", 5),
        ("+3", 3),
        ("12.0", 12),
        ("007", 7),
        ("-0", 0),
    ],
)
def test_a_count_is_read_in_all_its_forms(raw: str, value: int) -> None:
    assert (read_cell(raw).state, read_cell(raw).value) == ("number", value)


@pytest.mark.parametrize("raw", ["", " ", "-", "—", "——", "－", "/", "／", "无", "不涉及"])
def test_a_blank_is_told_from_a_word(raw: str) -> None:
    assert read_cell(raw).state == "blank"


@pytest.mark.parametrize(
    ("raw", "state", "amount"),
    [("-3", "negative", "-3"), ("－3", "negative", "-3"), ("2.5", "decimal", "2.5"), ("18.60万元", "decimal", "18.6")],
)
def test_numbers_that_are_no_counts_keep_their_amount(raw: str, state: str, amount: str) -> None:
    assert (read_cell(raw).state, read_cell(raw).amount, read_cell(raw).value) == (state, amount, None)


@pytest.mark.parametrize(("raw", "state"), [("若干", "text"), ("见附件", "text"), ("3（含转办1）", "unclear"), ("三", "unclear")])
def test_words_are_words_and_what_may_be_a_number_is_doubtful(raw: str, state: str) -> None:
    assert read_cell(raw).state == state


@given(st.integers(0, 10**9))
def test_every_count_is_read_back(number: int) -> None:
    assert read_cell(f"{number:,}").value == read_cell(str(number)).value == number


@given(st.text(max_size=200))
def test_any_text_gives_a_cell(raw: str) -> None:
    cell = read_cell(raw)
    assert cell.state in {"number", "blank", "negative", "decimal", "text", "unclear"}
    assert (cell.value is not None) == (cell.state == "number")
