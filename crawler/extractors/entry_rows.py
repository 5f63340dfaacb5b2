"""One row of a list: which link is its title, the title in full, and its date."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from crawler.extractors.document import Document
from crawler.extractors.entry_dates import (
    RowDate,
    date_at_end,
    date_at_start,
    date_in_script,
    read_row_date,
    read_whole_date,
    settle_years,
)
from crawler.extractors.entry_titles import full_title, title_anchor, title_beside
from crawler.extractors.list_rows import Row, RowGroup
from crawler.extractors.outline import Outline
from crawler.facts import Entry
from crawler.vocabulary import load

MAX_TITLE = 500
_HEADING_CHARS = 40
_DATE_CHARS = 30
_YEAR_HEADING = re.compile(r"(20\d\d)\s*(?:年度?)?")
_YEAR_NEAR = 3
"""Lines above a row's title among which its year may stand: the date may come between."""
_PINNED_MARK = re.compile(r"^[\[【(（]?\s*(?:置顶|顶)\s*[\]】)）]\s*|^置顶\s+")
_SCRIPT_ADDRESS = re.compile(
    r"""['"]((?:https?:/)?/[^'"\s<>]{2,300}|[\w./-]{1,200}\.(?:s?html?|jspx?|aspx?)(?:\?[^'"\s<>]{0,200})?)['"]"""
)
_PUBLISHED_HEAD = re.compile(r"(?:发布|公开|上传|刊登|公布)(?:日期|时间)")
_GAP_MAX = 200
_GLUED_ROWS, _GLUED_TITLE = 3, 4
"""Rows at least before dates without a blank are taken out of their titles, and signs that are left of each."""
_NEIGHBOUR = re.compile(r"[\[【(（]?[上下]一?[篇条则]")
"""上一篇, 下一篇: links of an article, not rows."""


_PIECE = re.compile(
    r"(?P<ym>(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}月?)|(?P<y>(?:19|20)\d\d年?)|(?P<md>\d{1,2}[-/.月]\d{1,2}日?)|(?P<m>\d{1,2}月)|(?P<d>\d{1,2}日?)"
)
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # pieces hold no word like 昨天, so the moment they are read at does not count


@dataclass(frozen=True, slots=True)
class ReadRow:
    top: int
    entry: Entry
    strong: bool
    """The row is an item of a list or table, not a guess."""


@dataclass(slots=True)
class _Raw:
    row: Row
    anchor: int
    title: str
    day: RowDate | None
    day_from: str
    pinned: bool


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(load("dates")["yearly_titles"])


@cache
def _pinned_words() -> tuple[re.Pattern[str], tuple[str, ...]]:
    words = load("phrases")
    return re.compile("|".join(re.escape(word) for word in words["pinned_names"]), re.IGNORECASE), tuple(words["pinned_texts"])


def _in_year(out: Outline, group: RowGroup, raws: list[_Raw], fetched_at: datetime) -> list[RowDate | None]:
    """The rows' dates with the year that heads the list (``<h2>2025</h2>``, 2025年); tabs of several years head nothing."""
    start = out.start[group.container]
    lines = [line.strip() for line in out.text[max(0, start - _HEADING_CHARS) : start].split("\n") if line.strip()]
    year = _YEAR_HEADING.fullmatch(lines[-1]) if lines else None
    if year is None or (len(lines) > 1 and _YEAR_HEADING.fullmatch(lines[-2])):
        return [raw.day for raw in raws]
    return [_of_year(raw.day, int(year[1]), raw.title, fetched_at) for raw in raws]


def _year_inside(out: Outline, row: Row, anchor: int) -> int | None:
    """The year that heads the row within its own element: of a year with one row, heading and row are one box."""
    lines = [line.strip() for line in out.text[out.start[row.top] : out.start[anchor]].split("\n") if line.strip()]
    found = (match for line in reversed(lines[-_YEAR_NEAR:]) if (match := _YEAR_HEADING.fullmatch(line)) is not None)
    year = next(found, None)
    return int(year[1]) if year is not None else None


def _of_year(day: RowDate | None, year: int, title: str, fetched_at: datetime) -> RowDate | None:
    """The date in the year of a heading, if it has none; not above what reports on that year, which comes out in the next."""
    if day is None or day.year is not None or year > fetched_at.year or (str(year) in title and _yearly().search(title)):
        return day
    return replace(day, year=year)


def _by_time(out: Outline, row: Row, day: RowDate) -> RowDate:
    """The date with the year of the ``<time datetime>`` that shows it (``02/27``)."""
    times = (number for number in range(row.top, min(out.last[row.top], row.top + 60) + 1) if out.tags[number] == "time")
    for number in times:
        said = date_in_script((out.elements[number].get("datetime") or "")[:40])
        if said is not None and (said.month, said.day) == (day.month, day.day):
            return replace(day, year=said.year)
    return day


