"""Entries of a piece of HTML that is no page: records of an XML store, answers of list data requests."""

import re
from datetime import datetime

from crawler.extractors.document import Document
from crawler.extractors.entry_rows import read_rows
from crawler.extractors.list_rows import row_groups
from crawler.facts import Entry

MAX_RECORDS = 5_000
_ROW_START = re.compile(r"\s*<(?P<tag>li|tr|dl)\b", re.IGNORECASE)


def fragment_document(html: str, url: str, fetched_at: datetime) -> Document:
    """``html`` as the only content of a page at ``url``, whose addresses resolve against it."""
    return Document(f"<html><body><div>{html}</div></body></html>", url, fetched_at)


def entries_of(doc: Document) -> tuple[Entry, ...]:
    """All rows of a fragment in document order: there are no menus and no side boxes in it."""
    out = doc.outline
    return tuple(row.entry for group in row_groups(doc) for row in read_rows(doc, out, group))[:MAX_RECORDS]


def records_html(records: list[str]) -> str:
    """Records joined to one list: rows keep their tag, anything else becomes an item of a list."""
    first = _ROW_START.match(records[0]) if records else None
    if first is not None and first["tag"].lower() == "tr":
        return "<table>" + "".join(records[:MAX_RECORDS]) + "</table>"
    items = [record if _ROW_START.match(record) else f"<li>{record}</li>" for record in records[:MAX_RECORDS]]
    return "<ul>" + "".join(items) + "</ul>"
