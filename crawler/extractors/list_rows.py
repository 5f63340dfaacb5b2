"""Rows by repeated structure: which element holds one entry, and which rows belong to one list."""

import re
from dataclasses import dataclass, field
from functools import cache

from crawler.extractors.document import Document
from crawler.extractors.outline import Outline
from crawler.extractors.regions import Region, regions
from crawler.extractors.source_words import mentions
from crawler.vocabulary import load

MAX_ROW_LINKS = 12
"""An item with more links is a box with a list in it, not a row."""
_MAX_ROWS = 10_000
"""Candidates of one page; a page with more is a trap."""
_ROW_TAGS = frozenset({"li", "tr"})
_LIST_TAGS = frozenset({"ul", "ol", "dl", "table", "tbody", "thead", "body", "html", "form", "map", "nav", "select", "template"})
_TEMPLATES = ("ms-repeat", "ms-for", "ms-each", "v-for", "ng-repeat", "data-each", "x-for")
"""Attributes by which a script is told to repeat an element."""
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\[%|\{\$|\{#")


@dataclass(slots=True)
class Row:
    """One candidate entry, as indexes into the outline."""

    top: int
    anchors: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    """Items inside this one (相关解读): their text is not the row's."""


@dataclass(slots=True)
class RowGroup:
    container: int
    rows: list[Row] = field(default_factory=list)


@cache
def _no_entries() -> tuple[frozenset[str], re.Pattern[str]]:
    words = load("phrases")
    prefixes = "|".join(re.escape(word) for word in words["no_entry_prefixes"])
    return frozenset(words["no_entries"]), re.compile(rf"(?:{prefixes})\s*[:：】\]）)\d一二三四五]")


def row_groups(doc: Document) -> list[RowGroup]:
    """Candidate lists of the page outside banner, menus and foot, in document order."""
    out = doc.outline
    places = regions(doc)
    finder = _Finder(doc, out, places)
    rows: dict[int, Row] = {}
    for number in out.links:
        if places[number] != "main" or not _usable(out, number) or finder.in_template(number):
            continue
        top = finder.top(number)
        rows.setdefault(top, Row(top)).anchors.append(number)
        if len(rows) >= _MAX_ROWS:
            break
    _drop_nested(out, rows)
    groups: dict[int, RowGroup] = {}
    for top in sorted(rows):
        container = finder.container(top)
        groups.setdefault(container, RowGroup(container)).rows.append(rows[top])
    return [groups[container] for container in sorted(groups)]


def _usable(out: Outline, number: int) -> bool:
    """Whether the anchor opens something and has a text; words of pagers and tools are no titles."""
    element = out.elements[number]
    if not (element.get("href") or element.get("onclick")):
        return False
    size = out.end[number] - out.start[number]
    if size < 2:
        return bool(element.get("title")) or any(child.tag == "img" and child.get("alt") for child in element.iter("img"))
    text = out.text[out.start[number] : out.start[number] + min(size, 60)].strip(" \n\t·•>»[]【】「」…")
    if len(text) <= 3 and (not text or text.isdigit() or not any("\u4e00" <= char <= "\u9fff" for char in text)):
        return False
    words, prefixes = _no_entries()
    return text not in words and not prefixes.match(text) and not _PLACEHOLDER.search(text)


class _Finder:
    def __init__(self, doc: Document, out: Outline, places: list[Region]) -> None:
        self.doc, self.out, self.places = doc, out, places
        self._flat: dict[int, bool] = {}
        # Only pages that hold such attributes at all need the walk up.
        self._has_templates = mentions(doc, _TEMPLATES)
        self._template: dict[int, bool] = {}

    def in_template(self, number: int) -> bool:
        """Whether the element stands in a template that a script would repeat."""
        if not self._has_templates:
            return False
        path: list[int] = []
        answer = False
        while number >= 0:
            known = self._template.get(number)
            if known is not None:
                answer = known
                break
            path.append(number)
            if any(str(name).startswith(_TEMPLATES) for name in self.out.elements[number].attrib):
                answer = True
                break
            number = self.out.parent[number]
        for step in path:
            self._template[step] = answer
        return answer

    def top(self, number: int) -> int:
        """The element that holds the whole entry of this link."""
        out = self.out
        above = out.parent[number]
        for _ in range(10):
            if above <= 0:
                break
            tag = out.tags[above]
            if tag in _ROW_TAGS:
                first, last = out.links_below(above)
                if last - first <= MAX_ROW_LINKS and not (tag == "tr" and self._is_flat_cell(number, above)):
                    return above
                break
            if tag in {"dd", "dt"}:
                return above if self._is_flat(out.parent[above]) else out.parent[above]
            if tag in _LIST_TAGS:
                break
            above = out.parent[above]
        return self._climb(number)

    def _is_flat_cell(self, number: int, row: int) -> bool:
        """Whether the cell holds a list of its own, written flat: ``<a>…</a> 2026-08-28<br>`` again and again."""
        out = self.out
        cell = number
        while out.parent[cell] != row and out.parent[cell] > row:
            cell = out.parent[cell]
        first, last = out.links_below(cell)
        return last - first >= 3 and out.dates_below(cell) >= 3

    def _climb(self, number: int) -> int:
        """The largest element around a link outside ``<li>`` and ``<tr>`` that still holds one entry."""
        out = self.out
        current = number
        for _ in range(10):
            above = out.parent[current]
            if above <= 0 or out.tags[above] in _LIST_TAGS or self.places[above] != "main":
                break
            first, last = out.links_below(above)
            inside = out.links_below(current)
            dates = out.dates_below(above)
            if last - first == inside[1] - inside[0]:
                if dates > 2 or out.end[above] - out.start[above] > 1_500:
                    break
            elif not (last - first <= 4 and dates == 1 and out.dates_below(current) == 0 and self._has_twin(above)):
                break
            current = above
        return current

    def _has_twin(self, number: int) -> bool:
        """Whether a neighbour is built alike: same tag, same class, a link inside."""
        out = self.out
        element = out.elements[number]
        for twin in (element.getnext(), element.getprevious()):
            if twin is not None and twin.tag == element.tag and twin.get("class") == element.get("class"):
                other = out.index_of(twin)
                if other is not None and out.links_below(other)[0] != out.links_below(other)[1]:
                    return True
        return False

    def _is_flat(self, number: int) -> bool:
        """Whether a ``<dl>`` holds several entries: more than one ``<dd>``/``<dt>`` with links."""
        known = self._flat.get(number)
        if known is None:
            out = self.out
            holders: set[int] = set()
            first, last = out.links_below(number)
            for link in out.links[first:last]:
                above = link
                while out.parent[above] not in {number, -1} and len(holders) < 2:
                    above = out.parent[above]
                holders.add(above)
                if len(holders) > 1:
                    break
            known = self._flat[number] = len(holders) > 1
        return known

    def container(self, top: int) -> int:
        """What the rows of one list have in common: parent of the row; for table rows the whole table."""
        out = self.out
        above = out.parent[top]
        if out.tags[top] == "tr":
            while above > 0 and out.tags[above] in {"tbody", "thead", "tfoot"}:
                above = out.parent[above]
        return max(above, 0)


def _drop_nested(out: Outline, rows: dict[int, Row]) -> None:
    """Items inside a row that has a title and a date of its own (相关解读 below an entry) are no entries."""
    tops = sorted(rows)
    outer: list[int] = []
    for top in tops:
        while outer and out.last[outer[-1]] < top:
            outer.pop()
        if outer and _is_entry_itself(out, rows[outer[-1]], top):
            rows[outer[-1]].nested.append(top)
            del rows[top]
            continue
        outer.append(top)


def _is_entry_itself(out: Outline, row: Row, inner: int) -> bool:
    """Whether ``row`` has a date of its own beside the item ``inner``, or at least a long title before it."""
    holder = inner
    while out.parent[holder] != row.top and out.parent[holder] > row.top:
        holder = out.parent[holder]
    own_dates = out.dates_below(row.top) - out.dates_below(holder)
    if own_dates > 0:
        return True
    first = row.anchors[0]
    return first < inner and out.end[first] - out.start[first] >= 12 and not out.dates_below(holder)
