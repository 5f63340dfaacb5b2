"""What a drawn page may ask for: its own site only, with the manners of the crawl, and nothing of our own network."""

import asyncio
import logging
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.addresses import host_of, resolve
from crawler.browser.channel import Message, plain, unplain

if TYPE_CHECKING:
    from tldextract import TLDExtract

logger = logging.getLogger(__name__)

MAX_HOPS = 5
MAX_BODY = 5 * 1024 * 1024
"""Bytes of one answer handed to a page."""
MAX_SENT = 64 * 1024
"""Bytes a page may send in one request."""
MAX_KEPT = 24 * 1024 * 1024
"""Bytes of scripts and style sheets kept for the next pages of the run: they are asked for once."""

_METHODS = frozenset({"GET", "HEAD", "POST"})
_KEPT_KINDS = frozenset({"script", "stylesheet"})
_OUR_HEADERS = frozenset(
    {"host", "user-agent", "cookie", "accept-encoding", "connection", "content-length", "authorization", "proxy-authorization"}
)
"""Of a page's request: those the crawl sets itself, or does not send."""
_LINE_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie", "keep-alive"})
"""Of an answer: those that speak of the line, not of what was sent."""

REFUSED: Message = {}


class Answerer:
    """Asks for what pages ask for through Scrapy's downloader: robots.txt, delay, proxy, captures, private addresses."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._kept: dict[str, Message] = {}
        self._kept_bytes = 0

    async def answer(self, question: Message, page_url: str) -> Message:
        """Status, headers and body for a question; :data:`REFUSED` when it may not be asked, or nothing came."""
        url, method = str(question.get("url", "")), str(question.get("method", ""))
        kind = question.get("kind")
        if url in self._kept and method == "GET":
            return self._kept[url]
        body = unplain(question.get("body"))
        if method not in _METHODS or len(body) > MAX_SENT:
            return REFUSED
        answer = await self._ask(url, method, _headers(question.get("headers")), body, page_url)
        size = len(answer.get("body", ""))
        if kind in _KEPT_KINDS and method == "GET" and answer.get("status") == 200 and self._kept_bytes + size <= MAX_KEPT:
            self._kept[url] = answer
            self._kept_bytes += size
        return answer

    async def _ask(self, url: str, method: str, headers: dict[str, str], body: bytes, page_url: str) -> Message:
        for _ in range(MAX_HOPS + 1):
            asked = resolve(url, page_url)
            if asked is None or not same_site(asked, page_url):
                return REFUSED
            request = Request(
                asked, method=method, headers=headers, body=body, callback=NO_CALLBACK, meta={"download_maxsize": MAX_BODY},
                dont_filter=True,
            )  # fmt: skip
            try:
                response: Response = await self._crawler.engine.download_async(request)
            except Exception as error:  # noqa: BLE001  whatever the network or robots.txt says, the page goes without
                logger.info("browser/unanswered url=%r %s", asked[:200], type(error).__name__)
                return REFUSED
            location = response.headers.get(b"Location")
            if not 300 <= response.status < 400 or location is None:
                return _message(response)
            url, method, body = resolve(location.decode("utf-8", "replace"), asked) or "", "GET", b""
        return REFUSED


def same_site(url: str, page_url: str) -> bool:
    """Whether both lie below one registered domain (``example.gov.cn``); of bare addresses host and port must be the same."""
    host, own = urlsplit(url).hostname or "", urlsplit(page_url).hostname or ""
    registered = _registered(own)
    return host_of(url) == host_of(page_url) or (registered != "" and _registered(host) == registered)


@cache
def _suffixes() -> "TLDExtract":
    from tldextract import TLDExtract  # noqa: PLC0415  comes with Scrapy, with a second HTTP client that only drawing needs

    # The list that comes with the package: it is never fetched.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _registered(host: str) -> str:
    return _suffixes()(host).top_domain_under_public_suffix


def _headers(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    plain_pairs = ((str(name), str(value)) for name, value in list(found.items())[:40])
    return {
        name: value
        for name, value in plain_pairs
        if name.lower() not in _OUR_HEADERS and name.isascii() and value.isascii() and len(value) < 2_000
    }


def _message(response: Response) -> Message:
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.decode("latin-1").lower() not in _LINE_HEADERS
    }
    return {"status": response.status, "headers": headers, "body": plain(response.body[:MAX_BODY])}


async def settled(tasks: set["asyncio.Task[None]"], seconds: float) -> None:
    """Let questions under way come to their end; what takes longer is given up."""
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
