"""Whole portals from HTML of our own, read as a crawl reads them: extractors, assembly, facts; no network, no store."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from crawler.assembly import assemble
from crawler.assembly.source import Fate, MemoryPages
from crawler.extractors.page import extract_page
from crawler.facts import ExtractedPage, LinkFacts, MemoryFacts, RunFacts, Try

SEEN = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=8)))
AGAIN = SEEN + timedelta(hours=1)


def read_portal(pages: Mapping[str, str], home: str) -> MemoryFacts:
    """Facts of a portal all of whose pages were seen twice and all of whose targets opened."""
    extracted = {url: _extract(url, html, SEEN, home) for url, html in pages.items()}
    later = [_extract(url, html, AGAIN, home).facts for url, html in pages.items()]
    targets = {link.url for page in extracted.values() for link in page.links}
    listed = [page.facts for page in extracted.values()]
    fates = {url: Fate(opened=True) for url in targets}
    site = assemble(MemoryPages(page_list=listed, sighting_list=later, fates=fates), home)
    return MemoryFacts(
        portal=site.portal,
        run=RunFacts(
            started=SEEN.isoformat(), discovered=len(pages), fetched=len(pages), pages_fetched=len(pages), outside_reachable=True
        ),
        department_list=tuple(site.departments),
        column_list=tuple(site.columns),
        page_list=tuple(sorted(listed, key=lambda page: page.url)),
        link_list=tuple(_links(extracted, home)),
    )


def _extract(url: str, html: str, at: datetime, home: str) -> ExtractedPage:
    page = extract_page(html.encode(), url, content_type="text/html; charset=utf-8", fetched_at=at, is_home=url == home)
    facts = replace(page.facts, final_url=url, fetched_at=at.isoformat(), capture=f"urn:made-here:{url}")
    return replace(page, facts=facts)


def _links(extracted: Mapping[str, ExtractedPage], home: str) -> list[LinkFacts]:
    """Every target opened at once, with one try: none of them is a fault."""
    found: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    for url, page in extracted.items():
        for link in page.links:
            found[link.url].append(url)
            texts.setdefault(link.url, link.text)
    host = urlsplit(home).netloc
    opened = Try(at=SEEN.isoformat(), status=200, final=True)
    return [
        LinkFacts(
            url=target,
            internal=urlsplit(target).netloc == host,
            tries=(opened,),
            found_on=tuple(sorted(set(pages))[:20]),
            found_on_count=len(set(pages)),
            text=texts[target],
            on_home=home in pages,
        )
        for target, pages in sorted(found.items())
        if target.startswith("http")
    ]
