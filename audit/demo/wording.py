"""Words of the demo portal's pages: phrase lists filled in the same way every time."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

T = TypeVar("T")

NUMBERS = {"n": (120, 980), "a": (90, 640), "small": (6, 29), "few": (2, 9), "percent": (71, 98)}
"""Slots of numbers with their lowest and highest value."""

_MAX_TITLE_TRIES = 500


def number(*key: object) -> int:
    """A large number that depends on ``key`` alone: the same on every machine and every Python."""
    return int.from_bytes(sha256("|".join(map(str, key)).encode()).digest()[:7])


def pick(choices: Sequence[T], *key: object) -> T:
    return choices[number(*key) % len(choices)]


def between(low: int, high: int, *key: object) -> int:
    return low + number(*key) % (high - low + 1)


class Slots(dict[str, str]):
    """Fillers of one page: a name stands for the same words all over the page, numbers change from sentence to sentence."""

    def __init__(self, fillers: dict[str, list[str]], day: date, *key: object, **given: str) -> None:
        super().__init__(year=str(day.year), lastyear=str(day.year - 1), month=str(day.month), day=str(day.day))
        self["quarter"] = str((day.month - 1) // 3 or 4)  # the one before the quarter of the day
        self.update(given)
        self._fillers, self._key, self.sentence = fillers, key, 0

    def __missing__(self, name: str) -> str:
        if name in NUMBERS:
            low, high = NUMBERS[name]
            return str(between(low, high, *self._key, name, self.sentence))
        self[name] = pick(self._fillers[name], *self._key, name)
        return self[name]

    def fill(self, template: str) -> str:
        self.sentence += 1
        return template.format_map(self)


class Wording:
    def __init__(self, phrases: dict[str, Any], words: Mapping[str, list[str]] | None = None) -> None:
        """``words`` are fillers that take the place of the usual ones."""
        self.phrases = phrases
        self._fillers: dict[str, list[str]] = {**phrases["fillers"], **(words or {})}

    def slots(self, day: date, *key: object, **given: str) -> Slots:
        return Slots(self._fillers, day, *key, **given)

    def titled(self, topic: str, day: date, taken: set[str], *key: object, **given: str) -> tuple[str, Slots]:
        """A title that is not in ``taken``, with the slots it was filled from, for the text below it."""
        titles = self.phrases["topics"][topic]["titles"]
        for salt in range(_MAX_TITLE_TRIES):
            slots = self.slots(day, *key, salt, **given)
            title = slots.fill(pick(titles, *key, salt, "title"))
            if title not in taken:
                return title, slots
        raise ValueError(f"phrases.yaml has too few titles for {topic}")

    def paragraphs(self, topic: str, slots: Slots) -> tuple[str, ...]:
        return tuple(slots.fill(template) for template in self.phrases["topics"][topic]["paragraphs"])


_DIGITS = "〇一二三四五六七八九"


def chinese_date(day: date) -> str:
    """二〇二六年七月十三日."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_chinese_number(day.month)}月{_chinese_number(day.day)}日"


def _chinese_number(value: int) -> str:
    tens, ones = divmod(value, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")
