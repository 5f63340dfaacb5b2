"""When a page was published (发布日期), updated (更新日期) and written (成文日期): a label first, the address last."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

from crawler.extractors.date_text import find_dates, read_labelled, shanghai_day
from crawler.extractors.date_witnesses import date_of_tags, date_of_url
from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.head_block import HeadBlock
from crawler.extractors.labelled_dates import Spot, labelled_dates
from crawler.extractors.labels import read_labels
from crawler.extractors.main_text import body_number
from crawler.extractors.names import asked
from crawler.extractors.regions import hidden_by_style, root_number
from crawler.facts import Read
from crawler.vocabulary import load

_BARE_CHARS = 300
"""An unlabelled date counts within this many characters behind the title."""
_FOOT_CHARS, _MAX_FOOT_VALUE = 160, 30
"""At the end of a body so many characters are searched for a publication label, whose value is no longer."""
_LETTER_CHARS = 1_600
"""So far into the content the label of a letter's day is looked for."""
_MAX_RAW_CHARS = 80
_MAX_NAMED_CHARS = 60
_BELOW_CHARS = 30
_ROWS = frozenset({"li", "tr", "dd", "dl"})
_MIN_LINK_CHARS = 4
_CJK = re.compile(r"[\u4e00-\u9fa5]")
_OTHER_DATES = frozenset({"written", "effective", "expires", "updated", "asked", "other_date", "weak_published"})
"""Fields whose dates are no unlabelled ones; 时间： is among them where it was found to be that of an event."""
_NOTHING: Read[str] = Read()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDates:
    published: Read[str] = _NOTHING
    updated: Read[str] = _NOTHING
    written: Read[str] = _NOTHING
    expires: Read[str] = _NOTHING
    asked: Read[str] = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the strategies look at."""

    doc: Document
    head: HeadBlock
    anchor: tuple[int, int] | None
    spots: list[Spot] = field(default_factory=list)
    tags: Mapping[str, str]
    metas: Mapping[str, str]
    of_list: bool
    row_days: frozenset[str]


@cache
def _bears_date_name() -> Callable[[str], bool]:
    return asked(load("dates")["date_name"])


@cache
def _event_line() -> re.Pattern[str]:
    return re.compile(load("dates")["event_line"])


def extract_dates(
    doc: Document,
    head: HeadBlock,
    *,
    anchor: tuple[int, int] | None,
    tags: Mapping[str, str],
    metas: Mapping[str, str],
    of_list: bool = False,
    row_days: frozenset[str] = frozenset(),
) -> PageDates:
    """All dates of the head block. On a list (``of_list``) only labelled ones: bare dates there are those of its rows.

    ``row_days`` are the days that the rows of the page's list bear, however few: one beside a row's link is the row's.

    Strategies of ``published``: ``label``, ``script`` (written by script from a fixed text), ``script-today`` (written by
    script as the current day: no value), ``weak-label`` (时间：), ``source-line`` (no label, in the line of
    来源), ``bare``, ``updated-label``, ``meta``, ``meta-build`` (PubDate
    is the build time: no value), ``url``. A label whose value cannot be read gives ``label-unread`` and the raw text, a date
    of the head that belongs to nothing ``unplaced``; where a tag tells the day as well, that is ``meta-unsure``.
    """
    spots = list(labelled_dates(doc, head))
    page = _Page(doc=doc, head=head, anchor=anchor, spots=spots, tags=tags, metas=metas, of_list=of_list, row_days=row_days)
    published = next((read for strategy in _STRATEGIES if (read := strategy(page)) is not None), _of_field(spots, "published"))
    published = _with_doubt(published, page)
    return PageDates(
        published=published,
        updated=_of_field(spots, "updated"),
        written=_of_field(spots, "written"),
        expires=_of_field(spots, "expires"),
        asked=_asked(page),
    )


@cache
def _asking_words() -> re.Pattern[str]:
    return re.compile("|".join(load("labels")["fields"]["asked"]))


def _asked(page: _Page) -> Read[str]:
    """The day of a letter; where the letter itself is the body of the page, its label stands in that."""
    asked = _of_field(page.spots, "asked")
    out, root = page.doc.outline, root_number(page.doc)
    first, last = out.start[root], min(out.end[root], out.start[root] + _LETTER_CHARS)
    if asked.value or page.of_list or not _asking_words().search(squeeze(out.text[first:last])):
        return asked
    for label in read_labels(page.doc, first, last):
        if label.field == "asked" and (found := read_labelled(label.value, page.doc.fetched_at)):
            return Read(value=found.value, raw=label.value[:_MAX_RAW_CHARS], strategy="label", where="body")
    return asked


def _with_doubt(published: Read[str], page: _Page) -> Read[str]:
    """Nothing read in the head, and yet a date stands there: nobody may be told that there is none."""
    if published.strategy not in {"", "url", "meta", "meta-build"} or page.of_list or page.anchor is None:
        return published
    out, start = page.doc.outline, page.anchor[1]
    for found in find_dates(out.text[start : max(page.head.text_start, start)]):
        at = start + found.start
        labelled = any(label.start <= at < label.value_end for label in page.head.labels)
        if not labelled and not _in_link_or_hidden(page.doc, out.at(at)):
            if published.value and published.strategy != "url":
                return replace(published, strategy="meta-unsure")
            return Read(raw=clean(out.text[at : start + found.end])[:_MAX_RAW_CHARS], strategy="unplaced", where="head")
    return published


def _of_field(spots: Iterable[Spot], *names: str) -> Read[str]:
    """The first value under one of the labels, else what a script writes there, else the first label alone, else nothing."""
    fitting = [spot.read for spot in spots if spot.field in names]
    scripted = (read for read in fitting if read.strategy == "script-today")
    return next((read for read in fitting if read.value), next(scripted, fitting[0] if fitting else _NOTHING))


def _by_label(page: _Page) -> Read[str] | None:
    strong = _of_field(page.spots, "published")
    if strong.value:
        return _with_time(strong, page)
    return strong if strong.strategy == "script-today" else None


def _with_time(strong: Read[str], page: _Page) -> Read[str]:
    """The same day with its time where another place of the head gives one."""
    day = strong.value or ""
    zone = (found.value for found in find_dates(page.doc.outline.text[page.head.start : page.head.end]))
    others = (spot.read.value for spot in page.spots if spot.field in {"published", "weak_published"})
    timed = next((value for value in chain(others, zone) if value and value.startswith(f"{day}T")), None)
    return replace(strong, value=timed) if timed and "T" not in day else strong


def _by_weak_label(page: _Page) -> Read[str] | None:
    weak = _of_field([spot for spot in page.spots if not _of_an_event(page, spot)], "weak_published")
    if not weak.value and weak.strategy != "script-today":
        return None
    return replace(weak, strategy="weak-label") if weak.strategy == "label" else weak


def _of_an_event(page: _Page, spot: Spot) -> bool:
    """Whether 时间： is that of a meeting or course: it lies ahead and no tag repeats it, or 地点： and the like stand below."""
    if spot.date is None or spot.field != "weak_published":
        return False
    text = page.doc.outline.text
    line_end = text.find("\n", spot.start)
    below = text[line_end : line_end + _BELOW_CHARS].lstrip() if line_end >= 0 else ""
    tagged = read_labelled(page.tags.get("PubDate", ""), page.doc.fetched_at)
    ahead = spot.date.day > shanghai_day(page.doc.fetched_at) and (tagged is None or tagged.day != spot.date.day)
    return ahead or _event_line().match(below) is not None


def _by_unlabelled_script(page: _Page) -> Read[str] | None:
    written = _of_field(page.spots, "bare")
    return written if written.strategy and not page.of_list and page.anchor else None


def _bare(page: _Page) -> Read[str] | None:
    """An unlabelled date beside 来源 or right under the title; of the dates in an unlabelled head block the latest."""
    if page.of_list:
        return None
    if page.head.fields.get("index_number", _NOTHING).strategy == "pattern":
        lone = [found for found in find_dates(page.doc.outline.text[page.head.start : page.head.end]) if found.value]
        if lone:
            latest = max(lone, key=lambda found: found.value)
            return Read(value=latest.value, raw=latest.value, strategy="bare", where="head")
    out = page.doc.outline
    start = page.anchor[1] if page.anchor else page.head.start
    zone = out.text[start : min(max(page.head.end, start), start + _BARE_CHARS)]
    for found in find_dates(zone):
        at = start + found.start
        line_start = out.text.rfind("\n", 0, at) + 1
        line_end = out.text.find("\n", at)
        line_end = line_end if line_end >= 0 else len(out.text)
        beside = any(
            label.field in {"source", "publisher"} and line_start <= label.start < line_end for label in page.head.labels
        )
        number = out.at(at)
        if any(label.start <= at < label.value_end and label.field in _OTHER_DATES for label in page.head.labels):
            continue
        if _in_link_or_hidden(page.doc, number) or (found.value[:10] in page.row_days and _in_row_of_link(page.doc, number)):
            continue
        rest = squeeze(out.text[max(line_start, start) : line_end].replace(zone[found.start : found.end], "", 1))
        source = page.head.fields.get("source", _NOTHING)
        if source.strategy == "bare" and source.value:
            rest = rest.replace(squeeze(source.value), "", 1)
        named = _bears_date_name()(out.names[number]) and len(out.span(number)) <= _MAX_NAMED_CHARS
        if beside or (page.anchor and (len(_CJK.findall(rest)) <= 2 or named)):
            strategy = "source-line" if beside else "bare"
            return Read(value=found.value, raw=clean(zone[found.start : found.end]), strategy=strategy, where="head")
    return None


def _in_link_or_hidden(doc: Document, number: int) -> bool:
    out = doc.outline
    while number > 0:
        if out.tags[number] == "a" or hidden_by_style(out.elements[number]):
            return True
        number = out.parent[number]
    return False


def _in_row_of_link(doc: Document, number: int) -> bool:
    """Whether the innermost item of a list or table around the element holds a link with words."""
    out = doc.outline
    while number > 0 and out.tags[number] not in _ROWS:
        number = out.parent[number]
    first, last = out.links_below(number) if number > 0 else (0, 0)
    return any(out.end[link] - out.start[link] >= _MIN_LINK_CHARS for link in out.links[first:last])


def _by_update_label(page: _Page) -> Read[str] | None:
    """更新时间 where nothing else dates the article; written as the day of the visit it is the date that the visitor is shown."""
    updated = _of_field(page.spots, "updated")
    if updated.strategy == "script-today":
        return updated if page.anchor and not page.of_list else None
    return replace(updated, strategy="updated-label") if updated.value else None


def _below_body(page: _Page) -> Read[str] | None:
    """A publication label below the body of the article."""
    out = page.doc.outline
    body, root = body_number(page.doc), root_number(page.doc)
    if page.of_list or body is None or body == root or out.end[body] >= out.end[root]:
        return None
    for label in read_labels(page.doc, out.end[body], min(out.end[root], out.end[body] + _BARE_CHARS)):
        if label.field == "published" and (found := read_labelled(label.value, page.doc.fetched_at)):
            return Read(value=found.value, raw=label.value[:_MAX_RAW_CHARS], strategy="label", where="article-foot")
    return None


def _at_end_of_body(page: _Page) -> Read[str] | None:
    """A publication label in a line of its own at the end of the body: 发布日期：2026-03-10."""
    out, body = page.doc.outline, body_number(page.doc)
    if page.of_list or (body is None and not page.anchor):
        return None
    number = root_number(page.doc) if body is None else body
    for label in reversed(read_labels(page.doc, max(out.start[number], out.end[number] - _FOOT_CHARS), out.end[number])):
        alone = not out.text[out.text.rfind("\n", 0, label.start) + 1 : label.start].strip(" \t（(")
        if label.field == "published" and alone and len(label.value) <= _MAX_FOOT_VALUE:
            found = read_labelled(label.value, page.doc.fetched_at)
            if found is not None and not _in_link_or_hidden(page.doc, out.at(label.start)):
                return Read(value=found.value, raw=label.value, strategy="label", where="article-foot")
    return None


def _unread(page: _Page) -> Read[str] | None:
    reads = (_of_field(page.spots, "published"), _of_field(page.spots, "weak_published"))
    return next((read for read in reads if read.strategy == "label-unread"), None)


def _witness(page: _Page) -> Read[str] | None:
    if page.of_list:
        return None
    witness = date_of_tags(page.doc, page.tags, page.metas)
    if not witness.raw and (page.anchor or body_number(page.doc) is not None):
        witness = date_of_url(page.doc)
    return witness if witness.raw else None


_STRATEGIES: tuple[Callable[[_Page], Read[str] | None], ...] = (
    _by_label,
    _by_weak_label,
    _bare,
    _by_unlabelled_script,
    _by_update_label,
    _below_body,
    _at_end_of_body,
    _unread,
    _witness,
)