def read_rows(doc: Document, out: Outline, group: RowGroup) -> list[ReadRow]:
    """Entries of a group of rows; rows without a usable title are left out."""
    raws = [raw for row in group.rows if (raw := _read_row(doc, out, row)) is not None]
    if not raws:
        return []
    if sum(1 for raw in raws if raw.day) < len(raws) * 0.5:
        _read_gaps(doc, out, group, raws)
    _read_glued(raws)
    days = settle_years(_in_year(out, group, raws, doc.fetched_at), doc.fetched_at)
    result = []
    for raw, day in zip(raws, days, strict=True):
        entry = Entry(
            title=raw.title,
            url=_address(doc, out, raw.anchor),
            date=day,
            date_raw=raw.day.raw if raw.day else "",
            date_from=raw.day_from if day else "",
            pinned=raw.pinned,
        )
        if entry.url is None and entry.date is None:
            continue
        result.append(ReadRow(raw.row.top, entry, out.elements[raw.row.top].tag in {"li", "tr", "dl", "dd", "dt"}))
    return _without_heads(result)


def _without_heads(rows: list[ReadRow]) -> list[ReadRow]:
    """Without the undated heading link of a list whose other rows carry dates (更多, the column's own name)."""
    if len(rows) > 2 and sum(1 for row in rows if row.entry.date) >= len(rows) - 1:
        return [row for number, row in enumerate(rows) if row.entry.date or number or len(row.entry.title) > 8]
    return rows


def _read_row(doc: Document, out: Outline, row: Row) -> _Raw | None:
    anchor = title_anchor(out, row)
    if anchor is None or _NEIGHBOUR.match(out.text[out.start[row.top] : out.start[anchor]].strip()[:12]):
        return None
    title, inner = full_title(out, anchor)
    title = title_beside(out, row, anchor, title)
    if not title:
        return None
    day, source = _date_of_row(doc, out, row, anchor)
    if day is None and inner is not None:
        day, source = inner, "row"
    if day is not None and day.year is None:
        year = _year_inside(out, row, anchor)
        day = _by_time(out, row, day)
        day = _of_year(day, year, title, doc.fetched_at) if year is not None else day
    pinned, title = _pinned(out, row, title)
    if len(title) < 2:
        return None
    return _Raw(row, anchor, title[:MAX_TITLE], day, source, pinned)


def _row_text(out: Outline, row: Row, anchor: int) -> str:
    """Text of the row without its title and without the items nested in it; the cuts are newlines."""
    spans = [(out.start[anchor], out.end[anchor])] + [(out.start[n], out.end[n]) for n in row.nested]
    spans += [(out.start[n], out.end[n]) for n in row.anchors if n != anchor]
    parts = []
    position = out.start[row.top]
    for start, end in sorted(spans):
        if start >= position:
            parts.append(out.text[position:start])
        position = max(position, end)
    parts.append(out.text[position : max(position, out.end[row.top])])
    return "\n".join(parts)[:4_000]


def _date_of_row(doc: Document, out: Outline, row: Row, anchor: int) -> tuple[RowDate | None, str]:
    text = _row_text(out, row, anchor)
    day = None
    if any(char.isdigit() for char in text) or "前" in text or "天" in text:
        day = _date_of_cell(doc, out, row) or read_row_date(text, doc.fetched_at) or _date_of_element(out, row)
    if day is not None:
        return day, "row"
    element = out.elements[row.top]
    if out.last[row.top] - row.top <= 60:
        for below in element.iter("time", "script"):
            source = below.get("datetime") if below.tag == "time" else below.text
            if source and (found := date_in_script(source[:2_000])) is not None:
                return found, "attribute" if below.tag == "time" else "script"
    if (found := _split_date(out, row)) is not None:
        return found, "row"
    title = out.elements[anchor].get("title") or ""
    labelled = re.search(r"(?:时间|日期)\s*[:：]\s*(.{6,30})", title[:300], re.DOTALL)
    if labelled is not None and (found := read_row_date(f"日期：{labelled[1]}", doc.fetched_at)) is not None:
        return found, "title-attribute"
    return None, ""


def _date_of_element(out: Outline, row: Row) -> RowDate | None:
    """A date in an element of its own, whose neighbour ends with a figure: ``<i>浏览：12</i><i>2026-08-28</i>``."""
    numbers = range(row.top + 1, min(out.last[row.top], row.top + 60) + 1)
    found = (read_whole_date(out.span(number)) for number in numbers if out.end[number] - out.start[number] <= _DATE_CHARS)
    return next((day for day in found if day is not None), None)


def _split_date(out: Outline, row: Row) -> RowDate | None:
    """A date in pieces of its own (``<b>28</b><span>2026-08</span>``), put together in the order year, month, day."""
    pieces: dict[str, tuple[int, str]] = {}
    for number in range(row.top + 1, min(out.last[row.top], row.top + 60) + 1):
        if (
            out.end[number] - out.start[number] <= 12
            and (match := _PIECE.fullmatch(out.span(number).strip(" \n\t/.-"))) is not None
        ):
            kind = match.lastgroup or ""
            pieces.setdefault(kind, (number, match[0]))
    for kinds in (("ym", "d"), ("y", "md"), ("y", "m", "d"), ("m", "d")):
        if all(kind in pieces for kind in kinds) and _side_by_side([pieces[kind][0] for kind in kinds]):
            return read_row_date("-".join(re.sub(r"[年月/.]", "-", pieces[kind][1]).strip("-日 ") for kind in kinds), _EPOCH)
    return None


