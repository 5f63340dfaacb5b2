"""robots.txt, obeyed: asked for once a host, before anything else of it, whatever waits."""

import asyncio
import logging
from typing import Any

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.addresses import resolve
from crawler.fetch_errors import PrivateTarget, RobotsForbidden, describe

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 5
"""RFC 9309 2.3.1.2: at least five are followed."""

MAX_BYTES = 512 * 1024
"""RFC 9309 2.5: at least 500 KiB are read; what lies beyond is ignored."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with three things mended.

    * Since Scrapy 2.14 requests that wait together for one robots.txt are let through unchecked (all but the first get None
      for a parser). A lock per host makes them wait in turn.
    * Redirects of robots.txt are followed here, since the crawl follows its own and not through a middleware.
    * Only an answer 2xx is read as robots.txt: an error page is none. 4xx means there is no robots.txt; 5xx or silence
      means it cannot be known, which is noted, and the host is treated as open.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = {}
        self.unreachable: dict[str, str] = {}
        """Hosts whose robots.txt could not be read, with the reason."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        agent = self._robotstxt_useragent or self._default_useragent
        if rp is not None and not rp.allowed(request.url, agent):
            raise RobotsForbidden("Forbidden by robots.txt")

    async def robot_parser(self, request: Request) -> RobotParser | None:
        netloc = urlparse_cached(request).netloc
        if netloc not in self._parsers:
            async with self._locks.setdefault(netloc, asyncio.Lock()):
                if netloc not in self._parsers:
                    self._parsers[netloc] = await self._ask(request, netloc)
            self._locks.pop(netloc, None)
        parser: Any = self._parsers[netloc]
        found: RobotParser | None = parser
        return found

    async def _ask(self, request: Request, netloc: str) -> RobotParser | None:
        try:
            response = await self._fetch(f"{urlparse_cached(request).scheme}://{netloc}/robots.txt")
        except PrivateTarget:
            return None
        except Exception as error:  # noqa: BLE001  whatever the network does, the host counts as open
            self._note_unreachable(netloc, describe(error))
            return None
        if response is None or response.status >= 500:
            self._note_unreachable(netloc, "redirects" if response is None else f"status {response.status}")
            return None
        if not 200 <= response.status < 300:
            return None
        parser = build_from_crawler(self._parserimpl, self.crawler, response.body[:MAX_BYTES])
        await self.crawler.signals.send_catch_log_async(signal=signals.robots_parsed, robotparser=parser, request=request)
        return parser

    async def _fetch(self, url: str) -> Response | None:
        """The answer at the end of the redirects; None when there are too many or one leads nowhere."""
        for _ in range(MAX_REDIRECTS + 1):
            meta = {"dont_obey_robotstxt": True, "probe_limit": MAX_BYTES, "download_maxsize": 0}
            request = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
            response: Response = await self.crawler.engine.download_async(request)
            location = response.headers.get(b"Location")
            if not 300 <= response.status < 400 or location is None:
                return response
            following = resolve(location.decode("utf-8", "replace"), url)
            if following is None:
                return None
            url = following
        return None

    def _note_unreachable(self, netloc: str, reason: str) -> None:
        self.unreachable[netloc] = reason
        logger.info("robots/unreachable host=%r reason=%s", netloc, reason)
