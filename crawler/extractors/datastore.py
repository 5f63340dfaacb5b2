"""Lists of 大汉 (hanweb) jcms that lie in the page as ``<script type="text/xml"><datastore>`` and in the answers of its proxy."""

import html
import re
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from crawler.extractors.document import Document
from crawler.extractors.fragments import entries_of, fragment_document, records_html
from crawler.facts import Entry

_RECORD = re.compile(r"<record[^>]*>\s*(?:<!\[CDATA\[)?(?P<body>.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_NEXT = re.compile(r"<nextgroup[^>]*>(?P<body>.*?)</nextgroup>", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?(?P<url>[^"'\s>]+)""", re.IGNORECASE)
_TOTALS = re.compile(r"<total(?P<what>record|page)s?>\s*(?:<!\[CDATA\[)?\s*(?P<number>\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Datastore:
    """What one ``<datastore>`` says; ``total`` and ``pages`` are None where it does not say."""

    entries: tuple[Entry, ...]
    next_url: str | None
    """Address of the next group of records, as the store names it."""
    total: int | None
    pages: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredList:
    """The list of a page, taken out of its inline stores."""

    entries: tuple[Entry, ...]
    container: HtmlElement | None
    store: Datastore


def read_datastore(source: str, url: str, fetched_at: datetime) -> Datastore:
    """Read the XML-like text by its few tags: real answers are no well-formed XML (bare ``&``, HTML in CDATA)."""
    records = [match["body"] for match in _RECORD.finditer(source)]
    records = [html.unescape(record) if record.lstrip().startswith("&lt;") else record for record in records]
    entries = entries_of(fragment_document(records_html(records), url, fetched_at)) if records else ()
    totals = {match["what"].lower(): int(match["number"]) for match in _TOTALS.finditer(source)}
    following = _NEXT.search(source)
    href = _HREF.search(following["body"]) if following else None
    return Datastore(
        entries=entries,
        next_url=html.unescape(href["url"]) if href else None,
        total=totals.get("record"),
        pages=totals.get("page"),
    )


def read_datastores(doc: Document) -> StoredList | None:
    """The page's inline stores together; None when it has none. The store with most entries speaks for the pager."""
    if "datastore" not in doc.source:
        return None
    found: list[tuple[Datastore, HtmlElement]] = []
    known = doc.notes.get("datastores")
    if known is not None:
        return known or None
    for script in doc.tree.iter("script", "xml", "textarea"):
        text = script.text or ""
        if "<datastore" in text[:2_000].lower():
            found.append((read_datastore(text, doc.base_url, doc.fetched_at), script.getparent()))
    result: StoredList | None = None
    if found:
        main, container = max(found, key=lambda pair: len(pair[0].entries))
        entries = tuple(entry for store, _ in found for entry in store.entries)
        result = StoredList(entries=entries, container=container, store=main)
    doc.notes["datastores"] = result or False
    return result
