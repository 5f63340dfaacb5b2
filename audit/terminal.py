"""What an audit shows while it runs: a live line on a terminal, plain lines everywhere else. All on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from audit.wording import plain
from crawler.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PLAIN_INTERVAL_SECONDS = 10.0
"""Between two plain lines: a night's log stays short."""

_RATE_WINDOW_SECONDS = 20.0


@dataclass(slots=True)
class RateMeter:
    """Pages a second over the last seconds, and the time that the rest of the queue will take."""

    samples: list[tuple[float, int]] = field(default_factory=list)

    def add(self, moment: float, done: int) -> None:
        self.samples.append((moment, done))
        while len(self.samples) > 2 and moment - self.samples[0][0] > _RATE_WINDOW_SECONDS:
            self.samples.pop(0)

    @property
    def rate(self) -> float:
        """Answers a second; 0 while nothing can be said."""
        if len(self.samples) < 2:
            return 0.0
        (start, first), (end, last) = self.samples[0], self.samples[-1]
        return (last - first) / (end - start) if end > start else 0.0

    def seconds_left(self, waiting: int) -> float | None:
        return waiting / self.rate if self.rate > 0 else None


def duration(seconds: float | None) -> str:
    """Seconds in words; 未知 when None."""
    if seconds is None:
        return "未知"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


def line(progress: Progress, meter: RateMeter, host: str) -> str:
    """One line of progress in words."""
    return (
        f"{progress.phase_name}｜{plain(host)}｜已读 {progress.pages} 页，已答 {progress.fetched}，失败 {progress.failed}，"
        f"跳过 {progress.skipped}，排队 {progress.waiting}｜{meter.rate:.1f} 个/秒｜"
        f"预计还要 {duration(meter.seconds_left(progress.waiting))}"
    )


class ProgressDisplay:
    """Shows crawl progress on ``stream``; use as a context manager and call it with every :class:`Progress`."""

    def __init__(self, host: str, stream: TextIO | None = None) -> None:
        self._host = host
        self._stream = stream or sys.stderr
        self._meter = RateMeter()
        self._last_line = float("-inf")
        self._phase = ""
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._stream.isatty():
            from rich.console import Console  # noqa: PLC0415  a night's audits have no terminal
            from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
            from rich.progress import Progress as Bar  # noqa: PLC0415

            console = Console(file=self._stream)
            self._bar = Bar(
                BarColumn(bar_width=24), TextColumn("{task.description}", markup=False), console=console, transient=True
            )
            self._task = self._bar.add_task("准备", total=None)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        moment = monotonic()
        self._meter.add(moment, progress.fetched)
        text = line(progress, self._meter, self._host)
        if self._bar is not None and self._task is not None:
            done = progress.fetched + progress.failed + progress.skipped
            self._bar.update(self._task, description=text, total=max(progress.discovered, 1), completed=done)
        elif progress.phase != self._phase or moment - self._last_line >= PLAIN_INTERVAL_SECONDS:
            self._phase, self._last_line = progress.phase, moment
            say(text, self._stream)


def say(text: str, stream: TextIO | None = None) -> None:
    """One line of words to stderr."""
    print(plain(text), file=stream or sys.stderr, flush=True)


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what begins; silence when it ends well."""
    say(f"{words}…")
    yield
