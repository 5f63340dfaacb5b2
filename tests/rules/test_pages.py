"""Pages as subjects: what counts as an article, and the day a page shows."""

from datetime import date

import pytest

from rules.factories import make_page
from rules.pages import day_in, is_article, shown_day


@pytest.mark.parametrize(
    ("url", "article"),
    [
        ("http://www.shili.example/xw/t20261101_1.html", True),
        ("http://www.shili.example/art/2026/11/1/art_1_2.html", True),
        ("http://www.shili.example/xw/123456/", True),
        ("http://www.shili.example/czj/zn/", False),
        ("http://www.shili.example/czj/list1/", False),
    ],
)
def test_a_folder_without_a_number_is_a_column_that_shows_one_text(url: str, article: bool) -> None:
    assert is_article(make_page(url=url, kind="article", title="会议召开", published="2026-11-01")) is article


def test_a_page_of_plain_text_is_no_article() -> None:
    assert not is_article(make_page(url="http://www.shili.example/about/contact.html", kind="article", title="联系我们"))


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-11-02 10:10", date(2026, 11, 2)), ("2026年1月2日", date(2026, 1, 2)), ("2026-13-02", None), ("", None), (None, None)],
)
def test_days_are_read_in_all_spellings(text: str | None, day: date | None) -> None:
    assert day_in(text) == day


def test_a_date_from_the_address_is_not_shown() -> None:
    page = make_page(kind="article", title="会议", published={"value": "2026-11-01", "strategy": "url"})
    assert shown_day(page) is None
