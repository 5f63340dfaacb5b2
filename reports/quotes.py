"""Evidence as a scorecard shows it: the quote with the words in question marked, when and where it was read."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from reports import figures, labels
from reports.addresses import Address, address
from reports.result import EvidenceLine
from reports.text import shorten

MAX_QUOTE = 300
MAX_MARKS = 8
"""Different texts marked in one quote; a message that names more marks none of the rest."""
MAX_NAME = 120
"""Characters of a screenshot's file name."""

_NAMED = regex.compile(r"“([^“”]{2,60})”|([0-9]{4}-[0-9]{2}-[0-9]{2})")
"""What a message names: texts in quotation marks, and days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    parts: tuple[Part, ...]
    """The quoted text in order; empty: nothing was quoted."""
    place: str
    time: str
    capture: str
    screenshot: str
    """File name, as the result has it; empty: none was taken."""
    address: Address | None
    """None: the same address as the finding's own."""
    same: bool
    """Quotes the very words of the quote before it, as a second look does: they need not be read twice."""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


def make_quotes(lines: Sequence[EvidenceLine], message: str, own: str, *, linked: bool) -> tuple[Quote, ...]:
    """``message``: the finding's own, its words are marked; ``own``: the finding's address, not repeated."""
    before = ["", *(line.quote for line in lines)]
    return tuple(
        _quote(line, message, own, linked=linked, same=bool(line.quote) and line.quote == earlier)
        for line, earlier in zip(lines, before, strict=False)
    )


def _quote(line: EvidenceLine, message: str, own: str, *, linked: bool, same: bool) -> Quote:
    return Quote(
        parts=() if same else mark(shorten(line.quote, MAX_QUOTE), message),
        place=labels.place_word(shorten(line.where, 80)),
        time=figures.moment(line.fetched_at),
        capture=shorten(line.capture.strip("<>"), 120),
        screenshot=line.screenshot if len(line.screenshot) <= MAX_NAME else "",
        same=same,
        address=None if line.url in ("", own) else address(line.url, linked=linked),
    )


def mark(quote: str, message: str) -> tuple[Part, ...]:
    """``quote`` cut where it holds a text or a day that ``message`` names; the longer of two alike is marked."""
    named = dict.fromkeys(text or day for text, day in _NAMED.findall(message))
    wanted = sorted((name for name in list(named)[:MAX_MARKS] if name in quote), key=len, reverse=True)
    if not wanted:
        return (Part(text=quote),) if quote else ()
    pieces = regex.split(f"({'|'.join(map(regex.escape, wanted))})", quote)
    return tuple(Part(text=piece, marked=piece in wanted) for piece in pieces if piece)
