"""The department list of a page: groups of 单位 names with the address each of them leads to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from crawler.addresses import host_of
from crawler.extractors.anchors import MAX_REMEMBERED, Anchor, anchors, whence
from crawler.extractors.column_names import kinds_of_name
from crawler.extractors.document import Document
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.extractors.unit_names import (
    bare_names,
    may_end_like_unit,
    plain_name,
    region_prefix,
    unit_kind,
    unit_sureness,
    without_tail,
)
from crawler.extractors.unit_rows import scripted_units, unit_rows
from crawler.facts import MANDATORY_ROLES, UnitLink
from crawler.vocabulary import load

__all__ = ["extract_unit_links", "region_prefix", "unit_kind"]

MIN_MEMBERS = 3
_MIN_OPTIONS = 2
"""Of a list to choose from beside a list of 单位 that is sure: a city's few 街道."""
_MIN_TELLING = 4
"""Names without 局 that only lists of 单位 have, before such a list is one."""
_MOSTLY_NEW = 0.2
"""Share of names of a list that a surer one may have named."""
MAX_UNITS = 2_000
"""No portal has more 单位; a longer list is a trap."""

_ITEM_TAGS = frozenset({"li", "td", "th", "dd", "dt", "span", "p", "i", "b", "em", "strong", "h3", "h4", "h5", "h6", "font"})
_CELLS = frozenset({"td", "th"})
_HEADING_MAX = 20
_LOOK_BACK = 160
_MANDATORY = frozenset(MANDATORY_ROLES)
_DISCLOSURE_HOST = re.compile(r"^\w*(?:xxgk|zwgk|gk)\w*\.")


_Member = tuple[str, str | None]
"""Name as written and address."""


@dataclass(frozen=True, slots=True)
class _Group:
    container: int
    members: tuple[_Member, ...]
    sureness: int
    """2: surely a list of 单位; 1: it may be one beside others; 0: none."""


def extract_unit_links(doc: Document) -> tuple[UnitLink, ...]:
    """Groups of at least three names of 单位 in document order, repetitions across groups kept.

    A list whose links lead mostly to other sites is none of this portal's; subdomains of its own domain are its own.
    """
    out = doc.outline
    found = regions(doc)
    groups = _link_groups(doc, out)
    groups += _option_groups(doc, out)
    lists = _unit_lists(out, sorted(groups, key=lambda item: item.container))
    lists += _further_lists(doc, {name for group in lists for name, _ in group.members})
    units: list[UnitLink] = []
    for group in lists:
        heading = _heading(out, group)
        if _is_foreign(doc, group, heading, in_foot=found[group.container] == "foot"):
            continue
        for name, url in group.members:
            units.append(UnitLink(name=name, url=url, group=heading))
            if len(units) >= MAX_UNITS:
                return tuple(units)
    return tuple(units)


def _further_lists(doc: Document, known: set[str]) -> list[_Group]:
    """Lists built otherwise whose 单位 are not ``known``: 乡镇 in rows beside 部门 as links.

    Scripts are read where all else is silent.
    """
    lists: list[_Group] = []
    for each in unit_rows(doc):
        names = {name for name, _ in each.members}
        if len(names - known) >= MIN_MEMBERS and len(names & known) < _MOSTLY_NEW * len(names):
            lists.append(_Group(each.container, _only_names(each.members), 2))
    if not lists and not known:
        lists = [_Group(each.container, _only_names(each.members), 2) for each in scripted_units(doc)]
    return lists


def _link_groups(doc: Document, out: Outline) -> list[_Group]:
    known = anchors(doc)
    links = [number for number, anchor in known.items() if _may_be_unit(anchor) or out.tags[number] == "area"]
    if len(links) < MIN_MEMBERS:
        return []
    result = []
    budget = 4 * len(out.elements)  # nested containers are read again by each of them; a page built to exploit that is cut short
    for container in _containers(out, links):
        budget -= out.last[container] - container
        if budget < 0:
            break
        group = _link_group(doc, out, container)
        if group.members:
            result.append(group)
    return result


def _containers(out: Outline, links: Sequence[int]) -> Iterable[int]:
    """Where the links' lists are; a box that holds one link only is a list when others of its make are."""
    found = {number: _container(out, number) for number in links}
    makes = {(out.tags[at], out.names[at]) for at in found.values() if out.names[at]}
    containers: dict[int, None] = {}
    for number, container in found.items():
        above = out.parent[number]
        while above > container and (out.tags[above], out.names[above]) not in makes:
            above = out.parent[above]
        containers[max(above, container)] = None
    return containers


def _link_group(doc: Document, out: Outline, container: int) -> _Group:
    def read() -> tuple[tuple[_Member, ...], int]:
        members = tuple(_members(out, container, anchors(doc)))
        return members, _sureness(members)

    home = out.block_around(container)
    if home is None:
        return _Group(container, *read())
    start, block = home
    return _Group(container, *block.answer(("units", whence(doc, start, block), container - start), read))


