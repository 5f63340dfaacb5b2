"""The main text of a page: the body of an article, without title, head block, tools and everything around the content."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from crawler.extractors.document import Document, clean
from crawler.extractors.names import asked
from crawler.extractors.outline import Outline
from crawler.extractors.regions import Region, outside, regions, root_number
from crawler.vocabulary import load

MAX_CHARS = 20_000
_DENSE_SHARE = 0.6
"""A block with this share of the column's running text is the body."""
_INNER_SHARE = 0.85
_BLOCKS = frozenset(["div", "td", "section", "article", "table", "tbody", "tr", "center", "form", "main", "ucapcontent"])
_BODY_TAGS = frozenset(["div", "td", "section", "article"])
_MAX_STEPS_UP = 5
_MIN_DENSE_CHARS = 80
_MIN_SENTENCES = 2
_SENTENCE_END = re.compile(r"[。；！？]")
_MIN_READABLE_CHARS = 40
_PICTURES = frozenset(["img", "video", "audio", "embed", "object", "canvas", "iframe"])
_ICON_PIXELS = 40
_SIGN = re.compile(r"\w")
_PIECE = re.compile(r"[^\s|、，,()（）【】\[\]·:：×+\-]+")


class _Words:
    def __init__(self) -> None:
        noise = load("page_noise")
        self.words = frozenset(noise["words"])
        self.starts = tuple(noise["line_starts"])
        self.not_text = asked(noise["not_text"])
        self.share_box = asked(noise["share_box"])
        self.furniture = re.compile(noise["furniture_frames"], re.IGNORECASE)
        self.icon = re.compile(noise["icon"])
        self.tools = re.compile(noise["tool_scripts"], re.IGNORECASE)
        self.content = asked(load("regions")["content"])


@cache
def _words() -> _Words:
    return _Words()


def body_number(doc: Document) -> int | None:
    """Index of the element that holds the article's body, told by its name or by where the running text stands; None: none."""
    if "body" not in doc.notes:
        out = doc.outline
        doc.notes["body"] = _named_body(doc) or _dense_body(out, root_number(doc))
    found: int | None = doc.notes["body"]
    return found


def named_body(doc: Document) -> bool:
    """Whether the body was told by its name (TRS_Editor, UCAP-CONTENT …): the sign of an article page."""
    return _named_body(doc) is not None


def body_stands_empty(doc: Document, anchor: tuple[int, int] | None = None, head_end: int | None = None) -> bool:
    """Whether the article's body is there without a word, picture, link or script in it, and no script names it.

    A body is told by its name, else as the block that stands below title (``anchor``) and head (up to ``head_end``) in their own
    box, when nothing else does.
    """
    out = doc.outline
    number = _named_body(doc)
    if number is None and anchor is not None and head_end is not None:
        number = _block_below(out, anchor[0], max(head_end, anchor[1]))
    return number is not None and _is_bare(out, number) and not _is_named_by_script(doc, number)


def _block_below(out: Outline, title: int, head_end: int) -> int | None:
    """The empty block below the head in the smallest box around the title that has one; None where not only tools stand there."""
    above = out.at(title)
    for _ in range(_MAX_STEPS_UP):
        above = out.parent[above]
        if above <= 0 or out.tags[above] == "body":
            return None
        rest = (clean(line) for line in out.text[head_end : out.end[above]].split("\n"))
        if not all(is_tool_line(line) or line.startswith(_words().starts) for line in rest):
            return None
        below = range(bisect_left(out.start, head_end, above), out.last[above] + 1)
        block = next((number for number in below if out.tags[number] in _BODY_TAGS), None)
        if block is not None:
            return block if _is_bare(out, block) and not any(_may_say_something(out, number) for number in below) else None
    return None


def _may_say_something(out: Outline, number: int) -> bool:
    """A picture, a script, a link without words: what only a browser shows. A counter of visits says nothing."""
    tag = out.tags[number]
    if tag == "script":
        source = out.elements[number].get("src") or ""
        return not (source and _words().tools.search(source))
    return tag in _PICTURES or (tag == "a" and not out.span(number).strip())


def _is_bare(out: Outline, number: int) -> bool:
    """Whether the element holds no word, picture, link or script."""
    if out.span(number).strip():
        return False
    inside = range(number, out.last[number] + 1)
    if any(out.tags[below] in _PICTURES or out.tags[below] in {"a", "script"} for below in inside):
        return False
    return not any("url(" in (out.elements[below].get("style") or "") for below in inside)  # a picture as its ground


def _is_named_by_script(doc: Document, number: int) -> bool:
    own = doc.outline.elements[number].get("id")
    return bool(own) and own in doc.inline_script


def is_tool_line(line: str) -> bool:
    """Whether a line holds only the page's tools: 【字体：大 中 小】 打印 分享到 …"""
    words = _words().words
    return all(piece[0] in words or not _SIGN.search(piece[0]) for piece in _PIECE.finditer(line))


def noise_starts() -> tuple[str, ...]:
    """How lines begin that are none of the article's: 上一篇, 您的浏览器 …"""
    return _words().starts


