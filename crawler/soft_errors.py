"""What the portal answers for addresses that nobody ever made: does it own up to a page that is not there?"""

import hashlib
import logging
from collections import Counter
from typing import Any

from crawler.addresses import host_of, page_key, resolve, url_key
from crawler.facts import FailureKind, PageKind, UnknownPage
from crawler.reading_room import ReadingFailed
from crawler.targets import Rank, State, Target
from crawler.visits import Visits, timestamp
from crawler.vocabulary import load

logger = logging.getLogger(__name__)

META = "unknown_pages"
ELSEWHERE = "unknown_elsewhere"
"""Meta: the same of the portal's other hosts, one address each."""

_SHAPES = ("/{}.html", "/{}/")
"""Pages and folders may be served by different programs; two made-up addresses are two looks."""


async def ask_for_unknown(visits: Visits, home_url: str, home_keys: set[str]) -> tuple[UnknownPage, ...]:
    """Ask for two made-up addresses of the home page's host. They are no part of the crawl: nothing refers to them."""
    found = []
    for shape in _SHAPES:
        url = resolve(shape.format(_made_up(shape, home_url)), home_url)
        if url is not None:
            found.append(await _ask(visits, url, home_keys))
    return tuple(page for page in found if page is not None)


async def ask_elsewhere(visits: Visits, home_url: str) -> tuple[UnknownPage, ...]:
    """Ask each further host of the portal from which pages were read for one made-up address."""
    words = load("soft_errors")
    own = host_of(home_url)
    pages = Counter(
        target.host
        for target in visits.store.registry
        if target.internal and target.kind == "page" and target.state is State.FETCHED and target.host != own
    )
    roots = {target.host: target.url for target in visits.store.registry if target.host in pages}
    hosts = sorted(host for host, count in pages.items() if count >= words["hosts_least_pages"])[: words["hosts_most"]]
    found = []
    for host in hosts:
        url = resolve(_SHAPES[0].format(_made_up(_SHAPES[0], roots[host])), roots[host])
        if url is not None:
            found.append(await _ask(visits, url, set()))
    return tuple(page for page in found if page is not None)


def _made_up(shape: str, home_url: str) -> str:
    """A name that nobody gave a page: the same every night, so that two runs can be compared."""
    return hashlib.blake2b(f"{shape} {url_key(home_url)}".encode(), digest_size=6).hexdigest()


async def _ask(visits: Visits, url: str, home_keys: set[str]) -> UnknownPage | None:
    target = Target(-1, url_key(url), url, kind="page", internal=True, rank=Rank.PAGE, depth=0)
    reply = await visits.fetcher.ask(target, probe=False)
    if reply.failure is FailureKind.ROBOTS:
        return None
    kind: PageKind | None = None
    if reply.location is None and reply.failure is None and reply.body:
        try:
            record = await visits.read(target, reply)
            kind = record.gist.kind
            # What it shows is kept beside the pages: the same words under another address mean that there is nothing there.
            visits.store.add_sighted(record.gist.url, None, timestamp(reply.at), record.facts)
        except ReadingFailed as error:
            logger.error("reading/failed url=%r capture=%s %s", url[:200], reply.capture, error)  # noqa: TRY400
    return UnknownPage(
        url=url,
        status=reply.status,
        kind=kind,
        home=reply.location is not None and page_key(reply.location) in home_keys,
        forwards=reply.location is not None,
        capture=reply.capture,
        fetched_at=timestamp(reply.at),
    )


def stored(values: Any) -> tuple[UnknownPage, ...] | None:
    """From the JSON values of the store's meta table."""
    if values is None:
        return None
    return tuple(UnknownPage(**{**value, "kind": PageKind(value["kind"]) if value["kind"] else None}) for value in values)
