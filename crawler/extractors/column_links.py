"""Anchors, tabs and trees of a page that open one of the four columns or another column the vocabulary knows."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extractors.anchors import MAX_REMEMBERED, Anchor, anchors, whence
from crawler.extractors.clicks import borne_address
from crawler.extractors.column_names import classify_column, kind_of_stem, kinds_of_name, statutory_items, weak_kind_of_name
from crawler.extractors.document import Document
from crawler.extractors.entry_titles import no_titles
from crawler.extractors.outline import Outline
from crawler.extractors.panes import named_place, shown_by_call
from crawler.extractors.regions import Region, regions, settled_blocks
from crawler.extractors.script_trees import tree_nodes
from crawler.extractors.unit_names import plain_name
from crawler.facts import MANDATORY_ROLES, ColumnLink

__all__ = ["classify_column", "extract_column_links", "statutory_items"]

MAX_LINKS = 1_000
"""Column links kept of one page; a page with more is a trap."""
_MAX_READ = 10_000
"""Links of one page that are looked at."""
_MAX_RAW = 80
"""Characters, blanks included, beyond which a text is no column's name."""
_MAX_LOOK = 12
_STEM_TYPES = frozenset({*MANDATORY_ROLES, "application"})
_MAX_STEM_NAME = 14
_ADDRESS_IN_SCRIPT = re.compile(
    r"""['"]((?:https?:/)?/[^'"\s<>]{1,300}|[\w./-]{1,200}\.(?:s?html?|jspx?|aspx?|do|php)(?:\?[^'"\s<>]{0,200})?)['"]"""
)
_ROW_LINKS = 3
"""A row of a list has no more links."""
_COMPANY, _COMPANY_LEVELS, _MENU_LINKS = 2, 4, 60
"""Others of the four beside a name that alone says little; boxes around it that are looked at; links that a menu has at most."""
_SHOWS = ("aria-controls", "data-bs-target", "data-target")
"""Attributes in which a tab names what it shows."""
_TAB_TAGS = frozenset({"li", "span", "div", "td", "dt", "dd", "p", "button", "label", "h3", "h4", "h5"})


def extract_column_links(doc: Document) -> tuple[ColumnLink, ...]:
    """Everything on the page that names a column, in document order; one text that serves several types gives one each.

    Rows of dated lists are entries and no columns. ``url`` is None where the name opens nothing by itself; with strategy
    ``tree`` its sub-columns hang below it.
    """
    out = doc.outline
    places = regions(doc)
    seen: set[tuple[str, str | None, str]] = set()
    opened: set[tuple[str, str]] = set()
    result: list[ColumnLink] = []
    found = [*_anchors(doc, out, places), *_tabs(doc, out, places), *_config_tabs(doc)]
    for link in found:
        key = (link.column_type, link.url if link.url is not None else link.text, link.place)
        # What lies in a script as well is the list that was drawn of it.
        if key in seen or (link.strategy == "tree" and link.url is not None and (link.column_type, link.url) in opened):
            continue
        seen.add(key)
        if link.url is not None:
            opened.add((link.column_type, link.url))
        result.append(link)
        if len(result) >= MAX_LINKS:
            break
    return tuple(result)


def _anchors(doc: Document, out: Outline, places: list[Region]) -> Iterator[ColumnLink]:
    known = anchors(doc)
    numbers = list(islice(known, _MAX_READ))
    position = 0
    for start, block, place in settled_blocks(doc):
        first, behind = bisect_left(numbers, start), bisect_left(numbers, start + len(block.tags))
        if behind - first <= _ROW_LINKS:
            continue  # what is around it tells whether its links are a row's
        yield from _of_anchors(doc, out, places, numbers[position:first])
        part, base = numbers[first:behind], whence(doc, start, block)
        if block.answer(("columns of the page", base), _need_page, [known[number] for number in part]):
            yield from _of_anchors(doc, out, places, part)
        else:
            yield from block.answer(("columns", base, place, out.dates_below(start)), _kept_columns, doc, out, places, part)
        position = behind
    yield from _of_anchors(doc, out, places, numbers[position:])


def _need_page(found: Iterable[Anchor]) -> bool:
    """Whether a column's link depends on more than itself: a tab of the page, the head of a tree, a name that needs company."""
    return any(
        _weak(anchor) is not None or _looks(anchor) or (_named(anchor) is not None and (anchor.url is None or "#" in anchor.href))
        for anchor in found
    )


def _kept_columns(doc: Document, out: Outline, places: list[Region], numbers: Iterable[int]) -> tuple[ColumnLink, ...]:
    return tuple(_of_anchors(doc, out, places, numbers))


def _of_anchors(doc: Document, out: Outline, places: list[Region], numbers: Iterable[int]) -> Iterator[ColumnLink]:
    known = anchors(doc)
    for number in numbers:
        anchor = known[number]
        named = _named(anchor)
        weak = _weak(anchor)
        if weak is not None and (named is None or weak not in named.kinds) and _has_company(out, number, known, weak):
            yield _link(weak, anchor.url, _text_of(anchor) or "", "stem", places[number])
        if named is None and _looks(anchor) and (head := _head_of_cell(out, number)):
            for kind in kinds_of_name(head):
                if kind in MANDATORY_ROLES:
                    yield _link(kind, anchor.url, head, "anchor", places[number])
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


@lru_cache(maxsize=MAX_REMEMBERED)
def _weak(anchor: Anchor) -> str | None:
    text = _text_of(anchor) if anchor.url is not None else None
    return weak_kind_of_name(text) if text else None


@lru_cache(maxsize=MAX_REMEMBERED)
def _looks(anchor: Anchor) -> bool:
    """Whether a link says no more than 查看: in a table the head of its column may name what it opens."""
    return anchor.url is not None and len(anchor.span) <= _MAX_LOOK and plain_name(anchor.span) in no_titles()


