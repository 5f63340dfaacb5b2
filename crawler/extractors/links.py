"""All references of a page to other addresses, with the part of the page they stand in."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extractors.anchors import MAX_REMEMBERED, Anchor, anchors, whence
from crawler.extractors.document import Document, clean
from crawler.extractors.regions import Region, regions, settled_blocks
from crawler.facts import Attachment, Entry, Link, UnitLink
from crawler.traps import MAX_LINKS
from crawler.vocabulary import load

_MAX_TEXT_CHARS = 200
_REFRESH = re.compile(r"^\s*(?P<delay>\d+)?(?:\.\d+)?\s*[;,]?\s*url\s*=\s*[\"']?(?P<url>[^\"'>]+)", re.IGNORECASE)
_SOURCES = {
    "img": ("data-src", "data-original", "src"),  # pictures loaded late have a place holder in src
    "script": ("src",),
    "iframe": ("src", "data-src"),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "form": ("action",),
}
_REFERRING = frozenset([*_SOURCES, "a", "area", "link", "meta", "option"])
_ADDRESS_STARTS = ("http://", "https://", "/", "./", "../")
_LOCATION = re.compile(
    r"(?:(?:window|self|top|parent|document)\s*\.\s*)*location(?:\s*\.\s*href)?\s*=\s*([\"'])(?P<set>[^\"'\n]{1,500})\1(?!\s*\+)"
    r"|location\s*\.\s*(?:replace|assign)\s*\(\s*([\"'])(?P<call>[^\"'\n]{1,500})\3(?!\s*\+)"
    r"|http-equiv=\\?[\"']?refresh\\?[\"']?[^>]{0,80}?url=\\?[\"']?(?P<meta>[^\"'>\\]{1,500})",
    re.IGNORECASE,
)
_MAX_SCRIPT_CHARS = 100_000
_WORDED = frozenset({"img", "iframe", "form", "option"})
_COUNTING = frozenset({"script", "img", "iframe", "frame"})


@cache
def _counters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("page_noise")
    return re.compile(words["visit_counters"]), re.compile(words["programs"])


def extract_links(doc: Document) -> tuple[Link, ...]:
    """References in document order. Links in comments are no elements; ``javascript:`` and empty ones resolve to nothing."""
    numbers = doc.outline.tagged(_REFERRING)
    found: list[Link] = []
    position = 0
    for start, block, place in settled_blocks(doc):
        first, behind = bisect_left(numbers, start), bisect_left(numbers, start + len(block.tags))
        found += islice(_references(doc, numbers[position:first]), MAX_LINKS)
        key = ("links", whence(doc, start, block), place)
        found += block.answer(key, _kept_references, doc, numbers[first:behind])
        position = behind
        if len(found) >= MAX_LINKS:
            break
    found += islice(_references(doc, numbers[position:]), MAX_LINKS)
    return tuple(found[:MAX_LINKS])


def _kept_references(doc: Document, numbers: Iterable[int]) -> tuple[Link, ...]:
    return tuple(_references(doc, numbers))


def _references(doc: Document, numbers: Iterable[int]) -> Iterator[Link]:
    out, places, known = doc.outline, regions(doc), anchors(doc)
    for number in numbers:
        kind = out.tags[number]
        if kind in {"a", "area"}:  # nine in ten
            if (anchor := known[number]).url:
                yield _link(anchor, kind, places[number])
        else:
            for target, way in _targets(out.elements[number], kind):
                if url := doc.resolve(target):
                    text = _text(doc, number) if way in _WORDED else ""
                    yield Link(url=url, text=text, element=way, place=places[number])


@lru_cache(maxsize=MAX_REMEMBERED)
def _link(anchor: Anchor, kind: str, place: Region) -> Link:
    """Menus bring the same links on every page: one value serves them all."""
    return Link(url=anchor.url or "", text=anchor.text, element=kind, place=place)


def with_rows(
    links: tuple[Link, ...],
    entries: tuple[Entry, ...] | None,
    units: tuple[UnitLink, ...] = (),
    shown: tuple[Attachment, ...] = (),
) -> tuple[Link, ...]:
    """``links`` and what no element links and readers see all the same: rows that a script draws, documents in a viewer."""
    rows = [*((entry.url, entry.title) for entry in entries or ()), *((unit.url, unit.name) for unit in units)]
    rows += [(document.url, document.text) for document in shown]
    if not rows:
        return links
    known = {link.url for link in links}
    return (*links, *(Link(url=url, text=title[:_MAX_TEXT_CHARS]) for url, title in rows if url and url not in known))


def refresh_target(element: HtmlElement) -> tuple[str, int] | None:
    """Address and delay in seconds of a ``<meta http-equiv=refresh>``; None for another element or a plain reload."""
    if (element.get("http-equiv") or "").strip().lower() != "refresh":
        return None
    match = _REFRESH.match(element.get("content") or "")
    return (match["url"].strip(), int((match["delay"] or "0")[:6])) if match else None


def script_targets(text: str) -> list[str]:
    """Addresses that a script sends the browser to, in order; the beginning of one that is put together is none."""
    return [match["set"] or match["call"] or match["meta"] for match in _LOCATION.finditer(text[:_MAX_SCRIPT_CHARS])]


def _targets(element: HtmlElement, tag: str) -> Iterator[tuple[str, str]]:
    if tag in _SOURCES:
        source = next((value for name in _SOURCES[tag] if (value := element.get(name))), "")
        if source and not (tag in _COUNTING and _counts_visits(source)):
            yield source, "object" if tag == "embed" else tag
        elif tag == "script" and "location" in (text := element.text or ""):
            yield from ((target, "script-location") for target in script_targets(text))
    elif tag == "link" and "stylesheet" in (element.get("rel") or "").lower():
        yield element.get("href") or "", "css"
    elif tag == "meta" and (refresh := refresh_target(element)):
        yield refresh[0], "meta-refresh"
    elif tag == "option" and (value := element.get("value") or "").startswith(_ADDRESS_STARTS):
        yield value, "option"


@lru_cache(maxsize=MAX_REMEMBERED)
def _counts_visits(source: str) -> bool:
    """Whether a script, frame or picture is a program that counts a visit whenever it is asked for."""
    counters, programs = _counters()
    return programs.search(source) is not None and counters.search(source) is not None


def _text(doc: Document, number: int) -> str:
    """Words of a reference that is no ``<a>``: its text, else its title, else its alt text."""
    element = doc.outline.elements[number]
    text = clean(doc.outline.span(number)) or clean(element.get("title") or "") or clean(element.get("alt") or "")
    if not text and element.tag == "option":
        text = clean(element.text or "")
    return text[:_MAX_TEXT_CHARS]
