"""The section 基层政务公开 of a portal: its columns, and the names of all that it leads to."""

from collections.abc import Iterator

from crawler.facts import ColumnFacts, SiteFacts
from rules.documents import plain
from rules.model import Context

GRASSROOTS = "grassroots"
INSTITUTIONS = "public_institution"


def section(context: Context, column_type: str) -> tuple[ColumnFacts, ...]:
    """Columns of the portal of that type; a check that asks must ``need`` the type."""
    return context.columns.get((None, column_type), ())


def names_in(facts: SiteFacts, columns: tuple[ColumnFacts, ...]) -> frozenset[str]:
    """Names of the section's entries and of everything its pages link to, in one spelling."""
    return frozenset(plain(name) for name in _names(facts, columns) if name)


def _names(facts: SiteFacts, columns: tuple[ColumnFacts, ...]) -> Iterator[str]:
    for column in columns:
        yield from (entry.title for entry in column.entries)
        page = facts.page(column.url)
        if page is not None:
            yield from (entry.title for entry in page.entries or ())
            yield from (link.text for link in page.body_links or ())
            yield from (link.text for link in page.column_links)
            yield from (unit.name for unit in page.unit_links)
