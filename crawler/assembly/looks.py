"""Which pages deserve a second look before anybody may be accused over them."""

from datetime import date

from crawler.assembly.assemble import assemble
from crawler.assembly.columns import days_between
from crawler.assembly.source import PageSource
from crawler.facts import MANDATORY_ROLES, ColumnFacts, ListState
from crawler.pins import Pins
from crawler.vocabulary import load


def second_looks(source: PageSource, start_url: str, today: date, pins: Pins | None = None) -> list[str]:
    """Addresses to fetch once more at the end of the run, in a stable order.

    The home page, every 单位's page that lacks one of the four columns, every column that is empty, holds a note only, shows no
    date or an old one, and every 年报 column without a report of last year.
    """
    site = assemble(source, start_url, pins)
    wanted: dict[str, None] = {site.portal.url: None}
    for department in site.departments:
        if department.url and any(
            role not in department.columns or department.columns[role].opens_type != role for role in MANDATORY_ROLES
        ):
            wanted[department.url] = None
    for column in site.columns:
        if _doubtful(column, today):
            wanted[column.evidence[0].url if column.evidence else column.url] = None
    return list(wanted)


def _doubtful(column: ColumnFacts, today: date) -> bool:
    if column.state in {ListState.EMPTY, ListState.NOTE}:
        return True
    if column.state is ListState.UNTESTED:
        return False
    if column.column_type == "annual_report":
        last_year = str(today.year - 1)
        return not any(last_year in entry.title for entry in column.entries)
    periods = load("assembly")["second_look_days"]
    newest = column.updated.value if column.column_type == "guide" else column.newest
    if newest is None:
        return True
    age = days_between(newest, today)
    return age is None or age > periods.get(column.column_type, periods["default"])
