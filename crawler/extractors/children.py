"""Whether a page only leads to the columns or 单位 below it."""

import re

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


def leads_to_children(doc: Document) -> bool:
    """Whether the content area leads to columns or 单位 below this one: a parent, not an empty column.

    Children lie below the page's own folder. Where addresses tell nothing, links in blocks that hold neither a link to the page
    itself nor two of the four columns count: those two mark the menu that stands on every page of the section.
    """
    out = doc.outline
    root = content_number(doc)
    places = regions(doc)
    own, folder = page_key(doc.url), _folder(doc.url)
    first, last = out.links_below(root)
    below: set[str] = set()
    unknown: set[str] = set()
    beside: dict[int, set[str]] = {}
    for number in out.links[first : min(last, first + _MAX_LINKS)]:
        url = doc.resolve(out.elements[number].get("href") or "")
        name = plain_name(out.span(number)) if out.end[number] - out.start[number] <= 40 else ""
        if url is None or places[number] in {"head", "foot"}:
            continue
        key = page_key(url)
        kinds = kinds_of_name(name) if name else ()
        if key != own and key.startswith(folder) and _PLAIN_NAME.fullmatch(name):
            (below if kinds or unit_sureness(name) else unknown).add(key)
        marks = beside.setdefault(_block(out, number, root), set())
        if key == own or set(kinds) & set(MANDATORY_ROLES):
            marks.add(f"menu {'own' if key == own else kinds[0]}")
        elif places[number] == "main" and (kinds or unit_sureness(name) == 2):
            marks.add(key)
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
