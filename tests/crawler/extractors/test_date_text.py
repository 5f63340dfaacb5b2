"""Dates from text: every way of writing one, and what only looks like one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.date_text import find_dates, read_labelled, shanghai_day

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-08-28", "2026-08-28"),
        ("2026/7/31", "2026-07-31"),
        ("2026.11.20", "2026-11-20"),
        ("2020年09月15日 09时32分", "2020-09-15T09:32+08:00"),
        ("2022-05-07 00:00", "2022-05-07T00:00+08:00"),
        ("2012/5/12 19:37:12", "2012-05-12T19:37:12+08:00"),
        ("2023-08-19 10∶08", "2023-08-19T10:08+08:00"),
        ("2023-12-1821:50信息来源", "2023-12-18T21:50+08:00"),
        ("2026年11月20日 下午3:20", "2026-11-20T15:20+08:00"),
        ("2009-09-30T10:53:11", "2009-09-30T10:53:11+08:00"),
        ("２０２６年１１月２０日", "2026-11-20"),
        ("二〇二六年十一月二十日", "2026-11-20"),
        ("二○二六年三月三十一日", "2026-03-31"),
        ("二零二六年十二月一日", "2026-12-01"),
        ("一九九八年十月廿三日", "1998-10-23"),
        ("19年10月08日", "2019-10-08"),
        ("2026 年 1 月 5 日", "2026-01-05"),
    ],
)
def test_a_whole_date_is_found_however_it_is_written(text: str, value: str) -> None:
    assert [found.value for found in find_dates(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "国办函〔2019〕12号 2018-2019年",
        "2026年11—12月",
        "12022-01-02",
        "2026.11",
        "07-27",
        "20261120",
        "1890-01-01",
        "",
    ],
)
def test_what_is_no_whole_date_is_not_found(text: str) -> None:
    assert find_dates(text) == []


def test_a_month_counts_only_when_asked_for_and_stands_for_its_last_day() -> None:
    assert find_dates("（2026年2月修订）") == []
    [month] = find_dates("（2026年2月修订）", months=True)
    assert (month.value, month.precision) == ("2026-02-28", "month")
    assert [found.value for found in find_dates("二〇二六年三月", months=True)] == ["2026-03-31"]


def test_a_day_is_not_also_a_month() -> None:
    assert [found.value for found in find_dates("2026年3月5日", months=True)] == ["2026-03-05"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20261120", "2026-11-20"),
        ("26-11-20 10:10", "2026-11-20T10:10+08:00"),
        ("昨天", "2026-11-19"),
        ("3天前", "2026-11-17"),
        ("2026-11-20至2026-12-01", "2026-11-20"),
        ("（2026-11-20）", "2026-11-20"),
    ],
)
def test_beside_a_label_more_is_understood(text: str, value: str) -> None:
    found = read_labelled(text, NOW)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["暂无", "11-20", "2026年11月", "近日", "", "：", "第20261120号公告之外的长文字" * 9, "1小时后至明天"]
)
def test_what_is_no_date_stays_unread_beside_a_label(text: str) -> None:
    assert read_labelled(text, NOW) is None


def test_relative_dates_are_reckoned_from_the_fetch_in_shanghai() -> None:
    late = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # 01:00 on the 20th in Shanghai
    found = read_labelled("昨天", late)
    assert found is not None
    assert (found.value, shanghai_day(late)) == ("2026-11-19", "2026-11-20")


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    for found in find_dates(text, months=True):
        assert 0 <= found.start < found.end <= len(text)


@given(st.dates(min_value=datetime(1950, 1, 1).date(), max_value=datetime(2069, 12, 31).date()))  # noqa: DTZ001  # days only
def test_every_day_is_read_back(day: object) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    assert find_dates(f"（{int(year)}年{int(month)}月{int(number)}日）")[0].value == iso
    assert find_dates(f"x {year}/{int(month)}/{int(number)} y")[0].value == iso
