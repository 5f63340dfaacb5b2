"""The links of a page, with what is asked of each of them again and again; links written alike are one value on all pages."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.addresses import resolve
from crawler.extractors.blocks import Block
from crawler.extractors.document import Document, clean
from crawler.extractors.outline import Outline

MAX_REMEMBERED = 4_096
"""Links that are kept, and answers that an extractor keeps about them: menus return, all else passes through."""
_MAX_SPAN_CHARS = 300
"""A link with more text stands on one page only."""
_MAX_TEXT_CHARS = 200
_FROM_ROOT = ("/", "http://", "https://")
"""Beginnings of addresses that lead to the same page from wherever on the site."""
_REFERRING = ("href", "src", "data-src", "data-original", "data", "action")
"""Attributes that hold addresses."""


class Anchor:
    """An ``<a>`` or ``<area>`` as it is written, wherever it stands.

    Two anchors are one object when they are written alike and lead to the same address, so that extractors may remember
    what they make of one (``lru_cache``): the answer depends on nothing but the anchor.
    """

    __slots__ = ("alt", "head", "href", "images", "onclick", "span", "text", "title", "url")

    def __init__(
        self, span: str, head: str, written: tuple[str, str, str, str], images: tuple[tuple[str, str], ...], base: str
    ) -> None:
        self.span = span
        """Its text in the outline."""
        self.head = head
        """Text of its first element where more follows: the name on a card; ``""`` where it is no card."""
        self.href, self.title, self.alt, self.onclick = written
        """Attributes as they stand there, ``""`` when they do not."""
        self.images = images
        """``alt`` and ``title`` of the pictures in it."""
        self.url = resolve(self.href, base) if self.href else None
        """Absolute http(s) address; None when it opens no page."""
        self.text = (
            clean(span)
            or clean(self.title)
            or clean(self.alt)
            or next((clean(named) for alt, title in images if (named := alt or title)), "")
        )[:_MAX_TEXT_CHARS]
        """Its words: its text, else its title, else the alt text of its picture."""


_known_anchor = lru_cache(maxsize=MAX_REMEMBERED)(Anchor)


def anchors(doc: Document) -> Mapping[int, Anchor]:
    """The page's ``<a>`` and ``<area>`` elements by their number in the outline, in document order; worked out once."""
    found: dict[int, Anchor] | None = doc.notes.get("anchors")
    if found is None:
        out = doc.outline
        met = {start + number: anchor for start, block in out.blocks for number, anchor in _of_block(doc, start, block)}
        found = doc.notes["anchors"] = {
            number: met[number] if number in met else _anchor(doc, out, number) for number in out.tagged(("a", "area"))
        }
    return found


def links_that(doc: Document, question: Callable[..., object], *more: Hashable) -> list[int]:
    """Numbers of the page's links for which ``question(anchor, *more)`` says yes, in document order.

    Of blocks that were met before the answers are remembered: the question must depend on nothing but what it is given.
    """
    known = anchors(doc)
    found: list[int] = []
    for start, block, numbers in _pieces(doc):
        if block is None:
            found += [number for number in numbers if question(known[number], *more)]
        else:
            key = ("links that", question, more, whence(doc, start, block))
            found += [start + number for number in block.answer(key, _those_of, known, numbers, start, question, more)]
    return found


def _those_of(
    known: Mapping[int, Anchor], numbers: list[int], start: int, question: Callable[..., object], more: tuple[Hashable, ...]
) -> list[int]:
    return [number - start for number in numbers if question(known[number], *more)]


def _pieces(doc: Document) -> list[tuple[int, Block | None, list[int]]]:
    """The ``<a>`` of the page by the blocks they stand in; None for those between blocks."""
    pieces: list[tuple[int, Block | None, list[int]]] | None = doc.notes.get("anchor_pieces")
    if pieces is None:
        pieces, links, position = [], doc.outline.links, 0
        for start, block in doc.outline.blocks:
            first, behind = bisect_left(links, start), bisect_left(links, start + len(block.tags))
            pieces += [(0, None, links[position:first]), (start, block, links[first:behind])]
            position = behind
        pieces.append((0, None, links[position:]))
        doc.notes["anchor_pieces"] = pieces
    return pieces


def whence(doc: Document, start: int, block: Block) -> str:
    """The address that decides where the references of a block lead: that of the site, of the page's folder, or of the page.

    What extractors make of the addresses in a block is the same on all pages that share it.
    """
    known: dict[int, str] = doc.notes.setdefault("whence", {})
    if start not in known:
        reach = block.answer("reach", _reach, doc.outline.elements[start : start + len(block.tags)])
        known[start] = (doc.root_url, doc.folder_url, doc.base_url)[reach]
    return known[start]


def _reach(elements: Iterable[HtmlElement]) -> int:
    """0: all references begin at the root of the site; 1: some are relative; 2: the page's own address is a part of one."""
    reach = 0
    for element in elements:
        if element.tag == "meta" or (element.tag == "script" and "location" in (element.text or "")):
            return 2
        if element.get("onclick"):
            reach = 1  # a script may hold an address of any kind
        for name in _REFERRING if element.tag != "option" else ("value",):
            value = (element.get(name) or "").strip()
            if value.startswith("?"):
                return 2
            if value and not value.startswith((*_FROM_ROOT, "#", "javascript:")):
                reach = 1
    return reach


def _of_block(doc: Document, start: int, block: Block) -> list[tuple[int, Anchor]]:
    """The anchors of a block with their numbers in it."""
    return block.answer(("anchors", whence(doc, start, block)), _read_block, doc, start, block)


def _read_block(doc: Document, start: int, block: Block) -> list[tuple[int, Anchor]]:
    numbers = [number for number, tag in enumerate(block.tags) if tag in {"a", "area"}]
    return [(number, _anchor(doc, doc.outline, start + number)) for number in numbers]


def _anchor(doc: Document, out: Outline, number: int) -> Anchor:
    element, span = out.elements[number], out.text[out.start[number] : out.end[number]]
    get = element.get
    href = get("href") or ""
    written = (href, get("title") or "", get("alt") or "", get("onclick") or "")
    images = _images(element) if "img" in out.tags[number : out.last[number] + 1] else ()
    # What leads from the root of a site leads to the same place from each of its pages.
    base = doc.root_url if href.startswith(_FROM_ROOT) else doc.base_url
    make = _known_anchor if len(span) <= _MAX_SPAN_CHARS else Anchor
    return make(span, _head_of(out, number), written, images, base)


def _head_of(out: Outline, number: int) -> str:
    """Text of the first element with words in a link that holds several elements and begins with none of its own."""
    below, last = number + 1, out.last[number]
    if last <= below or out.start[below] != out.start[number]:
        return ""
    while below <= last and out.end[below] == out.start[number]:
        below = out.last[below] + 1  # a picture or an icon stands before the name
    while below <= last and out.start[below] == out.start[number]:
        if out.end[below] < out.end[number]:
            return out.text[out.start[below] : out.end[below]].strip()
        below += 1  # a box around all of it
    return ""


def _images(element: HtmlElement) -> tuple[tuple[str, str], ...]:
    return tuple((image.get("alt") or "", image.get("title") or "") for image in element.iter("img"))
