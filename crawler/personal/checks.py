"""What a number's own digits prove: citizen numbers (GB 11643), credit codes (GB 32100), cards (Luhn)."""

from datetime import date
from functools import cache

from crawler.vocabulary import load

_ID_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_ID_SIGNS = "10X98765432"
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(3**place % 31 for place in range(17))
_EARLIEST_BIRTH = 1900


@cache
def _provinces() -> frozenset[str]:
    return frozenset(load("personal")["provinces"])


def birth_date(number: str, latest: date) -> date | None:
    """Date of birth in an 18-digit 居民身份证 number; None: it is none.

    Region, date (1900 to ``latest``) and check sign must hold (GB 11643-1999). Of the region the province is looked up; city and
    county codes change too often for a list, but are never 00.
    """
    if len(number) != 18 or not number.isascii() or not number[:17].isdigit() or number[:2] not in _provinces():
        return None
    if number[4:6] == "00" or number[2:4] == "00":
        return None
    if _ID_SIGNS[sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False)) % 11] != number[17].upper():
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= _EARLIEST_BIRTH and born <= latest else None


def is_credit_code(code: str) -> bool:
    """Whether 18 signs are a 统一社会信用代码 with a right check sign (GB 32100-2015)."""
    code = code.upper()
    if len(code) != 18 or any(sign not in _CODE_SIGNS for sign in code) or not code[2:8].isdigit():
        return False
    total = sum(_CODE_SIGNS.index(sign) * weight for sign, weight in zip(code, _CODE_WEIGHTS, strict=False))
    return _CODE_SIGNS[(31 - total % 31) % 31] == code[17]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812); rows of one digit pass it and are no number."""
    if not digits.isascii() or not digits.isdigit() or len(set(digits)) < 3:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
