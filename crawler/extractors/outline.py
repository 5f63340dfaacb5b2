"""The visible text of a page as one string, and which element each part of it belongs to."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, chain
from operator import itemgetter

from lxml import etree
from lxml.html import HtmlElement

from crawler.extractors.blocks import Block, BlockMemory

INVISIBLE = frozenset(
    ["script", "style", "noscript", "template", "textarea", "select", "option", "head", "title", "object", "iframe", "xml"]
)
_LINES = (
    "address article aside blockquote body br center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html li main nav ol p pre section table tbody tfoot thead tr ul"
)
_GAP_OF = dict.fromkeys(["td", "th"], "\t") | dict.fromkeys(_LINES.split(), "\n")
_RETURNING = frozenset(
    ["article", "aside", "center", "div", "dl", "footer", "form", "header", "main", "nav", "ol", "section", "table", "ul"]
)
"""Elements that may be met again. Each of them begins and ends a line, so what is around it does not change its text."""
_SHELL = frozenset({"body", "tbody", "tr", "td"})
"""Elements in which such parts stand, beside parts themselves."""
_MAX_DEPTH = 6
"""Levels below ``<html>`` down to which parts are looked for."""
_MEMORY = BlockMemory()
_MAX_NAME_CHARS = 200
"""Longer class lists are hostile; patterns run on names must stay cheap."""
_GAPS = frozenset({" ", "\n", "\t"})
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")
_BLANKS = re.compile(r"[\s\u3000\xa0\u2002-\u200a]+")
_DATE_LIKE = re.compile(
    # Begins with plain signs, which are found without asking the pattern at every other one: eight times as fast.
    r"[012](?:(?:(?<=1)9|(?<=2)0)\d\d\s?[-/.年－]\s?\d{1,2}\s?[-/.月－]\s?\d{1,2}"
    r"|(?<![\d\-/.].)(?:(?<=0)[1-9]|(?<=1)[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?![\d\-/.]))",
    re.DOTALL,
)


@dataclass(slots=True)
class Outline:
    """Elements in document order with the span of ``text`` each of them covers.

    Blocks end in a newline, table cells in a tabulator, so that labels can be matched within their line; runs of blanks are
    folded. The text of scripts, styles, ``<noscript>``, option lists and comments is not part of it.
    """

    text: str = ""
    elements: list[HtmlElement] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    by_tag: dict[str, list[int]] = field(default_factory=dict)
    """Indexes of the elements of each tag, in document order."""
    parent: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    """Index of the last element below (itself when there is none)."""
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """``class id`` of each element in lower case."""
    links: list[int] = field(default_factory=list)
    """Indexes of ``<a>`` elements in document order."""
    links_before: list[int] = field(default_factory=list)
    """How many links come before each element, and behind the last one all of them."""
    link_chars: list[int] = field(default_factory=list)
    """Running sum: characters of link text before the n-th link."""
    dates: list[int] = field(default_factory=list)
    """Offsets of everything that looks like a date."""
    numbers: dict[HtmlElement, int] = field(default_factory=dict)
    """What :meth:`index_of` looks into: few pages need it."""
    blocks: list[tuple[int, Block]] = field(default_factory=list)
    """Parts that were met before, each with the number of its element."""

    def index_of(self, element: HtmlElement | None) -> int | None:
        """Number of an element, None for one that is not of this page."""
        if not self.numbers:
            self.numbers.update(zip(self.elements, range(len(self.elements)), strict=True))
        return self.numbers.get(element) if element is not None else None

    def tagged(self, tags: Iterable[str]) -> list[int]:
        """Indexes of all elements of these tags, in document order."""
        found = [self.by_tag[tag] for tag in tags if tag in self.by_tag]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    def span(self, number: int) -> str:
        """Text below element ``number``."""
        return self.text[self.start[number] : self.end[number]]

    def links_below(self, number: int) -> tuple[int, int]:
        """Range of positions in ``links`` of the links below element ``number``."""
        return self.links_before[number], self.links_before[self.last[number] + 1]

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

    def block_around(self, number: int) -> tuple[int, Block] | None:
        """The part met before that holds element ``number``, with the number of its own element."""
        position = bisect_right(self.blocks, number, key=itemgetter(0)) - 1
        if position >= 0 and number < self.blocks[position][0] + len(self.blocks[position][1].tags):
            return self.blocks[position]
        return None

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
        return list(self.each_child(number))

    def each_child(self, number: int) -> Iterator[int]:
        """The same one by one: for whoever asks of the first few only."""
        child = number + 1
        while child <= self.last[number]:
            yield child
            child = self.last[child] + 1


def outline_of(tree: HtmlElement) -> Outline:
    """The outline of a whole page."""
    walk = _Walk()
    walk.shell(tree, -1, 0)
    return walk.finished()


class _Walk:
    """Goes through a tree in document order.

    The outer elements are looked into one by one, and what stands in them is taken from memory where it was met before.
    """

    def __init__(self) -> None:
        self.out = Outline()
        self.parts = ["\n"]
        """Pieces of the text. The last one of them says whether a gap stands there already."""
        self.size = 1

    def shell(self, element: HtmlElement, above: int, depth: int) -> None:
        """An element whose children may have been met before."""
        number = self._open(element, above)
        self._say(element.text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                if tag in _RETURNING and depth < _MAX_DEPTH and len(child):
                    self._part(child, number, depth + 1)
                elif tag in _SHELL and depth < _MAX_DEPTH:
                    self.shell(child, number, depth + 1)
                elif tag in INVISIBLE:
                    self._silent(child, number)
                else:
                    self._whole(child, number)
            self._say(child.tail)
        self._close(number, element.tag)

    def _part(self, element: HtmlElement, above: int, depth: int) -> None:
        habit = _MEMORY.habit(f"{depth} {element.tag} {_name_of(element)}")
        if habit.worth_asking():
            markup = etree.tostring(element, encoding="utf-8", with_tail=False)
            known = _MEMORY.find(markup)
            if known is not None:
                habit.misses = 0
                self._again(element, above, known)
                return
            if _MEMORY.returns(markup):
                _MEMORY.keep(markup, self._kept(element, above))
                return
            habit.misses += 1
        if habit.worth_opening():
            met = len(self.out.blocks)
            self.shell(element, above, depth)
            habit.barren = 0 if len(self.out.blocks) > met else habit.barren + 1
        else:
            self._whole(element, above)

    def _kept(self, element: HtmlElement, above: int) -> Block:
        """Go through an element, and what is to be remembered of it."""
        out, number = self.out, len(self.out.elements)
        self.size += _gapped(self.parts, "\n")
        pieces, offset = len(self.parts), self.size
        self._whole(element, above)
        return Block(
            text="".join(self.parts[pieces:]),
            tags=out.tags[number:],
            names=out.names[number:],
            parent=[-1, *(each - number for each in out.parent[number + 1 :])],
            last=[each - number for each in out.last[number:]],
            start=[each - offset for each in out.start[number:]],
            end=[each - offset for each in out.end[number:]],
        )

    def _again(self, element: HtmlElement, above: int, block: Block) -> None:
        """An element that was met before."""
        out, number, parts = self.out, len(self.out.elements), self.parts
        self.size += _gapped(parts, "\n")
        offset = self.size
        out.blocks.append((number, block))
        out.elements += element.iter("*")
        out.tags += block.tags
        out.names += block.names
        out.parent += [each + number for each in block.parent]
        out.parent[number] = above
        out.last += [each + number for each in block.last]
        out.start += [each + offset for each in block.start]
        out.end += [each + offset for each in block.end]
        if block.text:
            parts += (block.text[:-1], "\n")
            self.size += len(block.text)

    def _open(self, element: HtmlElement, above: int) -> int:
        out, number = self.out, len(self.out.elements)
        tag = element.tag
        if mark := _GAP_OF.get(tag):
            self.size += _gapped(self.parts, mark)
        out.elements.append(element)
        out.tags.append(tag)
        out.names.append(_name_of(element))
        out.parent.append(above)
        out.last.append(number)
        out.start.append(self.size)
        out.end.append(self.size)
        return number

    def _close(self, number: int, tag: str) -> None:
        out = self.out
        out.end[number], out.last[number] = self.size, len(out.elements) - 1
        if mark := _GAP_OF.get(tag):
            self.size += _gapped(self.parts, mark)

    def _say(self, text: str | None) -> None:
        if text and (text := _folded(text, self.parts[-1])):
            self.parts.append(text)
            self.size += len(text)

    def _silent(self, top: HtmlElement, above_top: int) -> None:
        """An element that shows nothing, such as ``<head>``."""
        out, first = self.out, len(self.out.elements)
        numbers: dict[HtmlElement, int] = {}
        for number, node in enumerate(top.iter("*"), first):
            numbers[node] = number
            out.elements.append(node)
            out.tags.append(node.tag)
            out.names.append(_name_of(node))
            out.parent.append(numbers[node.getparent()] if number > first else above_top)
            out.last.append(number)
        for number in range(len(out.elements) - 1, first, -1):
            above = out.parent[number]
            out.last[above] = max(out.last[above], out.last[number])
        out.start += [self.size] * (len(out.elements) - first)
        out.end += [self.size] * (len(out.elements) - first)

    def _whole(self, top: HtmlElement, above_top: int) -> None:  # noqa: C901, PLR0912, PLR0915  each node of each page passes: a call would cost as much as its work
        """All of an element but what follows it; ends are inferred from the parents, without recursion."""
        out, parts, size = self.out, self.parts, self.size
        elements, tags, parents, lasts, starts, ends, names = (
            out.elements, out.tags, out.parent, out.last, out.start, out.end, out.names,
        )  # fmt: skip
        first = len(elements)
        still_open: list[int] = []
        hidden = -1  # the outermost invisible element that is open
        for node in chain(top.iter(), (None,)):
            above = node.getparent() if node is not None else None
            while still_open and elements[still_open[-1]] is not above:
                closed = still_open.pop()
                ends[closed] = size
                lasts[closed] = len(elements) - 1
                if hidden == closed:
                    hidden = -1
                if hidden < 0:
                    mark = _GAP_OF.get(tags[closed])
                    if mark and (told := _gapped(parts, mark)):
                        size += told
                    if closed != first and (text := elements[closed].tail):
                        if not text.isprintable() or text.isspace():
                            text = _folded(text, parts[-1])
                        if text:
                            parts.append(text)
                            size += len(text)
            if node is None:
                break
            tag = node.tag
            if not isinstance(tag, str):
                if hidden < 0 and (text := node.tail):  # a comment: what follows it is text
                    text = _folded(text, parts[-1])
                    if text:
                        parts.append(text)
                        size += len(text)
                continue
            number = len(elements)
            elements.append(node)
            tags.append(tag)
            parents.append(still_open[-1] if still_open else above_top)
            name, own_id = node.get("class"), node.get("id")
            names.append(f"{name or ''} {own_id or ''}"[:_MAX_NAME_CHARS].lower() if name or own_id else "")
            lasts.append(number)
            if hidden < 0:
                if tag in INVISIBLE:
                    hidden = number
                elif (mark := _GAP_OF.get(tag)) and (told := _gapped(parts, mark)):
                    size += told
            starts.append(size)
            ends.append(size)
            still_open.append(number)
            if hidden < 0 and (text := node.text):
                if not text.isprintable() or text.isspace():
                    text = _folded(text, parts[-1])
                if text:
                    parts.append(text)
                    size += len(text)
        self.size = size

    def finished(self) -> Outline:
        """The outline with everything that is reckoned from the elements."""
        out = self.out
        out.text = "".join(self.parts)
        for number, tag in enumerate(out.tags):
            if tag in out.by_tag:
                out.by_tag[tag].append(number)
            else:
                out.by_tag[tag] = [number]
        out.links = out.by_tag.get("a", [])
        out.links_before = list(accumulate(map("a".__eq__, out.tags), initial=0))
        out.link_chars = list(accumulate((out.end[link] - out.start[link] for link in out.links), initial=0))
        out.dates = [match.start() for match in _DATE_LIKE.finditer(out.text)]
        return out


def _name_of(element: HtmlElement) -> str:
    name, own_id = element.get("class"), element.get("id")
    return f"{name or ''} {own_id or ''}"[:_MAX_NAME_CHARS].lower() if name or own_id else ""


def _folded(text: str, before: str) -> str:
    """``text`` with its blanks folded, as it stands behind ``before``; ``""`` when nothing is left of it."""
    if text.isspace():
        return "" if before in _GAPS else " "
    if text.isprintable():
        return text
    text = _BLANKS.sub(" ", _UNPRINTABLE.sub("", text))
    return text.lstrip(" ") if before in _GAPS else text


def _gapped(parts: list[str], mark: str) -> int:
    """Put a gap behind what was said, and say by how many characters the text grew."""
    last = parts[-1]
    if last == " " or (last == "\t" and mark == "\n"):
        parts[-1] = mark
    elif last not in _GAPS:
        parts.append(mark)
        return 1
    return 0
