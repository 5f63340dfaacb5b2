"""One page in, everything the rules and the crawler need out: one decode, one parse, all extractors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from crawler.addresses import host_of
from crawler.encoding import decode
from crawler.extractors.access_barriers import elder_entry, extract_barriers, page_language
from crawler.extractors.annual_report import extract_annual_report
from crawler.extractors.article_surroundings import (
    extract_body_links,
    head_scripted,
    head_source,
    insecure_parts,
    shows_catalogue,
)
from crawler.extractors.attachments import extract_attachments, viewed_documents
from crawler.extractors.breadcrumb import extract_breadcrumb
from crawler.extractors.column_links import extract_column_links
from crawler.extractors.date_text import SHANGHAI
from crawler.extractors.date_witnesses import date_of_tags
from crawler.extractors.dates import PageDates, extract_dates
from crawler.extractors.document import Document
from crawler.extractors.entries import ListReading, extract_entries
from crawler.extractors.error_report import extract_error_report
from crawler.extractors.folded_reports import extract_folded_reports
from crawler.extractors.foreign_columns import extract_foreign_columns
from crawler.extractors.forwards import forward_target
from crawler.extractors.guide_dates import calls_itself_guide, guide_date, speaks_of_guide
from crawler.extractors.head_block import HeadBlock, extract_head_block, head_labels, label_title
from crawler.extractors.hidden_links import extract_hidden_links
from crawler.extractors.includes import Include, with_includes
from crawler.extractors.links import extract_links, with_rows
from crawler.extractors.list_state import extract_list_state
from crawler.extractors.main_text import body_stands_empty, main_text, named_body, picture_count, text_hash
from crawler.extractors.marks import extract_marks
from crawler.extractors.organizer import extract_organizer
from crawler.extractors.page_kind import PageSigns, page_kind
from crawler.extractors.pagers import extract_pager
from crawler.extractors.panes import address_of_rest, pane_documents
from crawler.extractors.regions import regions, root_number
from crawler.extractors.script_detail import extract_script_detail, with_script_detail
from crawler.extractors.search_form import extract_search_forms
from crawler.extractors.site_id_code import extract_site_id_code
from crawler.extractors.site_tags import extract_other_metas, extract_site_tags
from crawler.extractors.template_key import template_key
from crawler.extractors.titles import TitleReading, extract_title, page_title, site_name_of
from crawler.extractors.unit_links import extract_unit_links
from crawler.extractors.visible_rows import visible_rows
from crawler.facts import (
    MANDATORY_ROLES,
    ColumnLink,
    Crumb,
    ExtractedPage,
    HiddenLink,
    ListState,
    PageFacts,
    PageKind,
    Pager,
    Pane,
    Read,
)
from crawler.personal import guarded, may_hold_numbers

_NOTHING: Read[str] = Read()
_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.ANNUAL_REPORT})
_BESIDE_ARTICLES = frozenset({"tree", "xxgk-tree", "lonsun-years"})
"""Data beside an article that tell of its section: its columns, the years of its reports."""
_NO_CONTENT = frozenset({PageKind.BLOCK_PAGE, PageKind.ERROR_PAGE, PageKind.LOGIN, PageKind.FORWARD, PageKind.SEARCH})
_LISTS = frozenset({PageKind.LIST, PageKind.COLUMN, PageKind.DEPARTMENT})
_IN_HEAD = frozenset({"label", "label-unread", "script", "script-today", "weak-label", "source-line", "bare", "updated-label"})
"""Ways of reading a publication date that looked at the page's head, not at a witness."""
_LABELLED = frozenset({"label", "label-unread", "script", "script-today", "weak-label"})
_COLUMN_STATES = frozenset({ListState.EMPTY, ListState.NOTE, ListState.ENTRIES, ListState.SCRIPTED})
_OF_PANE = tuple(part.name for part in fields(Pane) if part.name not in {"anchor", "more"})
_NO_LIST = ListReading(entries=None, newest=None, container=None)
_MIN_LIST_ROWS = 3


def extract_page(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    status: int = 200,
    fetched_at: datetime,
    depth: int = 0,
    is_home: bool = False,
    capture: str = "",
    includes: Sequence[Include] = (),
) -> ExtractedPage:
    """Read one answer. Never raises, whatever the bytes are; ``url`` is the address that answered.

    ``includes`` are the answers to the page's :func:`include_addresses`, which are put in before it is read.

    ``fetched_at`` must be aware: relative dates (昨天) and the limit for “in the future” are reckoned from it.
    """
    decoded = decode(body, content_type)
    doc = Document(with_includes(decoded.text, url, includes), url, fetched_at)
    transport = Transport(capture=capture, depth=depth, encoding=decoded.encoding, declared_encoding=decoded.declared)
    return extract_document(doc, status=status, is_home=is_home, transport=transport)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """What is known of a page beside its tree."""

    capture: str = ""
    depth: int = 0
    encoding: str = ""
    declared_encoding: str | None = None


