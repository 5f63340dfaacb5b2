"""Which pages deserve a second look before anybody may be accused over them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from crawler.assembly.columns import days_between
from crawler.assembly.latest import latest
from crawler.assembly.source import PageSource
from crawler.facts import MANDATORY_ROLES, ColumnFacts, DepartmentFacts, ListState
from crawler.pins import Pins
from crawler.vocabulary import load

_OWN_ITEMS = frozenset(f"statutory:{item}" for item in range(1, 15))
"""条例 art. 20 (一) to (十四); the fifteenth is what other laws ask for. Which of them a 单位 must show is for a rule to say."""


def second_looks(source: PageSource, start_url: str, today: date, pins: Pins | None = None) -> list[str]:
    """Addresses to fetch once more at the end of the run, in a stable order; ``page#tab`` for a column that is a tab.

    The home page, every 单位's page that lacks one of the four columns, a way to apply or an item of 条例 art. 20, every 指南
    and 年报 (rules look for what is *not* in them), and every column that is empty, holds a note only, or is a list without
    dates or with old ones.
    """
    site = latest(source, start_url, pins)
    wanted: dict[str, None] = {site.portal.url: None}
    menu = {link.url for link in site.portal.home.column_links} if site.portal.home is not None else set()
    for department in site.departments:
        lacking = department.has_application_channel is False or any(_astray(department, role) for role in MANDATORY_ROLES)
        if department.url and (lacking or not _shows_all_items(department, source, menu)):
            wanted[department.url] = None
    for column in site.columns:
        if _doubtful(column, today):
            # A tab is wanted under its own address: its page has others that nobody doubts.
            tab = "#" in column.url or not column.evidence
            wanted[column.url if tab else column.evidence[0].url] = None
    return list(wanted)


def _shows_all_items(department: DepartmentFacts, source: PageSource, menu: Collection[str | None]) -> bool:
    """Whether the 单位's page or its 法定主动公开内容 names a column for every item of 条例 art. 20 that is the 单位's own.

    What the home page leads to as well is the portal's menu, and may be nothing of the 单位's.
    """
    column = department.columns.get("statutory_content")
    pages = (source.page(url) for url in (department.url, column.url if column else None) if url)
    kinds = {link.column_type for page in pages if page is not None for link in page.column_links if link.url not in menu}
    return kinds >= _OWN_ITEMS


def _astray(department: DepartmentFacts, role: str) -> bool:
    column = department.columns.get(role)
    return column is None or column.opens_type != role or column.opens_owner not in {None, department.name}


def _doubtful(column: ColumnFacts, today: date) -> bool:
    """Whether a rule might hold against the column what one look shows."""
    words = load("assembly")
    if column.state in {ListState.EMPTY, ListState.NOTE}:
        return True
    if column.state is ListState.UNTESTED:
        return False
    if column.column_type in words["always_second_look"]:
        return True
    if column.state is not ListState.ENTRIES:
        return False
    if column.newest is None:
        return column.column_type not in words["never_undated"] and len(column.entries) >= words["undated_entries"]
    age = days_between(column.newest, today)
    return age is None or age > _days(column, words)


def _days(column: ColumnFacts, words: Mapping[str, Any]) -> int:
    """Age from which on a column might be called stale: the shortest of the periods it comes under."""
    periods, by_item = words["second_look_days"], words["second_look_item_days"]
    own = periods.get(column.column_type, periods["default"])
    return min([int(own), *(int(by_item[item]) for item in column.statutory_items if item in by_item)])
