"""How the portal's own host is reached: over https, with which certificate, and whether its name has an IPv6 address."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address
from urllib.parse import urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from crawler.addresses import url_key
from crawler.facts import FailureKind, TransportFacts
from crawler.fetching import Fetcher, Reply
from crawler.resolver import is_private
from crawler.targets import Rank, Target
from crawler.visits import timestamp

_NO_TLS = frozenset(
    {
        FailureKind.REFUSED,
        FailureKind.RESET,
        FailureKind.TLS,
        FailureKind.TIMEOUT_CONNECT,
        FailureKind.TIMEOUT_READ,
        FailureKind.TRUNCATED,
    }
)
"""Ways in which a host fails that serves no https, while it serves http."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a resolver of our own network makes up for hosts without one (RFC 6052)."""

_LOOKUP_SECONDS = 10.0

Lookup = Callable[[str, int], bool | None]
"""Host and address family to: has an address, has none, cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """Asks once the crawl is done; nothing here is asked of hosts of our own network or of a port of their own."""

    fetcher: Fetcher
    pause: float
    """Seconds between two looks at what does not answer."""
    lookup: Lookup

    async def look(self, home_url: str) -> TransportFacts:
        """Two requests at most, with the crawl's own delay, robots.txt and captures."""
        parts = urlsplit(home_url)
        host = parts.hostname or ""
        if is_private(host) or parts.port not in {None, 80, 443}:
            return TransportFacts(https_reason="own-network", aaaa_reason="own-network")
        if not proxy_free(host):
            # A failure may be the proxy's, a certificate too; and nothing goes around a proxy that is there for http only.
            return TransportFacts(https_reason="proxied", aaaa_reason="proxied")
        reply = await self._ask(host, home_url)
        https, reason = _verdict(reply)
        tries = 1
        if https is False:
            await asyncio.sleep(self.pause)
            first, reply = reply, await self._ask(host, home_url)
            again, reason = _verdict(reply)
            https, reason = (again, reason) if again is not None else (None, reason or _verdict(first)[1])
            tries = 2 if again is False else 1
        has_aaaa, aaaa_reason = await self._aaaa(host)
        return TransportFacts(
            asked_at=timestamp(reply.at),
            https=https,
            https_reason=reason,
            https_tries=tries,
            certificate_expires=reply.certificate_expires.date().isoformat() if reply.certificate_expires else None,
            has_aaaa=has_aaaa,
            aaaa_reason=aaaa_reason,
            capture=reply.capture,
        )

    async def _ask(self, host: str, home_url: str) -> Reply:
        parts = urlsplit(home_url)
        url = urlunsplit(("https", f"[{host}]" if ":" in host else host, parts.path or "/", parts.query, ""))
        target = Target(-1, url_key(url), url, kind="page", internal=True, rank=Rank.PAGE, depth=0)
        return await self.fetcher.ask(target, probe=True)

    async def _aaaa(self, host: str) -> tuple[bool | None, str]:
        """Twice, and only while the same resolver knows the host at all."""
        if _is_literal(host):
            return None, "no-host-name"
        answers = [await self._look_up(host, socket.AF_INET6) for _ in range(2)]
        if answers == [False, False]:
            return (False, "") if await self._look_up(host, socket.AF_INET) else (None, "unclear-dns")
        return (True, "") if True in answers else (None, "unclear-dns")

    async def _look_up(self, host: str, family: int) -> bool | None:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self.lookup, host, family), _LOOKUP_SECONDS)
        except TimeoutError:
            return None


def proxy_free(host: str) -> bool:
    """Whether nothing stands between us and ``host``."""
    proxies = {scheme: url for scheme, url in getproxies().items() if scheme != "no" and url}
    return not proxies or bool(proxy_bypass(host))


def look_up(host: str, family: int) -> bool | None:
    """Whether the name has a public address of the family; None: the resolver gave no usable answer."""
    try:
        found = socket.getaddrinfo(host, 443, family=family, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return False if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)} else None
    except (OSError, UnicodeError):
        return None
    addresses = [ip_address(str(entry[4][0]).split("%", 1)[0]) for entry in found]
    if any(not is_private(str(address)) and address not in _TRANSLATED for address in addresses):
        return True
    return None if addresses else False


def _verdict(reply: Reply) -> tuple[bool | None, str]:
    """Whether this answer shows https at work, and the code of why not."""
    if reply.location is not None:
        plain = reply.location.startswith("http:") and urlsplit(reply.location).hostname == urlsplit(reply.url).hostname
        return (False, "plain-forward") if plain else (True, "")
    if reply.failure in _NO_TLS and reply.status is None:
        return False, str(reply.failure)
    if reply.failure is not None:
        return None, str(reply.failure) if reply.status is None else "unclear-https"
    return True, ""


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
