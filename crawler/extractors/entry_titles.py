"""Which link of a row is its title, and the title in full."""

import re
from functools import cache

from crawler.extractors.document import clean
from crawler.extractors.entry_dates import RowDate, date_at_end, read_whole_date
from crawler.extractors.list_rows import Row
from crawler.extractors.outline import Outline
from crawler.vocabulary import load

_CUT = ("...", "…", "..")
_BULLET = re.compile(r"^(?:[·•▪◆◇■□●○★☆►▶>»\-—]|&gt;)+\s*")
_LEADING_DATE = re.compile(r"^([\[(（【]\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】])\s*(?=\S{4})")
_TITLE_LABEL = re.compile(r"^(?:文章)?(?:标题|名称)\s*[:：]\s*")


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:tit|bt(?:$|\s))")
_MIN_HEADING, _MAX_HEADING = 4, 200


@cache
def no_titles() -> frozenset[str]:
    """Texts of links that name nothing: 查看, 详情."""
    return frozenset(load("phrases")["no_titles"])


@cache
def _second_links() -> frozenset[str]:
    return frozenset(load("phrases")["second_links"])


def title_anchor(out: Outline, row: Row) -> int | None:
    """The link that is the row's title: in a heading, else the first of the longest; never 文件, 解读, 下载."""
    if len(row.anchors) == 1:
        return row.anchors[0]
    seconds = _second_links()
    best, best_size = None, 0
    for number in row.anchors:
        text = out.span(number).strip(" \n\t[]【】()（）>»")
        if text in seconds:
            continue
        tag = out.elements[out.parent[number]].tag
        size = min(len(text), 60) + (100 if tag in _HEADINGS else 0)
        same = best is not None and out.elements[best].get("href") == out.elements[number].get("href")
        if size > best_size and not (same and best_size >= 4):
            best, best_size = number, size
    return best


def title_beside(out: Outline, row: Row, anchor: int, title: str) -> str:
    """The row's heading where its only link says no more than 查看详情; else ``title``."""
    words = title.strip(" []【】()（）>»")
    if words not in _second_links() and words not in no_titles():
        return title
    for number in range(row.top + 1, min(out.last[row.top], row.top + 60) + 1):
        heads = out.tags[number] in _HEADINGS or _TITLE_NAME.search(out.names[number]) is not None
        text = clean(out.span(number)) if heads and out.end[number] - out.start[number] <= _MAX_HEADING else ""
        if len(text) >= _MIN_HEADING and not out.start[number] <= out.start[anchor] < out.end[number]:
            return text
    return title


def full_title(out: Outline, anchor: int) -> tuple[str, RowDate | None]:
    """``(title in full, date that stands inside the link)``."""
    raw = out.span(anchor)
    element = out.elements[anchor]
    inner: RowDate | None = None
    text = clean(raw)
    if len(raw) > len(text) + 2 or out.last[anchor] > anchor:
        text, inner = _headline(out, anchor, raw)
    if (
        inner is None
        and text[-12:].strip("])）】 ")[-2:].isdigit()
        and (split := date_at_end(text)) is not None
        and len(split[0]) >= 4
    ):
        # "title 2026-08-28" in one link; a title that merely ends with a date keeps it when no blank or bracket parts them.
        rest = text[len(split[0]) :]
        if rest[:1] in " [(（【":
            text, inner = split
    if inner is None and (lead := _LEADING_DATE.match(text)) is not None and (day := read_whole_date(lead[1])) is not None:
        text, inner = text[lead.end() :], day
    if not text:
        image = next(element.iter("img"), None)
        text = clean(element.get("title") or (image.get("alt") if image is not None else "") or "")
    full = clean((element.get("title") or "").split("\n", 1)[0])
    full = _TITLE_LABEL.sub("", full)
    stem = text.rstrip(".… ")
    cut = text.endswith(_CUT)
    longer = len(full) >= len(stem) if cut else len(full) > len(text)
    if longer and (cut or full.startswith(stem)) and full.startswith(stem[:4]):
        text = re.split(r"\s(?:发[布表]|公开)?(?:时间|日期)[:：]", full, maxsplit=1)[0]
    return _BULLET.sub("", text), inner


def _headline(out: Outline, anchor: int, raw: str) -> tuple[str, RowDate | None]:
    """Title and date of a link that holds the whole row: ``<a><h1>…</h1><span>2026-08-28</span></a>``."""
    day: RowDate | None = None
    heading = ""
    cut: list[tuple[int, int]] = []
    for number in range(anchor + 1, min(out.last[anchor], anchor + 40) + 1):
        span = out.span(number)
        if not span.strip():
            continue
        tag = out.tags[number]
        if len(span) <= 48 and (found := read_whole_date(span)) is not None:
            day = day or found
            cut.append((out.start[number], out.end[number]))
        elif not heading and (tag in _HEADINGS or _TITLE_NAME.search(out.names[number])):
            heading = clean(span)
    if heading and len(heading) >= 2:
        return heading, day
    for start, end in sorted(cut, reverse=True):
        offset = out.start[anchor]
        raw = raw[: start - offset] + "\n" + raw[end - offset :]
    lines = [line for part in raw.split("\n") if (line := clean(part)) and not line.isdigit()]
    day = day or next((found for line in lines if (found := read_whole_date(line)) is not None), None)
    lines = [line for line in lines if read_whole_date(line) is None and not re.fullmatch(r"[\d/.\-年月日]{4,11}", line)]
    if len(lines) > 1 and len(lines[0]) >= 4:
        # Short pieces in one line (a title broken by inline blocks) belong together; a paragraph below is a summary.
        return lines[0], day
    return " ".join(lines), day
