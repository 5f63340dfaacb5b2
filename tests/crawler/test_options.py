"""What a crawl may be asked for, and what is refused with a sentence."""

import pytest

from crawler.errors import OptionsInvalid
from crawler.options import FAST_CONCURRENCY, FAST_PAUSES, POLITE_CONCURRENCY, POLITE_PAUSES, CrawlOptions

START = "http://www.example.gov.cn/"


def test_a_bare_host_name_is_an_address() -> None:
    assert CrawlOptions(start_url="www.example.gov.cn").start_url == START


def test_a_kept_delay_means_few_requests_and_long_pauses() -> None:
    options = CrawlOptions(start_url=START)
    assert (options.delay, options.per_host, options.look_pauses) == (1.0, POLITE_CONCURRENCY, POLITE_PAUSES)


def test_no_delay_means_many_requests_and_short_pauses_unless_said_otherwise() -> None:
    assert CrawlOptions(start_url=START, delay=0).per_host == FAST_CONCURRENCY
    assert CrawlOptions(start_url=START, delay=0).look_pauses == FAST_PAUSES
    assert CrawlOptions(start_url=START, delay=0.01).look_pauses == FAST_PAUSES
    assert CrawlOptions(start_url=START, delay=0.2).look_pauses == (6.0, 18.0)
    assert CrawlOptions(start_url=START, delay=0, concurrency=3, pauses=(1, 2)).per_host == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_url": "javascript:alert(1)"},
        {"start_url": "ftp://example.gov.cn/"},
        {"start_url": ""},
        {"start_url": START, "delay": -1},
        {"start_url": START, "concurrency": 0},
        {"start_url": START, "max_pages": 0},
        {"start_url": START, "timeout": 0},
        {"start_url": START, "pauses": (1, -1)},
        {"start_url": START, "window": (22, 30)},
        {"start_url": START, "seeds": ("mailto:a@b",)},
        {"start_url": START, "processes": 1_000},
    ],
)
def test_what_cannot_be_met_is_refused_with_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(OptionsInvalid, match=r"。$"):
        CrawlOptions(**wrong)


@pytest.mark.parametrize(
    ("window", "hours"),
    [
        (None, range(24)),
        ((9, 17), range(9, 17)),
        ((22, 6), [22, 23, 0, 1, 2, 3, 4, 5]),
        ((0, 24), range(24)),
        ((0, 0), []),
    ],
)
def test_a_window_may_span_midnight(window: tuple[int, int] | None, hours: object) -> None:
    options = CrawlOptions(start_url=START, window=window)
    assert {hour for hour in range(24) if options.is_open_at(hour)} == set(hours)


def test_the_words_of_scrapy_crawl_become_options() -> None:
    words = {
        "start_url": START,
        "delay": "0",
        "departments": "财政局, 教育局",
        "window": "22-6",
        "allow_private": "yes",
        "pauses": "1,2",
    }
    options = CrawlOptions.from_arguments(words)
    assert options.departments == ("财政局", "教育局")
    assert (options.window, options.allow_private, options.pauses) == ((22, 6), True, (1.0, 2.0))


@pytest.mark.parametrize("words", [{}, {"start_url": START, "colour": "red"}, {"start_url": START, "delay": "fast"}])
def test_words_that_are_no_options_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(OptionsInvalid):
        CrawlOptions.from_arguments(words)