def _side_by_side(numbers: list[int]) -> bool:
    return max(numbers) - min(numbers) <= 4


def _date_of_cell(doc: Document, out: Outline, row: Row) -> RowDate | None:
    """In a table with a head: the date of the column headed 发布日期, where a row holds several dates."""
    if out.elements[row.top].tag != "tr" or out.dates_below(row.top) < 2:
        return None
    table = out.parent[row.top]
    while table > 0 and out.tags[table] != "table":
        table = out.parent[table]
    head = next((n for n in range(table + 1, min(out.last[table], table + 60) + 1) if out.tags[n] == "tr"), None)
    if head is None or head == row.top:
        return None
    heads, cells = _cells(out, head), _cells(out, row.top)
    for number, cell in enumerate(heads):
        if number < len(cells) and _PUBLISHED_HEAD.search(out.span(cell)):
            return read_row_date(out.span(cells[number]), doc.fetched_at)
    return None


def _cells(out: Outline, row: int) -> list[int]:
    return [n for n in range(row + 1, out.last[row] + 1) if out.parent[n] == row and out.tags[n] in {"td", "th"}]


def _read_gaps(doc: Document, out: Outline, group: RowGroup, raws: list[_Raw]) -> None:
    """Dates between the rows: ``<dt>2026-08-28</dt><dd>…</dd>``, ``title 2026-08-28<br>``, a row of dates after each row."""
    tops = [raw.row.top for raw in raws]
    first, last = out.start[group.container], out.end[group.container]
    ends = [*[out.start[top] for top in tops[1:]], last]
    starts = [first, *[out.end[top] for top in tops[:-1]]]
    after = [_gap_date(doc, out, out.end[top], end) for top, end in zip(tops, ends, strict=True)]
    before = [_gap_date(doc, out, start, out.start[top]) for top, start in zip(tops, starts, strict=True)]
    best = before if sum(1 for day in before if day) > sum(1 for day in after if day) else after
    if sum(1 for day in best if day) < max(1, len(raws) * 0.6) or (
        len(raws) == 1 and out.elements[tops[0]].tag not in {"dd", "dt"}
    ):
        return
    for raw, day in zip(raws, best, strict=True):
        if raw.day is None and day is not None:
            raw.day, raw.day_from = day, "beside"


def _read_glued(raws: list[_Raw]) -> None:
    """Dates that stand in the titles without a blank (``…的通告2026-08-28``), where every row is written so and none is dated."""
    if len(raws) < _GLUED_ROWS or any(raw.day for raw in raws):
        return
    for split in (date_at_end, date_at_start):
        parted = [split(raw.title) for raw in raws]
        if all(found is not None and len(found[0]) >= _GLUED_TITLE for found in parted):
            for raw, found in zip(raws, parted, strict=True):
                if found is not None:
                    raw.title, raw.day, raw.day_from = found[0], found[1], "row"
            return


def _gap_date(doc: Document, out: Outline, start: int, end: int) -> RowDate | None:
    if end - start < 4:
        return None
    text = out.text[start : min(end, start + _GAP_MAX)]
    return read_row_date(text, doc.fetched_at) if any(char.isdigit() for char in text) else None


def _pinned(out: Outline, row: Row, title: str) -> tuple[bool, str]:
    """Whether the row bears a visible mark 置顶, and the title without it."""
    stripped = _PINNED_MARK.sub("", title)
    if stripped != title:
        return True, stripped
    names, texts = _pinned_words()
    if names.search(out.names[row.top]):
        return True, title
    for number in range(row.top + 1, min(out.last[row.top], row.top + 30) + 1):
        element = out.elements[number]
        tag = element.tag
        if tag == "img" or (tag in {"i", "em", "span", "b", "font"} and out.end[number] - out.start[number] <= 8):
            marked = names.search(out.names[number]) or (tag == "img" and names.search((element.get("src") or "")[-80:]))
            marked = (
                marked
                or (tag != "img" and out.span(number).strip() in texts)
                or (tag == "img" and "置顶" in (element.get("alt") or ""))
            )
            if marked and "none" not in (element.get("style") or "").replace(" ", "").partition("display:")[2][:5]:
                return True, title.removeprefix("置顶").strip() if title.startswith("置顶") else title
    return False, title


def _address(doc: Document, out: Outline, anchor: int) -> str | None:
    element = out.elements[anchor]
    href = element.get("href") or ""
    url = doc.resolve(href) if href else None
    if url is not None:
        return url
    script = f"{href if href.lower().startswith('javascript:') else ''} {element.get('onclick') or ''}"[:1_000]
    address = _SCRIPT_ADDRESS.search(script)
    return doc.resolve(address[1]) if address is not None else None
