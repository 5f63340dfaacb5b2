"""The visible text of a page as one string, and which element each part of it belongs to."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from lxml.html import HtmlElement

INVISIBLE = frozenset(
    ["script", "style", "noscript", "template", "textarea", "select", "option", "head", "title", "object", "iframe", "xml"]
)
_LINES = (
    "address article aside blockquote body br center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html li main nav ol p pre section table tbody tfoot thead tr ul"
)
_GAP_OF = dict.fromkeys(["td", "th"], "\t") | dict.fromkeys(_LINES.split(), "\n")
_MAX_NAME_CHARS = 200
"""Longer class lists are hostile; patterns run on names must stay cheap."""
_GAPS = frozenset({" ", "\n", "\t"})
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")
_BLANKS = re.compile(r"[\s\u3000\xa0\u2002-\u200a]+")
_DATE_LIKE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年－]\s?\d{1,2}\s?[-/.月－]\s?\d{1,2}"
    r"|(?<![\d\-/.])(?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?![\d\-/.])"
)


@dataclass(slots=True)
class Outline:
    """Elements in document order with the span of ``text`` each of them covers.

    Blocks end in a newline, table cells in a tabulator, so that labels can be matched within their line; runs of blanks are
    folded. The text of scripts, styles, ``<noscript>``, option lists and comments is not part of it.
    """

    text: str = ""
    elements: list[HtmlElement] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    """Index of the last element below (itself when there is none)."""
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    index: dict[HtmlElement, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    """``class id`` of each element in lower case."""
    links: list[int] = field(default_factory=list)
    """Indexes of ``<a>`` elements in document order."""
    link_chars: list[int] = field(default_factory=list)
    """Running sum: characters of link text before the n-th link."""
    dates: list[int] = field(default_factory=list)
    """Offsets of everything that looks like a date."""

    def span(self, number: int) -> str:
        """Text below element ``number``."""
        return self.text[self.start[number] : self.end[number]]

    def links_below(self, number: int) -> tuple[int, int]:
        """Range of positions in ``links`` of the links below element ``number``."""
        return bisect_left(self.links, number), bisect_right(self.links, self.last[number])

    def link_share(self, number: int) -> float:
        """Share of an element's characters that stand in links, 0.0 when it has no text."""
        size = self.end[number] - self.start[number]
        if not size:
            return 0.0
        first, last = self.links_below(number)
        return (self.link_chars[last] - self.link_chars[first]) / size

    def dates_below(self, number: int) -> int:
        """How many date-like texts stand below element ``number``."""
        return bisect_left(self.dates, self.end[number]) - bisect_left(self.dates, self.start[number])

    def at(self, offset: int) -> int:
        """Index of the innermost element whose text covers ``offset``."""
        number = bisect_right(self.start, offset) - 1
        while number > 0 and self.end[number] <= offset:
            number = self.parent[number]
        return max(number, 0)

    def date_within(self, start: int, end: int) -> int | None:
        """Offset of the first date-like text from ``start`` on, before ``end``."""
        position = bisect_left(self.dates, start)
        return self.dates[position] if position < len(self.dates) and self.dates[position] < end else None

    def children(self, number: int) -> list[int]:
        """Indexes of the child elements of ``number``."""
        result = []
        child = number + 1
        while child <= self.last[number]:
            result.append(child)
            child = self.last[child] + 1
        return result


class _Walk:
    """One pass over a tree in document order; ends of elements are inferred from the parents, without recursion."""

    def __init__(self) -> None:
        self.out = Outline()
        self.parts = ["\n"]
        self.size = 1
        self.open: list[int] = []
        self.hidden = -1
        """Index of the outermost invisible element that is open, -1 when there is none."""

    def say(self, text: str) -> None:
        parts = self.parts
        if text.isspace():
            if parts[-1] in _GAPS:
                return
            text = " "
        elif not text.isprintable():
            text = _BLANKS.sub(" ", _UNPRINTABLE.sub("", text))
            if parts[-1] in _GAPS:
                text = text.lstrip(" ")
            if not text:
                return
        parts.append(text)
        self.size += len(text)

    def gap(self, mark: str) -> None:
        parts = self.parts
        if parts[-1] == " " or (parts[-1] == "\t" and mark == "\n"):
            parts[-1] = mark
        elif parts[-1] not in _GAPS:
            parts.append(mark)
            self.size += 1

    def enter(self, node: HtmlElement, tag: str) -> None:
        out, number = self.out, len(self.out.elements)
        name, own_id = node.get("class"), node.get("id")
        out.elements.append(node)
        out.index[node] = number
        out.parent.append(self.open[-1] if self.open else -1)
        out.names.append(f"{name or ''} {own_id or ''}"[:_MAX_NAME_CHARS].lower() if name or own_id else "")
        out.last.append(number)
        if self.hidden < 0:
            if tag in INVISIBLE:
                self.hidden = number
            elif tag in _GAP_OF:
                self.gap(_GAP_OF[tag])
        out.start.append(self.size)
        out.end.append(self.size)
        self.open.append(number)
        if self.hidden < 0 and (text := node.text):
            self.say(text)

    def leave(self) -> None:
        out, number = self.out, self.open.pop()
        node = out.elements[number]
        out.end[number] = self.size
        out.last[number] = len(out.elements) - 1
        if self.hidden == number:
            self.hidden = -1
        if self.hidden < 0:
            mark = _GAP_OF.get(node.tag)
            if mark:
                self.gap(mark)
            if number and (tail := node.tail):
                self.say(tail)


def outline_of(tree: HtmlElement) -> Outline:
    """Walk ``tree`` once."""
    walk = _Walk()
    out, elements, still_open = walk.out, walk.out.elements, walk.open
    for node in tree.iter():
        above = node.getparent()
        while still_open and elements[still_open[-1]] is not above:
            walk.leave()
        if isinstance(node.tag, str):
            walk.enter(node, node.tag)
        elif walk.hidden < 0 and node.tail:  # a comment: what follows it is text
            walk.say(node.tail)
    while still_open:
        walk.leave()
    out.text = "".join(walk.parts)
    out.links = [number for number, element in enumerate(elements) if element.tag == "a"]
    total = 0
    for number in out.links:
        out.link_chars.append(total)
        total += out.end[number] - out.start[number]
    out.link_chars.append(total)
    out.dates = [match.start() for match in _DATE_LIKE.finditer(out.text)]
    return out
