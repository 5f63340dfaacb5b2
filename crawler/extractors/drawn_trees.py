"""Trees that a script draws (dTree, MzTreeView, zTree): their nodes are put into the page as the lists that a browser shows.

Every extractor then knows one kind of list. A tree whose nodes a server sends later stays a script.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extractors.clicks import address_target
from crawler.extractors.scripts import MAX_SCRIPT_CHARS, fields

_MAX_NODES = 3_000
_MIN_NODES = 3
_ID = r"['\"]?(?P<{}>-?\w{{1,40}})['\"]?"
_CALL = re.compile(
    rf"\.add\(\s*{_ID.format('id')}\s*,\s*{_ID.format('above')}\s*,\s*"
    r"(?P<q>['\"])(?P<name>(?:(?!(?P=q))[^\\\n]){1,200})(?P=q)\s*"
    r"(?:,\s*(?P<p>['\"])(?P<url>(?:(?!(?P=p))[^\\\n]){0,500})(?P=p))?"
)
_ASSIGNED = re.compile(
    r"nodes\[\s*(?P<q>['\"])(?P<above>\w{1,40})_(?P<id>\w{1,40})(?P=q)\s*\]\s*=\s*"
    r"(?P<p>['\"])(?P<said>(?:(?!(?P=p))[^\n]){1,800})(?P=p)"
)
_SAID = re.compile(r"(?:^|;)\s*(?P<key>text|url)\s*:\s*(?P<value>[^;]*)", re.IGNORECASE)
_OBJECT = re.compile(r"\{[^{}]{1,800}\}")
_INTO = re.compile(r"zTree\.init\(\s*(?:\$|jQuery)\(\s*['\"]#(?P<id>[\w-]{1,60})['\"]")
_ADDRESS_KEYS = ("url", "href", "link")
_ABOVE_KEYS = ("pId", "pid", "parentId")


@dataclass(frozen=True, slots=True)
class _Node:
    id: str
    above: str
    name: str
    url: str


def draw_trees(tree: HtmlElement, source: str) -> frozenset[HtmlElement]:
    """Change ``tree`` so that it holds the trees of its scripts; returns their links, which no search engine follows."""
    readers = [read for sign, read in _KINDS.items() if sign in source]
    if not readers:
        return frozenset()
    made: list[HtmlElement] = []
    for script in list(tree.iter("script")):
        text = (script.text or "")[:MAX_SCRIPT_CHARS]
        for read in readers:
            nodes = list(islice(read(text), _MAX_NODES)) if text else []
            place = _place_of(tree, script, text) if len(nodes) >= _MIN_NODES else None
            if place is not None:
                made += _draw(place, nodes)
                break
    return frozenset(made)


def _called(text: str) -> Iterator[_Node]:
    for match in _CALL.finditer(text):
        yield _Node(match["id"], match["above"], match["name"], match["url"] or "")


def _assigned(text: str) -> Iterator[_Node]:
    for match in _ASSIGNED.finditer(text):
        said = {part["key"].lower(): part["value"].strip() for part in _SAID.finditer(match["said"])}
        if said.get("text"):
            yield _Node(match["id"], match["above"], said["text"], said.get("url", ""))


def _listed(text: str) -> Iterator[_Node]:
    for match in _OBJECT.finditer(text):
        values = fields(match[0])
        name = values.get("name")
        above = next((values[key] for key in _ABOVE_KEYS if key in values), None)
        if isinstance(name, str) and name and above is not None:
            url = next((value for key in _ADDRESS_KEYS if isinstance(value := values.get(key), str)), "")
            yield _Node(str(values.get("id", "")), str(above), name, url)


_KINDS: dict[str, Callable[[str], Iterator[_Node]]] = {"dTree": _called, "MzTreeView": _assigned, "zTree": _listed}
"""By the word that stands in the source of such pages."""


def _place_of(tree: HtmlElement, script: HtmlElement, text: str) -> HtmlElement | None:
    """A new list where the script draws its tree: in the element that it names, else behind it; None: in no visible place."""
    named = _INTO.search(text)
    home = next(iter(tree.xpath("//*[@id=$id]", id=named["id"])), None) if named is not None else None
    drawn: HtmlElement = script.makeelement("ul")
    if home is not None:
        home.append(drawn)
        return drawn
    if any(above.tag in {"head", "noscript", "template"} for above in script.iterancestors()):
        return None
    drawn.tail, script.tail = script.tail, None
    script.addnext(drawn)
    return drawn


def _draw(top: HtmlElement, nodes: list[_Node]) -> Iterator[HtmlElement]:
    """Fill the list ``top``; yields the links. A node whose parent was not met yet stands at the top."""
    items: dict[str, HtmlElement] = {}
    for node in nodes:
        above = items.get(node.above)
        inside = top if above is None else next(above.iterchildren("ul"), None)
        if inside is None:
            assert above is not None
            inside = above.makeelement("ul")
            above.append(inside)
        item = top.makeelement("li")
        inside.append(item)
        items.setdefault(node.id, item)
        address = _address(node.url)
        shown = item.makeelement("a", href=address) if address else item.makeelement("span")
        shown.text = node.name
        item.append(shown)
        if address:
            yield shown


def _address(url: str) -> str:
    plain = url.strip()
    if plain.lower().startswith("javascript:"):
        return address_target(plain) or ""
    return "" if plain.startswith("#") else plain
