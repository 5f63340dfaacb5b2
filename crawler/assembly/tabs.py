"""Columns that are tabs of one page, each filled by data of its own: ``/gkmlpt/index#3255``."""

import re
from collections.abc import Collection, Iterator, Sequence

from crawler.assembly.columns import ColumnSeed
from crawler.assembly.source import PageSource
from crawler.extractors.column_links import classify_column
from crawler.facts import ColumnLink, DepartmentFacts, PageFacts

_STATUTORY = re.compile(r"statutory:(\d+)\Z")


def tab_columns(
    department: DepartmentFacts, front: PageFacts, source: PageSource, known: Collection[str]
) -> Iterator[ColumnSeed]:
    """Tabs of the 单位's page for which data were read; those in ``known`` (addresses) are columns already."""
    seen = set(known)
    for part in source.parts(front.url):
        url = part.part_of or ""
        if "#" not in url or url in seen:
            continue
        seen.add(url)
        links = [link for link in front.column_links if link.url == url]
        name = part.tags.get("ColumnName") or (links[0].text if links else "")
        items = tuple(sorted({int(found[1]) for link in links if (found := _STATUTORY.match(link.column_type))}))
        yield ColumnSeed(
            name=name,
            url=url,
            column_type=_kind(name, links, items),
            statutory_items=items,
            department=department.name,
            path=(department.name, name),
            found_on=(front.url,),
            anchor_text=links[0].text if links else name,
        )


def _kind(name: str, links: Sequence[ColumnLink], items: tuple[int, ...]) -> str:
    if items:
        return "statutory"
    return links[0].column_type if links else classify_column(name) or "other"
