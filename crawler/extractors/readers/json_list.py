"""JSON lists of unknown make, read by structure; HTML under a JSON address is read as what it is."""

from typing import Any

from crawler.addresses import resolve
from crawler.extractors.document import text_of
from crawler.extractors.fragments import fragment_document
from crawler.extractors.json_rows import entry_of, first_of, rows_in
from crawler.extractors.readers.answer import Answer, Reading
from crawler.extractors.readers.fragment import read_fragment, read_html
from crawler.facts import Pager
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
    return Reading(entries=entries, pager=Pager(kind="ajax", total=_total(data, keys), current=answer.request.page))


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
