"""Names to addresses, IPv6 included, without those that lie inside our own network."""

from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

_refused: set[str] = set()
"""Names of this process that resolved to private addresses only, so that a failed look-up can be told from a refused one."""


def is_private(host: str) -> bool:
    """Whether an IP literal is private, loopback, link-local or otherwise not of the public network; names are not."""
    try:
        address = ip_address(host.strip("[]").split("%", 1)[0])
    except ValueError:
        return host.rstrip(".").lower() in {"localhost", "localhost.localdomain"}
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global or address.is_multicast


def was_refused(host: str) -> bool:
    return host.lower() in _refused


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on public addresses only."""

    def __init__(self, receiver: Any, name: str) -> None:
        self._receiver = receiver
        self._name = name
        self._kept = 0
        self._dropped = 0

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802  Twisted's name
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802  Twisted's name
        if is_private(getattr(address, "host", "")):
            self._dropped += 1
            return
        self._kept += 1
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802  Twisted's name
        if self._dropped and not self._kept:
            _refused.add(self._name.lower())
        self._receiver.resolutionComplete()


def allow_private_addresses(*, allowed: bool) -> None:
    """Tell the installed resolver what the crawl may do: ``scrapy crawl`` installs it before the options are known."""
    from twisted.internet import reactor  # noqa: PLC0415  importing it earlier would install one

    resolver = getattr(reactor, "nameResolver", None)
    if isinstance(resolver, GuardedResolver):
        resolver.allow_private = allowed


@implementer(IHostnameResolver)
class GuardedResolver:
    """Scrapy's caching resolver behind a filter: the address that is connected to is the one that was checked.

    A page cannot lead us into our own network by a name that resolves there, nor by one that resolves there the second
    time. The host of a proxy is let through.
    """

    def __init__(self, inner: CachingHostnameResolver, reactor: Any, *, allow_private: bool) -> None:
        self._inner = inner
        self._reactor = reactor
        self.allow_private = allow_private
        self._proxies = {urlsplit(url if "//" in url else f"//{url}").hostname for url in getproxies().values()}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        inner = CachingHostnameResolver.from_crawler(crawler, reactor)
        return cls(inner, reactor, allow_private=crawler.settings.getbool("ZHAOCUO_ALLOW_PRIVATE"))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803  Twisted passes it by name
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        receiver = resolutionReceiver
        if not self.allow_private and hostName not in self._proxies:
            receiver = _PublicOnly(receiver, hostName)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
