"""Requests into our own network, refused."""

from typing import Any, Self

from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch_errors import PrivateTarget
from crawler.resolver import is_private


class PrivateTargetMiddleware:
    """Refuses IP literals and names of our own network; names that resolve there are refused by the resolver.

    Stands after the proxy middleware: what a proxy fetches does not touch our network.
    """

    def __init__(self, *, allow_private: bool) -> None:
        if allow_private:
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(allow_private=crawler.settings.getbool("ZHAOCUO_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        if not request.meta.get("proxy") and is_private(host):
            raise PrivateTarget(f"{host} is not of the public network")
