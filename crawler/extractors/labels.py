"""Labels and their values (索引号, 发布机构, 来源 …) in a part of a page, in whatever mark-up they stand."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.outline import Outline
from crawler.vocabulary import load

_COLON = re.compile(r"[:：∶︰﹕]")
_TRAILING = " \n\t:：【】[]"
_BRACKETS = re.compile(r"[\[【［](?P<label>[^\[\]【】［］\n\t:：]{2,20})[\]】］]")
_LINE_END = re.compile(r"[\n\t]")
_MAX_LEAD_CHARS = 30
_MAX_LABEL_CHARS = 12
_MAX_SPACED_CHARS = 28
"""A label of up to twelve signs, spaced out (索  引  号)."""
_MAX_VALUE_CHARS = 300
_VALUE_TAGS = frozenset(["td", "dd", "span", "p", "div", "em", "i", "b", "strong", "font", "label", "a", "li", "th", "time", "u"])
_CELL_TAGS = frozenset(["td", "th", "dd", "dt"])
_IS_CJK = re.compile(r"[\u4e00-\u9fa5]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One label with what stands behind it."""

    field: str
    """``published``, ``index_number`` …, ``head`` for further labels, ``noise``."""
    label: str
    value: str
    """Cleaned text of the value, ``""`` when the label stands alone."""
    start: int
    """Offset of the label in the outline's text."""
    value_start: int
    value_end: int


class _Vocabulary:
    def __init__(self) -> None:
        words = load("labels")
        self.field_of: dict[str, str] = {}
        for name, labels in (*words["fields"].items(), ("head", words["head"]), ("noise", words["noise"])):
            self.field_of.update(dict.fromkeys(labels, name))
        self.short = frozenset(words["short"])
        self.sizes = sorted({len(label) for label in self.field_of}, reverse=True)
        self.ends = frozenset(label[-1] for label in self.field_of)
        self.blanks = frozenset(words["blanks"])
        self.head_block = frozenset(words["head_block"])
        self.sure_head = frozenset(words["sure_head"])
        self.source_names = re.compile(words["source_names"])
        self.patterns = {name: re.compile(f"(?:{pattern})") for name, pattern in words["patterns"].items()}


@cache
def vocabulary() -> _Vocabulary:
    """``labels.yaml``, ready for use."""
    return _Vocabulary()


def field_before(text: str, first: int, at: int) -> str:
    """Field of the label that ends right before ``at``, ``""`` when none does; not looked for before ``first``."""
    lead = text[max(first, at - _MAX_LEAD_CHARS) : at].rpartition("\n")[2]
    return vocabulary().field_of.get(label_before(lead.rstrip(" :：∶\t")), "")


def label_before(text: str) -> str:
    """The known label that ``text``, without its colon, ends with; ``""`` when it ends with none.

    ``会议时间`` ends with no known label although 时间 is one: short labels need a boundary before them.
    """
    words = vocabulary()
    squeezed = squeeze(text)[-_MAX_LABEL_CHARS:]
    for size in words.sizes:
        label = squeezed[-size:]
        if len(label) == size and label in words.field_of:
            before = squeezed[:-size]
            if label in words.short and before and _IS_CJK.match(before[-1]):
                gap = text.rstrip()[: -size or None]
                if not (gap and gap[-1].isspace() and text.rstrip().endswith(label)):
                    continue
            return label
    return ""


def read_labels(doc: Document, start: int, end: int) -> list[Labelled]:
    """All labels between two offsets of the outline's text, in order, each with its value.

    Reads ``label：value`` in running text, label and value in neighbouring cells or elements, and a head row of labels over
    one row of values.
    """
    out = doc.outline
    spots = dict(_by_colon(out, start, end)) | dict(_by_brackets(out.text, start, end))
    alone: dict[int, tuple[str, int]] = {}
    for spot, (label, behind) in _by_element(out, start, end):
        # The innermost: a row with an empty cell beside its label also holds nothing but the label.
        if spot not in alone or behind < alone[spot][1]:
            alone[spot] = (label, behind)
    spots = alone | spots
    starts = sorted(spots)
    rows = _head_rows(out, start, end, spots)
    field_of = vocabulary().field_of
    result = []
    for position, spot in enumerate(starts):
        label, behind = spots[spot]
        limit = starts[position + 1] if position + 1 < len(starts) else end
        span = rows.get(spot) or _value_span(out, spot, behind, limit, end)
        result.append(
            Labelled(
                field=field_of[label],
                label=label,
                value=clean(out.text[span[0] : span[1]]).strip(" ：:|｜;；,，"),
                start=spot,
                value_start=span[0],
                value_end=span[1],
            )
        )
    return result


def _by_colon(out: Outline, start: int, end: int) -> Iterator[tuple[int, tuple[str, int]]]:
    """Offset of each label followed by a colon → label, offset behind the colon.

    Where the words before it make no label, those do that its own element begins with: ``<span>县政府</span><span>时间：``.
    """
    text = out.text
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        before = text[max(start, at - _MAX_SPACED_CHARS) : at].rpartition("\n")[2]
        if "\t" in before and before.rpartition("\t")[2].strip():
            before = before.rpartition("\t")[2]
        label = label_before(before) or (label_before(_own_words(out, at, len(before))) if before.strip() else "")
        if label:
            yield _start_of(text, at, label), (label, colon.end())


