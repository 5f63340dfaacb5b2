"""What the crawl keeps of personal numbers: masked texts, and hashes under a key of the data folder."""

import contextlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from crawler.facts import ExtractedPage, PersonalNumber
from crawler.personal.scan import find_personal

KEY_NAME = "numbers.key"
_KEY_BYTES = 32


def run_key(folder: Path, *, shared: bytes | None = None) -> bytes:
    """The key of a run folder, made when there is none, or taken from ``shared``, the data folder's.

    It is written beside its place and linked there whole: a kill leaves no empty key, and of two processes one makes it.
    """
    path = folder / KEY_NAME
    if not path.exists():
        number, draft = tempfile.mkstemp(prefix=f".{KEY_NAME}-", dir=folder)  # mode 0600
        with os.fdopen(number, "wb") as file:
            file.write(shared or secrets.token_bytes(_KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        Path(draft).unlink()
    return path.read_bytes()


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
