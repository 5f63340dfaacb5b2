"""Anchors, tabs and trees of a page that open one of the four columns or another column the vocabulary knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.extractors.anchors import MAX_REMEMBERED, Anchor, anchors
from crawler.extractors.column_names import classify_column, kind_of_stem, kinds_of_name, statutory_items
from crawler.extractors.document import Document
from crawler.extractors.outline import Outline
from crawler.extractors.regions import Region, regions
from crawler.extractors.script_trees import tree_nodes
from crawler.extractors.unit_names import plain_name
from crawler.facts import MANDATORY_ROLES, ColumnLink

__all__ = ["classify_column", "extract_column_links", "statutory_items"]

MAX_LINKS = 1_000
"""Column links kept of one page; a page with more is a trap."""
_MAX_RAW = 80
"""Characters, blanks included, beyond which a text is no column's name."""
_STEM_TYPES = frozenset({*MANDATORY_ROLES, "application"})
_MAX_STEM_NAME = 14
_ADDRESS_IN_SCRIPT = re.compile(
    r"""['"]((?:https?:/)?/[^'"\s<>]{1,300}|[\w./-]{1,200}\.(?:s?html?|jspx?|aspx?|do|php)(?:\?[^'"\s<>]{0,200})?)['"]"""
)
_TAB_TAGS = frozenset({"li", "span", "div", "td", "dt", "dd", "p", "button", "label", "h3", "h4", "h5"})


def extract_column_links(doc: Document) -> tuple[ColumnLink, ...]:
    """Everything on the page that names a column, in document order; one text that serves several types gives one each.

    Rows of dated lists are entries and no columns. ``url`` is None where the name opens nothing by itself; with strategy
    ``tree`` its sub-columns hang below it.
    """
    out = doc.outline
    places = regions(doc)
    seen: set[tuple[str, str | None, str]] = set()
    result: list[ColumnLink] = []
    found = [*_anchors(doc, out, places), *_tabs(doc, out, places), *_config_tabs(doc)]
    for link in found:
        key = (link.column_type, link.url if link.url is not None else link.text, link.place)
        if key in seen:
            continue
        seen.add(key)
        result.append(link)
        if len(result) >= MAX_LINKS:
            break
    return tuple(result)


def _anchors(doc: Document, out: Outline, places: list[Region]) -> Iterator[ColumnLink]:
    for number, anchor in anchors(doc).items():
        named = _named(anchor)
        if named is None or _is_entry(out, number):
            continue
        url, way = _target(doc, out, number, anchor)
        for kind in named.kinds:
            yield _link(kind, url, named.text, way or named.strategy, places[number])


@dataclass(frozen=True, slots=True)
class _Named:
    """An anchor that names columns, or whose address does."""

    text: str
    kinds: tuple[str, ...]
    strategy: str


@lru_cache(maxsize=MAX_REMEMBERED)
def _named(anchor: Anchor) -> _Named | None:
    text = _text_of(anchor)
    if text is None:
        return None
    kinds = kinds_of_name(text) if text else ()
    if kinds:
        return _Named(text, kinds, "anchor")
    kind = _kind_of_address(anchor, text)
    return _Named(text, (kind,), "stem") if kind is not None else None


@lru_cache(maxsize=16_384)
def _link(kind: str, url: str | None, text: str, strategy: str, place: Region) -> ColumnLink:
    """Menus bring the same links on every page: one value serves them all."""
    return ColumnLink(column_type=kind, url=url, text=text, strategy=strategy, place=place)


def _text_of(anchor: Anchor) -> str | None:
    """The anchor's name: its words, else the alternative text of its picture, else its title; None when it is too long."""
    if len(anchor.span) > _MAX_RAW:
        return None
    text = plain_name(anchor.span)
    if not text:
        alt, title = anchor.images[0] if anchor.images else ("", "")
        return plain_name(anchor.alt or alt or title or anchor.title)
    if text.endswith(("...", "…")) or (len(text) <= 2 and anchor.title):
        return plain_name(anchor.title or text) or text
    return text


def _kind_of_address(anchor: Anchor, text: str) -> str | None:
    """One of the four (or 依申请公开) by the last folder of the address, where the words say nothing else."""
    if len(text) > _MAX_STEM_NAME or "/" not in anchor.href or not anchor.url:
        return None
    kind = kind_of_stem(anchor.url)
    return kind if kind in _STEM_TYPES else None


