"""Panes of a page: the contents of tabs that stand side by side in its source, one shown at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from html import escape
from itertools import pairwise
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.extractors.document import Document, squeeze
from crawler.extractors.outline import Outline
from crawler.facts import ColumnLink
from crawler.vocabulary import load

MAX_PANES = 20
_MAX_CALL = 200
_BY_NAME = re.compile(r"""\b\w{0,20}[tT]ab\w{0,20}\(\s*['"](\w{1,30})['"]\s*,\s*['"]?(\d{1,2})\b""")
_BY_PLACE = re.compile(r"""\b\w{0,20}[tT]abs?\w{0,20}\(\s*this\s*,\s*['"]?(\d{1,2})\b""")
_MAX_WORDS = 20
_BARE = re.compile(r"[\W_]+")
_BLOCKS = frozenset({"div", "section", "article", "li", "dd", "td", "ul", "ol", "dl", "table", "main", "form", "fieldset"})


def named_place(doc: Document, href: str, url: str | None) -> str:
    """Id of the element of this very page that ``href``, absolute as ``url``, leads to; ``""`` where it leads elsewhere."""
    anchor = href.partition("#")[2].strip()
    if not anchor or (url is not None and url.partition("#")[0] != doc.url.partition("#")[0]):
        return ""
    return anchor if anchor in _ids(doc) else ""


def shown_by_call(doc: Document, tab: HtmlElement) -> str:
    """Id of the element that the tab's script shows by its number; ``""`` where that is not certain.

    ``setTab('one', 2, 4)`` shows ``con_one_2``, ``nTabs(this, 1)`` of ``#myTab0`` shows ``myTab0_Content1``: the one element
    whose id holds the name and ends in the number, and is no tab itself.
    """
    calls = " ".join((tab.get(event) or "")[:_MAX_CALL] for event in ("onclick", "onmouseover", "onmousemove"))
    above = tab.getparent()
    if (named := _BY_NAME.search(calls)) is not None:
        name, number = named[1], named[2]
    elif (listed := _BY_PLACE.search(calls)) is not None and above is not None:
        name, number = above.get("id") or "", listed[1]
    else:
        return ""
    if not name:
        return ""
    shape = re.compile(rf"(?=.*{re.escape(name)})(?:.*\D)?{number}\Z", re.IGNORECASE)
    tabs = {tab, *(above if above is not None else ())}
    found = [key for key, element in _ids(doc).items() if shape.match(key) and element.tag in _BLOCKS and element not in tabs]
    return found[0] if len(found) == 1 else ""


def pane_documents(doc: Document, columns: Iterable[ColumnLink]) -> Iterator[tuple[str, Document]]:
    """``(id, page)`` of each pane: a page of its own with the name of its tab for a title, and with the scripts of the whole.

    Panes are blocks with nothing but blanks between them. A heading or a bare anchor at the top of a chapter is none: where a
    tab leads to one, what belongs to it cannot be told.
    """
    tabs: dict[str, str] = {}
    for link in columns:
        if link.url is not None and link.strategy == "tab" and (anchor := named_place(doc, link.url, link.url)):
            tabs.setdefault(anchor, link.text)
    out = doc.outline
    numbers = [number for anchor in tabs if (number := out.index_of(_ids(doc)[anchor])) is not None]
    if not 2 <= len(numbers) <= MAX_PANES or not _side_by_side(out, sorted(numbers)):
        return
    scripts = "".join(_written(element) for element in doc.tagged("script"))
    for anchor, name in tabs.items():
        yield anchor, page_of(doc, _ids(doc)[anchor], name, scripts)


def address_of_rest(doc: Document) -> str | None:
    """Where the last link leads that promises the rest of what stands here; None: there is none, or it opens nothing."""
    out = doc.outline
    found = None
    for number in out.links:
        if (
            out.end[number] - out.start[number] <= _MAX_WORDS
            and _BARE.sub("", out.span(number)).lower() in load("phrases")["rest"]
        ):
            url = doc.resolve(out.elements[number].get("href") or "")
            found = url if url is not None and url.partition("#")[0] != doc.url.partition("#")[0] else found
    return found


def _ids(doc: Document) -> dict[str, HtmlElement]:
    known = doc.notes.get("ids")
    if known is None:
        known = doc.notes["ids"] = {}
        for element in doc.outline.elements:
            if name := element.get("id"):
                known.setdefault(name, element)
    return cast(dict[str, HtmlElement], known)


def _side_by_side(out: Outline, numbers: Sequence[int]) -> bool:
    """Whether the elements are blocks of one parent, with no words between them, and words in two of them at least."""
    if len({out.parent[number] for number in numbers}) > 1 or any(out.tags[number] not in _BLOCKS for number in numbers):
        return False
    between = (out.text[out.end[first] : out.start[second]] for first, second in pairwise(numbers))
    return not any(squeeze(words) for words in between) and sum(out.end[number] > out.start[number] for number in numbers) > 1


def page_of(doc: Document, element: HtmlElement, name: str, scripts: str = "") -> Document:
    """``element`` as a page of its own that is called ``name``."""
    shown = deepcopy(element)
    for attribute in ("hidden", "style", "aria-hidden"):
        shown.attrib.pop(attribute, None)
    head = f'<base href="{escape(doc.base_url)}"><title>{escape(name)}</title><meta name="ColumnName" content="{escape(name)}">'
    source = f"<html><head>{head}</head><body><main>{_written(shown)}</main>{scripts}</body></html>"
    return Document(source, doc.url, doc.fetched_at)


def _written(element: HtmlElement) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
