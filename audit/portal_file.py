"""What an operator says of a portal: its address at least."""

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.pins import Pins

SCHEMA: Literal["zhaocuo.portal/1"] = "zhaocuo.portal/1"


def check_web_address(value: str) -> str:
    """``value`` when it is an http(s) address with a host; raises ValueError with a Chinese sentence."""
    try:
        parts = urlsplit(value.strip())
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"“{value[:80]}”不是完整的网址，应以 http:// 或 https:// 开头并带有主机名")
    return value.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFile:
    """A portal.yaml that passed."""

    url: str
    pins: Pins = field(default_factory=Pins)
    delay: float | None = None
    concurrency: int | None = None
    max_pages: int | None = None
    packs: tuple[str, ...] = field(default=())
    contact: str = ""

    def pace(self, *, delay: float | None, concurrency: int | None, max_pages: int | None) -> dict[str, Any]:
        """Options of a crawl that are set: those of the command line win over those of the file."""
        words = {
            "delay": delay if delay is not None else self.delay,
            "concurrency": concurrency or self.concurrency,
            "max_pages": max_pages or self.max_pages,
        }
        return {name: value for name, value in words.items() if value is not None}
