"""HTTP connections on which every request is sent once: what fails is a look of ours, and we decide about the next one."""

import socket
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from twisted.internet.endpoints import HostnameEndpoint
from twisted.web.client import HTTPConnectionPool

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

IDLE_SECONDS = 4
"""Idle connections are closed before usual servers (five seconds and more) do it: a request sent into that moment is lost."""


class OncePool(HTTPConnectionPool):
    """Twisted's pool without its silent second request, and without connections that the server has closed already.

    Twisted sends a request again when a connection that was used before breaks without an answer. A page that breaks every
    connection would then be asked for up to twice a look, and one that fails once would seem never to have failed. It learns
    that a connection was closed when it comes to read from it, and until then would send requests into it.
    """

    def getConnection(self, key: Any, endpoint: Any) -> Any:  # noqa: N802  Twisted's name
        """A connection for one request: one that is open still, or a new one."""
        for connection in list(self._connections.get(key, ())):
            if not _is_closed(connection.transport):
                break
            self._timeouts[connection].cancel()
            self._removeConnection(key, connection)  # type: ignore[no-untyped-call]  # Twisted has no types here
        return super().getConnection(key, endpoint)

    def _putConnection(self, key: Any, connection: Any) -> None:  # noqa: N802  Twisted's name
        """Keep a connection for the next request, unless the server is about to close it."""
        if _is_last_answer(connection._parser):  # noqa: SLF001  Twisted tells nobody else what the answer said
            connection.transport.loseConnection()
        else:
            super()._putConnection(key, connection)  # type: ignore[no-untyped-call]  # Twisted has no types here


class OnceHandler(HTTP11DownloadHandler):
    """Scrapy's handler with such a pool."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        _remember_hosts()
        # Scrapy makes the pool itself and has no setting for its class.
        self._pool.__class__ = OncePool
        self._pool.retryAutomatically = False
        self._pool.cachedConnectionTimeout = IDLE_SECONDS


@cache
def _remember_hosts() -> None:
    """Let Twisted reckon once what a host is called in bytes and in text: it does so for every request, on open lines too."""
    kept = lru_cache(maxsize=4_096)(HostnameEndpoint._hostAsBytesAndText)  # noqa: SLF001  there is no other way to say so
    HostnameEndpoint._hostAsBytesAndText = staticmethod(kept)  # type: ignore[method-assign]  # noqa: SLF001


def _is_last_answer(parser: Any) -> bool:
    """Whether the server closes behind the answer just read (RFC 9112, 9.3): it says so, or it speaks 1.0 and is silent.

    Twisted knows ``close`` in small letters alone, and keeps connections of 1.0: what follows a redirect at once was lost there.
    """
    said = {word.strip().lower() for line in parser.connHeaders.getRawHeaders(b"connection", ()) for word in line.split(b",")}
    return b"close" in said or (parser.response.version < (b"HTTP", 1, 1) and b"keep-alive" not in said)


def _is_closed(transport: Any) -> bool:
    """Whether the other side closed a plain connection; under TLS its goodbye is packed, and Twisted has to read it."""
    line = getattr(transport, "socket", None)
    if not isinstance(line, socket.socket):
        return False
    try:
        return line.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return False  # nothing has come, or it is for Twisted to say what is wrong
