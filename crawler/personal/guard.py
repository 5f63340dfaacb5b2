"""What the crawl keeps of personal numbers: masked texts, and hashes under a key of the data folder."""

import hmac
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from crawler.facts import ExtractedPage, PersonalNumber
from crawler.personal.scan import find_personal

KEY_NAME = "numbers.key"
_KEY_BYTES = 32


def run_key(folder: Path) -> bytes:
    """The key of a run folder, made when there is none; whoever starts the run may have put the data folder's there."""
    path = folder / KEY_NAME
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(number, "wb") as file:
        key = secrets.token_bytes(_KEY_BYTES)
        file.write(key)
    return key


def keyed(numbers: Sequence[PersonalNumber], plain: Sequence[str], key: bytes) -> tuple[PersonalNumber, ...]:
    """``numbers`` with their digests; ``plain`` are the same numbers in the same order."""
    return tuple(
        replace(number, digest=hmac.digest(key, f"{number.kind}:{text}".encode(), "sha256").hex()[:16])
        for number, text in zip(numbers, plain, strict=True)
    )


def guarded(page: ExtractedPage, text: str, latest: date, *, title: str = "") -> ExtractedPage:
    """``page`` with the personal numbers of ``text`` (all its visible words) named, and masked wherever it holds them."""
    found = find_personal(text, latest, title=title)
    if not found.numbers:
        return page
    mask = found.masker().value
    facts = replace(mask(page.facts), personal=found.numbers)
    return replace(page, facts=facts, links=tuple(mask(link) for link in page.links), plain_numbers=found.plain)
