"""How long an address may wait at most, as far as the rules in force are concerned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rules.model import Pack

DAYS_OF_A_MONTH = 30


def longest_wait(packs: Iterable[Pack]) -> float | None:
    """Days of the shortest period in the rules: none of them may call something old that only we had not looked at again.

    None: no rule has a period.
    """
    return min((days for pack in packs for rule in pack.rules for days in _periods(rule.raw_params)), default=None)


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
