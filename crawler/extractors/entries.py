"""The entries of a list page: title in full, address and date of every row, by structure alone."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from statistics import median

from lxml.html import HtmlElement

from crawler.extractors.column_names import kinds_of_name
from crawler.extractors.datastore import read_datastores
from crawler.extractors.document import Document
from crawler.extractors.entry_rows import ReadRow, read_rows
from crawler.extractors.list_rows import RowGroup, row_groups
from crawler.extractors.list_settings import read_inline_rows
from crawler.extractors.list_signs import empty_list, has_pager_sign, is_article
from crawler.extractors.outline import Outline
from crawler.extractors.unit_names import unit_sureness
from crawler.facts import Entry
from crawler.vocabulary import load

MAX_ENTRIES = 5_000
"""Rows kept of one page; a page with more is a trap."""

_ARTICLE_ADDRESS = re.compile(
    r"/t\d{6,}|/(?:art|content|post|info|detail|article|show|view)[_/-]\w*\d|\d{4}[/_-]?\d{2}(?:[/_-]?\d{2})?/[\w-]+\.\w+"
    r"|/p/\w{5,}$|/[0-9a-f]{12,}(?:$|[?/])|/\d{3,}\.(?:s?html?|jspx?|aspx?)|[0-9a-f]{24,}\.|[?&](?:\w*id|articleid|infoid|newsid)=\w|/public/\d+/\d+"
    r"|\.(?:pdf|docx?|xlsx?|pptx?|wps|ofd|zip|rar)(?:$|\?)|/[pw]0\d{10,}",
    re.IGNORECASE,
)
_FILE_ADDRESS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|jpe?g|png)(?:$|\?)", re.IGNORECASE)


_MIN_SHORT = 5
"""Characters of the titles of a short list; shorter ones are rather a menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """What :func:`extract_entries` found."""

    entries: tuple[Entry, ...] | None
    """None: the page is no list; (): a list's container stands there and has no row."""
    newest: str | None = None
    """Latest date that is not after the day after the fetch."""
    container: HtmlElement | None = None
    """Element that holds the (main) list."""


@dataclass(slots=True)
class _List:
    group: RowGroup
    rows: list[ReadRow]
    dated: int
    weight: int
    """Characters of all titles."""


def extract_entries(doc: Document, *, site_host: str) -> ListReading:
    """Entries in document order; on a page of several equal boxes those of all boxes.

    Never from menus, banner and foot, nor from boxes beside a list that has a pager. An article is no list, whatever its boxes
    say. ``site_host`` is the portal's host: rows that all lead to other sites are links, not entries.
    """
    stored = read_datastores(doc)
    if stored is not None:
        return _reading(doc, stored.entries, stored.container)
    out = doc.outline
    lists = [item for group in row_groups(doc) if (item := _as_list(doc, out, group)) is not None]
    lists = [item for item in lists if _is_entry_list(item, site_host) or _is_short_list(doc, out, item)]
    if lists and is_article(doc):
        return ListReading(entries=None)
    if not lists:
        inline = read_inline_rows(doc)
        if inline:
            return _reading(doc, inline, None)
        container = empty_list(doc)
        return ListReading(entries=() if container is not None else None, container=container)
    chosen = _choose(doc, out, lists)
    rows = [row for item in chosen for row in item.rows]
    entries = tuple(row.entry for row in rows[:MAX_ENTRIES])
    main = max(chosen, key=lambda item: item.weight)
    return _reading(doc, entries, out.elements[main.group.container])


def newest_of(entries: tuple[Entry, ...], limit: str) -> str | None:
    """Latest date of the rows that is not after ``limit`` (ISO day): the maximum, for pinned rows come first."""
    return max((entry.date for entry in entries if entry.date and entry.date <= limit), default=None)


def last_day(doc: Document) -> str:
    """The last day that counts: the day after the fetch (time zones, night runs)."""
    return (doc.fetched_at.date() + timedelta(days=1)).isoformat()


def _reading(doc: Document, entries: tuple[Entry, ...], container: HtmlElement | None) -> ListReading:
    return ListReading(entries=entries, newest=newest_of(entries, last_day(doc)), container=container)


def _as_list(doc: Document, out: Outline, group: RowGroup) -> _List | None:
    if _is_menu(out, group):
        return None
    rows = read_rows(doc, out, group)
    if not rows:
        return None
    marked = mark_pinned([row.entry for row in rows])
    rows = [replace(row, entry=entry) for row, entry in zip(rows, marked, strict=True)]
    dated = sum(1 for row in rows if row.entry.date)
    return _List(group, rows, dated, sum(len(row.entry.title) for row in rows))


def _is_menu(out: Outline, group: RowGroup) -> bool:
    """Short words and no date anywhere near, in words (22天前) or by ``<time>``: not worth reading row by row."""
    times = out.by_tag.get("time", ())
    if bisect_right(times, out.last[group.container]) > bisect_left(times, group.container):
        return False
    size = sum(out.end[row.anchors[0]] - out.start[row.anchors[0]] for row in group.rows)
    return size < 6 * len(group.rows) and not out.dates_below(group.container)