_UNKNOWN = Transport()


def extract_document(
    doc: Document, *, status: int = 200, is_home: bool = False, transport: Transport = _UNKNOWN, of_pane: bool = False
) -> ExtractedPage:
    """Read a parsed page; what its tree cannot tell comes with ``transport``. A pane of a page has no panes itself."""
    reading = _read(doc)
    listing = extract_entries(doc, site_host=host_of(doc.url))
    rows = len(listing.entries) if listing.entries is not None else None
    pager, requests = extract_pager(doc, listing)
    of_list = bool(rows and rows >= _MIN_LIST_ROWS) and not (reading.body_named and reading.title.anchor)
    dates = extract_dates(
        doc,
        reading.head,
        anchor=reading.title.anchor,
        tags=reading.tags,
        metas=reading.metas,
        of_list=of_list,
        row_days=frozenset(entry.date[:10] for entry in listing.entries or () if entry.date),
    )
    behind_head = reading.head.text_start if reading.title.anchor or reading.head.labels else None
    text = main_text(doc, behind_head)
    forwards_to = forward_target(doc)
    attachments = extract_attachments(doc)
    units, columns = extract_unit_links(doc), extract_column_links(doc)
    signs = PageSigns(
        status=status,
        is_home=is_home,
        page_title=reading.page_title,
        title=reading.title.title.value or "",
        own_title=reading.title.own,
        anchored=reading.title.anchor is not None,
        dated=dates.published.strategy in _IN_HEAD,
        head_block=reading.head.present,
        named_body=reading.body_named,
        sourced="source" in reading.head.fields or head_scripted(doc, reading.head),
        text=text,
        rows=rows,
        paged=bool(pager.pages and pager.pages > 1) or pager.next is not None,
        units=len(units),
        mandatory_columns=len({link.column_type for link in columns if link.column_type in MANDATORY_ROLES}),
        attachments=len(attachments),
        content_links=_content_links(doc),
        tags=reading.tags,
        breadcrumb=reading.breadcrumb,
    )
    kind = page_kind(doc, signs, forwards_to)
    if kind in _ARTICLES or kind in _NO_CONTENT:
        listing, pager = _NO_LIST, Pager()
        requests = tuple(request for request in requests if request.reader in _BESIDE_ARTICLES)
    state, note = extract_list_state(doc, listing, pager, text, len(attachments)) if kind not in _NO_CONTENT else (None, "")
    if kind is PageKind.OTHER and state in _COLUMN_STATES:
        kind = PageKind.LIST
    report, hidden = extract_error_report(doc), extract_hidden_links(doc)
    code, codes = extract_site_id_code(doc, reading.tags, report)
    head = reading.head
    pictures = picture_count(doc, behind_head)
    title = reading.title.title.value or reading.page_title
    links = with_rows(extract_links(doc), listing.entries, units, viewed_documents(doc) if attachments else ())
    facts = PageFacts(
        url=doc.url,
        final_url=doc.url,
        status=status,
        capture=transport.capture,
        depth=transport.depth,
        encoding=transport.encoding,
        declared_encoding=transport.declared_encoding,
        fetched_at=doc.fetched_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        kind=kind,
        organizer=extract_organizer(doc),
        page_title=reading.page_title,
        title=reading.title.title,
        published=_published(dates, kind),
        updated=_updated(doc, reading, dates, text),
        written=dates.written,
        asked=dates.asked,
        content_source=head_source(doc, head),
        publisher=head.fields.get("publisher", _NOTHING),
        index_number=head.fields.get("index_number", _NOTHING),
        document_number=head.fields.get("document_number", _NOTHING),
        validity=head.fields.get("validity", _NOTHING),
        expires=dates.expires,
        head=head.others,
        has_head_block=head.present,
        tags=reading.tags,
        site_name=reading.tags.get("SiteName") or site_name_of(reading.page_title),
        site_id_code=code,
        site_id_codes=codes,
        marks=extract_marks(doc, code_printed=code.footer is not None, report=report),
        error_report_how=report.how,
        breadcrumb=reading.breadcrumb,
        entries=listing.entries,
        newest=listing.newest,
        pager=pager,
        list_state=state,
        list_note=note,
        panes=() if of_pane or kind in _NO_CONTENT else _panes(doc, columns),
        column_links=columns,
        unit_links=units,
        attachments=attachments,
        pictures=pictures,
        body_empty=kind in _ARTICLES and body_stands_empty(doc, reading.title.anchor, behind_head),
        text=text,
        text_length=len(text),
        text_hash=text_hash(text),
        template=template_key(doc, _template_group(kind)),
        forwards_to=forwards_to,
        language=page_language(doc),
        barriers=extract_barriers(doc),
        elder_entry=elder_entry(doc),
        hidden_links=hidden,
        insecure=insecure_parts(doc.url, links),
        body_links=extract_body_links(doc) if kind in _ARTICLES or kind is PageKind.COLUMN or shows_catalogue(title) else None,
        foreign_columns=_shown(extract_foreign_columns(doc), hidden) if is_home else None,
        search_forms=extract_search_forms(doc) if is_home else None,
        tag_of_build=date_of_tags(doc, reading.tags, reading.metas).strategy == "meta-build",
        head_scripted=head_scripted(doc, head) if kind in _ARTICLES else False,
        annual_report=extract_annual_report(
            doc, kind=kind, title=title, attachments=len(attachments), pictures=pictures, paged=signs.paged
        ),
    )
    if not of_pane and kind not in _NO_CONTENT and (folded := extract_folded_reports(doc)):
        # Several reports in one text are none of it: the table that was read is the first of theirs.
        facts = replace(facts, annual_report=None, folded_reports=folded)
    detail = extract_script_detail(doc) if kind not in _NO_CONTENT else None
    if detail is not None:
        facts = with_script_detail(facts, detail)
    return _guarded(doc, ExtractedPage(facts=facts, links=links, data_requests=requests))


