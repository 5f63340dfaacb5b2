"""Lists of 大汉 (hanweb) jcms that lie in the page as ``<script type="text/xml"><datastore>`` and in the answers of its proxy."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from crawler.extractors.document import Document
from crawler.extractors.fragments import MAX_RECORDS, entries_of, fragment_document, records_html
from crawler.extractors.source_words import mentions
from crawler.facts import Entry

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
    records = [_uncovered(body) for body in islice(_bodies(source, "record"), MAX_RECORDS)]
    records = [html.unescape(record) if record.lstrip().startswith("&lt;") else record for record in records]
    entries = entries_of(fragment_document(records_html(records), url, fetched_at)) if records else ()
    totals = {match["what"].lower(): int(match["number"]) for match in _TOTALS.finditer(source)}
    following = next(_bodies(source, "nextgroup"), "")
    href = _HREF.search(following[:5_000])
    return Datastore(
        entries=entries,
        next_url=html.unescape(href["url"]) if href else None,
        total=totals.get("record"),
        pages=totals.get("page"),
    )


def _bodies(source: str, tag: str) -> Iterator[str]:
    """What stands between ``<tag …>`` and ``</tag>``, one after the other; the first that is not closed ends it."""
    opening = re.compile(rf"<{tag}(?:\s[^<>]*)?>", re.IGNORECASE)
    closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE)
    position = 0
    while (start := opening.search(source, position)) is not None and (end := closing.search(source, start.end())) is not None:
        yield source[start.end() : end.start()]
        position = end.end()


def _uncovered(body: str) -> str:
    return body.strip().removeprefix("<![CDATA[").removesuffix("]]>")


def read_datastores(doc: Document) -> StoredList | None:
    """The page's inline stores together; None when it has none. The store with most entries speaks for the pager."""
    if not mentions(doc, ("datastore",)):
        return None
    found: list[tuple[Datastore, HtmlElement]] = []
    known = doc.notes.get("datastores")
    if known is not None:
        return known or None
    for script in doc.tagged("script", "xml", "textarea"):
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
