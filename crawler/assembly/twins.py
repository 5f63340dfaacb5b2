"""One page under two addresses: menus add ``?link=zwgk`` to a static page, and it stays the same page."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.addresses import page_key
from crawler.facts import ColumnFacts, PageFacts

_MAX_FOUND_ON = 20


def merge_twins(columns: Iterable[ColumnFacts]) -> tuple[ColumnFacts, ...]:
    """Columns in their order, each once: those that differ in the query alone and show the same are the one named shortest.

    A query may well choose another column; only the same rows, or the same name with the same words, prove that it does not.
    """
    kept: dict[tuple[object, ...], ColumnFacts] = {}
    for number, column in enumerate(columns):
        key = _shown(column) or (number,)
        known = kept.get(key)
        if known is None:
            kept[key] = column
            continue
        first, second = sorted((known, column), key=lambda each: (len(each.url), each.url))
        found_on = tuple(dict.fromkeys((*first.found_on, *second.found_on)))[:_MAX_FOUND_ON]
        kept[key] = replace(first, found_on=found_on, top_level=first.top_level or second.top_level)
    return tuple(kept.values())


def _shown(column: ColumnFacts) -> tuple[object, ...] | None:
    """What makes two columns the same; None where nothing does."""
    if "#" in column.url:
        return None
    place = (page_key(column.url).partition("?")[0], column.department, column.column_type, column.state)
    if column.entries:
        return (*place, tuple((entry.url, entry.title) for entry in column.entries))
    return (*place, column.name, column.text) if column.text else None


def is_once_more(page: PageFacts | None, home: PageFacts) -> bool:
    """Whether ``page`` is the home page under an address with a query: its menu opens tabs of it by ``/?link=zwgk``."""
    if page is None or not page.text or page.text != home.text:
        return False
    place, mark, query = page_key(page.url).partition("?")
    return bool(mark and query) and place == page_key(home.url).partition("?")[0]