def _is_entry_list(item: _List, site_host: str) -> bool:
    rows = item.rows
    titles = [row.entry.title for row in rows]
    if item.dated:
        # Dated rows are entries; a single row must at least carry a title.
        return item.dated >= len(rows) * 0.3 and (len(rows) > 1 or len(titles[0]) >= 4 or rows[0].strong)
    addresses = [row.entry.url for row in rows if row.entry.url]
    if not addresses:
        return False
    named = sum(1 for title in titles if kinds_of_name(title) or unit_sureness(title))
    if named > len(rows) * 0.4:
        return False
    article_like = sum(1 for url in addresses if _ARTICLE_ADDRESS.search(url))
    length = median(len(title) for title in titles)
    if article_like >= len(rows) * 0.6:
        # A file or two without a date are the attachments of a text.
        files = sum(1 for url in addresses if _FILE_ADDRESS.search(url))
        return (length >= 8 or (len(rows) >= 3 and length >= 5)) and (len(rows) >= 3 or not files)
    foreign = sum(1 for url in addresses if site_host and site_host not in url)
    return len(rows) >= 3 and length >= 13 and foreign < len(addresses) * 0.5


def _is_short_list(doc: Document, out: Outline, item: _List) -> bool:
    """Two articles with short titles and no date, right below the heading that the page is named after."""
    addresses = [row.entry.url or "" for row in item.rows]
    articles = all(_ARTICLE_ADDRESS.search(url) and not _FILE_ADDRESS.search(url) for url in addresses)
    titles = [row.entry.title for row in item.rows]
    own = not any(kinds_of_name(title) or unit_sureness(title) for title in titles)
    return len(item.rows) > 1 and articles and own and median(map(len, titles)) >= _MIN_SHORT and _heads_page(doc, out, item)


def _choose(doc: Document, out: Outline, lists: list[_List]) -> list[_List]:
    """The page's own list, or all boxes where none stands out."""
    dated = [item for item in lists if item.dated]
    if dated:
        shapes = {_shape(out, item) for item in dated}
        lists = [item for item in lists if item.dated or _shape(out, item) in shapes]
    if len(lists) == 1:
        return lists
    inner = [item for item in lists if not _is_side_box(out, item)]
    if inner:
        lists = inner
    if len(lists) > 1 and has_pager_sign(doc):
        main = max(lists, key=lambda item: item.weight)
        parent = out.parent[main.group.container]
        return [item for item in lists if _shape(out, item) == _shape(out, main) and out.parent[item.group.container] == parent]
    named = [item for item in lists if _heads_page(doc, out, item)]
    if len(named) == 1 and named[0].weight >= max(item.weight for item in lists) * 0.5:
        return named
    return lists


def _shape(out: Outline, item: _List) -> tuple[str, str, str]:
    container = item.group.container
    top = item.rows[0].top
    return out.tags[container], out.names[container], out.tags[top]


@cache
def _side_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("phrases")
    return (
        re.compile("|".join(rf"(?:^|[\s_-]){re.escape(word)}" for word in words["side_names"])),
        re.compile("|".join(re.escape(word) for word in words["side_headings"])),
    )


def _is_side_box(out: Outline, item: _List) -> bool:
    """A box of hot, related or recommended items, by its name or its heading."""
    names, headings = _side_patterns()
    number = item.group.container
    for _ in range(4):
        if number <= 0:
            break
        if names.search(out.names[number]):
            return True
        number = out.parent[number]
    return headings.search(heading_before(out, item.group.container)) is not None


def heading_before(out: Outline, number: int) -> str:
    """The last line of text before an element, ``""`` when it is too long for a heading."""
    before = out.text[max(0, out.start[number] - 120) : out.start[number]]
    line = next((words for words in reversed(before.split("\n")) if words.strip()), "")
    return line.strip() if len(line.strip()) <= 24 else ""


def _heads_page(doc: Document, out: Outline, item: _List) -> bool:
    """Whether the heading of the list is what the page's ``<title>`` begins with."""
    heading = heading_before(out, item.group.container)
    title = next((element.text or "" for element in doc.tagged("title")), "")
    return len(heading) >= 2 and title.strip().startswith(heading)


def mark_pinned(entries: list[Entry]) -> list[Entry]:
    """Also mark rows as pinned that stand first and are older than the rows after them, where the rest runs from new to old."""
    dates = [entry.date for entry in entries]
    if len(entries) < 3 or any(day is None for day in dates):
        return entries
    days = [day or "" for day in dates]
    lead = 0
    while lead < min(6, len(days) - 2) and days[lead] < max(days[lead + 1 :]):
        lead += 1
    rest = days[lead:]
    if not lead or any(first < second for first, second in pairwise(rest)):
        return entries
    return [replace(entry, pinned=True) if number < lead else entry for number, entry in enumerate(entries)]