def _is_entry(out: Outline, number: int) -> bool:
    """Whether the anchor is the title of a dated row."""
    row = number
    for _ in range(3):
        above = out.parent[row]
        if above < 0 or out.tags[above] in {"ul", "ol", "table", "tbody", "body", "nav"}:
            break
        row = above
        first, last = out.links_below(row)
        if last - first > 3:
            return False
        if out.dates_below(row):
            return True
    return False


def _target(doc: Document, out: Outline, number: int, anchor: Anchor) -> tuple[str | None, str]:
    """``(address, strategy)`` of an anchor; strategy ``""`` means: as it was found."""
    href = anchor.href.strip()
    if href.startswith("#") and len(href) > 1:
        return f"{doc.url.partition('#')[0]}{href}", "tab"
    url = anchor.url
    if url is not None:
        fragment = href.partition("#")[2]
        # Only the disclosure platform of Guangdong and its kin address columns by fragment.
        return (f"{url}#{fragment}" if fragment and "gkmlpt" in url else url), ""
    script = f"{href if href.lower().startswith('javascript:') else ''} {anchor.onclick}"
    address = _ADDRESS_IN_SCRIPT.search(script[:1_000])
    if address is not None:
        return doc.resolve(address[1]), "script"
    return None, "tree" if _has_tree(out, number) else ""


def _has_tree(out: Outline, number: int) -> bool:
    """Whether sub-columns hang below: a list of links in the same item, or right after it."""
    above = number
    for _ in range(3):
        above = out.parent[above]
        if above < 0 or out.elements[above].tag in {"body", "ul", "ol"}:
            return False
        first, last = out.links_below(above)
        inside = out.links_below(number)
        if last - inside[1] >= 1 and last - first <= 60:
            return True
    return False


def _tabs(doc: Document, out: Outline, places: list[Region]) -> Iterator[ColumnLink]:
    """Tabs that are no anchors: at least three of the four side by side; what they open stands on this page or in ``onclick``."""
    candidates: dict[int, list[tuple[int, str, str]]] = {}
    anchors = [False] * len(out.elements)
    for number, (tag, above, start, end) in enumerate(zip(out.tags, out.parent, out.start, out.end, strict=True)):
        if tag == "a" or (above >= 0 and anchors[above]):
            anchors[number] = True
            continue
        if not 4 <= end - start <= 30 or tag not in _TAB_TAGS:
            continue
        first, last = out.links_below(number)
        if first != last:
            continue
        text = plain_name(out.span(number))
        kinds = kinds_of_name(text) if text else ()
        if kinds and kinds[0] in MANDATORY_ROLES:
            candidates.setdefault(_list_of(out, number), []).append((number, kinds[0], text))
    for tabs in candidates.values():
        if len({kind for _, kind, _ in tabs}) < 3:
            continue
        for number, kind, text in tabs:
            element = out.elements[number]
            address = _ADDRESS_IN_SCRIPT.search((element.get("onclick") or element.get("data-url") or "")[:1_000])
            url = doc.resolve(address[1]) if address else doc.url
            yield ColumnLink(column_type=kind, url=url, text=text, strategy="script" if address else "tab", place=places[number])


def _list_of(out: Outline, number: int) -> int:
    """The element that holds the tab and its neighbours: the first ancestor with more text than the tab itself."""
    size = out.end[number] - out.start[number]
    above = out.parent[number]
    for _ in range(4):
        if above <= 0 or out.end[above] - out.start[above] > size + 6:
            break
        above = out.parent[above]
    return above


def _config_tabs(doc: Document) -> Iterator[ColumnLink]:
    """Trees and tabs that lie in the page's scripts; columns of the 政府信息公开平台 (gkmlpt) are ``#id`` of the page."""
    script = doc.inline_script
    if "公开" not in script and "zNodes" not in script:
        return
    platform = "_CONFIG" in script and ("gkmlpt" in doc.url or "gkmlpt" in doc.source)
    here = doc.url.partition("#")[0]
    for node in tree_nodes(script):
        url = doc.resolve(node.url) if node.url else None
        if url is None and platform and node.id.isdigit():
            url = f"{here}#{node.id}"
        if url is not None:
            for kind in kinds_of_name(node.name):
                yield ColumnLink(column_type=kind, url=url, text=node.name, strategy="tree", place="main")
