"""One page under two addresses: menus add ``?link=zwgk`` to a static page, and it stays the same page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from crawler.addresses import page_key
from crawler.facts import ColumnFacts, PageFacts

_MAX_FOUND_ON = 20


def merge_twins(columns: Iterable[ColumnFacts]) -> tuple[ColumnFacts, ...]:
    """Columns in their order, each once: those that differ in the query alone and show the same are the one named shortest.

    A query may well choose another column; only the same rows, or the same name with the same words, prove that it does not.
    Where neither shows anything, it is the same name under a query of which the other is a part: a node of a tree that stands
    in the page with ``catId=7`` and in the tree's data with ``catId=7&nav=3``.
    """
    kept: dict[tuple[object, ...], ColumnFacts] = {}
    bare: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    for number, column in enumerate(columns):
        key = _shown(column) or _echoed(column, kept, bare) or (number,)
        known = kept.get(key)
        if known is None:
            kept[key] = column
            continue
        first, second = sorted((known, column), key=lambda each: (len(each.url), each.url))
        found_on = tuple(dict.fromkeys((*first.found_on, *second.found_on)))[:_MAX_FOUND_ON]
        kept[key] = replace(first, found_on=found_on, top_level=first.top_level or second.top_level)
    return tuple(kept.values())


def _echoed(
    column: ColumnFacts, kept: Mapping[tuple[object, ...], ColumnFacts], bare: dict[tuple[object, ...], list[tuple[object, ...]]]
) -> tuple[object, ...] | None:
    """Key of a column that shows nothing: that of a kept one of which it is an echo, else its own; None where it shows something.

    ``bare`` are the keys of such columns by what they have in common.
    """
    path, mark, query = page_key(column.url).partition("?")
    if "#" in column.url or column.entries or column.text or not (mark and column.name):
        return None
    beside = bare.setdefault((path, column.department, column.column_type, column.state, column.name), [])
    own = set(parse_qsl(query))
    for key in beside:
        other = set(parse_qsl(page_key(kept[key].url).partition("?")[2]))
        if own <= other or other <= own:
            return key
    key = (path, query)
    beside.append(key)
    return key


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
