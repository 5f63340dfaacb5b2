"""The links of a page, with what is asked of each of them again and again; links written alike are one value on all pages."""

from collections.abc import Mapping
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.addresses import resolve
from crawler.extractors.document import Document, clean
from crawler.extractors.outline import Outline

MAX_REMEMBERED = 16_384
"""Links that are kept, and answers that an extractor keeps about them: the menus of some hundred templates."""
_MAX_SPAN_CHARS = 300
"""A link with more text stands on one page only."""
_MAX_TEXT_CHARS = 200


class Anchor:
    """An ``<a>`` or ``<area>`` as it is written, wherever it stands.

    Two anchors are one object when they are written alike and lead to the same address, so that extractors may remember
    what they make of one (``lru_cache``): the answer depends on nothing but the anchor.
    """

    __slots__ = ("alt", "href", "images", "onclick", "span", "text", "title", "url")

    def __init__(self, span: str, written: tuple[str, str, str, str], images: tuple[tuple[str, str], ...], base: str) -> None:
        self.span = span
        """Its text in the outline."""
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
        found = doc.notes["anchors"] = {number: _anchor(doc, out, number) for number in out.tagged(("a", "area"))}
    return found


def _anchor(doc: Document, out: Outline, number: int) -> Anchor:
    element, span = out.elements[number], out.text[out.start[number] : out.end[number]]
    get = element.get
    href = get("href") or ""
    written = (href, get("title") or "", get("alt") or "", get("onclick") or "")
    images = _images(element) if "img" in out.tags[number : out.last[number] + 1] else ()
    # What leads from the root of a site leads to the same place from each of its pages.
    base = doc.root_url if href.startswith(("/", "http://", "https://")) else doc.base_url
    make = _known_anchor if len(span) <= _MAX_SPAN_CHARS else Anchor
    return make(span, written, images, base)


def _images(element: HtmlElement) -> tuple[tuple[str, str], ...]:
    return tuple((image.get("alt") or "", image.get("title") or "") for image in element.iter("img"))
