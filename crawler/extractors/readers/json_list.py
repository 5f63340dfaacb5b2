"""JSON lists of unknown make, read by structure; HTML under a JSON address is read as what it is."""

from typing import Any
from urllib.parse import urlsplit

from crawler.addresses import resolve
from crawler.extractors.document import text_of
from crawler.extractors.fragments import fragment_document
from crawler.extractors.json_rows import entry_of, first_of, rows_in
from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.extractors.readers.fragment import read_fragment, read_html
from crawler.facts import DataRequest, Pager
from crawler.vocabulary import load


def read_json_list(answer: Answer) -> Reading:
    """Rows by structure; XML stores and fragments of HTML under a JSON address are read as what they are."""
    data = answer.json
    if data is None:
        return read_fragment(answer)
    keys = load("json_keys")
    rows, empty = rows_in(data)
    if rows is None:
        html = _html_inside(data, keys)
        if html is not None:
            return read_html(answer, html)
        return Reading(entries=() if empty else None)

    def absolute(address: str) -> str | None:
        return resolve(address, answer.request.url)

    def plain(title: str) -> str:
        return text_of(fragment_document(title, answer.page_url, answer.fetched_at).tree)

    entries = tuple(entry_of(row, absolute, plain) for row in rows)
    total = _total(data, keys)
    pager = Pager(kind="ajax", total=total, current=answer.request.page)
    return Reading(entries=entries, pager=pager, requests=_further(answer, len(entries), total or 0, keys))


def _further(answer: Answer, size: int, total: int, keys: dict[str, list[str]]) -> tuple[DataRequest, ...]:
    """The list's other pages, asked for by the answer of the first one, whose address ends in its number."""
    asked = answer.request
    name, _, number = urlsplit(asked.url).query.rpartition("&")[2].partition("=")
    if asked.page != 1 or asked.method != "GET" or number != "1" or name.lower() not in keys["page"] or not 0 < size < total:
        return ()
    last = min(-(-total // size), MAX_PAGES)
    pages = range(2, last + 1)
    return tuple(DataRequest(url=answer.with_parameters(**{name: page}), reader=asked.reader, page=page) for page in pages)


def _html_inside(data: Any, keys: dict[str, list[str]]) -> str | None:
    """The rows as a string of HTML under ``html``, ``content``, ``data``."""
    node = data
    for _ in range(4):
        if isinstance(node, str):
            return node if "<" in node else None
        if not isinstance(node, dict):
            return None
        node = first_of(node, keys["html"])
    return None


def _total(data: Any, keys: dict[str, list[str]]) -> int | None:
    node = data
    for _ in range(4):
        if not isinstance(node, dict):
            return None
        total = first_of(node, keys["total"])
        if isinstance(total, (int, str)) and str(total).isdigit():
            return int(total)
        node = next((value for value in node.values() if isinstance(value, dict)), None)
    return None
