"""How a list goes on: the pager of a page, whoever wrote it, and the data that should be asked for beside the page."""

import re
from collections.abc import Iterator

from crawler.addresses import page_key
from crawler.extractors.anchors import Anchor, anchors, links_that
from crawler.extractors.data_requests import find_requests
from crawler.extractors.datastore import read_datastores
from crawler.extractors.document import Document, squeeze
from crawler.extractors.entries import ListReading
from crawler.extractors.list_settings import read_list_settings, settings_requests
from crawler.extractors.pager_functions import read_function_pager
from crawler.extractors.pager_links import count_words, read_encoded_pager, read_link_pager
from crawler.extractors.pager_numbers import LinkPager
from crawler.extractors.pager_posts import PostedPages, read_posted_pages
from crawler.extractors.pager_scripts import ScriptPager, read_script_pager
from crawler.extractors.regions import regions
from crawler.extractors.source_words import mentions
from crawler.facts import DataRequest, Pager
from crawler.vocabulary import load

_YEAR_TAB = re.compile(r"(?:19|20)\d\d年?(?:度)?\Z")
_SECOND_PAGE = re.compile(r"[?&_/](?:p|page|pageindex|pageno|index)?[=_-]?2\b", re.IGNORECASE)
_MIN_YEARS = 3
_MAX_URLS = 500

_COUNTS_NONE = re.compile(
    r"""\.\w{0,20}[pP]aginat\w{0,20}\(\s*\{[^{}]{0,400}?\b(?:total|totalCount|totalData|count|records)\s*:\s*['"]?0\b"""
)
"""A plug-in's pager of a list to whose call the server wrote that it holds nothing: ``$("#pager").pagination({total: 0, …})``."""


def extract_pager(doc: Document, listing: ListReading) -> tuple[Pager, tuple[DataRequest, ...]]:
    """The pager and the list data beside the page.

    Nothing is invented: where count and pattern of the addresses are not certain, only ``next`` is given. A list without any
    sign of a pager has one page.
    """
    requested = find_requests(doc, has_rows=bool(listing.entries))
    if requested is not None and requested[0] is not None:
        return requested[0], requested[1]
    beside = requested[1] if requested is not None else ()
    own = _in_page(doc, listing)
    if own.next is None and len(own.urls) <= 1 and (settings := read_list_settings(doc)) is not None:
        pager, asked = settings_requests(settings, has_rows=bool(listing.entries))
        return pager, (*beside, *asked)
    return own, beside


def _in_page(doc: Document, listing: ListReading) -> Pager:
    if read_datastores(doc) is not None:
        return Pager(kind="jpage", pages=1, current=1, urls=(doc.url,))
    script = read_script_pager(doc)
    if script is not None and (script.urls or script.pages == 1):
        return _from_script(script)
    links = read_encoded_pager(doc) or read_link_pager(doc)
    if (script is None or script.pages > 1) and (links is None or not (links.next or links.urls)):
        links = read_function_pager(doc, links) or links
    if listing.entries and not (links is not None and (links.next or links.urls)) and (posted := read_posted_pages(doc)):
        return _from_posts(posted, links)
    if links is not None and (links.next or links.urls or links.pages or links.kind == "script"):
        return _from_links(links, len(listing.entries or ()))
    return _from_script(script) if script is not None else _rest(doc, listing)


def _from_script(script: ScriptPager) -> Pager:
    following = script.urls[script.current] if script.current < script.pages and len(script.urls) > script.current else None
    return Pager(
        kind=script.kind,
        pages=script.pages,
        total=script.total,
        current=script.current,
        next=following,
        urls=script.urls[:_MAX_URLS],
    )


def _from_links(links: LinkPager, rows: int) -> Pager:
    pages = links.pages
    if pages is None and links.total and rows and links.current == 1 and links.next:
        pages = -(-links.total // rows)
    return Pager(
        kind=links.kind, pages=pages, total=links.total, current=links.current, next=links.next, urls=links.urls[:_MAX_URLS]
    )


def _from_posts(posted: PostedPages, links: LinkPager | None) -> Pager:
    """A list that goes on where nothing can be asked for; a count of the pager's own words may be higher than its numbers."""
    counted = max(links.pages or 0 if links else 0, posted.pages or 0) or None
    return Pager(kind="postback", pages=counted, total=links.total if links else None, current=links.current if links else None)


def _rest(doc: Document, listing: ListReading) -> Pager:
    years = _year_tabs(doc)
    if years:
        return Pager(kind="year-tabs", current=None, urls=years)
    more = _load_more(doc)
    if more is not None:
        return Pager(kind="html", current=1, next=more)
    if _is_scripted(doc):
        pages, total, current = count_words(doc.outline.text[-6_000:])
        if total is None and not listing.entries and _COUNTS_NONE.search(doc.inline_script):
            total = 0
        return Pager(kind="script", pages=pages, total=total, current=current)
    if listing.entries:
        return Pager(pages=1, current=1, urls=(doc.url,))
    return Pager()


def _year_tabs(doc: Document) -> tuple[str, ...]:
    """Addresses of at least three tabs that are bare years, in the order they stand."""
    places, known = regions(doc), anchors(doc)
    urls: dict[str, str] = {}
    for number in links_that(doc, _is_year):
        url = known[number].url
        if url is not None and places[number] != "foot":
            urls.setdefault(page_key(url), url)
    return tuple(urls.values())[:_MAX_URLS] if len(urls) >= _MIN_YEARS else ()


def _is_year(anchor: Anchor) -> bool:
    return len(anchor.span) <= 10 and _YEAR_TAB.match(squeeze(anchor.span)) is not None


def _load_more(doc: Document) -> str | None:
    """Address of a 加载更多 link that is a link, or of a button that bears one."""
    known = anchors(doc)
    more = [url for number in links_that(doc, _says_more) if (url := known[number].url)]
    return next((url for url in (*more, *_more_buttons(doc)) if _SECOND_PAGE.search(url)), None)


def _more_buttons(doc: Document) -> Iterator[str]:
    """Addresses that buttons of 加载更多 bear in an attribute for their script: ``data-next="/tz?page=2"``."""
    out, words = doc.outline, load("pagers")
    for number in out.tagged(("button", "div", "span", "a")):
        if 0 < out.end[number] - out.start[number] <= 12 and squeeze(out.span(number)) in words["more"]:
            for name in words["more_attributes"]:
                address = out.elements[number].get(name)
                url = doc.resolve(address) if address else None
                if url is not None:
                    yield url


def _says_more(anchor: Anchor) -> bool:
    return len(anchor.span) <= 12 and squeeze(anchor.span) in load("pagers")["more"]


def _is_scripted(doc: Document) -> bool:
    """Whether a script that is not read here draws the pager."""
    words = load("pagers")
    return any(sign in doc.inline_script for sign in words["ajax_scripts"]) or mentions(doc, words["ajax_marks"])
