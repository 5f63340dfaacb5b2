"""What is asked of one page by several checks is worked out once, and never told of another page."""

from dataclasses import replace

import pytest

from crawler.facts import PageFacts
from rules.at_hand import once_a_page

PAGE = PageFacts(url="http://a.gov.cn/")


def test_the_same_page_is_looked_at_once_and_an_equal_one_anew() -> None:
    asked = []

    @once_a_page
    def length(page: PageFacts) -> int:
        asked.append(page.url)
        return len(page.url)

    assert [length(PAGE), length(PAGE), length(replace(PAGE)), length(replace(PAGE, url="x")), length(PAGE)] == [
        16,
        16,
        16,
        1,
        16,
    ]
    assert len(asked) == 4


def test_a_question_that_raises_raises_every_time() -> None:
    @once_a_page
    def broken(page: PageFacts) -> int:
        raise ValueError(page.url)

    for _ in range(2):
        with pytest.raises(ValueError, match=PAGE.url):
            broken(PAGE)
