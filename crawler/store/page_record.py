"""A page on its way from the extractors to the store: packed once, where it was read."""

from dataclasses import dataclass

from crawler.facts import DataRequest, ExtractedPage, ListState, PageFacts, PageKind
from crawler.store.codec import pack

PlainLink = tuple[str, str, str, str]
"""Address, text, element, place: a fifth of what a ``Link`` costs to send from one process to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What the crawl itself must know of a page: what it is, and where it leads beside its links."""

    url: str
    final_url: str
    part_of: str | None
    kind: PageKind
    list_state: ListState | None
    list_name: str
    """What the page calls itself: title, crumbs, column name."""
    is_dated_article: bool
    text_hash: str
    published: str | None
    entries: tuple[str, ...]
    pager: tuple[str, ...]
    """Further pages of its list."""
    columns: tuple[tuple[str, str], ...]
    """Type and address."""
    units: tuple[tuple[str, str], ...]
    """Name and address of the 单位 it lists."""
    forwards_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page as the store keeps it, and its gist."""

    gist: Gist
    facts: bytes
    """Packed ``PageFacts``."""
    links: tuple[PlainLink, ...] = ()
    data_requests: tuple[DataRequest, ...] = ()


def record_of(page: ExtractedPage) -> PageRecord:
    facts = page.facts
    return PageRecord(
        gist=gist_of(facts),
        facts=pack(facts),
        links=tuple((link.url, link.text, link.element, link.place) for link in page.links),
        data_requests=page.data_requests,
    )


def gist_of(facts: PageFacts) -> Gist:
    pager = (*facts.pager.urls, facts.pager.next) if facts.pager.next else facts.pager.urls
    crumbs = "/".join(crumb.text for crumb in facts.breadcrumb)
    return Gist(
        url=facts.url,
        final_url=facts.final_url,
        part_of=facts.part_of,
        kind=facts.kind,
        list_state=facts.list_state,
        list_name=f"{facts.page_title}|{crumbs}|{facts.tags.get('ColumnName', '')}",
        is_dated_article=(
            facts.kind is PageKind.ARTICLE and facts.published.value is not None and facts.published.strategy != "url"
        ),
        text_hash=facts.text_hash,
        published=facts.published.value,
        entries=tuple(entry.url for entry in facts.entries or () if entry.url),
        pager=tuple(url for url in pager if url),
        columns=tuple((link.column_type, link.url) for link in facts.column_links if link.url),
        units=tuple((unit.name, unit.url) for unit in facts.unit_links if unit.url),
        forwards_to=facts.forwards_to,
    )
