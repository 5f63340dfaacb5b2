"""The parts of a page: banner, menus, content column and foot, told by names and, where names say nothing, by structure."""

from lxml.html import HtmlElement

from crawler.extractors.blocks import Block
from crawler.extractors.document import Document, document_of
from crawler.extractors.outline import Outline
from crawler.extractors.region_marks import MAX_FOOT_CHARS, has_heading, mark_breadcrumb, mark_structural_foot
from crawler.extractors.region_words import Region, RegionWords, region_words

__all__ = ["Region", "content_root", "hidden_by_style", "outside", "region_of", "regions", "root_number", "settled_blocks"]

_TAGS: dict[str, Region] = {"nav": "nav", "footer": "foot", "header": "head", "head": "head"}
_PLAIN_TAGS = "html body head title script style link meta input img h1 h2 h3 span p b td tr"
_NEVER_A_PART = frozenset(_PLAIN_TAGS.split())
_CONTAINERS = frozenset(["div", "section", "article", "main", "center", "form", "td", "table", "tbody", "tr"])
_FILLING = frozenset({"img", "iframe", "embed", "object", "ul"})
_MAX_PART_SHARE = 0.5
"""A banner, menu or foot never holds more than this share of a page's running text, whatever its name."""
_MIN_REST_SHARE = 0.4
"""Without floating boxes and a copy for phones at least this share of the text must stay, else they are the page."""
_MENU_LINK_SHARE = 0.6
_MENU_LABEL_CHARS = 14
"""Labels of a menu are shorter on average; titles of entries are longer."""


def region_of(element: HtmlElement) -> Region:
    """The part of its page that ``element`` stands in; ``main`` for an element that belongs to no :class:`Document`."""
    doc = document_of(element)
    if doc is None:
        return "main"
    number = doc.outline.index_of(element)
    return regions(doc)[number] if number is not None else "main"


def regions(doc: Document) -> list[Region]:
    """Region of every element of the outline, worked out once per document."""
    found = doc.notes.get("regions")
    if found is None:
        found = doc.notes["regions"] = _named(doc.outline)
        mark_breadcrumb(doc.outline, found)
        mark_structural_foot(doc.outline, found)
    return found


def settled_blocks(doc: Document) -> list[tuple[int, Block, Region]]:
    """Parts met before that stand in one region of this page as a whole, each with the number of its element, in order."""
    found: list[tuple[int, Block, Region]] | None = doc.notes.get("settled_blocks")
    if found is None:
        places = regions(doc)
        found = doc.notes["settled_blocks"] = [
            (start, block, places[start])
            for start, block in doc.outline.blocks
            if places[start : start + len(block.tags)].count(places[start]) == len(block.tags)
        ]
    return found


def outside(doc: Document, *places: Region) -> list[int]:
    """Numbers of the page's elements without most of those of some regions: the parts that were met before are left out whole."""
    numbers: list[int] = []
    position = 0
    for start, block, place in settled_blocks(doc):
        if place in places:
            numbers += range(position, start)
            position = start + len(block.tags)
    numbers += range(position, len(doc.outline.tags))
    return numbers


def content_root(doc: Document) -> HtmlElement:
    """The content column: what is left of the page without banner, menus, foot and side menus.

    Goes down from ``<body>`` as long as one child alone holds everything that is not one of those: never past the title or the
    head block of an article. An empty page gives its ``<body>`` or ``<html>``.
    """
    return doc.outline.elements[root_number(doc)]


def root_number(doc: Document) -> int:
    """Number of the content column, worked out once per document."""
    found: int | None = doc.notes.get("root_number")
    if found is None:
        found = doc.notes["root_number"] = _content_number(doc.outline, regions(doc))
    return found


def _named(out: Outline) -> list[Region]:
    words = region_words()
    plain_total = max(len(out.text) - out.link_chars[-1], 1)
    result: list[Region] = ["main"] * len(out.tags)
    number = 0
    while number < len(result):
        tag, name, last = out.tags[number], out.names[number], out.last[number]
        named = None
        if tag == "article" or (name and words.content(name)):
            number = last + 1  # nothing in it is a part of the page
            continue
        if tag in _TAGS or name:
            named = _name_of(tag, name, words)
        if named and _fits(out, number, named, plain_total):
            result[number : last + 1] = [named] * (last + 1 - number)
            number = last + 1
        else:
            number += 1
    return result


