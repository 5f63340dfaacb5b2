"""A bounded pool of audits, one subprocess a portal: a portal that fails, hangs or crashes harms no other."""

import asyncio
import contextlib
import os
import signal
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from audit.nightly.portals import NightPortal

GRACE_SECONDS = 45.0
"""Between the request to end and the end by force: an audit stores what it fetched within 30 seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One portal's audit as it will be called."""

    portal: NightPortal
    command: tuple[str, ...]
    log: Path
    """Everything the audit says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnd:
    """How one audit ended."""

    job: Job
    exit_code: int | None
    """Negative: the signal that ended it; None: it never started."""
    seconds: float
    timed_out: bool = False
    stopped: bool = False
    """The night was ended from outside."""


Tell = Callable[[Job, JobEnd | None], None]
"""Called when an audit starts (None) and when it has ended."""


def audit_command(portal: NightPortal, words: Sequence[str]) -> tuple[str, ...]:
    """``zhaocuo audit`` with this interpreter; ``-P`` keeps a folder named audit in the working directory out of the way."""
    return (sys.executable, "-P", "-m", "audit", "audit", portal.target, *portal.words(), *words)


def run_pool(
    jobs: Sequence[Job], *, at_once: int, inherit: Sequence[int] = (), tell: Tell, grace: float = GRACE_SECONDS
) -> list[JobEnd]:
    """Run all jobs, ``at_once`` of them side by side; their ends in the order of ``jobs``.

    ``inherit``: descriptors every audit keeps open (the night's lock). On SIGTERM or Ctrl-C the running audits are asked to
    end, the waiting ones do not start, and the ends so far are returned.
    """
    return asyncio.run(_Pool(at_once, inherit, tell, grace).run(jobs))


class _Pool:
    def __init__(self, at_once: int, inherit: Sequence[int], tell: Tell, grace: float) -> None:
        self._at_once, self._inherit, self._tell, self._grace = at_once, tuple(inherit), tell, grace
        self._stopping = asyncio.Event()

    async def run(self, jobs: Sequence[Job]) -> list[JobEnd]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        try:
            places = asyncio.Semaphore(self._at_once)
            return list(await asyncio.gather(*(self._one(job, places) for job in jobs)))
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def _one(self, job: Job, places: asyncio.Semaphore) -> JobEnd:
        async with places:
            if self._stopping.is_set():
                return JobEnd(job=job, exit_code=None, seconds=0, stopped=True)
            self._tell(job, None)
            end = await self._watched(job)
            self._tell(job, end)
            return end

    async def _watched(self, job: Job) -> JobEnd:
        started = monotonic()
        try:
            process = await self._start(job)
        except OSError as error:
            job.log.write_text(f"没有能够启动检查（{error.strerror}）。\n", encoding="utf-8")
            return JobEnd(job=job, exit_code=None, seconds=0)
        ended = asyncio.create_task(process.wait())
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({ended, stop}, timeout=job.portal.hours * 3600, return_when=asyncio.FIRST_COMPLETED)
            in_time = ended.done()
            if not in_time:
                await self._end(process, ended)
        finally:
            stop.cancel()
            _signal_group(process.pid, signal.SIGKILL)  # what an audit that crashed left behind
        stopped = not in_time and self._stopping.is_set()
        return JobEnd(
            job=job,
            exit_code=await ended,
            seconds=monotonic() - started,
            timed_out=not in_time and not stopped,
            stopped=stopped,
        )

    async def _start(self, job: Job) -> asyncio.subprocess.Process:
        handle = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
        try:
            return await asyncio.create_subprocess_exec(
                *job.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
                start_new_session=True,
                pass_fds=self._inherit,
            )
        finally:
            os.close(handle)

    async def _end(self, process: asyncio.subprocess.Process, ended: "asyncio.Task[int]") -> None:
        """As Ctrl-C would, so that the audit stores what it has; by force after the grace."""
        _signal_group(process.pid, signal.SIGINT)
        await asyncio.wait({ended}, timeout=self._grace)
        if not ended.done():
            _signal_group(process.pid, signal.SIGKILL)


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)
