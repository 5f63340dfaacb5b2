"""Numbers that are right by their check digits and nobody's."""

from crawler.personal.checks import passes_luhn


def citizen(first_seventeen: str) -> str:
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(first_seventeen))
    return first_seventeen + "10X98765432"[total % 11]


def card(start: str) -> str:
    return next(start + str(digit) for digit in range(10) if passes_luhn(start + str(digit)))


A, B, C = citizen("11010119000101001"), citizen("11010119010203002"), citizen("11010119020304003")
YOUNG = citizen("34122620240512003")
CARD = card("622200000000000012")
