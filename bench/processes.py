"""Runs a command and says what it cost: wall time, CPU time, peak memory of its whole process tree."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_SAMPLE_SECONDS = 0.05
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of the process and every descendant it waited for."""
    peak: float
    """MiB resident at once in the whole tree, sampled; shared memory counts in every process. 0 where there is no ``/proc``."""
    code: int
    out: str
    err: str


def measure(command: Sequence[str | Path]) -> Cost:
    """Run ``command`` to its end, without standard input and without proxies (all bench traffic is on loopback)."""
    environment = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment
        )
        peak = _Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        peak.stop()
        return Cost(
            wall=wall,
            cpu=usage.ru_utime + usage.ru_stime,
            peak=peak.mib,
            code=process.returncode,
            out=_text(out),
            err=_text(err),
        )


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


class _Peak(threading.Thread):
    """Samples the tree below ``root``."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root, self.mib, self._stopped = root, 0.0, threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(_SAMPLE_SECONDS):
            self.mib = max(self.mib, _resident_below(self.root) / 2**20)

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _resident_below(root: int) -> int:
    """Bytes of ``root`` and all its descendants.

    A child that is being started lives in its parent's memory until it runs its own program (``vfork``): that is no memory more.
    """
    whole, waiting = 0, [(root, "")]
    while waiting:
        pid, parents = waiting.pop()
        memory = _memory(pid)
        if memory != parents:
            whole += int(memory.split()[1]) * _PAGE_BYTES if memory else 0
        waiting += [(child, memory) for child in _children(pid)]
    return whole


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in _read(f"{task}/children").split()]
    except OSError:  # the process ended while we looked
        return []


def _memory(pid: int) -> str:
    """Sizes of the process's memory as the kernel writes them; ``""``: it has none any more."""
    try:
        return _read(f"/proc/{pid}/statm")
    except OSError:
        return ""


def _read(path: str) -> str:
    return Path(path).read_text(encoding="ascii")
