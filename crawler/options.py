"""What one crawl is asked to do."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from crawler.addresses import resolve
from crawler.errors import OptionsInvalid
from crawler.parts import Sampled, Spot
from crawler.pins import Pins

POLITE_CONCURRENCY = 2
"""Requests in flight at one host when a delay is kept."""

FAST_CONCURRENCY = 16
"""The same when ``delay`` is 0: as fast as the server answers."""

POLITE_PAUSES = (60.0, 180.0)
FAST_PAUSES = (1.0, 2.0)
HOME_PAUSES = (3.0, 10.0)
"""Seconds before the second and before the third look at an address that failed."""

QUICK_PAUSES = (30.0, 90.0)
"""The same for each second of a delay below one: who asks that often wants an answer soon, and knows what the server bears."""


SMALL_CRAWL_PAGES = 200
"""Below, a reader of its own would be ready when the crawl is nearly done."""

MAX_READING_PROCESSES = 3
"""More than three readers wait for the one process that fetches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOptions:
    """Settings of one crawl; raises :class:`OptionsInvalid` when they cannot be met."""

    start_url: str
    """Home page of the portal; ``http://`` is put before a bare host name."""
    delay: float = 1.0
    """Seconds between two requests to one host; 0 means as fast as it answers."""
    concurrency: int | None = None
    """Requests in flight at one host; None: 2, or 16 without delay."""
    max_pages: int = 20_000
    """Pages read at most; what lies beyond is skipped (``budget``). 1 reads the start page and asks nothing else."""
    departments: tuple[str, ...] = ()
    """Names of the only 单位 to look at; () means all."""
    allow_private: bool = False
    """Whether private and loopback addresses may be fetched (demo and tests)."""
    full: bool = False
    """Fetch everything anew, even what an earlier run holds unchanged."""
    earlier: Path | None = None
    """Folder of an earlier run: its pages are asked for conditionally and carried over when they did not change.

    With ``full`` nothing is carried over; pages are still compared with what it holds.
    """
    revisit_days: float | None = None
    """Days after which an address that did not change is asked for again at the latest; None: each time."""
    window: tuple[int, int] | None = None
    """Hours of the day (Asia/Shanghai) in which requests may be sent: (22, 6) is ten at night to six in the morning."""
    contact: str = ""
    """Address that stands in the User-Agent."""
    seeds: tuple[str, ...] = ()
    """Further addresses to start from."""
    canaries: tuple[str, ...] = ()
    """Addresses known to be up: asked at the start, when something seems wrong, and at the end."""
    timeout: float = 15.0
    """Seconds one request may take from start to end."""
    pauses: tuple[float, float] | None = None
    """Seconds before the second and the third look at what failed; None: after ``delay``."""
    pins: Pins = field(default_factory=Pins)
    """What the operator corrected: decides which columns deserve a second look."""
    attachment_bytes: int = 20 * 1024 * 1024
    """A larger attachment is only looked at, not read; 0: none is read."""
    attachments_bytes: int = 1024 * 1024 * 1024
    """What may be spent on reading attachments in one run."""
    browser: bool = True
    """Whether pages that only a script can fill are drawn by a browser, where there is one."""
    browser_pages: int = 60
    """Pages drawn at most in one run."""
    browser_seconds: float = 20.0
    """What one of them may take, polite pauses not counted."""
    articles: bool = True
    """False: an overview. Articles, files and foreign addresses are skipped, of lists the first pages are read."""
    focus: Spot | Sampled | None = None
    """A part of the portal to keep to; None: all of it."""
    processes: int | None = None
    """Processes that read pages beside the one that fetches them; 0 reads in the same process; None: by the machine."""

    def __post_init__(self) -> None:
        start = self.start_url.strip()
        if "://" not in start:
            start = f"http://{start}"
        resolved = resolve(start, start)
        if resolved is None:
            raise OptionsInvalid(f"起始地址“{self.start_url[:200]}”打不开，请写成 http://www.example.gov.cn/ 的形式。")
        object.__setattr__(self, "start_url", resolved)
        _require(0 <= self.delay <= 3_600, f"间隔 {self.delay} 秒不合适，请给 0 到 3600 之间的秒数。")
        _require(self.concurrency is None or 1 <= self.concurrency <= 256, "并发数应在 1 到 256 之间。")
        _require(self.max_pages >= 1, "页数上限至少为 1。")
        _require(self.revisit_days is None or self.revisit_days >= 0, "复查间隔不能是负数。")
        _require(0 < self.timeout <= 600, "超时应在 0 到 600 秒之间。")
        _require(self.processes is None or 0 <= self.processes <= 64, "解析进程数应在 0 到 64 之间。")
        _require(0 <= self.attachment_bytes <= 64 * 1024 * 1024, "单个附件的上限应在 0 到 64 MB 之间。")
        _require(0 <= self.browser_pages <= 10_000, "用浏览器打开的页数应在 0 到 10000 之间。")
        _require(0 < self.browser_seconds <= 600, "浏览器打开一页的时间应在 0 到 600 秒之间。")
        _require(self.attachments_bytes >= 0, "附件的总量上限不能是负数。")
        _require(self.pauses is None or min(self.pauses) >= 0, "复查前的停顿不能是负数。")
        if self.window is not None:
            _require(all(0 <= hour <= 24 for hour in self.window), "允许抓取的时段应写成 0 到 24 之间的两个整点。")
        seeds = tuple(resolve(seed, start) for seed in self.seeds)
        _require(None not in seeds, "附加的起始地址里有一个不是可以打开的网址。")
        object.__setattr__(self, "seeds", seeds)
        canaries = tuple(resolve(canary, start) for canary in self.canaries)
        _require(None not in canaries, "对照地址里有一个不是可以打开的网址，请写成 http://www.example.gov.cn/ 的形式。")
        object.__setattr__(self, "canaries", canaries)

    def is_open_at(self, hour: int) -> bool:
        """Whether requests may be sent in this hour of the day."""
        if self.window is None:
            return True
        begin, end = self.window
        return begin <= hour < end if begin <= end else hour >= begin or hour < end

    @property
    def per_host(self) -> int:
        """Requests in flight at one host of the portal."""
        if self.concurrency is not None:
            return self.concurrency
        return FAST_CONCURRENCY if self.delay == 0 else POLITE_CONCURRENCY

    @property
    def reading_processes(self) -> int:
        """Processes that read pages: one for each further core, none where the crawl is slow by manners or small."""
        if self.processes is not None:
            return self.processes
        if self.delay > 0 or self.max_pages < SMALL_CRAWL_PAGES:
            return 0
        return min((os.cpu_count() or 1) - 1, MAX_READING_PROCESSES)

    @property
    def look_pauses(self) -> tuple[float, float]:
        if self.pauses is not None:
            return self.pauses
        if self.delay >= 1:
            return POLITE_PAUSES
        quick, quick_third = (self.delay * pause for pause in QUICK_PAUSES)
        return max(quick, FAST_PAUSES[0]), max(quick_third, FAST_PAUSES[1])

    @property
    def home_pauses(self) -> tuple[float, float]:
        """Before the second and third try of the first page: somebody is waiting to hear that the address is wrong."""
        (second, third), (most_second, most_third) = self.look_pauses, HOME_PAUSES
        return min(second, most_second), min(third, most_third)

    @classmethod
    def from_arguments(cls, arguments: dict[str, str]) -> Self:
        """Options from the words of ``scrapy crawl portal -a name=value``; lists are separated by commas."""
        known = {item.name for item in fields(cls)} & _READERS.keys()
        unknown = sorted(arguments.keys() - known)
        _require(not unknown, f"不认识的参数：{', '.join(unknown)}。")
        _require("start_url" in arguments, "缺少 start_url，请用 -a start_url=http://www.example.gov.cn/ 指定门户首页。")
        try:
            values = {name: _READERS[name](text) for name, text in arguments.items()}
        except ValueError as error:
            raise OptionsInvalid(f"参数的写法不对：{error}。") from error
        return cls(**values)


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise OptionsInvalid(sentence)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _pair(text: str) -> tuple[float, float]:
    first, second = text.split(",")
    return float(first), float(second)


def _hours(text: str) -> tuple[int, int]:
    first, second = text.split("-")
    return int(first), int(second)


_READERS: dict[str, Callable[[str], Any]] = {
    "start_url": str,
    "delay": float,
    "concurrency": int,
    "max_pages": int,
    "departments": _words,
    "allow_private": _flag,
    "full": _flag,
    "earlier": Path,
    "window": _hours,
    "contact": str,
    "seeds": _words,
    "canaries": _words,
    "timeout": float,
    "pauses": _pair,
    "attachment_bytes": int,
    "attachments_bytes": int,
    "browser": _flag,
    "browser_pages": int,
    "browser_seconds": float,
    "articles": _flag,
    "processes": int,
}
