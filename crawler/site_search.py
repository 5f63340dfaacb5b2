"""The portal's own search, asked for the titles of a few articles that are online."""

import asyncio
import hashlib
import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlencode, urlsplit

from crawler.addresses import host_of, page_key, url_key
from crawler.extractors.document import squeeze
from crawler.facts import ListState, PageFacts, PageKind, SearchFacts, SearchForm, SearchTry
from crawler.reading_room import ReadingFailed
from crawler.store import FactsStore
from crawler.store.codec import unpack
from crawler.store.page_record import PageRecord
from crawler.targets import Rank, State, Target
from crawler.visits import Visits, timestamp
from crawler.vocabulary import load

_CANDIDATES = 60
"""Pages looked at for titles: most pages of a portal are articles."""

_NO_RESULTS_PAGE = frozenset({PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.ERROR_PAGE, PageKind.FORWARD, PageKind.PLACEHOLDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSearch:
    """Asks with the crawl's own delay, robots.txt and captures; what was not found is asked a second time."""

    visits: Visits
    pause: float
    """Seconds between two looks."""
    today: date

    async def look(self, home: PageFacts) -> SearchFacts:
        form, reason = usable_form(home)
        if form is None:
            return SearchFacts(untested_reason=reason)
        tried = [await self._try(form, page, home.encoding) for page in chosen(self.visits.store, home, self.today)]
        again = [number for number, attempt in enumerate(tried) if attempt.found is False]
        if again:
            await asyncio.sleep(self.pause)
        for number in again:
            first = tried[number]
            second = await self._ask(form, replace(first, found=None, none_at_all=False))
            agreed = second.found is False and second.none_at_all == first.none_at_all
            tried[number] = replace(second, times_seen=2) if agreed else second
        return SearchFacts(form=form, tried=tuple(tried), untested_reason="" if tried else "no-titles")

    async def _try(self, form: SearchForm, page: PageFacts, encoding: str) -> SearchTry:
        title = page.title.value or ""
        mark = "&" if urlsplit(form.action).query else "?"
        try:
            asked = form.action + mark + urlencode([*form.hidden, (form.field, title)], encoding=encoding or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return SearchTry(title=title, url=page.url, reason="bad-encoding")
        return await self._ask(form, SearchTry(title=title, url=page.url, asked=asked))

    async def _ask(self, form: SearchForm, attempt: SearchTry) -> SearchTry:
        target = Target(-1, url_key(attempt.asked), attempt.asked, kind="page", internal=True, rank=Rank.PAGE, depth=0)
        reply = await self.visits.fetcher.ask(target, probe=False)
        attempt = replace(attempt, status=reply.status, capture=reply.capture, fetched_at=timestamp(reply.at), reason="")
        if reply.failure is not None:
            return replace(attempt, reason=str(reply.failure))
        if reply.location is not None or not reply.body:
            return replace(attempt, reason="search-forwards")
        try:
            record = await self.visits.read(target, reply)
        except ReadingFailed:
            return replace(attempt, reason="search-unclear")
        return read_answer(attempt, record, form)


def usable_form(home: PageFacts) -> tuple[SearchForm | None, str]:
    """The first form that can be asked as it stands, else the code of why there is none."""
    forms = home.search_forms
    if not forms:
        return None, "not-collected" if forms is None else "no-search-form"
    plain = [form for form in forms if form.method == "get" and not form.scripted and all(value for _, value in form.hidden)]
    return (plain[0], "") if plain else (None, "search-scripted")


def chosen(store: FactsStore, home: PageFacts, today: date) -> Iterator[PageFacts]:
    """Articles of the home page's host, the same ones every night: the order is a hash of their addresses."""
    words = load("site_search")
    host = host_of(home.url)
    pages = (t.url for t in store.registry if t.state is State.FETCHED and t.internal and t.kind == "page" and t.host == host)
    newest = (today - timedelta(days=words["settled_days"])).isoformat()
    given: set[str] = set()
    for url in heapq.nsmallest(_CANDIDATES, pages, key=_order):
        page = store.page(url)
        if page is None or page.kind is not PageKind.ARTICLE or page.status != 200 or page.part_of is not None:
            continue
        title = squeeze(page.title.value or "")
        dated = page.published.value or ""
        if len(title) < words["title_chars"] or "*" in title or not "" < dated[:10] <= newest or title in given:
            continue
        given.add(title)
        yield page
        if len(given) >= words["titles"]:
            return


def read_answer(attempt: SearchTry, record: PageRecord, form: SearchForm) -> SearchTry:
    """Found when a result leads to the article or bears its title; the title in the echo of the question is no result."""
    page = unpack(PageFacts, record.facts)
    if page.kind in _NO_RESULTS_PAGE:
        return replace(attempt, reason="blocked" if page.kind is PageKind.BLOCK_PAGE else "search-unclear")
    wanted = squeeze(attempt.title)[: load("site_search")["title_chars"]]
    own = urlsplit(form.action).path
    for url, text, element, _ in record.links:
        if element == "a" and (page_key(url) == page_key(attempt.url) or (wanted in squeeze(text) and urlsplit(url).path != own)):
            return replace(attempt, found=True)
    return _without_result(attempt, page, wanted)


def _without_result(attempt: SearchTry, page: PageFacts, wanted: str) -> SearchTry:
    none_at_all, some, captcha = _patterns()
    text = page.text[:20_000]
    if captcha.search(text):
        return replace(attempt, reason="search-captcha")
    # Where the question does not come back nobody knows whether it arrived; results drawn by a script are not there to see.
    if wanted in squeeze(text) and page.list_state is not ListState.SCRIPTED:
        if none_at_all.search(text):
            return replace(attempt, found=False, none_at_all=True)
        if some.search(text) and squeeze(text).count(wanted) == 1:
            return replace(attempt, found=False)
    return replace(attempt, reason="search-unclear")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = load("site_search")
    return tuple(re.compile(words[name]) for name in ("none_at_all", "some", "captcha"))


def _order(url: str) -> bytes:
    """Without the host: a portal that moves keeps its titles."""
    return hashlib.blake2b(url_key(url).partition("/")[2].encode(), digest_size=8).digest()
