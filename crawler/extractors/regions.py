"""The parts of a page: banner, menus, content column and foot, told by names and, where names say nothing, by structure."""

import re
from functools import cache
from itertools import islice, pairwise
from typing import Literal

from lxml.html import HtmlElement

from crawler.extractors.document import Document, document_of
from crawler.extractors.outline import Outline
from crawler.vocabulary import load

Region = Literal["head", "nav", "main", "foot"]

_TAGS: dict[str, Region] = {"nav": "nav", "footer": "foot", "header": "head", "head": "head"}
_NEVER_A_PART = frozenset(
    [
        "html",
        "body",
        "head",
        "title",
        "script",
        "style",
        "link",
        "meta",
        "input",
        "img",
        "h1",
        "h2",
        "h3",
        "span",
        "p",
        "b",
        "td",
        "tr",
    ]
)
_CONTAINERS = frozenset(["div", "section", "article", "main", "center", "form", "td", "table", "tbody", "tr"])
_MAX_PART_SHARE = 0.5
"""A banner, menu or foot never holds more than this share of a page's running text, whatever its name."""
_MAX_FOOT_CHARS = 1_500
_MAX_PART_ELEMENTS = 2_000
"""So many elements of a banner or foot are looked at; no real one has half of them."""
_MAX_MATCHES = 200
_MAX_BREADCRUMB_CHARS = 160
_MIN_REST_SHARE = 0.4
"""Without floating boxes and a copy for phones at least this share of the text must stay, else they are the page."""
_MENU_LINK_SHARE = 0.6
_MENU_LABEL_CHARS = 14
"""Labels of a menu are shorter on average; titles of entries are longer."""


class _Words:
    """Compiled patterns of ``regions.yaml``."""

    def __init__(self) -> None:
        words = load("regions")
        self.head, self.nav, self.foot = (re.compile(words[name]) for name in ("head", "nav", "foot"))
        self.not_foot, self.weak_foot = re.compile(words["not_foot"]), re.compile(words["weak_foot"])
        self.not_head, self.content = re.compile(words["not_head"]), re.compile(words["content"])
        self.head_block = re.compile(words["head_block"])
        self.breadcrumb = re.compile(words["breadcrumb"])
        self.aside, self.mobile = re.compile(words["aside"]), re.compile(words["mobile"])
        marks, weak = ("|".join(re.escape(word) for word in words[name]) for name in ("foot_marks", "foot_words"))
        self.foot_text = re.compile(f"(?P<mark>{marks})|(?:{weak})", re.IGNORECASE)


@cache
def _words() -> _Words:
    return _Words()


def region_of(element: HtmlElement) -> Region:
    """The part of its page that ``element`` stands in; ``main`` for an element that belongs to no :class:`Document`."""
    doc = document_of(element)
    if doc is None:
        return "main"
    number = doc.outline.index.get(element)
    return regions(doc)[number] if number is not None else "main"


def regions(doc: Document) -> list[Region]:
    """Region of every element of the outline, worked out once per document."""
    found = doc.notes.get("regions")
    if found is None:
        found = doc.notes["regions"] = _named(doc.outline)
        _mark_breadcrumb(doc.outline, found)
        _mark_structural_foot(doc.outline, found)
    return found


def content_root(doc: Document) -> HtmlElement:
    """The content column: what is left of the page without banner, menus, foot and side menus.

    Goes down from ``<body>`` as long as one child alone holds everything that is not one of those: never past the title or the
    head block of an article. An empty page gives its ``<body>`` or ``<html>``.
    """
    found = doc.notes.get("content_root")
    if found is None:
        out = doc.outline
        found = doc.notes["content_root"] = out.elements[_content_number(out, regions(doc))]
    return found


def _named(out: Outline) -> list[Region]:
    words = _words()
    plain_total = max(len(out.text) - out.link_chars[-1], 1)
    result: list[Region] = []
    locked: list[bool] = []
    for number, (name, above) in enumerate(zip(out.names, out.parent, strict=True)):
        region: Region = result[above] if above >= 0 else "main"
        lock = locked[above] if above >= 0 else False
        if region == "main" and not lock:
            tag = out.elements[number].tag
            lock = tag == "article" or bool(name and words.content.search(name))
            named = None if lock else _name_of(tag, name, words)
            if named and _fits(out, number, named, plain_total):
                region = named
        result.append(region)
        locked.append(lock)
    return result


