"""One address asked for once: the request, redirects to another spelling of itself, and what came back."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser

from crawler.addresses import is_plain, resolve, url_key
from crawler.facts import FailureKind
from crawler.failures import of_status
from crawler.fetch_errors import of_exception
from crawler.progress import Counters
from crawler.resolver import was_refused
from crawler.scope import kind_of_answer, names_medium
from crawler.targets import MAX_HOPS, Target

CHINA = ZoneInfo("Asia/Shanghai")

WHOLE_FILES = 4
"""Attachments on their way at once: each may be 20 MB."""

WHOLE_FILE_PATIENCE = 3
"""Times the ordinary timeout that a whole attachment may take."""

_TOO_SLOW = frozenset({FailureKind.TIMEOUT_READ, FailureKind.TRUNCATED, FailureKind.TOO_LARGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back for one address."""

    url: str
    """Address that was asked last: the same target, perhaps in another spelling."""
    at: datetime
    status: int | None = None
    failure: FailureKind | None = None
    detail: str = ""
    location: str | None = None
    """Another address it forwards to."""
    cookies: tuple[tuple[str, str], ...] = ()
    """Set along with the redirect."""
    body: bytes = b""
    content_type: str | None = None
    truncated: bool = False
    """We stopped reading."""
    size: int | None = None
    """Bytes by Content-Length, or as read when it was read whole."""
    etag: str = ""
    modified: str = ""
    capture: str = ""
    retry_after: float | None = None
    """Seconds the server asks us to stay away."""
    carried: bool = False
    """Nobody was asked: this is what an earlier run saw."""
    certificate_expires: datetime | None = None
    """End of the server's certificate; None: plain http, or a proxy stands between, whose certificate it may be."""


