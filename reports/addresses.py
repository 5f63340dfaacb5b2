"""Addresses of other people's pages, as text and, where it is safe, as links."""

from dataclasses import dataclass

from reports.text import shorten, web_address

MAX_ADDRESS = 400
"""Characters of one address on a page."""
MAX_HREF = 2000
"""No browser opens longer ones reliably; they stay text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as text; ``href`` is None where it must not become a link."""

    text: str
    href: str | None


def address(url: str, *, linked: bool = True) -> Address:
    return Address(text=shorten(url, MAX_ADDRESS), href=web_address(url) if linked and len(url) <= MAX_HREF else None)
