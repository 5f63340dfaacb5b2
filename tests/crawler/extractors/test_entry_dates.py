"""Dates of list rows, in every way they are written."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.entry_dates import (
    RowDate,
    date_at_end,
    date_in_script,
    read_row_date,
    read_whole_date,
    settle_years,
)

FETCHED = datetime.fromisoformat("2026-11-20T21:30:00+08:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-08-28", "2026-08-28"),
        ("2026/07/31", "2026-07-31"),
        ("2026.7.3", "2026-07-03"),
        ("[2024-01-12]", "2024-01-12"),
        ("( 2024-05-11)", "2024-05-11"),
        ("2020年09月15日", "2020-09-15"),
        ("2020年9月5日 09时32分", "2020-09-05"),
        ("19年10月08日", "2019-10-08"),
        ("发布时间：2026-08-28 10:08", "2026-08-28"),
        ("发布日期 : 2022-12-06", "2022-12-06"),
        ("2023-08-19 10∶08", "2023-08-19"),
        ("\n\n  2018-07-11\n  ", "2018-07-11"),
        ("20260828", "2026-08-28"),
        ("28\n2026-08", "2026-08-28"),
        ("2026-08\t28", "2026-08-28"),
        ("03\n2026.11", "2026-11-03"),
        ("昨天", "2026-11-19"),
        ("3天前", "2026-11-17"),
        ("来源：县教育局 2026-08-28 浏览 12 次", "2026-08-28"),
        ("公示期 2026-08-01 至 2026-08-07", "2026-08-01"),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str, expected: str) -> None:
    found = read_row_date(text, FETCHED)
    assert found is not None
    assert found.iso() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "共 12 条",
        "1/23",
        "第3页",
        "2026年3月5日，县长到河东镇调研防汛工作并召开座谈会。",
        "2026-13-40",
        "国发〔2019〕5号",
        "3.5公里",
    ],
)
def test_what_is_no_date_of_the_row_is_not_read(text: str) -> None:
    assert read_row_date(text, FETCHED) is None


def test_the_date_of_publication_wins_over_other_labels() -> None:
    found = read_row_date("成文日期：2026-01-02\n发布日期：2026-01-20", FETCHED)
    assert found is not None
    assert found.iso() == "2026-01-20"


def test_a_closing_date_in_the_future_does_not_beat_the_plain_date() -> None:
    found = read_row_date("截止时间：2026-12-31\n2026-11-01", FETCHED)
    assert found is not None
    assert found.iso() == "2026-11-01"


def test_a_yearless_date_is_never_later_than_the_day_after_the_fetch() -> None:
    rows = [RowDate(year=None, month=11, day=21, raw="11-21"), RowDate(year=None, month=11, day=22, raw="11-22")]
    assert settle_years(rows, FETCHED) == ["2026-11-21", "2025-11-22"]


def test_yearless_dates_cross_the_new_year_downwards() -> None:
    rows = [RowDate(year=None, month=month, day=5, raw="") for month in (1, 12, 11)]
    assert settle_years(rows, datetime.fromisoformat("2026-01-06T08:00:00+08:00")) == ["2026-01-05", "2025-12-05", "2025-11-05"]


def test_a_neighbour_with_a_year_pins_the_yearless_rows_below_it() -> None:
    rows = [RowDate(year=2023, month=3, day=2, raw=""), RowDate(year=None, month=2, day=27, raw=""), None]
    assert settle_years(rows, FETCHED) == ["2023-03-02", "2023-02-27", None]


def test_the_29th_of_february_goes_back_to_a_leap_year() -> None:
    assert settle_years([RowDate(year=None, month=2, day=29, raw="02-29")], FETCHED) == ["2024-02-29"]


def test_a_whole_date_is_nothing_but_a_date() -> None:
    assert read_whole_date("[ 2026-08-28 ]") is not None
    assert read_whole_date("发布时间：2026-08-28 09:00") is not None
    assert read_whole_date("2018年7月24日 党风政风热线") is None


def test_the_date_at_the_end_of_a_link_is_parted_from_its_title() -> None:
    found = date_at_end("关于开展秋季植树的通知 [2026-10-09]")
    assert found is not None
    assert found[0] == "关于开展秋季植树的通知"
    assert found[1].iso() == "2026-10-09"


def test_a_script_that_writes_today_has_no_date() -> None:
    assert date_in_script("document.write(new Date().getFullYear())") is None
    found = date_in_script("var d='2026年11月02日'; document.write(d)")
    assert found is not None
    assert found.iso() == "2026-11-02"


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_row_date(text, FETCHED)
    assert found is None or 1 <= found.month <= 12
