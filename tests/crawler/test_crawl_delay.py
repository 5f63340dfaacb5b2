"""Crawl-delay of robots.txt reaches the downloader's slot, within reason."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.settings import Settings

from crawler import settings
from crawler.fetching import Fetcher
from crawler.progress import Counters

URL = "http://www.example.gov.cn/robots.txt"


class Parser:
    def __init__(self, delay: float | None) -> None:
        self.delay = delay

    def crawl_delay(self, agent: str) -> float | None:
        assert agent == "zhaocuo"
        return self.delay


def delay_after(wished: float | None, own: float = 1.0, *, asked_before: bool = True) -> float | None:
    """Delay of the host's slot once its robots.txt wished for one; None: the slot keeps the ordinary one."""
    values = Settings()
    values.setmodule(settings)
    values.set("DOWNLOAD_DELAY", own)
    slots = {"www.example.gov.cn": Slot(2, own)} if asked_before else {}
    downloader = SimpleNamespace(slots=slots, per_slot_settings={}, get_slot_key=lambda request: "www.example.gov.cn")
    crawler = SimpleNamespace(
        settings=values,
        signals=SimpleNamespace(connect=lambda handler, signal: None),
        engine=SimpleNamespace(downloader=downloader),
    )
    Fetcher(crawler, Counters())._robots_parsed(Parser(wished), Request(URL))
    # The slot is thrown away after a minute of silence: the wish must outlive it.
    kept = downloader.per_slot_settings.get("www.example.gov.cn", {}).get("delay")
    assert not asked_before or slots["www.example.gov.cn"].delay == (own if kept is None else kept)
    return kept


def test_a_longer_wish_is_honoured() -> None:
    assert delay_after(5.0) == 5.0
    assert delay_after(5.0, own=0.0) == 5.0
    assert delay_after(5.0, asked_before=False) == 5.0


@pytest.mark.parametrize("wished", [None, 0.0, 0.5, 1.0])
def test_a_shorter_wish_makes_us_no_ruder(wished: float | None) -> None:
    assert delay_after(wished) is None


def test_a_wish_that_would_never_let_the_run_end_is_cut() -> None:
    assert delay_after(86_400.0) == 30.0
