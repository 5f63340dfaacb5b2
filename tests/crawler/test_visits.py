"""Small decisions of a visit."""

import asyncio
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.facts import ExtractedPage, PageFacts
from crawler.fetching import CHINA, Reply
from crawler.health import RunHealth
from crawler.progress import Counters
from crawler.store import FACTS_NAME, FactsStore, database
from crawler.store.page_record import record_of
from crawler.targets import State
from crawler.traps import TrapGuard
from crawler.visits import Visits, _as_called


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


def test_an_answer_never_reaches_the_disk_without_the_page_that_it_brought(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BATCH_WRITES", 1)
    url = "http://other.example.gov.cn/a/"
    reply = Reply(url=url, at=datetime.now(CHINA), status=200, content_type="text/html", body=b"<html>")

    async def answer(*_words: Any, **_more: Any) -> Reply:
        return reply

    async def read(_reading: object) -> object:
        return record_of(ExtractedPage(facts=PageFacts(url=url, page_title="外站")))

    with FactsStore.create(tmp_path / FACTS_NAME) as store:
        target = store.registry.add(url, internal=False)
        kept: list[tuple[State, bool]] = []
        store.before_commit(lambda: kept.append((target.state, bool(list(store.outside_pages())))))
        visits = Visits(
            store=store,
            fetcher=SimpleNamespace(ask=answer),
            discovery=SimpleNamespace(),
            traps=TrapGuard(),
            health=RunHealth(),
            counters=Counters(),
            room=SimpleNamespace(read=read),
        )
        asyncio.run(visits.visit(target))
        assert kept == [(State.FETCHED, True)]
