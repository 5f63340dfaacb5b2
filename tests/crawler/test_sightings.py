"""What is looked at again with a page."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from crawler.sightings import MAX_SIGHTED_PARTS, Sightings
from crawler.targets import State

PAGE = "http://www.yunxi.gov.cn/gkmlpt/index"


def sightings(shown: dict[str, str], doubtful: set[str]) -> Sightings:
    parts = [SimpleNamespace(url=url, part_of=of) for url, of in shown.items()]
    store = SimpleNamespace(parts=lambda _: parts)
    made = Sightings(dispatch=SimpleNamespace(store=store), second_looks=lambda *_: [])  # type: ignore[arg-type]  # a store of parts only
    made._parts[PAGE] = [SimpleNamespace(url=url) for url in shown]  # type: ignore[misc]
    made._tabs[PAGE] = doubtful
    return made


def looked_at(made: Sightings) -> list[str]:
    page: Any = SimpleNamespace(url=PAGE)
    return [part.url for part in made._completing([page])]


def test_doubtful_tabs_are_looked_at_again_wherever_they_stand_in_the_tree() -> None:
    shown = {f"/api/all/{number}": f"{PAGE}#{number}" for number in range(40)}
    again = looked_at(sightings(shown, {f"{PAGE}#31", f"{PAGE}#39"}))
    assert again[:2] == ["/api/all/31", "/api/all/39"]
    assert len(again) == MAX_SIGHTED_PARTS


def test_all_doubtful_tabs_are_looked_at_again_however_many() -> None:
    shown = {f"/api/all/{number}": f"{PAGE}#{number}" for number in range(40)}
    doubtful = {f"{PAGE}#{number}" for number in range(20, 32)}
    assert set(looked_at(sightings(shown, doubtful))) == {f"/api/all/{number}" for number in range(20, 32)}


def test_pages_are_chosen_again_only_when_something_was_fetched_since() -> None:
    chosen: list[int] = []
    registry = [SimpleNamespace(state=State.FETCHED, part_of=None)]

    def choose(*_: object) -> list[str]:
        chosen.append(len(registry))
        return []

    store = SimpleNamespace(registry=registry, flush=lambda: None, sighted=set, outside_pages=list)
    options = SimpleNamespace(start_url=PAGE, pins=None)
    dispatch: Any = SimpleNamespace(
        store=store, enter=lambda _: None, now=lambda: datetime(2026, 11, 20, tzinfo=UTC), options=options
    )
    made = Sightings(dispatch=dispatch, second_looks=choose)
    asyncio.run(made.pages())
    asyncio.run(made.pages())
    registry.append(SimpleNamespace(state=State.FETCHED, part_of=None))
    asyncio.run(made.pages())
    assert chosen == [1, 2]
