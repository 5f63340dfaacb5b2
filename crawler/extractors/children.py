"""Whether a page only leads to the columns or 单位 below it."""

import re
from dataclasses import dataclass

from crawler.addresses import page_key
from crawler.extractors.column_names import kinds_of_name
from crawler.extractors.document import Document
from crawler.extractors.list_signs import content_number
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.extractors.unit_names import plain_name, unit_sureness
from crawler.facts import MANDATORY_ROLES

_MIN_CHILDREN = 2
_MAX_LINKS = 300
_PLAIN_NAME = re.compile(r"(?![上下]一|第)[\u4e00-\u9fff、()（）/]{2,14}")
_LISTS = frozenset({"ul", "ol", "dl", "table", "tbody", "nav", "aside"})
_ITEMS = frozenset({"li", "dd", "tr"})
_HEADINGS = ("h1", "h2", "h3", "h4", "caption")
_MAX_HEADING = 30
_LEAVES = frozenset({*MANDATORY_ROLES} - {"statutory_content"})
_STATUTORY = "statutory:"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Child:
    """A link that may lead to a column below the page."""

    number: int
    key: str
    name: str
    kinds: tuple[str, ...]
    list_: int
    """The list that it stands in."""


def leads_to_children(doc: Document) -> bool:
    """Whether the content area leads to columns or 单位 below this one: a parent, not an empty column.

    Children lie below the page's own folder. Where addresses tell nothing, links in blocks that hold neither a link to the page
    itself nor two of the four columns count: those two mark the menu that stands on every page of the section. Neither do the
    site's own menu, the items beside this page in its own list, and the tree of 法定主动公开内容 beside another of the four.
    """
    out = doc.outline
    root = content_number(doc)
    places = regions(doc)
    own, folder = page_key(doc.url), _folder(doc.url)
    links = [link for link in _links(doc, root) if places[link.number] not in {"head", "foot"}]
    menus = _menus(doc, links)
    below: set[str] = set()
    unknown: set[str] = set()
    beside: dict[int, set[str]] = {}
    for link in links:
        sure = bool(link.kinds) or unit_sureness(link.name) > 0
        if link.list_ not in menus and link.key != own and link.key.startswith(folder) and _PLAIN_NAME.fullmatch(link.name):
            (below if sure else unknown).add(link.key)
        marks = beside.setdefault(_block(out, link.number, root), set())
        if link.key == own or set(link.kinds) & set(MANDATORY_ROLES):
            marks.add(f"menu {'own' if link.key == own else link.kinds[0]}")
        elif link.list_ not in menus and places[link.number] == "main" and (link.kinds or unit_sureness(link.name) == 2):
            marks.add(link.key)
    return (
        len(below) >= _MIN_CHILDREN
        or len(below | unknown) > _MIN_CHILDREN
        or any(_is_children(marks) for marks in beside.values())
    )


def _is_children(marks: set[str]) -> bool:
    menu = {mark for mark in marks if mark.startswith("menu ")}
    return "menu own" not in menu and len(menu) < 2 and len(marks - menu) >= _MIN_CHILDREN


def _folder(url: str) -> str:
    """Key under which the pages below this one lie: its folder, or its own path when it has no extension."""
    key = page_key(url).partition("?")[0]
    head, _, last = key.rpartition("/")
    return f"{head}/" if not last or "." in last else f"{key}/"


def _block(out: Outline, number: int, root: int) -> int:
    """The part of the content area that a link stands in: the child of the content root that holds it."""
    while out.parent[number] > root:
        number = out.parent[number]
    first, last = out.links_below(number)
    return number if last - first > 1 else root


def _links(doc: Document, root: int) -> list[_Child]:
    out = doc.outline
    first, last = out.links_below(root)
    found = []
    for number in out.links[first : min(last, first + _MAX_LINKS)]:
        url = doc.resolve(out.elements[number].get("href") or "")
        if url is None:
            continue
        name = plain_name(out.span(number)) if out.end[number] - out.start[number] <= 40 else ""
        kinds = kinds_of_name(name) if name else ()
        found.append(_Child(number=number, key=page_key(url), name=name, kinds=kinds, list_=_list(out, number)))
    return found


def _menus(doc: Document, links: list[_Child]) -> set[int]:
    """Lists that are no children of this page: menus of the site, items side by side with it, the tree of another column."""
    out = doc.outline
    own, home = page_key(doc.url), page_key(doc.root_url)
    lists: dict[int, list[_Child]] = {}
    for link in links:
        lists.setdefault(link.list_, []).append(link)
    leaf = _is_leaf(doc)
    menus = set()
    for number, members in lists.items():
        of_site = own != home and any(link.key == home for link in members)
        mine = next((link for link in members if link.key == own), None)
        tree = leaf and sum(_is_of_section(link) for link in members) >= _MIN_CHILDREN
        if of_site or tree or (mine is not None and _is_flat(out, number, members)):
            menus.add(number)
    return menus


def _is_of_section(link: _Child) -> bool:
    return any(kind in MANDATORY_ROLES or kind.startswith(_STATUTORY) for kind in link.kinds)


def _is_leaf(doc: Document) -> bool:
    """Whether the page calls itself 指南, 制度 or 年报: columns that hold no columns of 法定主动公开内容."""
    out, places = doc.outline, regions(doc)
    names = [element.get("content") or "" for element in doc.tree.iter("meta") if (element.get("name") or "") == "ColumnName"]
    names += [
        out.span(number)
        for number in out.tagged(_HEADINGS)
        if places[number] == "main" and out.end[number] - out.start[number] <= _MAX_HEADING
    ]
    kinds = {kind for name in names for kind in kinds_of_name(plain_name(name))}
    return bool(kinds & _LEAVES) and "statutory_content" not in kinds


def _is_flat(out: Outline, number: int, members: list[_Child]) -> bool:
    """Whether the items of a list stand side by side: one link each, all written alike; an item below one looks otherwise."""
    items = [_item(out, link.number, number) for link in members]
    shapes = {(out.tags[item], out.names[item].split()[0] if out.names[item] else "") for item in items}
    links = [out.links_below(item) for item in items]
    alone = all(last - first == 1 for first, last in links)
    return alone and len({tag for tag, _ in shapes}) == 1 and len({name for _, name in shapes if not _marks_current(name)}) <= 1


_CURRENT = re.compile(r"^(?:on|cur|curr|current|active|act|sel|selected|hover|now|this|focus|checked|open)(?:[_-]?\w*)$")


def _marks_current(name: str) -> bool:
    return not name or _CURRENT.match(name) is not None


def _item(out: Outline, link: int, list_: int) -> int:
    """The item of the list that a link stands in: the child of the list that holds it."""
    number = link
    while out.parent[number] > list_ and out.tags[number] not in _ITEMS:
        number = out.parent[number]
    return number


def _list(out: Outline, number: int) -> int:
    """The list that a link stands in: a list element, else the first one around it with several links."""
    above = out.parent[number]
    while above > 0:
        first, last = out.links_below(above)
        if out.tags[above] in _LISTS or (last - first > 1 and out.tags[above] not in _ITEMS):
            return above
        above = out.parent[above]
    return max(above, 0)
