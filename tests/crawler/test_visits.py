"""Small decisions of a visit."""

import pytest

from crawler.visits import _as_called


@pytest.mark.parametrize(
    ("asked", "answered", "called"),
    [
        ("http://example.gov.cn/", "http://www.example.gov.cn/", "http://www.example.gov.cn/"),
        ("http://www.example.gov.cn/", "https://www.example.gov.cn/", "https://www.example.gov.cn/"),
        ("http://example.gov.cn", "https://example.gov.cn/", "https://example.gov.cn/"),
        ("http://www.example.gov.cn/", "http://www.example.gov.cn/;jsessionid=1", "http://www.example.gov.cn/"),
    ],
)
def test_a_portal_is_called_as_it_calls_itself_and_without_a_session(asked: str, answered: str, called: str) -> None:
    assert _as_called(asked, answered) == called
