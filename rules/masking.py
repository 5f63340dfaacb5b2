"""The last gate for numbers of persons: whatever a message or a quote holds, no plain one leaves.

The crawl masks what it found, by the words around it. Here only the digits speak, so more is masked than need be.
"""

import re

_CANDIDATE = re.compile(r"[0-9０-９]{4}")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")
_BEFORE = r"(?<![0-9A-Za-z０-９/=._%*\-])"
_AFTER = r"(?![0-9A-Za-z０-９*]|[\-_/.][0-9A-Za-z])"
_D = "[0-9０-９]"
_CITIZEN = re.compile(rf"{_BEFORE}{_D}{{6}}[ \-]?{_D}{{8}}[ \-]?{_D}{{3}}[0-9０-９XxＸｘ]{_AFTER}")
_CARD = re.compile(rf"{_BEFORE}(?:{_D}{{16,19}}|{_D}{{4}}(?:[ \-]{_D}{{4}}){{3}}(?:[ \-]?{_D}{{1,3}})?){_AFTER}")
_MOBILE = re.compile(rf"{_BEFORE}[1１][3-9３-９]{_D}{{9}}{_AFTER}")
_BIRTH = re.compile(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]\Z", re.ASCII)
_LIST = 2
"""Mobile numbers are masked from so many on: one alone is an office's contact."""


def mask(text: str) -> str:
    """``text`` with citizen numbers, card numbers and lists of mobile numbers masked; linear, addresses stay."""
    if _CANDIDATE.search(text) is None:
        return text
    text = _CARD.sub(_card, _CITIZEN.sub(_citizen, text))
    mobiles = {_plain(match[0]) for match in _MOBILE.finditer(text)}
    return _MOBILE.sub(_mobile, text) if len(mobiles) >= _LIST else text


def _plain(text: str) -> str:
    return re.sub(r"[ \-]", "", text.translate(_WIDE)).upper()


def _stars(number: str, first: int, last: int) -> str:
    return f"{number[:first]}{'*' * (len(number) - first - last)}{number[-last:]}"


def _citizen(match: re.Match[str]) -> str:
    number = _plain(match[0])
    return _stars(number, 2, 3) if _BIRTH.match(number) else match[0]


def _card(match: re.Match[str]) -> str:
    number = _plain(match[0])
    return _stars(number, 4, 4) if 16 <= len(number) <= 19 and _passes_luhn(number) else match[0]


def _mobile(match: re.Match[str]) -> str:
    return _stars(_plain(match[0]), 3, 4)


def _passes_luhn(number: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
