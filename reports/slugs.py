"""File names of scorecards, made of the names of the 单位."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence

import regex

MAX_BYTES = 120
"""Of UTF-8, well below the 255 of common file systems."""
_UNSAFE = regex.compile(r"[^\p{Letter}\p{Decimal_Number}_]+")
_RESERVED = regex.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)", regex.IGNORECASE)
"""Names Windows keeps for devices."""


def slug(name: str) -> str:
    """A file name without folders, dots, spaces or signs; Chinese letters stay, so that a person finds the file.

    Cut names end in six hex digits of the whole name. Never empty.
    """
    bare = _UNSAFE.sub("-", unicodedata.normalize("NFKC", name[:2000].encode("utf-8", "ignore").decode())).strip("-")
    if not bare:
        return f"unit-{_digest(name)}"
    if len(bare.encode()) > MAX_BYTES:
        return f"{bare.encode()[: MAX_BYTES - 7].decode('utf-8', 'ignore').rstrip('-')}-{_digest(name)}"
    return f"unit-{bare}" if _RESERVED.fullmatch(bare) else bare


def unique_slugs(names: Sequence[str]) -> tuple[str, ...]:
    """One slug for each name, in their order, no two alike even where upper and lower case are one.

    Different names with the same slug all get digits of their own name, so that their order does not matter.
    """
    wanted = Counter(slug(name).casefold() for name in dict.fromkeys(names))
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    result = []
    for name in names:
        base = slug(name)
        if wanted[base.casefold()] > 1:
            base = f"{base}-{_digest(name)}"
        chosen = base
        while chosen.casefold() in taken:
            numbers[base] += 1
            chosen = f"{base}-{numbers[base] + 1}"
        taken.add(chosen.casefold())
        result.append(chosen)
    return tuple(result)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
