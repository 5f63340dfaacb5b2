"""Small things of an answer that servers write in many ways."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy.http import Headers

from crawler.dispatch import Backoff
from crawler.fetching import _cookies, _location, _retry_after, _size

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), 0),
        ("soon", None),
        ("-5", None),
        ("9" * 400, 999_999_999),
        ("²", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(value: str | None, seconds: float | None) -> None:
    headers = Headers({} if value is None else {"Retry-After": value})
    assert _retry_after(headers, NOW) == seconds


def test_a_refusing_host_is_left_alone_longer_each_time_but_not_for_ever() -> None:
    backoff = Backoff(first=1.0, most=60.0)
    assert [backoff.seconds(strikes, None) for strikes in range(1, 8)] == [1, 2, 4, 8, 16, 32, 60]
    assert backoff.seconds(1, 20) == 20
    assert backoff.seconds(1, 3_600) == 60


@pytest.mark.parametrize(("raw", "read"), [("/新/".encode(), "/新/"), ("/新/".encode("gbk"), "/新/"), (b"/a\xff", "/a\ufffd")])
def test_a_raw_location_is_read_as_utf_8_and_then_as_gbk(raw: bytes, read: str) -> None:
    assert _location(raw) == read


@pytest.mark.parametrize(("value", "size"), [("12", 12), ("-1", None), ("1e3", None), ("9" * 30, None), ("٣", None)])
def test_only_plain_numbers_are_sizes(value: str, size: int | None) -> None:
    assert _size(Headers({"Content-Length": value})) == size


def test_cookies_are_names_and_values_only() -> None:
    lines = ["a=1; Path=/; HttpOnly", "broken", "=x", " b = 2 ;Secure"]
    assert _cookies(Headers({"Set-Cookie": lines})) == (("a", "1"), ("b", "2"))