def _head_of_cell(out: Outline, number: int) -> str:
    """The words over a link's cell in the first row of its table; ``""`` outside tables."""
    cell = number
    while cell > 0 and out.tags[cell] not in {"td", "th"}:
        cell = out.parent[cell]
    row = out.parent[cell] if cell > 0 else 0
    table = row
    while table > 0 and out.tags[table] != "table":
        table = out.parent[table]
    if row <= 0 or table <= 0 or out.tags[row] != "tr":
        return ""
    head = next((other for other in range(table + 1, out.last[table] + 1) if out.tags[other] == "tr"), row)
    heads, cells = (_cells_of(out, each) for each in (head, row))
    if head == row or len(heads) != len(cells):
        return ""
    return plain_name(out.span(heads[cells.index(cell)]))[:_MAX_STEM_NAME]


def _cells_of(out: Outline, row: int) -> list[int]:
    return [cell for cell in out.each_child(row) if out.tags[cell] in {"td", "th"}]


def _has_company(out: Outline, number: int, known: Mapping[int, Anchor], kind: str) -> bool:
    """Whether the menu around a link offers at least two others of the four, and none that is surely ``kind``."""
    row = number
    for _ in range(_COMPANY_LEVELS):
        row = out.parent[row]
        if row < 0 or out.tags[row] == "body":
            return False
        first, last = out.links_below(row)
        if last - first > _MENU_LINKS:
            return False
        beside = [known[other] for other in range(row, out.last[row] + 1) if other in known and other != number]
        roles = {role for anchor in beside if (named := _named(anchor)) for role in named.kinds if role in MANDATORY_ROLES}
        if kind in roles:
            return False
        if len(roles) >= _COMPANY:
            return True
    return False


@lru_cache(maxsize=4_096)
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
        if last - first > _ROW_LINKS:
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
    if "#" in href and url is not None and (place := named_place(doc, href, url)):
        return f"{doc.url.partition('#')[0]}#{place}", "tab"
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
        if above < 0 or out.tags[above] in {"body", "ul", "ol"}:
            return False
        first, last = out.links_below(above)
        inside = out.links_below(number)
        if last - inside[1] >= 1 and last - first <= 60:
            return True
    return False


def _tabs(doc: Document, out: Outline, places: list[Region]) -> Iterator[ColumnLink]:
    """Tabs that are no anchors: at least three of the four side by side; what they open stands on this page or in ``onclick``."""
    candidates: dict[int, list[tuple[int, str, str]]] = {}
    for number, kind, text in _tab_names(out):
        candidates.setdefault(_list_of(out, number), []).append((number, kind, text))
    for beside in candidates.values():
        tabs = [tab for tab in beside if not _in_link(out, tab[0])]
        if len({kind for _, kind, _ in tabs}) < 3:
            continue
        for number, kind, text in tabs:
            element = out.elements[number]
            written = _ADDRESS_IN_SCRIPT.search((element.get("onclick") or "")[:1_000])
            address = written[1] if written is not None else borne_address(element)
            url = doc.resolve(address) if address else _controlled(doc, element)
            yield ColumnLink(column_type=kind, url=url, text=text, strategy="script" if address else "tab", place=places[number])


def _controlled(doc: Document, tab: HtmlElement) -> str:
    """Address of the block of the page that a tab says it shows; that of the page where it names none."""
    place = shown_by_call(doc, tab) or named_place(
        doc, f"#{next((said.removeprefix('#') for name in _SHOWS if (said := tab.get(name))), '')}", None
    )
    return f"{doc.url.partition('#')[0]}#{place}" if place else doc.url


def _tab_names(out: Outline) -> Iterator[tuple[int, str, str]]:
    """Elements without a link that bear the name of one of the four: number, type and name."""
    position = 0
    for start, block in out.blocks:
        behind = start + len(block.tags)
        yield from _tab_names_between(out, position, start)
        met = block.answer("tabs", _kept_tab_names, out, start, behind)
        yield from ((start + number, kind, text) for number, kind, text in met)
        position = behind
    yield from _tab_names_between(out, position, len(out.tags))


def _kept_tab_names(out: Outline, start: int, behind: int) -> tuple[tuple[int, str, str], ...]:
    """With their numbers in the block."""
    return tuple((number - start, kind, text) for number, kind, text in _tab_names_between(out, start, behind))


def _tab_names_between(out: Outline, first: int, behind: int) -> Iterator[tuple[int, str, str]]:
    for number in range(first, behind):
        if not 4 <= out.end[number] - out.start[number] <= 30 or out.tags[number] not in _TAB_TAGS:
            continue
        if out.links_before[number] != out.links_before[out.last[number] + 1]:
            continue
        text = plain_name(out.span(number))
        kinds = kinds_of_name(text) if text else ()
        if kinds and kinds[0] in MANDATORY_ROLES:
            yield number, kinds[0], text


def _in_link(out: Outline, number: int) -> bool:
    while (number := out.parent[number]) >= 0:
        if out.tags[number] == "a":
            return True
    return False


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
    platform = "_CONFIG" in script and ("gkmlpt" in doc.url or "gkmlpt" in doc.source)
    if not platform and "公开" not in script and "zNodes" not in script:
        return
    here = doc.url.partition("#")[0]
    for node in tree_nodes(script):
        url = doc.resolve(node.url) if node.url else None
        if url is None and platform and node.id.isdigit():
            url = f"{here}#{node.id}"
        if url is not None:
            for kind in kinds_of_name(node.name):
                yield ColumnLink(column_type=kind, url=url, text=node.name, strategy="tree", place="main")