def _shown(columns: Iterable[Crumb], hidden: Iterable[HiddenLink]) -> tuple[Crumb, ...]:
    """Without those that nobody can see and no menu could bring out."""
    unseen = {link.url for link in hidden if not link.doubt}
    return tuple(column for column in columns if column.url not in unseen)


def _panes(doc: Document, columns: Sequence[ColumnLink]) -> tuple[Pane, ...]:
    return tuple(_pane(anchor, pane) for anchor, pane in pane_documents(doc, columns))


def _pane(anchor: str, pane: Document) -> Pane:
    read = extract_document(pane, of_pane=True).facts
    return Pane(anchor=anchor, more=address_of_rest(pane), **{name: getattr(read, name) for name in _OF_PANE})


def _guarded(doc: Document, page: ExtractedPage) -> ExtractedPage:
    """``page`` without a plain number of a person; rows of tables are worked out only where there may be one."""
    if not may_hold_numbers(doc.outline.text):
        return page
    title = page.facts.title.value or page.facts.page_title
    return guarded(page, f"{page.facts.page_title}\n{visible_rows(doc)}", doc.fetched_at.date(), title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Title and head of the page, which the later extractors build on."""

    page_title: str
    tags: dict[str, str]
    metas: dict[str, str]
    breadcrumb: tuple[Crumb, ...]
    title: TitleReading
    head: HeadBlock
    body_named: bool


def _read(doc: Document) -> _Reading:
    tags = extract_site_tags(doc)
    breadcrumb = extract_breadcrumb(doc)
    labels = head_labels(doc)
    title = extract_title(doc, tags, breadcrumb, label_title(doc, labels))
    return _Reading(
        page_title=page_title(doc),
        tags=tags,
        metas=extract_other_metas(doc),
        breadcrumb=breadcrumb,
        title=title,
        head=extract_head_block(doc, title.anchor, labels),
        body_named=named_body(doc),
    )


def _content_links(doc: Document) -> int:
    out, places = doc.outline, regions(doc)
    first, last = out.links_below(root_number(doc))
    return sum(places[link] == "main" and out.end[link] - out.start[link] > 1 for link in out.links[first:last])


def _published(dates: PageDates, kind: PageKind) -> Read[str]:
    """A list, a column or a home page has no publication date of its own unless a label says so."""
    if kind in _NO_CONTENT:
        return _NOTHING
    return dates.published if kind in _ARTICLES or dates.published.strategy in _LABELLED else _NOTHING


def _updated(doc: Document, reading: _Reading, dates: PageDates, text: str) -> Read[str]:
    """The update date of the head block; for a 指南 also the one its text gives, whichever is later."""
    crumb = reading.breadcrumb[-1].text if reading.breadcrumb else None
    names = (reading.title.title.value, reading.page_title, crumb, reading.tags.get("ColumnName"))
    if not speaks_of_guide(*names) and not calls_itself_guide(text):
        return dates.updated
    written = guide_date(text, doc)
    return written if (written.value or "") > (dates.updated.value or "") else dates.updated


def _template_group(kind: PageKind) -> str:
    if kind in _ARTICLES:
        return "article"
    return "home" if kind is PageKind.HOME else "list" if kind in _LISTS else kind.value