@lru_cache(maxsize=MAX_REMEMBERED)
def _may_be_unit(anchor: Anchor) -> bool:
    span = anchor.head if 2 <= len(anchor.head) <= _HEADING_MAX else anchor.span
    if len(span) > 60:
        return False
    if len(span) < 2 or span.rstrip().endswith(("…", "..")):
        return bool(anchor.title or anchor.images)
    plain = plain_name(span)
    return may_end_like_unit(span.strip(" \n\t>»)）]】")) or plain in bare_names()[0] or without_tail(plain) != plain


def _container(out: Outline, number: int) -> int:
    """The element whose children (or cells) are the items of the list that the link stands in."""
    above = out.parent[number]
    for _ in range(8):
        if above <= 0:
            return max(above, 0)
        tag = out.tags[above]
        if tag in _CELLS:
            while above > 0 and out.tags[above] not in {"table", "tbody"}:
                above = out.parent[above]
            return above
        if tag in {"ul", "ol", "dl", "map", "table", "tbody", "body"} and not _is_one_item(out, above):
            return above
        first, last = out.links_below(above)
        if tag not in {"li", "dd", "dt"} and last - first > 1:
            return above
        above = out.parent[above]
    return max(above, 0)


def _is_one_item(out: Outline, number: int) -> bool:
    """Whether a list holds one item beside others like it: such lists are the items, what holds them is the list."""
    if out.tags[number] not in {"ul", "ol", "dl"} or len(_first_children(out, number)) != 1:
        return False
    like = (out.tags[number], out.names[number])
    beside = _first_children(out, out.parent[number])
    return sum((out.tags[child], out.names[child]) == like for child in beside) >= MIN_MEMBERS


def _first_children(out: Outline, number: int) -> list[int]:
    """A few of them: the question comes back for every link of a long list."""
    return list(islice(out.each_child(number), 2 * MIN_MEMBERS))


def _members(out: Outline, top: int, known: Mapping[int, Anchor]) -> Iterator[_Member]:
    """The names of a container, linked or not; none when it is too big to be one list."""
    first, last = out.links_below(top)
    if last - first > MAX_UNITS or (out.end[top] - out.start[top]) > 60 * (last - first + 10):
        return
    number = top + 1
    while number <= out.last[top]:
        tag = out.tags[number]
        if tag in {"a", "area"}:
            anchor = known[number]
            name = _name_of(anchor)
            if name:
                yield name, anchor.url
            number = out.last[number] + 1
            continue
        if tag in {"ul", "ol", "dl", "table"} and _is_own_list(out, number):
            number = out.last[number] + 1
            continue
        if tag in _ITEM_TAGS:
            links = out.links_below(number)
            if links[0] == links[1]:
                name = plain_name(out.span(number)) if out.end[number] - out.start[number] <= 40 else ""
                if name and unit_sureness(name) == 2 and not _heads_members(out, number, out.last[top]):
                    yield name, None
                number = out.last[number] + 1
                continue
        number += 1


def _heads_members(out: Outline, number: int, end: int) -> bool:
    """A ``dt`` without a link before linked ``dd`` is the heading of a group, whatever it ends with: 乡镇街道."""
    if out.tags[number] != "dt":
        return False
    following = out.last[number] + 1
    return following <= end and out.tags[following] == "dd" and len(range(*out.links_below(following))) > 0


def _is_own_list(out: Outline, number: int) -> bool:
    """A nested list of several links is a group of its own."""
    first, last = out.links_below(number)
    return last - first >= 2


@lru_cache(maxsize=MAX_REMEMBERED)
def _name_of(anchor: Anchor) -> str:
    head = plain_name(anchor.head) if 2 <= len(anchor.head) <= 30 else ""
    if head and (unit_sureness(head) == 2 or unit_sureness(head) > unit_sureness(plain_name(anchor.span))):
        return head  # a card: the name, and a line about it
    text = plain_name(anchor.span) if len(anchor.span) <= 80 else ""
    if not text:
        alt, title = anchor.images[0] if anchor.images else ("", "")
        text = plain_name(anchor.title or anchor.alt or alt or title)
    elif text.endswith(("…", "..")):
        text = plain_name(anchor.title or text)
    return without_tail(text) if len(text) <= 30 else ""


def _option_groups(doc: Document, out: Outline) -> Iterator[_Group]:
    """Options that lead somewhere; among at least as many of them also names of 单位 whose option leads nowhere.

    The first option and a selected one say what the list is about; a code in place of the address is one for a script.
    """
    for number in out.by_tag.get("select", ()):
        members: list[tuple[str, str | None]] = []
        idle = 0
        for position, option in enumerate(out.elements[number].iter("option")):
            value = (option.get("value") or "").strip()
            name = without_tail(plain_name(option.text_content() or option.get("label") or ""))
            if name and ("/" in value or "." in value or value.startswith("?")):
                members.append((name, doc.resolve(value)))
            elif position and value in {"", "#"} and option.get("selected") is None and unit_sureness(name) == 2:
                members.append((name, None))
                idle += 1
        if len(members) - idle >= max(_MIN_OPTIONS, idle):
            yield _Group(number, tuple(members), _sureness(members))


