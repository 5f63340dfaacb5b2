"""One column with all pages of its list: entries, newest date, state, and how often that was seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from crawler.addresses import page_key
from crawler.assembly.drawn import as_drawn
from crawler.assembly.mandatory import open_page
from crawler.assembly.source import BriefPage, PageSource
from crawler.facts import ColumnFacts, Entry, Evidence, ListState, PageFacts, PageKind, Pager, Read

MAX_ENTRIES = 2_000
MAX_LIST_PAGES = 500
MAX_ARTICLES_READ = 60
"""Articles of one column that are opened for a date their list does not give."""

MIN_SIBLINGS = 3
"""Pages of the same template that show their text before an empty one is believed to have none."""
_NO_DATE: Read[str] = Read()
_NO_TEMPLATES: Mapping[str, int] = MappingProxyType({})
_OWN_TEXT = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.ANNUAL_REPORT})
_UNREADABLE = {
    PageKind.BLOCK_PAGE: "blocked",
    PageKind.LOGIN: "login",
    PageKind.ERROR_PAGE: "error-page",
}
YEAR_TABS = "year-tabs"
POSTBACK = "postback"
WEAK_DATES = frozenset({"url", "script-today", ""})
"""Ways of reading a date that no verdict may rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeed:
    """What is known of a column before its pages are read."""

    name: str
    url: str
    column_type: str
    department: str | None = None
    path: tuple[str, ...] = ()
    found_on: tuple[str, ...] = ()
    anchor_text: str = ""
    statutory_items: tuple[int, ...] = ()
    top_level: bool = False
    archived: bool = False
    has_children: bool = False
    """Known sub-columns hang below it: an empty right side then is no empty column."""


def read_column(seed: ColumnSeed, source: PageSource, with_text: Mapping[str, int] = _NO_TEMPLATES) -> ColumnFacts:
    """Read the column's first page, all further pages of its list and its parts.

    ``with_text`` counts by template the pages whose text stands in their source: where several do, an article's empty body is
    not one that a script fills.
    """
    page = open_page(source, seed.url)
    if page is None:
        fate = source.fate(seed.url)
        return _untested(seed, fate.reason or "not-asked")
    if page.kind in _UNREADABLE:
        return _untested(seed, _UNREADABLE[page.kind], page)
    tab = seed.url.partition("#")[2]
    page = at_tab(page, tab)
    pages = list(_list_pages(page, source, tab))
    source_page, page = page, as_drawn(page, pages)
    entries = _entries(pages)
    data = _own_data(pages, tab)
    state = _state_of_data(seed, data, entries) if tab and data else _state(seed, page, pages, entries)
    if state is ListState.TEXT and _says_nothing(page, pages) and with_text.get(page.template, 0) >= MIN_SIBLINGS:
        state = ListState.FORWARDS if seed.has_children else ListState.EMPTY
    if state is ListState.SCRIPTED and (why := source.unrendered(page.url)):
        return _untested(seed, why, page)
    limit = _not_after(page)
    sightings = [at_tab(again, tab) for again in source.sightings(page.url)]
    newest, newest_from, undated = _newest(entries, source, limit)
    if not entries and state is ListState.TEXT:
        newest, newest_from = _own_date(page, limit), "article"
    return replace(
        _unread(seed),
        state=state,
        note=page.list_note,
        entries=entries[:MAX_ENTRIES],
        entries_total=max(len(entries), (data[0] if tab and data else page).pager.total or 0),
        newest=newest,
        newest_from=newest_from,
        undated=undated,
        pages=_page_count(page, data, tab) if tab and data else max(_page_count(page, data, tab), _at_least(pages)),
        pages_read=sum(1 for item in pages if item.part_of is None),
        times_seen=_times_seen(page, data, sightings, source) if page is source_page or data else _times_drawn(page, source),
        updated=_update_date(page, entries, source, limit),
        text=page.text[:4_000],
        attachments=page.attachments,
        evidence=(
            _evidence(page, _quote(page, entries), "list" if entries else "main"),
            *(_evidence(part, _quote(part, ()), "rendered") for part in pages if part.rendered),
            *(_evidence(again, _quote(again, ()), "second look") for again in sightings),
        ),
    )


def at_tab(page: PageFacts, tab: str) -> PageFacts:
    """What ``page`` shows at its tab ``#tab``; the page as it is where its source does not tell that tab's part."""
    pane = next((pane for pane in page.panes if pane.anchor == tab), None) if tab else None
    if pane is None:
        return page
    return replace(
        page,
        kind=pane.kind,
        published=_NO_DATE,
        updated=pane.updated,
        written=_NO_DATE,
        entries=pane.entries,
        newest=pane.newest,
        pager=Pager(),
        list_state=pane.list_state,
        list_note=pane.list_note,
        attachments=pane.attachments,
        pictures=0,
        body_empty=False,
        text=pane.text,
        text_length=pane.text_length,
    )


