"""Which pages are worth a browser: those that a script fills and that somebody is judged by."""

from collections.abc import Iterator, Sequence

from crawler.assembly.latest import latest
from crawler.assembly.source import PageSource
from crawler.browser.reasons import REASONS
from crawler.facts import MANDATORY_ROLES, ColumnFacts, DepartmentFacts, ListState
from crawler.pins import Pins


def scripted_pages(source: PageSource, start_url: str, pins: Pins | None = None) -> Sequence[str]:
    """Addresses to draw, the most important first: 单位 pages, the four columns, statutory items, classified columns.

    Columns that no rule judges (``other``) are left alone.
    """
    site = latest(source, start_url, pins)
    found = dict.fromkeys(url for department in site.departments for url in _front(department))
    columns = [column for column in site.columns if _is_unread(column) and column.column_type != "other"]
    for column in sorted(columns, key=_weight):
        found[column.evidence[0].url if column.evidence else column.url] = None
    return list(found)


def _front(department: DepartmentFacts) -> Iterator[str]:
    if not department.columns_readable and department.evidence:
        yield department.evidence[0].url


def _is_unread(column: ColumnFacts) -> bool:
    return column.state is ListState.SCRIPTED or (column.state is ListState.UNTESTED and column.untested_reason in REASONS)


def _weight(column: ColumnFacts) -> tuple[int, str]:
    if column.column_type in MANDATORY_ROLES:
        return 0, column.url
    return (1 if column.statutory_items else 2), column.url
