"""One walk over all pages: what each column-like page is called, and who lists 单位."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.addresses import page_key
from crawler.assembly.source import BriefPage, PageSource
from crawler.extractors.document import clean, squeeze
from crawler.facts import ListState, PageKind, UnitLink

_MIN_TEXT = 60
MAX_LISTERS = 400
"""Pages with a 单位 list that are kept for comparison; a menu repeated on every page is kept once."""

_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.ANNUAL_REPORT})
_NO_COLUMN = frozenset(
    {
        PageKind.ERROR_PAGE,
        PageKind.BLOCK_PAGE,
        PageKind.LOGIN,
        PageKind.SEARCH,
        PageKind.FORM,
        PageKind.PLACEHOLDER,
        PageKind.HOME,
        # Articles become columns only where a menu offers them as one; the article of a list is not a second column.
        *_ARTICLES,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPage:
    """First page of a column, as far as the walk needs it."""

    url: str
    key: str
    name: str
    crumbs: tuple[str, ...]
    kind: PageKind
    state: ListState | None
    column_type_tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lister:
    """A page that lists 单位."""

    url: str
    name: str
    depth: int
    kind: PageKind
    members: tuple[UnitLink, ...]


@dataclass(slots=True, kw_only=True)
class PageIndex:
    """What one walk over the pages leaves in memory: column pages and listers, no articles."""

    columns: dict[str, ColumnPage] = field(default_factory=dict)
    listers: list[Lister] = field(default_factory=list)
    continuations: set[str] = field(default_factory=set)
    kind_samples: dict[tuple[PageKind, str], str] = field(default_factory=dict)
    """First address of each (kind, template): where foot marks are sampled."""
    with_text: Counter[str] = field(default_factory=Counter)
    """Pages by template whose text stands in their source."""

    def column_pages(self) -> Iterator[ColumnPage]:
        """Column pages that are not the second or a later page of a list, in order of address."""
        return (self.columns[key] for key in sorted(self.columns) if key not in self.continuations)


def index_pages(source: PageSource) -> PageIndex:
    """Walk over all pages once."""
    index = PageIndex()
    seen_lists: set[tuple[UnitLink, ...]] = set()
    rows: dict[str, int] = {}
    first: dict[str, str] = {}
    """Column page to the address under which its pager knows the first page."""
    for page in source.brief_pages():
        if page.part_of:
            if page.pager.kind == "year-tabs":
                base = page_key(page.part_of)
                index.continuations.update(key for url in page.pager.urls if (key := page_key(url)) != base)
            continue
        index.kind_samples.setdefault((page.kind, page.template), page.url)
        if page.kind in _ARTICLES and page.text_length >= _MIN_TEXT and not page.rendered:
            index.with_text[page.template] += 1
        if (
            page.unit_links
            and page.unit_links not in seen_lists
            and len(index.listers) < MAX_LISTERS
            and page.kind is not PageKind.ARTICLE
        ):
            seen_lists.add(page.unit_links)
            index.listers.append(
                Lister(url=page.url, name=column_name(page), depth=page.depth, kind=page.kind, members=page.unit_links)
            )
        if not _is_column(page):
            continue
        key = page_key(page.url)
        index.columns[key] = describe_column(page, page.url)
        rows[key] = hash(tuple(entry.url for entry in page.entries or ()))
        for number, address in enumerate(page.pager.urls):
            other = page_key(address)
            if number and other != key:
                index.continuations.add(other)
            elif other != key:
                first[key] = other
    # One first page under two addresses (/xw/dt and /cms/www/xw/dt/index_1.html) is one column: the one that menus name.
    index.continuations.update(other for key, other in first.items() if other not in first and rows.get(other) == rows[key])
    return index


def _opens_its_only_entry(page: BriefPage) -> bool:
    """Whether an article stands at the address of a folder with a name: the column's only entry, or its whole text."""
    return page.kind in _ARTICLES and page.list_state is not None and _FOLDER.search(page_key(page.url)) is not None


def describe_column(page: BriefPage, url: str) -> ColumnPage:
    """What ``page`` says of the column that ``url`` opens."""
    return ColumnPage(
        url=url,
        key=page_key(url),
        name=column_name(page),
        crumbs=tuple(squeeze(crumb.text) for crumb in page.breadcrumb),
        kind=page.kind,
        state=page.list_state,
        column_type_tag=page.tags.get("ColumnType", ""),
    )


_FOLDER = re.compile(r"/[a-z_-]*[a-z][a-z0-9_-]*/$", re.IGNORECASE)


def _is_column(page: BriefPage) -> bool:
    if page.kind in _NO_COLUMN and not _opens_its_only_entry(page):
        return False
    if page.pager.current is not None and page.pager.current > 1:
        return False
    return page.list_state is not None or page.kind in {PageKind.LIST, PageKind.COLUMN, PageKind.DEPARTMENT}


_CRUMB_ENDS = frozenset({"正文", "列表", "内容", "首页", "详情", "信息内容", "文章内容"})


def column_name(page: BriefPage) -> str:
    """What the page calls its column: ``ColumnName`` tag, last crumb, title, ``<title>`` before its separator."""
    tag = clean(page.tags.get("ColumnName", ""))
    crumb = next((clean(c.text) for c in reversed(page.breadcrumb) if squeeze(c.text) and squeeze(c.text) not in _CRUMB_ENDS), "")
    title = clean(page.title.value or "")
    head = clean(page.page_title)
    for separator in ("-", "_", "|", "—", "－", "–"):
        head = head.split(separator, 1)[0].strip() or head
    name = tag if tag and not tag.isdigit() and tag.lower() != "null" else ""
    return (name or crumb or title or head)[:80]
