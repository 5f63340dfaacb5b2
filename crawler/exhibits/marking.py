"""Finds a quotation in a parsed page, across elements and blanks, and marks it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.addresses import page_key

MARK_ID = "zhaocuo-quote"
MARK_CLASS = "zhaocuo-mark"

MIN_CHARS = 4
"""Fewer characters of a quotation are found anywhere and prove nothing."""

BEGINNING = 12
"""Characters of a long quotation that must be found when all of it is not: it was cut, or a number in it is masked."""

_GAPS = re.compile(r"\*{2,}|…+|\.{3,}")
_BLANK = frozenset(" \t\r\n\f\v\u00a0\u200b\u3000\ufeff")


@dataclass(frozen=True, slots=True)
class _Run:
    """One stretch of text: that of an element, or its tail."""

    element: HtmlElement
    is_tail: bool
    text: str
    start: int
    """Of its first character in the text without blanks."""


def mark_quote(body: HtmlElement, quote: str) -> bool:
    """Mark the first place of ``quote``, else of a piece of it; False: it is not in the visible text."""
    runs = list(_runs(body))
    text = "".join(_squeezed(run.text) for run in runs)
    for piece in _pieces(quote):
        found = text.find(piece)
        if found >= 0:
            _mark(runs, found, found + len(piece))
            return True
    return False


def mark_link(body: HtmlElement, url: str, resolve: Callable[[str], str | None]) -> bool:
    """Mark the first anchor or picture that leads to ``url``; False: there is none."""
    key = page_key(url)
    for element in body.iter("a", "area", "img"):
        address = element.get("href") or element.get("src") or ""
        resolved = resolve(address) if address else None
        if resolved is not None and page_key(resolved) == key:
            element.set("class", MARK_CLASS)
            element.set("id", MARK_ID)
            return True
    return False


def _pieces(quote: str) -> Iterator[str]:
    """What to look for, the surest first: all of it, its longest whole stretch, the beginning of that."""
    whole = _squeezed(quote)
    stretch = max((_squeezed(part) for part in _GAPS.split(quote)), key=len)
    yield from (piece for piece in dict.fromkeys((whole, stretch)) if len(piece) >= MIN_CHARS)
    if len(stretch) > BEGINNING:
        yield stretch[:BEGINNING]


def _runs(body: HtmlElement) -> Iterator[_Run]:
    position = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_tail = event == "end"
        text = element.tail if is_tail else element.text
        if not text or (is_tail and element is body) or not isinstance(element.tag, str):
            continue
        yield _Run(element, is_tail, text, position)
        position += len(_squeezed(text))


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text if sign not in _BLANK)


def _mark(runs: list[_Run], start: int, end: int) -> None:
    first = max(bisect_right([run.start for run in runs], start) - 1, 0)
    is_first = True
    for run in runs[first:]:
        if run.start >= end:
            return
        marked = _mark_in(run, max(start - run.start, 0), end - run.start)
        if marked is not None and is_first:
            marked.set("id", MARK_ID)
            is_first = False


def _mark_in(run: _Run, start: int, end: int) -> HtmlElement | None:
    """Put the characters from ``start`` to ``end``, blanks not counted, into a ``<mark>`` of their own."""
    places = [number for number, sign in enumerate(run.text) if sign not in _BLANK][start:end]
    if not places:
        return None
    before, middle, after = run.text[: places[0]], run.text[places[0] : places[-1] + 1], run.text[places[-1] + 1 :]
    mark = run.element.makeelement("mark", {"class": MARK_CLASS})
    mark.text, mark.tail = middle, after
    if run.is_tail:
        parent = run.element.getparent()
        if parent is None:
            return None
        run.element.tail = before
        parent.insert(parent.index(run.element) + 1, mark)
    else:
        run.element.text = before
        run.element.insert(0, mark)
    return mark
