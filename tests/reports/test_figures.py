"""Numbers and dates as people read them."""

import pytest

from reports import figures


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (100, "100"),
        (86.5, "86.5"),
        (59.996, "59.99"),
        (0, "0"),
        (-3.25, "-3.25"),
        (0.1 + 0.2, "0.3"),
        (75 * 4 / 3, "100"),
        (float("nan"), "—"),
        (1e308, "—"),
    ],
)
def test_points_are_cut_and_never_rounded_over_the_pass_mark(value: float, shown: str) -> None:
    assert figures.points(value) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(1.0, "100%"), (0.999, "99%"), (0.004, "不足 1%"), (0.0, "0%"), (0.29, "29%"), (1.2, "100%")]
)
def test_per_cent_says_all_only_when_it_is_all(share: float, shown: str) -> None:
    assert figures.percent(share) == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 字节"), (1023, "1023 字节"), (2048, "2.0 KB"), (48_350_112, "46.1 MB"), (5 << 40, "5120.0 GB")]
)
def test_bytes_get_a_unit(count: int, shown: str) -> None:
    assert figures.size(count) == shown


def test_days_and_moments() -> None:
    assert figures.day("2026-01-08") == "2026年1月8日"
    assert figures.day("下周") == "下周"
    assert figures.day(None) == ""
    assert figures.moment("2026-11-20T02:14:37+08:00") == "2026-11-20 02:14:37"
    assert figures.moment("2026-11-20T02:14:37+00:00") == "2026-11-20T02:14:37+00:00"
    assert figures.moment("昨天") == "昨天"


def test_arithmetic_with_unknown_days_is_unknown() -> None:
    assert figures.days_between("2026-11-18", "2026-11-20") == 2
    assert figures.days_between(None, "2026-11-20") is None
    assert figures.day_after("2026-11-09", 14) == "2026-11-23"
    assert figures.day_after("2026-11-09", None) is None
    assert figures.day_after("2026-11-09", 10**12) is None
    assert figures.day_after("9999-12-31", 1) is None
