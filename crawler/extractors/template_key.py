"""A key for the CMS template a page was made with: pages built alike share it, so that one fault is told once."""

import hashlib
import re
from functools import lru_cache

from crawler.extractors.document import Document
from crawler.extractors.outline import Outline
from crawler.extractors.regions import Region, regions, settled_blocks

_MAX_DEPTH = 4
_SHELL = frozenset(
    ["div", "table", "td", "form", "center", "section", "header", "footer", "nav", "main", "article", "ul", "frameset"]
)
_VARIABLE = re.compile(r"\d+|\b(?:on|active|current|hover|selected|cur|first|last|open|show|hide)\b")
_FILE = re.compile(r"[^/?#]+(?=[?#]|$)")


def template_key(doc: Document, kind: str) -> str:
    """Short hash of the page's shell: style sheets, and names of the blocks around the content; ``kind`` tells pages apart
    that share a shell but come from different templates (list and article).

    Numbers in names, the state of menus, and everything deep inside do not count.
    """
    out, places = doc.outline, regions(doc)
    names: set[str] = set()
    position = 0
    for start, block, place in settled_blocks(doc):
        names |= _names(out, places, position, start)
        position = start + len(block.tags)
        names |= block.answer(("template", _level(out, start), place), _names, out, places, start, position)
    names |= _names(out, places, position, len(out.tags))
    styles = {
        match[0].lower()
        for element in doc.tagged("link")
        if "stylesheet" in (element.get("rel") or "").lower() and (match := _FILE.search(element.get("href") or ""))
    }
    skeleton = "\n".join([kind, *sorted(styles), *sorted(names)])
    return hashlib.sha256(skeleton.encode()).hexdigest()[:12]


def _names(out: Outline, places: list[Region], first: int, behind: int) -> set[str]:
    """What the elements from ``first`` on add to the key, those before ``behind``."""
    names: set[str] = set()
    for number in range(first, behind):
        name, tag = out.names[number], out.tags[number]
        if name and tag in _SHELL and (level := _level(out, number)) <= _MAX_DEPTH:
            if level > 2 and places[number] == "main":
                continue  # boxes that come and go with the content
            names.add(f"{level}:{tag}:{_fixed(name)}")
    return names


def _level(out: Outline, number: int) -> int:
    """How many elements stand between the element and ``<body>``, itself counted; not counted further than it matters."""
    level = 0
    while level <= _MAX_DEPTH and out.tags[number] != "body" and (number := out.parent[number]) >= 0:
        level += 1
    return level


@lru_cache(maxsize=4_096)
def _fixed(name: str) -> str:
    """A name without numbers and states."""
    return " ".join(_VARIABLE.sub("", name).split())