class Fetcher:
    """Asks through Scrapy's downloader: robots.txt, delays, proxies, size limits and captures are its middlewares' work."""

    def __init__(self, crawler: Any, counters: Counters) -> None:
        self._crawler = crawler
        self._counters = counters
        self._answered: set[str] = set()
        settings = crawler.settings
        self._probe_bytes: int = settings.getint("ZHAOCUO_PROBE_BYTES")
        self._max_crawl_delay: float = settings.getfloat("ZHAOCUO_MAX_CRAWL_DELAY")
        self._agent: str = settings["ROBOTSTXT_USER_AGENT"]
        self._delay: float = settings.getfloat("DOWNLOAD_DELAY")
        self._timeout: float = settings.getfloat("DOWNLOAD_TIMEOUT")
        self.file_bytes = 0
        """Attachments of the portal up to this size are read whole; 0: of every file only the first bytes."""
        self._whole_files = asyncio.Semaphore(WHOLE_FILES)
        for handler, signal in (
            (self._count, signals.request_reached_downloader),
            (self._headers_received, signals.headers_received),
            (self._bytes_received, signals.bytes_received),
            (self._robots_parsed, signals.robots_parsed),
        ):
            crawler.signals.connect(handler, signal=signal)

    async def ask(self, target: Target, *, probe: bool, headers: dict[str, str] | None = None) -> Reply:
        """Ask for ``target``; never raises for what the network does. ``probe`` reads the first bytes only.

        A redirect to another spelling of the same address is followed, with the cookies that came along: many servers hand
        out a cookie, forward to the same page, and let in who brings it back. Between visits no cookie is kept.
        """
        url = target.request.url if target.request is not None else target.url
        cookies: dict[str, str] = {}
        seen: set[tuple[str, str]] = set()
        while (url, jar := _cookie_line(cookies)) not in seen and len(seen) <= MAX_HOPS:
            seen.add((url, jar))
            reply = await self._ask_once(target, url, probe=probe, headers=(headers or {}) | ({"Cookie": jar} if jar else {}))
            if reply.location is None or url_key(reply.location) != url_key(target.url):
                return reply
            cookies.update(reply.cookies)
            url = reply.location
        return _failed(reply, FailureKind.REDIRECT_LOOP, url)

    async def _ask_once(self, target: Target, url: str, *, probe: bool, headers: dict[str, str]) -> Reply:
        try:
            request = self._request(target, url, probe=probe, headers=headers)
        except ValueError as error:
            # No request can be made of this address: nor can a browser open it.
            return Reply(url=url, at=datetime.now(CHINA), failure=FailureKind.OTHER, detail=str(error)[:200])
        if probe and self.file_bytes and is_document(target):
            patience = WHOLE_FILE_PATIENCE * self._timeout
            request.meta.update(probe_limit=self.file_bytes + 1, whole_file=True, download_timeout=patience)
            async with self._whole_files:
                reply = await self._send(url, request)
        else:
            reply = await self._send(url, request)
        if "whole_file" in request.meta and reply.failure in _TOO_SLOW and "headers_seen" in request.meta:
            # It opens, and takes longer than we wait: its first bytes prove the one, and nothing is said of the other.
            return await self._send(url, self._request(target, url, probe=True, headers=headers))
        return reply

    async def _send(self, url: str, request: Request) -> Reply:
        host = urlsplit(url).netloc
        try:
            response = await self._download(request)
        except Exception as error:  # noqa: BLE001  every way of failing has a name in FailureKind
            kind, detail = of_exception(
                error,
                proxied=bool(request.meta.get("proxy")),
                headers_seen="headers_seen" in request.meta,
                answered_before=host in self._answered,
            )
            if kind is FailureKind.DNS and was_refused(urlsplit(url).hostname or ""):
                kind, detail = FailureKind.PRIVATE, "resolves to a private address"
            return Reply(url=url, at=datetime.now(CHINA), failure=kind, detail=detail)
        self._answered.add(host)
        self._counters.bytes += request.meta.get("wire_bytes", 0)
        return _reply_of(response, request)

    async def _download(self, request: Request) -> Response:
        """Through Scrapy's middlewares and slots, not through the engine around them.

        The engine adds two tasks, a log line and a signal, a fifth of what the request costs, and none of them is of use here.
        """
        downloader = self._crawler.engine.downloader
        response: Response = await downloader.middleware.download_async(downloader._enqueue_request, request)  # noqa: SLF001
        return response

    def _request(self, target: Target, url: str, *, probe: bool, headers: dict[str, str]) -> Request:
        # Nothing is to be quoted in most addresses, which Scrapy would find out anew.
        meta: dict[str, Any] = {"verbatim_url": True} if is_plain(url) else {}
        if probe:
            # No size limit: what is larger than we read is not an error of the file.
            meta |= {"probe_limit": self._probe_bytes, "download_maxsize": 0}
            headers = {"Accept-Encoding": "identity"} | headers
        data = target.request
        if data is None or data.method == "GET":
            return Request(url, callback=NO_CALLBACK, headers=headers, meta=meta, dont_filter=True)
        return Request(
            url,
            callback=NO_CALLBACK,
            method=data.method,
            body=data.body.encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"} | headers,
            meta=meta,
            dont_filter=True,
        )

    def _count(self) -> None:
        self._counters.requests += 1

    def _headers_received(self, headers: Headers, request: Request) -> None:
        """A page that turns out to be a file is read no further than a file."""
        request.meta["headers_seen"] = True
        content_type = headers.get(b"Content-Type")
        if "whole_file" in request.meta:
            if (_size(headers) or 0) > self.file_bytes or _is_medium(content_type):
                request.meta["probe_limit"] = self._probe_bytes
            return
        if "probe_limit" in request.meta or content_type is None:
            return
        kind = kind_of_answer(content_type.decode("latin-1"), b"<html", "page")
        if kind in {"attachment", "image"}:
            request.meta.update(probe_limit=self._probe_bytes, download_maxsize=0)
            if kind == "attachment" and 0 < (_size(headers) or 1) <= self.file_bytes and not _is_medium(content_type):
                request.meta.update(probe_limit=self.file_bytes + 1, whole_file=True)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        limit = request.meta.get("probe_limit")
        if limit is None:
            return
        read = request.meta["probe_read"] = request.meta.get("probe_read", 0) + len(data)
        if read >= limit:
            raise StopDownload(fail=False)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Honour Crawl-delay, which Scrapy reads but does not apply."""
        wished = robotparser.crawl_delay(self._agent)
        if not wished or wished <= self._delay:
            return
        delay = min(float(wished), self._max_crawl_delay)
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        downloader.per_slot_settings[key] = {"delay": delay}
        if key in downloader.slots:
            downloader.slots[key].delay = delay


def is_document(target: Target) -> bool:
    """Whether a target is an attachment of the portal that may hold text: no film, no program."""
    return target.internal and target.kind == "attachment" and not names_medium(target.url)


def _is_medium(content_type: bytes | None) -> bool:
    return content_type is not None and content_type.lower().startswith((b"video/", b"audio/"))


def _reply_of(response: Response, request: Request) -> Reply:
    headers = response.headers
    truncated = "download_stopped" in response.flags
    location = headers.get(b"Location")
    reply = Reply(
        url=response.url,
        at=request.meta["answered_at"],
        status=response.status,
        failure=of_status(response.status),
        body=response.body,
        content_type=_text(headers, b"Content-Type"),
        truncated=truncated,
        size=_size(headers) if truncated else len(response.body),
        etag=_text(headers, b"ETag") or "",
        modified=_text(headers, b"Last-Modified") or "",
        capture=request.meta.get("capture", ""),
        retry_after=_retry_after(headers, request.meta["answered_at"]),
        certificate_expires=None if request.meta.get("proxy") else _expiry(response),
    )
    if 300 <= response.status < 400 and response.status != 304:
        following = resolve(_location(location), response.url) if location is not None else None
        if following is None:
            return _failed(reply, FailureKind.REDIRECT_INVALID, "no usable Location")
        return Reply(
            url=reply.url,
            at=reply.at,
            status=reply.status,
            location=following,
            cookies=_cookies(headers),
            capture=reply.capture,
            certificate_expires=reply.certificate_expires,
        )
    return reply


def _expiry(response: Response) -> datetime | None:
    """When the certificate that came with the answer ends, in Beijing time."""
    certificate = response.certificate
    if certificate is None:
        return None
    try:
        end: datetime = certificate.original.to_cryptography().not_valid_after_utc
    except (AttributeError, ValueError):
        # A certificate that cannot be read says nothing of its end.
        return None
    return end.astimezone(CHINA)


def _failed(reply: Reply, kind: FailureKind, detail: str) -> Reply:
    return Reply(url=reply.url, at=reply.at, status=reply.status, failure=kind, detail=detail[:200], capture=reply.capture)


def _cookie_line(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in sorted(cookies.items()))


def _cookies(headers: Headers) -> tuple[tuple[str, str], ...]:
    """Names and values of Set-Cookie; their attributes do not matter within one visit to one address."""
    found = []
    for line in headers.getlist(b"Set-Cookie")[:20]:
        name, mark, value = line.decode("latin-1").partition(";")[0].partition("=")
        if mark and name.strip():
            found.append((name.strip()[:200], value.strip()[:2_000]))
    return tuple(found)


def _location(value: bytes) -> str:
    """Old servers write raw GBK into Location; browsers read it as UTF-8 first."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")


def _text(headers: Headers, name: bytes) -> str | None:
    value = headers.get(name)
    return None if value is None else value.decode("latin-1").strip()[:500]


def _size(headers: Headers) -> int | None:
    value = _text(headers, b"Content-Length")
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 16 else None


def _retry_after(headers: Headers, now: datetime) -> float | None:
    value = _text(headers, b"Retry-After")
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (TypeError, ValueError):
        return None
