"""JSON lists of unknown make: the rows are the longest list of objects with a title and an address or a date."""

from collections.abc import Iterator
from typing import Any

from crawler.addresses import resolve
from crawler.extractors.document import clean, text_of
from crawler.extractors.fragments import fragment_document
from crawler.extractors.readers.answer import Answer, Reading
from crawler.extractors.readers.fragment import read_fragment, read_html
from crawler.extractors.readers.gkmlpt import day_of
from crawler.facts import Entry, Pager
from crawler.vocabulary import load

MAX_NODES = 200_000


def read_json_list(answer: Answer) -> Reading:
    """Rows by structure; XML stores and fragments of HTML under a JSON address are read as what they are."""
    data = answer.json
    if data is None:
        return read_fragment(answer)
    keys = load("json_keys")
    best: list[dict[str, Any]] | None = None
    empty = False
    for name, value in _lists(data):
        rows = [item for item in value if isinstance(item, dict) and _first(item, keys["title"]) and _is_row(item, keys)]
        if rows and len(rows) >= len(value) * 0.5 and len(rows) > len(best or []):
            best = rows
        empty = empty or (not value and name.lower() in keys["lists"])
    if best is None:
        html = _html_inside(data, keys)
        if html is not None:
            return read_html(answer, html)
        return Reading(entries=() if empty else None)
    entries = tuple(_entry(row, answer, keys) for row in best)
    total = _total(data, keys)
    return Reading(entries=entries, pager=Pager(kind="ajax", total=total, current=answer.request.page))


def _lists(data: Any) -> Iterator[tuple[str, list[Any]]]:
    """All lists in the data with the key they stand under, breadth first, without recursion."""
    queue: list[tuple[str, Any]] = [("", data)]
    seen = 0
    while queue and seen < MAX_NODES:
        name, node = queue.pop(0) if len(queue) < 1_000 else queue.pop()
        seen += 1
        if isinstance(node, dict):
            queue.extend((str(key), value) for key, value in node.items() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            yield name, node
            queue.extend((name, value) for value in node[:5_000] if isinstance(value, (dict, list)))


def _first(row: dict[str, Any], names: list[str]) -> Any:
    lower = {str(key).lower(): value for key, value in row.items()}
    return next((lower[name] for name in names if lower.get(name) not in (None, "", [])), None)


def _is_row(row: dict[str, Any], keys: dict[str, list[str]]) -> bool:
    return _first(row, keys["url"]) is not None or _first(row, keys["date"]) is not None


def _entry(row: dict[str, Any], answer: Answer, keys: dict[str, list[str]]) -> Entry:
    title = str(_first(row, keys["title"]))
    if "<" in title:
        title = text_of(fragment_document(title, answer.page_url, answer.fetched_at).tree)
    address = _first(row, keys["url"])
    raw = _first(row, keys["date"])
    return Entry(
        title=clean(title)[:500],
        url=resolve(str(address), answer.request.url) if isinstance(address, str) else None,
        date=day_of(raw),
        date_raw=str(raw)[:40] if raw is not None else "",
        date_from="data" if raw is not None else "",
    )


def _html_inside(data: Any, keys: dict[str, list[str]]) -> str | None:
    """The rows as a string of HTML under ``html``, ``content``, ``data``."""
    node = data
    for _ in range(4):
        if isinstance(node, str):
            return node if "<" in node else None
        if not isinstance(node, dict):
            return None
        node = _first(node, keys["html"])
    return None


def _total(data: Any, keys: dict[str, list[str]]) -> int | None:
    node = data
    for _ in range(4):
        if not isinstance(node, dict):
            return None
        total = _first(node, keys["total"])
        if isinstance(total, (int, str)) and str(total).isdigit():
            return int(total)
        node = next((value for value in node.values() if isinstance(value, dict)), None)
    return None