def _name_of(tag: str, name: str, words: _Words) -> Region | None:
    """The part that tag and name promise."""
    if tag in _TAGS:
        return _TAGS[tag]
    if not name or tag in _NEVER_A_PART:
        return None
    if words.foot.search(name) and not words.not_foot.search(name):
        return "foot"
    if words.nav.search(name):
        return "nav"
    return "head" if words.head.search(name) and not words.not_head.search(name) else None


def _fits(out: Outline, number: int, region: Region, plain_total: int) -> bool:
    """Whether what stands in the element may be the part of the page that its name promises."""
    size = out.end[number] - out.start[number]
    if not size:
        return True
    share = out.link_share(number)
    plain = size * (1 - share)
    if region == "foot":
        return _fits_foot(out, number, share) and plain <= max(_MAX_FOOT_CHARS, plain_total * 0.2)
    if plain > plain_total * _MAX_PART_SHARE and plain > 200:
        return False
    if region == "nav":
        return out.dates_below(number) == 0 and (share >= 0.3 or plain < 60)
    return _fits_banner(out, number)


def _fits_foot(out: Outline, number: int, share: float) -> bool:
    """Few dates; under a name like ``bottom`` also links or a foot's words."""
    words = _words()
    told = share >= _MENU_LINK_SHARE or not words.weak_foot.search(out.names[number])
    return (told or words.foot_text.search(out.span(number)) is not None) and out.dates_below(number) <= 3


def _fits_banner(out: Outline, number: int) -> bool:
    """No heading, nothing of an article's head, and no date but today's, which stands beside links or a day of the week."""
    dates, (first, last) = out.dates_below(number), out.links_below(number)
    if dates > 1 or (dates and first == last and "星期" not in out.span(number)):
        return False
    return not _has_heading(out, number) and not _words().head_block.search(out.span(number))


def _has_heading(out: Outline, number: int) -> bool:
    """Whether a heading with text of its own (not the logo) stands below: then it is no banner."""
    for below in range(number, min(out.last[number] + 1, number + _MAX_PART_ELEMENTS)):
        if out.elements[below].tag in {"h1", "h2"} and len(out.span(below).strip()) > 4 and out.link_share(below) < 0.5:
            return True
    return False


def _mark_breadcrumb(out: Outline, found: list[Region]) -> None:
    for match in islice(_words().breadcrumb.finditer(out.text), _MAX_MATCHES):
        number = out.at(match.start())
        if found[number] != "main":
            continue
        number = crumb_block(out, number)
        if (
            out.end[number] - out.start[number] <= _MAX_BREADCRUMB_CHARS
            and out.text.find("\n", out.start[number], match.start()) < 0
        ):
            _set(out, found, number, "nav")


def crumb_block(out: Outline, number: int) -> int:
    """The element that holds a whole breadcrumb of which ``number`` holds the words 当前位置."""
    while (above := out.parent[number]) > 0 and out.end[above] - out.start[above] <= _MAX_BREADCRUMB_CHARS:
        if out.dates_below(above) or _has_heading(out, above) or out.elements[above].tag == "body":
            break
        if _ends_crumbs(out, number, above):
            break
        number = above
    return number


def _ends_crumbs(out: Outline, number: int, above: int) -> bool:
    """Whether ``above`` holds more than the crumbs: without rows the title and 暂无内容 stand in a few characters too."""
    first, last = out.links_below(number)
    if first == last or out.elements[above].tag in {"tr", "td", "tbody", "table"}:
        return False
    return out.span(above).strip() != out.span(number).strip() or any(
        out.elements[below].tag in {"ul", "ol", "table"} for below in range(out.last[number] + 1, out.last[above] + 1)
    )


