"""Whose an address is: the portal by its host, the 单位 by the longest prefix."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from audit.ledger.views import DepartmentView
from crawler.assembly.names import bare_name
from crawler.assembly.owners import PrefixOwners
from rules.addresses import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    portal_url: str
    department: str | None
    guessed: bool = False
    """The 单位 was found by the address, not named by the list."""


class Places:
    """The portals of the ledger and their 单位."""

    def __init__(self, portals: Mapping[str, Iterable[DepartmentView]]) -> None:
        """``portals``: 单位 by the portal's home page."""
        self._hosts = {host_of(url): url for url in portals}
        self._names: dict[str, dict[str, str]] = {}
        self._prefixes: dict[str, tuple[str, str]] = {}
        """(portal, 单位) by the key that :class:`PrefixOwners` knows."""
        prefixes: dict[str, tuple[str, ...]] = {}
        for url, departments in portals.items():
            names = self._names.setdefault(url, {})
            for unit in departments:
                key = f"{len(self._prefixes)}"
                self._prefixes[key] = (url, unit.name)
                prefixes[key] = tuple(dict.fromkeys((*unit.url_prefixes, *([unit.url] if unit.url else []))))
                for name in (unit.name, *unit.aliases):
                    names.setdefault(bare_name(name), unit.name)
        self._owners = PrefixOwners(prefixes)

    def portal_of(self, url: str) -> str | None:
        """Home page of the portal that ``url`` belongs to; None when the ledger has no such portal."""
        key = self._owners.owner(url)
        if key is not None:
            return self._prefixes[key][0]
        host = host_of(url)
        while host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2] if "." in host and not _is_number(host) else ""
        return None

    def department_by_address(self, url: str) -> str | None:
        key = self._owners.owner(url)
        return self._prefixes[key][1] if key is not None else None

    def department_by_name(self, portal_url: str, name: str) -> str | None:
        """The 单位 that bears or bore ``name``, also where one of the two writes 市 or 县 in front; None: it is not known."""
        names = self._names.get(portal_url, {})
        plain = bare_name(name)
        if plain in names:
            return names[plain]
        near = {unit for known, unit in names.items() if len(known) > 2 and len(plain) > 2 and _same_tail(plain, known)}
        return near.pop() if len(near) == 1 else None


def _same_tail(first: str, second: str) -> bool:
    """区财政局 and 财政局, 示例市财政局 and 财政局; 教育局 and 体育局 are two."""
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    return longer.endswith(shorter)


def _is_number(host: str) -> bool:
    return urlsplit(f"//{host}").hostname is not None and host.replace(".", "").replace(":", "").isdecimal()