def _name_of(tag: str, name: str, words: RegionWords) -> Region | None:
    """The part that tag and name promise."""
    if tag in _TAGS:
        return _TAGS[tag]
    if not name or tag in _NEVER_A_PART:
        return None
    if words.foot(name) and not words.not_foot(name):
        return "foot"
    if words.nav(name):
        return "nav"
    return "head" if words.head(name) and not words.not_head(name) else None


def _fits(out: Outline, number: int, region: Region, plain_total: int) -> bool:
    """Whether what stands in the element may be the part of the page that its name promises."""
    size = out.end[number] - out.start[number]
    if not size:
        return True
    share = out.link_share(number)
    plain = size * (1 - share)
    if region == "foot":
        return _fits_foot(out, number, share) and plain <= max(MAX_FOOT_CHARS, plain_total * 0.2)
    if plain > plain_total * _MAX_PART_SHARE and plain > 200:
        return False
    if region == "nav":
        return out.dates_below(number) == 0 and (share >= 0.3 or plain < 60)
    return _fits_banner(out, number)


def _fits_foot(out: Outline, number: int, share: float) -> bool:
    """Few dates; under a name like ``bottom`` also links or a foot's words."""
    words = region_words()
    told = share >= _MENU_LINK_SHARE or not words.weak_foot(out.names[number])
    return (told or words.foot_text.search(out.span(number)) is not None) and out.dates_below(number) <= 3


def _fits_banner(out: Outline, number: int) -> bool:
    """No heading, nothing of an article's head, and no date but today's, which stands beside links or a day of the week."""
    dates, (first, last) = out.dates_below(number), out.links_below(number)
    if dates > 1 or (dates and first == last and "星期" not in out.span(number)):
        return False
    return not has_heading(out, number) and not region_words().head_block.search(out.span(number))


def _content_number(out: Outline, found: list[Region]) -> int:
    chars = _main_chars(out, found)
    number = next(iter(out.by_tag.get("body", ())), 0)
    while True:
        kept = [child for child in out.children(number) if found[child] == "main" and _counts(out, child, chars)]
        if len(kept) > 1:
            kept = [child for child in kept if not _is_menu(out, child)] or kept
        if len(kept) > 1:
            kept = _without_asides(out, kept, chars)
        if len(kept) != 1 or out.tags[kept[0]] not in _CONTAINERS:
            return number
        number = kept[0]


def _main_chars(out: Outline, found: list[Region]) -> list[int]:
    """Characters below each element of the main part that stand outside banner, menus and foot."""
    chars = [end - start for start, end in zip(out.start, out.end, strict=True)]
    number = 0
    while number < len(chars):
        if found[number] == "main":
            number += 1
            continue
        above, size = out.parent[number], out.end[number] - out.start[number]
        while above >= 0 and size:
            chars[above] -= size
            above = out.parent[above]
        number = out.last[number] + 1
    return chars


def _counts(out: Outline, number: int, chars: list[int]) -> bool:
    """Whether an element holds content: text, pictures, an embedded document or an (empty) list."""
    if chars[number] > 2:
        return True
    return not _FILLING.isdisjoint(out.tags[number : out.last[number] + 1])


def _is_menu(out: Outline, number: int) -> bool:
    """A box of short links without dates: a side menu, whatever its name."""
    first, last = out.links_below(number)
    count = last - first
    if count < 3 or out.dates_below(number) or out.link_share(number) < _MENU_LINK_SHARE:
        return False
    return (out.link_chars[last] - out.link_chars[first]) / count <= _MENU_LABEL_CHARS


def _without_asides(out: Outline, kept: list[int], chars: list[int]) -> list[int]:
    """``kept`` without floating boxes and without what repeats the page for phones, as long as most of the text stays."""
    words = region_words()
    for unwanted in (words.aside, words.mobile):
        rest = [child for child in kept if not unwanted(out.names[child]) and not hidden_by_style(out.elements[child])]
        if sum(chars[child] for child in rest) >= _MIN_REST_SHARE * sum(chars[child] for child in kept):
            kept = rest or kept
    return kept


def hidden_by_style(element: HtmlElement) -> bool:
    """Whether the element's own ``style`` hides it."""
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()