def _mark_structural_foot(out: Outline, found: list[Region]) -> None:
    """Feet without a telling name: blocks that hold an ICP number, a site code, or two words of a foot."""
    words = _words().foot_text
    weak: list[int] = []
    for match in islice(words.finditer(out.text), _MAX_MATCHES):
        number = out.at(match.start())
        if found[number] == "foot":
            continue
        if match["mark"]:
            _set(out, found, _climb(out, number, found), "foot")
        else:
            weak.append(number)
    for first, second in pairwise(weak):
        if found[first] != "foot" and found[second] != "foot" and first > len(found) // 2:
            block = _climb(out, first, found)
            if block <= second <= out.last[block] and len(out.text) - out.end[block] < _MAX_FOOT_CHARS:
                _set(out, found, block, "foot")


def _climb(out: Outline, number: int, found: list[Region]) -> int:
    """The largest block around ``number`` that still looks like a foot: little text, no dates, no heading."""
    while True:
        above = out.parent[number]
        if above <= 0 or out.elements[above].tag in {"html", "body"} or found[above] != "main":
            return number
        share = out.link_share(above)
        plain = (out.end[above] - out.start[above]) * (1 - share)
        if plain > 500 or out.dates_below(above) or _has_heading(out, above) or _has_content(out, above):
            return number
        number = above


def _has_content(out: Outline, number: int) -> bool:
    content = _words().content
    names = out.names[number : min(out.last[number] + 1, number + _MAX_PART_ELEMENTS)]
    return any(name and content.search(name) for name in names)


def _set(out: Outline, found: list[Region], number: int, region: Region) -> None:
    for below in range(number, out.last[number] + 1):
        found[below] = region


def _content_number(out: Outline, found: list[Region]) -> int:
    chars = _main_chars(out, found)
    number = next((n for n, element in enumerate(out.elements) if element.tag == "body"), 0)
    while True:
        kept = [child for child in out.children(number) if found[child] == "main" and _counts(out, child, chars)]
        if len(kept) > 1:
            kept = [child for child in kept if not _is_menu(out, child)] or kept
        if len(kept) > 1:
            kept = _without_asides(out, kept, chars)
        if len(kept) != 1 or out.elements[kept[0]].tag not in _CONTAINERS:
            return number
        number = kept[0]


def _main_chars(out: Outline, found: list[Region]) -> list[int]:
    """Characters below each element that stand outside banner, menus and foot."""
    chars = [end - start for start, end in zip(out.start, out.end, strict=True)]
    lost = [0] * len(chars)
    for number in range(len(chars) - 1, 0, -1):
        above = out.parent[number]
        if found[number] == "main":
            chars[number] -= lost[number]
            lost[above] += lost[number]
        else:
            lost[above] += out.end[number] - out.start[number] if found[above] == "main" else 0
            chars[number] = 0
    chars[0] -= lost[0]
    return chars


def _counts(out: Outline, number: int, chars: list[int]) -> bool:
    """Whether an element holds content: text, pictures, an embedded document or an (empty) list."""
    if chars[number] > 2:
        return True
    return any(
        out.elements[below].tag in {"img", "iframe", "embed", "object", "ul"} for below in range(number, out.last[number] + 1)
    )


def _is_menu(out: Outline, number: int) -> bool:
    """A box of short links without dates: a side menu, whatever its name."""
    first, last = out.links_below(number)
    count = last - first
    if count < 3 or out.dates_below(number) or out.link_share(number) < _MENU_LINK_SHARE:
        return False
    return (out.link_chars[last] - out.link_chars[first]) / count <= _MENU_LABEL_CHARS


def _without_asides(out: Outline, kept: list[int], chars: list[int]) -> list[int]:
    """``kept`` without floating boxes and without what repeats the page for phones, as long as most of the text stays."""
    words = _words()
    for unwanted in (words.aside, words.mobile):
        rest = [child for child in kept if not unwanted.search(out.names[child]) and not hidden_by_style(out.elements[child])]
        if sum(chars[child] for child in rest) >= _MIN_REST_SHARE * sum(chars[child] for child in kept):
            kept = rest or kept
    return kept


def hidden_by_style(element: HtmlElement) -> bool:
    """Whether the element's own ``style`` hides it."""
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()