def _own_words(out: Outline, at: int, most: int) -> str:
    """What the innermost element around the character before ``at`` says up to there, at most ``most`` characters."""
    number = out.at(at - 1)
    return out.text[max(out.start[number], at - most) : at]


def _by_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, tuple[str, int]]]:
    """Labels in brackets instead of before a colon: ``[ 索引号 ] …``, ``【发布日期】…``."""
    field_of = vocabulary().field_of
    for match in _BRACKETS.finditer(text, start, end):
        label = squeeze(match["label"])
        if label in field_of and field_of[label] != "noise":
            yield match.start(), (label, match.end())


def _start_of(text: str, end: int, label: str) -> int:
    """Offset at which ``label``, perhaps spaced out, begins when it ends before ``end``."""
    left = len(label)
    while left and end:
        end -= 1
        if not text[end].isspace():
            left -= 1
    return end


def _by_element(out: Outline, start: int, end: int) -> Iterator[tuple[int, tuple[str, int]]]:
    """Elements that hold nothing but a label: cells, ``<b>``, ``<span>``, ``<dt>`` …"""
    field_of, ends = vocabulary().field_of, vocabulary().ends
    for number in range(bisect_left(out.start, start), len(out.elements)):
        begin, finish = out.start[number], out.end[number]
        if begin >= end:
            break
        if begin >= start and 2 <= finish - begin <= _MAX_SPACED_CHARS and out.text[begin:finish].rstrip(_TRAILING)[-1:] in ends:
            squeezed = squeeze(out.text[begin:finish]).strip(":：【】[]")
            if squeezed in field_of and field_of[squeezed] != "noise":
                yield begin + _indent(out.text[begin:finish]), (squeezed, finish)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \n\t【["))


def _value_span(out: Outline, spot: int, behind: int, limit: int, end: int) -> tuple[int, int]:
    """Where the value stands: behind the label on its line, else in the element that follows the label's own."""
    stop = _LINE_END.search(out.text, behind, limit)
    close = stop.start() if stop else limit
    if out.text[behind:close].strip(" :：|"):
        return behind, min(close, behind + _MAX_VALUE_CHARS)
    number = _alone(out, spot, behind)
    tail_end = min(_next_start(out, number), limit)
    if out.text[out.end[number] : tail_end].strip(" \n\t:：|"):
        return out.end[number], min(tail_end, out.end[number] + _MAX_VALUE_CHARS)
    sibling = out.last[number] + 1
    if sibling >= len(out.elements) or out.parent[sibling] != out.parent[number] or out.start[sibling] >= min(end, limit):
        return behind, behind
    begin, finish = out.start[sibling], out.end[sibling]
    if out.tags[sibling] not in _VALUE_TAGS or finish - begin > _MAX_VALUE_CHARS or begin < limit < finish:
        return behind, behind
    return begin, finish


def _alone(out: Outline, spot: int, behind: int) -> int:
    """The largest element, no larger than a cell, that holds the label and nothing else."""
    number = out.at(spot)
    label = squeeze(out.text[spot:behind]).strip(":：")
    while (above := out.parent[number]) > 0 and out.end[above] - out.start[above] <= 2 * _MAX_SPACED_CHARS:
        if out.tags[number] in _CELL_TAGS or squeeze(out.span(above)).strip(":：") != label:
            break
        number = above
    return number


def _next_start(out: Outline, number: int) -> int:
    """Offset at which the next element beside ``number`` begins, else the end of its parent: up to there stands its tail."""
    sibling, above = out.last[number] + 1, out.parent[number]
    if sibling < len(out.elements) and out.parent[sibling] == above:
        return out.start[sibling]
    return out.end[above] if above >= 0 else out.end[number]


def _head_rows(out: Outline, start: int, end: int, spots: dict[int, tuple[str, int]]) -> dict[int, tuple[int, int]]:
    """Rows of labels over exactly one row of values → value span by the label's offset."""
    result: dict[int, tuple[int, int]] = {}
    for number in out.by_tag.get("tr", ()):
        if out.start[number] >= end:
            break
        if out.start[number] < start:
            continue
        cells = _cells(out, number)
        labels = [out.start[cell] + _indent(out.span(cell)) for cell in cells]
        if len(cells) < 3 or not all(label in spots for label in labels):
            continue
        rows = _rows_after(out, number)
        if len(rows) != 1 or len(below := _cells(out, rows[0])) != len(cells):
            continue
        for label, cell in zip(labels, below, strict=True):
            result[label] = (out.start[cell], out.end[cell])
    return result


def _cells(out: Outline, row: int) -> list[int]:
    return [cell for cell in out.children(row) if out.tags[cell] in {"td", "th"}]


def _rows_after(out: Outline, row: int) -> list[int]:
    """Rows of the same table after ``row``, also over a border of thead and tbody."""
    table = row
    while table > 0 and out.tags[table] != "table":
        table = out.parent[table]
    return [number for number in range(out.last[row] + 1, out.last[table] + 1) if out.tags[number] == "tr"]
