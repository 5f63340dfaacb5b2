"""Dates of the head block that stand behind a label, printed or written by script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawler.extractors.date_text import DateText, find_dates, read_labelled
from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.head_block import HeadBlock
from crawler.extractors.labels import field_before, vocabulary
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.facts import Read
from crawler.vocabulary import load

_MAX_RAW_CHARS = 80
_MAX_LINE_CHARS = 30
_MAX_WRITER_CHARS = 500
"""A script without a label before it that writes the day is short; longer ones do something else."""
_STRING = re.compile(r"""(["'])(?P<text>[^"'\n]{0,60})\1""")
_WEAK = frozenset({"", "weak_published"})
_DATE_FIELDS = frozenset({"published", "weak_published", "updated", "written", "expires", "effective", "asked", "other_date"})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load("dates")
    return re.compile(words["script_shows"]), re.compile(words["script_today"]), re.compile(words["todays_words"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One labelled place for a date."""

    field: str
    read: Read[str]
    start: int
    date: DateText | None = None


def _is_given(label: str, value: str) -> bool:
    """Whether a weak label (公开, 时间) is one: it bears a colon, or a number follows; 公开 before 解读 is an item of a menu."""
    return any(sign in label for sign in ":：") or not value.strip() or any(sign.isdigit() for sign in value)


def labelled_dates(doc: Document, head: HeadBlock) -> Iterator[Spot]:
    text = doc.outline.text
    covered: list[tuple[int, int]] = []
    told = time_elements(doc, head.start, head.end)
    for label in head.labels:
        if not _is_date_field(label.field):
            continue
        value = text[label.value_start : label.value_end]
        if label.field == "weak_published" and not _is_given(text[label.start : label.value_start], value):
            continue
        covered.append((label.start, label.value_end))
        found = read_labelled(value, doc.fetched_at) if value.strip() else None
        found = found or next((day for at, day in told if label.value_start <= at < label.value_end), None)
        raw = clean(value).strip(" 【[（(|:：")[:_MAX_RAW_CHARS]
        strategy = "label" if found or squeeze(raw) in vocabulary().blanks or not raw else "label-unread"
        read = Read(value=found.value if found else None, raw=raw, strategy=strategy, where="head")
        yield Spot(field=label.field, read=read, start=label.start, date=found)
    for found in find_dates(text[head.start : head.end]):
        start = head.start + found.start
        if any(first <= start < last for first, last in covered):
            continue
        name = field_before(text, head.start, start)
        if _is_date_field(name):
            raw = text[start : head.start + found.end].strip()
            yield Spot(field=name, read=Read(value=found.value, raw=raw, strategy="label", where="head"), start=start, date=found)
    for at, day in told:
        line = text[at : text.find("\n", at) if "\n" in text[at:] else len(text)][:_MAX_LINE_CHARS]
        if not any(first <= at < last for first, last in covered) and not find_dates(line):
            yield Spot(
                field="bare", read=Read(value=day.value, raw=line.strip(), strategy="bare", where="head"), start=at, date=day
            )
    yield from _scripted(doc, head)


def time_elements(doc: Document, start: int, end: int) -> list[tuple[int, DateText]]:
    """``(place, date)`` of ``<time datetime>`` elements between two places of the text: 3天前 is what the visitor reads there."""
    out = doc.outline
    return [
        (out.start[number], found[0])
        for number in out.by_tag.get("time", ())
        if start <= out.start[number] <= end and (found := find_dates((out.elements[number].get("datetime") or "")[:40]))
    ]


def _is_date_field(name: str) -> bool:
    return name in _DATE_FIELDS


def _scripted(doc: Document, head: HeadBlock) -> Iterator[Spot]:
    """Dates that a script in the head zone writes, with the label before it."""
    out = doc.outline
    shows, today, _ = _patterns()
    for number in out.by_tag.get("script", ()):
        script = out.elements[number].text or ""
        if not head.start <= out.start[number] <= head.end or not shows.search(script):
            continue
        at = out.start[number]
        name = field_before(out.text, head.start, at)
        if (name and not _is_date_field(name)) or (name in _WEAK and _is_banners(doc, head, number)):
            continue
        literal = next((match["text"] for match in _STRING.finditer(script) if find_dates(match["text"])), None)
        if literal:
            found = find_dates(literal)[0]
            read = Read(value=found.value, raw=literal, strategy="script", where="script")
            yield Spot(field=name or "bare", read=read, start=at, date=found)
        elif today.search(script) and (name or len(script) <= _MAX_WRITER_CHARS):
            raw = clean(script)[:_MAX_RAW_CHARS]
            yield Spot(field=name or "bare", read=Read(raw=raw, strategy="script-today", where="script"), start=at)


def _is_banners(doc: Document, head: HeadBlock, number: int) -> bool:
    """Whether a script without a sure label of its own stands above the article's head, or shows today's date to the visitor."""
    return doc.outline.start[number] < head.own_start or regions(doc)[number] != "main" or is_calendar(doc.outline, number)


def is_calendar(out: Outline, number: int) -> bool:
    """Whether a script or an empty place shows the day of the visit: words like 今天是 stand in it or on its line."""
    at, words = out.start[number], _patterns()[2]
    line_end = out.text.find("\n", at)
    line = out.text[out.text.rfind("\n", 0, at) + 1 : line_end if line_end >= 0 else len(out.text)]
    return words.search(line) is not None or words.search(out.elements[number].text or "") is not None
