"""In which order a run looks again."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.campaign import WORTH_FILLING, Campaign


class Looking(Campaign):
    """One address that needs a third look; what is done goes to ``done``."""

    def _due(self, tries: int) -> list[Any]:
        return [] if tries == 1 or "third" in self.done else ["gone"]

    async def _round(self, name: str, due: list[Any], pause: float) -> None:
        self.done.append(name)

    @property
    def done(self) -> list[str]:
        return self.sightings.done  # type: ignore[attr-defined,no-any-return]  # a stand-in


def order(left: float, overview: object = None) -> list[str]:
    done: list[str] = []

    async def pages() -> None:
        done.append("sightings")

    dispatch = SimpleNamespace(
        options=SimpleNamespace(look_pauses=(6.0, 18.0)), stopped=lambda: False, rest_left=lambda *_: left, overview=overview
    )
    looking: Any = SimpleNamespace(done=done, pages=pages)
    asyncio.run(Looking(dispatch=dispatch, discovery=None, scope=None, sightings=looking)._look_again())  # type: ignore[arg-type]
    return done


def test_the_pause_before_the_third_look_is_used_for_second_sightings() -> None:
    assert order(WORTH_FILLING) == ["sightings", "third"]


@pytest.mark.parametrize(("left", "overview"), [(WORTH_FILLING - 1, None), (WORTH_FILLING, object())])
def test_a_short_pause_and_a_mere_overview_sight_nothing(left: float, overview: object) -> None:
    assert order(left, overview) == ["third"]
