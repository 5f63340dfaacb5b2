"""What an article's page says beside its text: links to related documents, places that a script fills, insecure parts."""

import re
from bisect import bisect_left, bisect_right
from functools import cache

from crawler.extractors.anchors import anchors
from crawler.extractors.document import Document, clean
from crawler.extractors.head_block import HeadBlock
from crawler.extractors.labelled_dates import is_calendar
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.extractors.written_literals import written_literal
from crawler.facts import Crumb, Link, Read
from crawler.vocabulary import load

_MAX_BODY_LINKS = 60
_MAX_SAMPLES = 10
_MAX_TEXT_CHARS = 200
_LABEL_CHARS = 20
_PARTS = frozenset({"img", "script", "css", "iframe", "frame", "object"})
_HOLDERS = frozenset({"span", "b", "em", "i", "font", "td", "p", "div", "label"})


@cache
def _filled() -> re.Pattern[str]:
    return re.compile(load("dates")["date_name"])


@cache
def _tools() -> re.Pattern[str]:
    return re.compile(load("page_noise")["tool_scripts"], re.IGNORECASE)


@cache
def _source_places() -> re.Pattern[str]:
    return re.compile(load("labels")["source_places"])


@cache
def _counters() -> tuple[str, ...]:
    return tuple(load("labels")["noise"])


@cache
def _units() -> tuple[str, ...]:
    return tuple(load("page_noise")["counter_units"])


def extract_body_links(doc: Document) -> tuple[Crumb, ...]:
    """Links with words that stand neither in banner nor menu nor foot."""
    out, places, known = doc.outline, regions(doc), anchors(doc)
    found: list[Crumb] = []
    for number in out.links:
        if places[number] != "main":
            continue
        anchor = known[number]
        text = clean(anchor.span) or clean(anchor.title)
        if text and anchor.url:
            found.append(Crumb(text=text[:_MAX_TEXT_CHARS], url=anchor.url))
        if len(found) >= _MAX_BODY_LINKS:
            break
    return tuple(found)


def shows_catalogue(title: str) -> bool:
    """Whether a page is about the 基层政务公开标准目录, whose fields are links of any kind."""
    return bool(title) and any(word in title for word in load("catalogue")["catalogue_pages"])


def head_scripted(doc: Document, head: HeadBlock) -> bool:
    """Whether a script stands in the article's own head, or an empty place that is named like one for a date or source.

    A script above the title and its labels is the banner's. What counts visits, prints or shares fills no value of the head: its
    address or name says so, the label before it (浏览次数), or the unit behind it.
    """
    return bool(_fillable(doc, head))


def head_source(doc: Document, head: HeadBlock) -> Read[str]:
    """The source that the head shows. Strategy ``gap``: no label, only an empty place named for it, and no script beside it."""
    known = head.fields.get("source")
    if known is not None:
        return known
    out, places = doc.outline, _fillable(doc, head)
    named = (out.tags[number] != "script" and _source_places().search(out.names[number]) for number in places)
    return Read(strategy="gap", where="head") if places and all(named) else Read()


def _fillable(doc: Document, head: HeadBlock) -> list[int]:
    """Scripts and empty places in the head that may bring in a value of it."""
    known: list[int] | None = doc.notes.get("fillable")
    if known is None:
        out = doc.outline
        inside = range(bisect_left(out.start, head.own_start), bisect_right(out.start, head.end))
        known = doc.notes["fillable"] = [
            number for number in inside if _may_fill(out, number) and not _is_tool(out, number) and not is_calendar(out, number)
        ]
    return known


def _may_fill(out: Outline, number: int) -> bool:
    element, tag = out.elements[number], out.tags[number]
    if tag == "script":
        inline = element.text or ""
        return bool(element.get("src")) or ("write" in inline and written_literal(inline) is None)
    empty = tag in _HOLDERS and out.start[number] == out.end[number] and out.last[number] == number
    return empty and bool(out.names[number]) and bool(element.get("id") or _filled().search(out.names[number]))


def _is_tool(out: Outline, number: int) -> bool:
    """A counter or another tool of the page's head, by address or name, by the label before it or the unit (次) behind it."""
    source, name = out.elements[number].get("src") or "", out.names[number]
    if (source and _tools().search(source)) or (name and _tools().search(name) and not _filled().search(name)):
        return True
    if out.text[out.end[number] : out.end[number] + _LABEL_CHARS].lstrip().startswith(_units()):
        return True
    before = out.text[max(0, out.start[number] - _LABEL_CHARS) : out.start[number]].rstrip(" \t\n\u3000:：[【(（|")
    return before.endswith(_counters())


def insecure_parts(url: str, links: tuple[Link, ...]) -> tuple[str, ...]:
    """Parts of a page under https that come over plain http."""
    if not url.lower().startswith("https:"):
        return ()
    found = dict.fromkeys(link.url for link in links if link.element in _PARTS and link.url.lower().startswith("http:"))
    return tuple(found)[:_MAX_SAMPLES]
