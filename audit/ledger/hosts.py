"""By what a portal is known: one host, one spelling."""

from rules.addresses import host_of as _host_of


def host_of(url: str) -> str:
    """Host without ``www.`` and default port; ``http://www.x.gov.cn/`` and ``https://x.gov.cn`` are one portal."""
    return _host_of(url) or url.strip().lower()
