"""Every answer as it came over the line, before it is unpacked, into the run's captures."""

from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Headers, Response

from crawler.captures import Exchange

CHINA = ZoneInfo("Asia/Shanghai")


class CaptureMiddleware:
    """Writes the exchange to the spider's ``captures`` and leaves the record id in ``request.meta["capture"]``."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._max_unpacked: int = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        now = datetime.now(CHINA)
        request.meta["answered_at"] = now
        request.meta["wire_bytes"] = len(response.body)
        # A probe has no limit on the line, where it reads the first bytes only; unpacked, those can be a thousand times more.
        request.meta["download_maxsize"] = self._max_unpacked
        captures = getattr(self._crawler.spider, "captures", None)
        if captures is not None:
            proxied = bool(request.meta.get("proxy"))
            request.meta["capture"] = captures.write(
                Exchange(
                    url=response.url,
                    at=now,
                    method=request.method,
                    request_headers=[("Host", response.url.split("/", 3)[2]), *_pairs(request.headers)],
                    request_body=request.body,
                    protocol=response.protocol or "HTTP/1.1",
                    status=response.status,
                    headers=_pairs(response.headers),
                    body=response.body,
                    ip=None if proxied or response.ip_address is None else str(response.ip_address),
                    truncated="download_stopped" in response.flags,
                )
            )
        return response


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    """Headers as text; bytes beyond ASCII stay what they are, line breaks cannot be in them."""
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        if name.lower() != b"proxy-authorization"
        for value in values
    ]