def _unit_lists(out: Outline, groups: list[_Group]) -> list[_Group]:
    """Groups that are lists of 单位, and the short or less telling ones built like them beside them (街道: two names)."""
    groups = _in_letters(out, groups)
    taken = [group for group in groups if group.sureness == 2]
    if not taken:
        return []
    shapes = {_shape(out, group) for group in taken}
    return [
        replace(group, members=_only_names(group.members))
        for group in groups
        if group.sureness == 2 or (group.sureness == 1 and (_shape(out, group) in shapes or _is_short_list(out, group)))
    ]


def _is_short_list(out: Outline, group: _Group) -> bool:
    """Whether a list to choose from is too short to be sure of by itself and holds nothing but sure names."""
    few = len(group.members) < MIN_MEMBERS
    return out.tags[group.container] == "select" and few and all(unit_sureness(name) == 2 for name, _ in group.members)


def _in_letters(out: Outline, groups: list[_Group]) -> list[_Group]:
    """Short groups of one make count as one list, each under its own heading: 单位 by their initials, one or two at a letter."""
    made: dict[tuple[str, str], list[_Member]] = {}
    for group in groups:
        if group.sureness:
            made.setdefault((out.tags[group.container], out.names[group.container]), []).extend(group.members)
    lists = {make for make, members in made.items() if _sureness(members) == 2}
    return [
        replace(group, sureness=2)
        if group.sureness and (out.tags[group.container], out.names[group.container]) in lists
        else group
        for group in groups
    ]


def _shape(out: Outline, group: _Group) -> tuple[str, str, str]:
    above = max(out.parent[group.container], 0)
    return out.tags[group.container], out.names[group.container], out.names[above]


def _sureness(members: Sequence[_Member]) -> int:
    if not any(url is not None for _, url in members):
        return 0
    total = len(members)
    sure = sum(1 for name, _ in members if unit_sureness(name) == 2)
    named = sum(1 for name, _ in members if unit_sureness(name))
    if total >= MIN_MEMBERS and (
        (sure >= MIN_MEMBERS and named >= total * 0.7) or (sure and named >= max(MIN_MEMBERS, total * 0.8))
    ):
        return 2
    bare, telling = bare_names()
    names = {name for name, _ in members}
    if (
        len(names & telling) >= _MIN_TELLING
        and len(names & bare) + sum(1 for name in names - bare if unit_sureness(name)) >= len(names) * 0.8
    ):
        return 2
    return 1 if named >= total * 0.8 else 0


@lru_cache(maxsize=256)
def _only_names(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Without what stands in the list and is no name: 更多, 返回首页, the portal's own 指南 and 年报 before the 单位."""
    never = set(load("units")["not_units"]) | set(load("columns")["never"]["exact"])
    return tuple(
        member for member in members if member[0] not in never and len(member[0]) >= 2 and not _is_mandatory_column(member[0])
    )


def _is_mandatory_column(name: str) -> bool:
    return unit_sureness(name) < 2 and not _MANDATORY.isdisjoint(kinds_of_name(name))


def _is_foreign(doc: Document, group: _Group, heading: str, *, in_foot: bool) -> bool:
    linked = [url for _, url in group.members if url is not None]
    own = sum(1 for url in linked if is_own_host(url, doc.url))
    share = own / len(linked)
    if any(word in heading for word in load("units")["foreign_headings"]):
        return share < 0.8
    return share < (0.8 if in_foot else 0.5)


def is_own_host(url: str, page_url: str) -> bool:
    """Whether ``url`` lives on the portal's host, below its domain, or on the portal that a disclosure subdomain belongs to."""
    host, home = host_of(url).split(":")[0], host_of(page_url).split(":")[0]
    if host == home or host.endswith("." + home):
        return True
    if home.endswith("." + host) and host.count(".") >= 2:
        return True
    parent = _DISCLOSURE_HOST.sub("", home)
    return parent != home and parent.count(".") >= 2 and (host == parent or host.endswith("." + parent))


def _heading(out: Outline, group: _Group) -> str:
    """The short line right before the list, unless it is a name of the list before it."""
    top = group.container
    element = out.elements[top]
    if element.tag == "select":
        first = next(element.iter("option"), None)
        label = plain_name((first.text or "") if first is not None and not urlsplit(first.get("value") or "").netloc else "")
        return label or plain_name(element.get("title") or "")
    if element.tag == "dl":
        inner = next((out.span(n) for n in range(top + 1, out.last[top] + 1) if out.tags[n] == "dt"), "")
        if inner.strip() and unit_sureness(plain_name(inner)) < 2:
            return " ".join(inner.split())[:_HEADING_MAX]
    before = out.text[max(0, out.start[top] - _LOOK_BACK) : out.start[top]]
    for line in reversed(before.split("\n")):
        words = line.strip()
        if not words:
            continue
        return words if len(words) <= _HEADING_MAX and unit_sureness(plain_name(words)) < 2 else ""
    return ""