def _evidence(page: PageFacts, quote: str, where: str = "") -> Evidence:
    return Evidence(url=page.url, capture=page.capture, fetched_at=page.fetched_at, quote=quote, where=where)


def _own_data(pages: Sequence[PageFacts], tab: str) -> list[PageFacts]:
    """The answers that hold the column's rows: those of its tab, else those that fill a page without rows of its own."""
    answers = [page for page in pages if page.part_of is not None]
    if tab:
        return [answer for answer in answers if "#" in (answer.part_of or "")]
    if pages[0].list_state not in {None, ListState.SCRIPTED}:
        return []
    return [answer for answer in answers if answer.list_state in {ListState.ENTRIES, ListState.EMPTY, ListState.SCRIPTED}]


def _state_of_data(seed: ColumnSeed, data: Sequence[PageFacts], entries: Sequence[Entry]) -> ListState:
    if entries:
        return ListState.ENTRIES
    if seed.has_children:
        return ListState.FORWARDS
    return ListState.EMPTY if all(answer.list_state is ListState.EMPTY for answer in data) else ListState.SCRIPTED


def _page_count(page: PageFacts, data: Sequence[PageFacts], tab: str) -> int:
    counted = [answer.pager.pages for answer in data if answer.pager.pages]
    if tab and data:
        return max(counted, default=1)
    return page.pager.pages or max(counted, default=0) or len(page.pager.urls) or 1


def _at_least(pages: Sequence[PageFacts]) -> int:
    """How many pages there must be: one more than were read where the last of them goes on; 0, which says nothing.

    Pages that only name the next one are as many as were read. Else what was read may be one page under two addresses, or the
    tabs of its years: their number is no count.
    """
    read = [page for page in pages if page.part_of is None] or pages[:1]
    first, last, known = read[0].pager, read[-1].pager, {page_key(page.url) for page in read}
    goes_on = last.kind == POSTBACK or (not first.urls and last.next is not None and page_key(last.next) not in known)
    chained = first.next is not None and first.pages is None and not first.urls
    return len(read) + goes_on if goes_on or chained else 0


def _times_seen(page: PageFacts, data: Sequence[PageFacts], sightings: Sequence[PageFacts], source: PageSource) -> int:
    """How often the state was seen: rows that come beside the page must themselves have been asked for again."""
    if not data or page.list_state is ListState.EMPTY:
        return 1 + sum(1 for again in sightings if _same(page, again))
    again = source.sighted_parts(page.url)
    return 1 + min(sum(1 for look in again if look.url == answer.url and _same(answer, look)) for answer in data)


def _times_drawn(page: PageFacts, source: PageSource) -> int:
    """How often a browser drew the text that a script fills the page with."""
    return 1 + sum(1 for look in source.sighted_parts(page.url) if look.rendered and _same(page, look))


def _untested(seed: ColumnSeed, reason: str, page: PageFacts | None = None) -> ColumnFacts:
    evidence = (_evidence(page, page.page_title),) if page else ()
    return replace(_unread(seed), untested_reason=reason, evidence=evidence)


def _unread(seed: ColumnSeed) -> ColumnFacts:
    """The column as it is known before any page of it was read: untested."""
    return ColumnFacts(
        name=seed.name,
        url=seed.url,
        column_type=seed.column_type,
        statutory_items=seed.statutory_items,
        department=seed.department,
        path=seed.path,
        found_on=seed.found_on,
        anchor_text=seed.anchor_text,
        state=ListState.UNTESTED,
        top_level=seed.top_level,
        archived=seed.archived,
    )


def _list_pages(page: PageFacts, source: PageSource, tab: str = "") -> Iterator[PageFacts]:
    """The first page, its parts, and every further page that was read, each once; of a page with tabs, the parts of ``tab``."""
    yield page
    parts = [at_tab(part, tab) for part in parts_of_tab(source.parts(page.url), tab)]
    yield from parts
    seen = {page_key(page.url)}
    queue = list(page.pager.urls) or ([page.pager.next] if page.pager.next else [])
    queue += [url for part in parts if part.pager.kind == YEAR_TABS for url in part.pager.urls]
    while queue and len(seen) < MAX_LIST_PAGES:
        address = queue.pop(0)
        key = page_key(address)
        if key in seen:
            continue
        seen.add(key)
        further = source.page(address)
        if further is None:
            continue
        yield further
        yield from source.parts(further.url)
        if not page.pager.urls and further.pager.next:
            queue.append(further.pager.next)


def parts_of_tab(parts: Sequence[PageFacts], tab: str) -> list[PageFacts]:
    """The parts that complete the tab ``#tab``; parts that name no tab complete all of them."""
    named = [part for part in parts if "#" in (part.part_of or "")]
    return [part for part in parts if part not in named or (part.part_of or "").partition("#")[2] == tab]


