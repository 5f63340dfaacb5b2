"""HTTP connections on which every request is sent once: what fails is a look of ours, and we decide about the next one."""

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

IDLE_SECONDS = 4
"""Idle connections are closed before usual servers (five seconds and more) do it: a request sent into that moment is lost."""


class OnceHandler(HTTP11DownloadHandler):
    """Scrapy's handler without the silent second request of its connection pool.

    Twisted sends a request again when a connection that was used before breaks without an answer. A page that breaks every
    connection would then be asked for up to twice a look, and one that fails once would seem never to have failed.
    """

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
        self._pool.cachedConnectionTimeout = IDLE_SECONDS