def main_text(doc: Document, start: int | None = None) -> str:
    """Text of the body with line breaks, at most ``MAX_CHARS``; without a named body what follows ``start``, the head's end."""
    out, words = doc.outline, _words()
    number, position = _place_of_text(doc, start)
    places = regions(doc)
    parts: list[str] = []
    for first, last in _skipped(out, number, places):
        if first >= position:
            parts.append(out.text[position:first])
        position = max(position, last)
    parts.append(out.text[position : max(position, out.end[number])])
    lines = (clean(line) for line in "".join(parts).split("\n"))
    kept = [line for line in lines if line and not is_tool_line(line) and not line.startswith(words.starts)]
    return "\n".join(kept)[:MAX_CHARS]


def picture_count(doc: Document, start: int | None = None) -> int:
    """Pictures, players and viewers where the main text stands; icons and the page's tools do not count."""
    out, words, places = doc.outline, _words(), regions(doc)
    below, position = _place_of_text(doc, start)
    last, count = out.last[below], 0
    while below <= last:
        names = out.names[below]
        if words.not_text(names):
            # A box for sharing holds nothing else; another tool's name may be that of the place around the text (``#print``).
            below = out.last[below] if words.share_box(names) else below
        elif out.tags[below] in _PICTURES and out.start[below] >= position and places[below] == "main":
            count += _is_picture(out, below)
        below += 1
    return count


def _is_picture(out: Outline, number: int) -> bool:
    element = out.elements[number]
    if any(
        (element.get(side) or "").removesuffix("px").isdigit()
        and int(element.get(side, "0").removesuffix("px")[:6]) <= _ICON_PIXELS
        for side in ("width", "height")
    ):
        return False  # an icon, a counter, a frame with the weather
    if element.tag == "iframe" and _words().furniture.search(
        f"{element.get('title') or ''} {element.get('name') or ''} {element.get('id') or ''}"
    ):
        return False  # the page's foot or banner
    return element.tag != "img" or not _words().icon.search((element.get("src") or "").rpartition("/")[2].lower())


def _place_of_text(doc: Document, start: int | None) -> tuple[int, int]:
    """Element that holds the text and the offset at which it begins there.

    A body told by its name is the text; one told by its sentences is only a part of it where letters and their answers stand
    side by side, so then everything behind the head counts.
    """
    out = doc.outline
    root = root_number(doc)
    number = _named_body(doc) or (body_number(doc) if start is None else None)
    if number is None or not out.span(number).strip():
        number = root
    return number, max(out.start[number], start or 0)


def text_hash(text: str) -> str:
    """Hash of a text's words: blanks and line breaks do not count, ``""`` for no text."""
    words = "".join(text.split())
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""


def _plain(out: Outline, number: int) -> float:
    return (out.end[number] - out.start[number]) * (1 - out.link_share(number))


def _named_body(doc: Document) -> int | None:
    """Index of the element that its name tells to be the body; worked out once per document."""
    if "named_body" not in doc.notes:
        doc.notes["named_body"] = _find_named_body(doc)
    found: int | None = doc.notes["named_body"]
    return found


def _find_named_body(doc: Document) -> int | None:
    out, content, places = doc.outline, _words().content, regions(doc)
    root = root_number(doc)
    named = [
        number
        for number in outside(doc, "head", "nav", "foot")
        if (name := out.names[number]) and places[number] == "main" and content(name) and out.tags[number] in _BLOCKS
    ]
    if not named:
        return None
    inside = [number for number in named if root <= number <= out.last[root]] or named
    most = max(_plain(out, number) for number in inside)
    return max(number for number in inside if _plain(out, number) >= most * _INNER_SHARE)


def _dense_body(out: Outline, root: int) -> int | None:
    """The block below ``root`` in which the sentences stand; without sentences, the one with most of the running text."""
    stops = [match.start() for match in _SENTENCE_END.finditer(out.text, out.start[root], out.end[root])]
    if len(stops) >= _MIN_SENTENCES:
        return _densest(out, root, lambda number: bisect_left(stops, out.end[number]) - bisect_left(stops, out.start[number]))
    if _plain(out, root) < _MIN_DENSE_CHARS:
        return None
    return _densest(out, root, lambda number: _plain(out, number))


def _densest(out: Outline, root: int, weight: Callable[[int], float]) -> int | None:
    """The innermost block that holds ``_DENSE_SHARE`` of the weight of ``root``; None when only ``root`` does."""
    total, number = weight(root), root
    while True:
        blocks = [child for child in out.children(number) if out.tags[child] in _BLOCKS]
        best = max(blocks, key=weight, default=None)
        if best is None or weight(best) < total * _DENSE_SHARE:
            return number if number != root else None
        number = best


def _skipped(out: Outline, number: int, places: list[Region]) -> list[tuple[int, int]]:
    """Spans below ``number`` that are no text: menus, share boxes, related links."""
    pattern = _words().not_text
    spans: list[tuple[int, int]] = []
    below = number + 1
    while below <= out.last[number]:
        name = out.names[below]
        if places[below] in {"nav", "foot"} or (name and pattern(name) and _plain(out, below) < 300):
            spans.append((out.start[below], out.end[below]))
            below = out.last[below] + 1
        else:
            below += 1
    return spans