def _entries(pages: Sequence[PageFacts]) -> tuple[Entry, ...]:
    seen: set[tuple[str, str]] = set()
    entries: list[Entry] = []
    lists = {page_key(page.url) for page in pages if page.entries}
    for page in pages:
        for entry in page.entries or ():
            if page.pager.kind == YEAR_TABS and entry.url and page_key(entry.url) in lists:
                continue  # the year's own rows were read
            key = (page_key(entry.url) if entry.url else "", entry.title)
            if key not in seen:
                seen.add(key)
                entries.append(entry)
    return tuple(entries)


def _state(seed: ColumnSeed, page: PageFacts, pages: Sequence[PageFacts], entries: Sequence[Entry]) -> ListState:
    if entries:
        return ListState.NOTE if page.list_state is ListState.NOTE else ListState.ENTRIES
    state = page.list_state
    if state in {None, ListState.EMPTY} and (page.kind in _OWN_TEXT or page.attachments):
        return ListState.TEXT
    if state in {None, ListState.EMPTY} and seed.has_children:
        return ListState.FORWARDS
    answers = [item for item in pages if item.part_of is not None]
    elsewhere = state is ListState.SCRIPTED or (state is None and not page.text_length)
    if elsewhere and answers and all(item.list_state is ListState.EMPTY for item in answers):
        # The script's data or the page's frame were read, and there are none; a column with sub-columns leads on to them.
        return ListState.FORWARDS if seed.has_children else ListState.EMPTY
    if state is ListState.EMPTY and any(item.list_state in {ListState.SCRIPTED, ListState.UNTESTED} for item in pages):
        return ListState.SCRIPTED
    # A page whose kind of content nobody recognised is no proof of emptiness.
    return state or (ListState.TEXT if page.text_length else ListState.SCRIPTED)


def _says_nothing(page: PageFacts, pages: Sequence[PageFacts]) -> bool:
    """Whether the page's body stands there empty, and nothing else on it or beside it says anything."""
    return page.body_empty and len(pages) == 1 and not (page.text_length or page.attachments or page.pictures)


def _not_after(page: PageFacts) -> str:
    """Last day that counts as a date of update: the day after the page was fetched (time zones, night runs)."""
    try:
        fetched = datetime.fromisoformat(page.fetched_at).date()
    except ValueError:
        return "9999-12-31"
    return (fetched + timedelta(days=1)).isoformat()


def _newest(entries: Sequence[Entry], source: PageSource, limit: str) -> tuple[str | None, str, int]:
    """Newest date of list and articles, where it was read, and how many entries carry none anywhere."""
    best, best_from, undated, opened = "", "", 0, 0
    for entry in entries:
        day = (entry.date or "")[:10]
        place = "list"
        if not day and entry.url and opened < MAX_ARTICLES_READ:
            opened += 1
            article = source.brief_page(entry.url)
            if article is not None:
                day, place = _article_day(article), "article"
        if not day:
            undated += 1
        elif day <= limit and day > best:
            best, best_from = day, place
    return best or None, best_from, undated


def _article_day(page: BriefPage) -> str:
    read = page.published
    return (read.value or "")[:10] if read.strategy not in WEAK_DATES else ""


def _own_date(page: PageFacts, limit: str) -> str | None:
    days = [(read.value or "")[:10] for read in (page.updated, page.published) if read.value and read.strategy not in WEAK_DATES]
    return max((day for day in days if day <= limit), default=None)


def _update_date(page: PageFacts, entries: Sequence[Entry], source: PageSource, limit: str) -> Read[str]:
    """Newest of the 更新, 发布 and 成文 dates of the column's own page, else of the articles its list opens."""
    reads = _dates_of(page)
    if entries:
        for entry in entries[:10]:
            article = source.brief_page(entry.url) if entry.url else None
            if article is not None:
                reads += _dates_of(article)
            elif entry.date:
                reads.append(Read(value=entry.date, raw=entry.date_raw, strategy="list", where="list"))
    usable = [read for read in reads if read.value and read.value[:10] <= limit]
    return max(usable, key=lambda read: (read.value or "")[:10]) if usable else Read()


def _dates_of(page: BriefPage) -> list[Read[str]]:
    return [read for read in (page.updated, page.published, page.written) if read.value and read.strategy not in WEAK_DATES]


def _same(page: PageFacts, again: PageFacts) -> bool:
    """Whether a second look shows what the first one showed."""
    return (
        page.list_state == again.list_state
        and (page.newest or "") >= (again.newest or "")
        and page.kind == again.kind
        and page.body_empty == again.body_empty
        and (page.updated.value or "") >= (again.updated.value or "")
    )


def _quote(page: PageFacts, entries: Sequence[Entry]) -> str:
    if entries:
        newest = max(entries, key=lambda entry: entry.date or "")
        return f"{newest.date_raw or newest.date or ''} {newest.title}".strip()[:200]
    return (page.list_note or page.text or page.title.value or page.page_title)[:200]


def days_between(older: str, newer: date) -> int | None:
    """Days from ISO day ``older`` to ``newer``; None when it is no day."""
    try:
        return (newer - date.fromisoformat(older[:10])).days
    except ValueError:
        return None
