"""The head of an article: its zone in the page, and what the labels there say (索引号, 文号, 发布机构, 来源 …)."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.addresses import page_key
from crawler.extractors.date_text import find_dates
from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.labels import Labelled, field_before, read_labels, vocabulary
from crawler.extractors.main_text import body_number, is_tool_line, noise_starts
from crawler.extractors.regions import root_number
from crawler.extractors.unit_names import SURE, plain_name, unit_sureness
from crawler.extractors.written_literals import written_literals
from crawler.facts import Read

_MAX_ZONE_CHARS = 1_600
_MAX_UNTITLED_CHARS = 700
"""Without title and body element only so much of a page is searched for a head block."""
_MAX_HEAD_LINE_CHARS = 160
_MAX_STRANGE_LINES = 2
_MAX_STRANGE_CHARS = 40
_MAX_COPIES = 2
"""A head block stands at most twice on a page (desktop and phone); labels repeated more often are those of a list's rows."""
_MAX_LINKS_BEFORE = 5
_MAX_ROW_CHARS = 200
"""How far behind its row's link the details of a row may begin."""
_MIN_SOURCE_CHARS, _MAX_SOURCE_CHARS = 3, 25
_ALL_HAN = re.compile(r"[\u4e00-\u9fff()]+")
_NOTHING: Read[str] = Read()
_SOURCE_END = re.compile(r"[【\[（(]?\s*(?:字号|字体|大\s?中\s?小|打印|分享|浏览|阅读|点击)|[【\[|｜]|\s{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadBlock:
    """What was read in the head zone, a span of the outline's text."""

    start: int
    end: int
    text_start: int
    """Where the lines of the head end and the page's own text begins."""
    own_start: int
    """Where the head's own lines begin: at the title, or at a label above it. What of the zone stands before may be a banner."""
    labels: tuple[Labelled, ...] = ()
    fields: dict[str, Read[str]] = field(default_factory=dict)
    """``index_number document_number publisher source validity title``; a label that stands blank gives a Read without value."""
    others: dict[str, str] = field(default_factory=dict)
    present: bool = False
    """Whether there is a head block of a 政府信息, more than the line with date and source over every article."""


def head_labels(doc: Document) -> list[Labelled]:
    """All labels of the first part of the content column."""
    out = doc.outline
    root = root_number(doc)
    return read_labels(doc, out.start[root], min(out.end[root], out.start[root] + _MAX_ZONE_CHARS))


def label_title(doc: Document, labels: Iterable[Labelled]) -> str:
    """The 名称 or 标题 of a head block, ``""`` when the labels are those of a list or a form."""
    labels = list(labels)
    titles = [label for label in labels if label.field == "title"]
    others = {label.field for label in labels if label.field in vocabulary().head_block - {"title"} and label.value}
    if not titles or len(titles) > _MAX_COPIES or not others or not titles[0].value or _names_a_link(doc, titles[0]):
        return ""
    return titles[0].value


def extract_head_block(doc: Document, anchor: tuple[int, int] | None, labels: list[Labelled]) -> HeadBlock:
    """Zone and values of the head block; ``anchor`` is where the page's title stands."""
    start, end = _zone(doc, anchor, labels)
    first = doc.outline.start[root_number(doc)]
    if start < first or end > first + _MAX_ZONE_CHARS:
        labels = read_labels(doc, start, end)
    inside = [label for label in labels if start <= label.start < end]
    text_start = _last_head_line(doc.outline.text, anchor[1] if anchor else start, end, inside) if anchor or inside else start
    words = vocabulary()
    sure = (label.start for label in inside if label.field in words.sure_head)
    own_start = min((*(anchor or ())[:1], *sure), default=start)
    if _of_a_list(doc, inside):
        return HeadBlock(start=start, end=end, text_start=start, own_start=own_start)
    fields: dict[str, Read[str]] = {}
    others: dict[str, str] = {}
    for label in inside:
        if label.field == "head" and not others.get(label.label):
            others[label.label] = label.value[:200]
        elif label.field in {"index_number", "document_number", "publisher", "validity", "title", "source"}:
            read = _read(label)
            known = fields.get(label.field)
            if known is None or (known.value is None and read.value is not None):
                fields[label.field] = read
    found = {label.field for label in inside}
    filled = any(label.value for label in inside if label.field in words.head_block or label.field == "head")
    found_by_form = {name: read for name, read in _unlabelled(doc, start, end).items() if name not in found}
    fields |= found_by_form
    if anchor is not None and "source" not in found and (bare := _bare_source(doc.outline.text, anchor[1], text_start, inside)):
        fields["source"] = bare
    fields |= _written(doc, start, end, fields)
    signs = (found | found_by_form.keys()) & words.head_block
    enough = len(signs - {"title"}) + min(len(others), 1) + ("title" in signs) >= 2 and bool(signs - {"title"})
    numbered = fields.get("index_number", _NOTHING).value is not None
    present = numbered or (enough and (filled or bool(found_by_form)))
    return HeadBlock(
        start=start,
        end=end,
        text_start=text_start,
        own_start=own_start,
        labels=tuple(inside),
        fields=fields,
        others=others,
        present=present,
    )


def _read(label: Labelled) -> Read[str]:
    value = label.value
    if label.field in {"source", "publisher"}:
        dates = find_dates(value)
        value = value[: dates[0].start] if dates and dates[0].start else ("" if dates else value)
        value = clean(_SOURCE_END.split(value, maxsplit=1)[0]).strip(" ：:|/·-—，,")
    blank = squeeze(value) in vocabulary().blanks or not value
    return Read(value=None if blank else value, raw=label.value, strategy="label", where="head")


def _written(doc: Document, start: int, end: int, fields: dict[str, Read[str]]) -> dict[str, Read[str]]:
    """Values that a script writes word for word behind a label that stands blank without it."""
    text = doc.outline.text
    found: dict[str, Read[str]] = {}
    for at, words in written_literals(doc.outline, start, end):
        name, value = field_before(text, start, at), clean(words)
        known = fields.get(name)
        if value and known is not None and known.value is None and squeeze(value) not in vocabulary().blanks:
            found[name] = Read(value=value, raw=words, strategy="script", where="script")
    return found


def _bare_source(text: str, start: int, end: int, labels: list[Labelled]) -> Read[str] | None:
    """Who an article is from, where neither the name nor the date beside or above it bears a label: 2026-11-18 某市财政局."""
    behind = text.find("\n", end + 1)
    position, dated = start, False
    for line in text[start : behind if behind >= 0 else end].split("\n"):
        first, position = position, position + len(line) + 1
        if not line.strip() or len(line) > _MAX_HEAD_LINE_CHARS or any(first <= label.start < position for label in labels):
            continue
        days = find_dates(line)
        dated = dated or bool(days)
        rest = line
        for day in reversed(days):
            rest = f"{rest[: day.start]} {rest[day.end :]}"
        name = clean(rest).strip(" |｜·•—-/　")
        if dated and _names_a_source(name):
            return Read(value=name, raw=line.strip()[:_MAX_HEAD_LINE_CHARS], strategy="bare", where="head")
    return None


@lru_cache(maxsize=4_096)
def _names_a_source(name: str) -> bool:
    plain = plain_name(name)
    if not _MIN_SOURCE_CHARS <= len(plain) <= _MAX_SOURCE_CHARS or not _ALL_HAN.fullmatch(plain):
        return False
    return unit_sureness(plain) == SURE or vocabulary().source_names.search(plain) is not None


def _zone(doc: Document, anchor: tuple[int, int] | None, labels: list[Labelled]) -> tuple[int, int]:
    out = doc.outline
    root = root_number(doc)
    start, end = out.start[root], out.end[root]
    if anchor and anchor[0] < start:
        start, end = anchor[0], max(end, anchor[1])
    body = body_number(doc)
    if body is not None and out.start[body] > start and (anchor is None or out.start[body] >= anchor[1]):
        end = min(end, max(out.start[body], start))
        if end - start <= _MAX_ZONE_CHARS:
            return start, end
    behind = anchor[1] if anchor else (labels[0].start if labels else start)
    return start, min(_last_head_line(out.text, behind, end, labels), end)


def _last_head_line(text: str, start: int, end: int, labels: list[Labelled]) -> int:
    """Offset at which the lines of the head, counted from ``start``, end: at the first line of running text."""
    spots = {spot for label in labels if label.field not in {"other_date", "asked"} for spot in (label.start, label.value_start)}
    position, last, strange = start, start, 0
    while position < min(end, start + _MAX_UNTITLED_CHARS):
        line_end = text.find("\n", position, end)
        line_end = end if line_end < 0 else line_end
        line = text[position:line_end]
        if _is_head_line(line, position, spots):
            last, strange = line_end, 0
        elif line.strip() and not is_tool_line(line):
            # A line of tools (分享到) is no head's end: it may as well stand below a body that is one picture.
            strange += 1
            if strange > _MAX_STRANGE_LINES or len(line) > _MAX_STRANGE_CHARS or _is_sentence(line):
                break
        position = line_end + 1
    return last


def _is_head_line(line: str, position: int, spots: set[int]) -> bool:
    if len(line) > _MAX_HEAD_LINE_CHARS or "。" in line:
        return False
    labelled = any(position <= spot < position + len(line) for spot in spots)
    return labelled or _is_dated(line)


def _is_sentence(line: str) -> bool:
    """Whether a line is running text, however short: the date below 经核实，本年度无此类信息。 closes the text."""
    return line.rstrip().endswith("。") and not line.lstrip().startswith(noise_starts())


@lru_cache(maxsize=4_096)
def _is_dated(line: str) -> bool:
    """Whether a short line holds a date."""
    return len(squeeze(line)) <= 40 and bool(find_dates(line))


def _of_a_list(doc: Document, labels: list[Labelled]) -> bool:
    """Whether the labels are the head row or the rows of a list."""
    numbers = [label for label in labels if label.field in {"index_number", "title"}]
    if sum(label.field == "index_number" for label in numbers) > _MAX_COPIES:
        return True
    return any(label.field == "title" and label.value and _names_a_link(doc, label) for label in numbers)


def _names_a_link(doc: Document, label: Labelled) -> bool:
    """Whether the value is a link, or repeats the link right before it: the details of a row, folded up beneath its title."""
    return _in_link(doc, label) or _repeats_a_link(doc, label)


def _repeats_a_link(doc: Document, label: Labelled) -> bool:
    out = doc.outline
    value = squeeze(label.value)
    last = bisect_left([out.start[link] for link in out.links], label.start)
    for link in reversed(out.links[max(0, last - _MAX_LINKS_BEFORE) : last]):
        if label.start - out.end[link] > _MAX_ROW_CHARS:
            return False
        if squeeze(out.span(link)) == value:
            url = doc.resolve(out.elements[link].get("href") or "")
            return url is not None and page_key(url) != page_key(doc.url)
    return False


def _in_link(doc: Document, label: Labelled) -> bool:
    """Whether the value opens another page: then it is a row of a list, not the head of this page."""
    out = doc.outline
    return any(
        out.start[link] < label.value_end and label.value_start < out.end[link] and out.elements[link].get("href", "").strip(" #")
        for link in out.links
    )


def _unlabelled(doc: Document, start: int, end: int) -> dict[str, Read[str]]:
    """Head values that stand without labels, one a line or cell, recognised by their form."""
    patterns = vocabulary().patterns
    texts = [text for chunk in re.split(r"[\n\t]", doc.outline.text[start:end]) if 2 <= len(text := clean(chunk)) <= 60]
    squeezed = [squeeze(text) for text in texts]
    if not any(patterns["index_number"].fullmatch(text) for text in squeezed):
        return {}
    found: dict[str, Read[str]] = {}
    for text, signs in zip(texts, squeezed, strict=True):
        for name, pattern in patterns.items():
            if name not in found and pattern.fullmatch(signs):
                found[name] = Read(value=text, raw=text, strategy="pattern", where="head")
    return found
