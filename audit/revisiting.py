"""How long an address may wait at most, as far as the rules in force are concerned."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules.shipped import are_shipped, shipped_params

DAYS_OF_A_MONTH = 30


def longest_wait(packs: tuple[str, ...]) -> float | None:
    """Days of the shortest period in the rules of ``packs`` (all shipped ones when none is named).

    None of the rules may call something old that only we had not looked at again. None: no rule has a period.
    """
    return min((days for params in _params(packs) for days in _periods(params)), default=None)


def _params(packs: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    if are_shipped(packs):
        yield from shipped_params(packs)
        return
    from rules.loader import load_packs  # noqa: PLC0415  it would be held while the crawl lasts

    yield from (rule.raw_params for pack in load_packs(packs) for rule in pack.rules)


def _periods(value: Any, name: str = "") -> Iterator[float]:
    """Every parameter that names an age, in days, wherever it stands."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _periods(below, str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for below in value:
            yield from _periods(below, name)
    elif isinstance(value, int | float) and name.endswith(("age_days", "age_months")):
        yield value * (DAYS_OF_A_MONTH if name.endswith("months") else 1)
