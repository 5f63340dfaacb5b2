"""Keeps the reading process: sends it one attachment at a time, kills it when it hangs, starts it again when it died."""

import atexit
import json
import math
import os
import selectors
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from crawler.attachments.kinds import claimed_kind
from crawler.attachments.model import AttachmentLimits, AttachmentText
from crawler.attachments.worker import ANSWER, REQUEST
from crawler.captures import Capture

_READS_PER_PROCESS = 500
"""Libraries leak: every so many reads the process makes way for a new one, which costs half a second, if it has grown."""
_GROWN_BYTES = 160 * 1024 * 1024
"""Resident: with all its libraries a process holds half of this."""

_START_SECONDS = 20.0
"""On top of the reading time for the first file of a process, which has to load its libraries."""

_MAX_ANSWER = 64 * 1024 * 1024
_BLOCK = 256 * 1024


class _Died(Exception):
    """The process ended in the middle of a file."""


class AttachmentReader:
    """One process that reads attachments. Safe to use from any thread, one file at a time; close it, or use it as a context."""

    def __init__(self, limits: AttachmentLimits | None = None) -> None:
        self.limits = limits or AttachmentLimits()
        self._process: subprocess.Popen[bytes] | None = None
        self._reads = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, body: bytes, url: str, content_type: str | None = None) -> AttachmentText:
        """Text of an attachment; never raises for what the file is or does to the process that reads it."""
        claimed = claimed_kind(url, content_type)
        if len(body) > self.limits.max_bytes:
            return AttachmentText(kind="", claimed_kind=claimed, state="too-large", reason="size")
        with self._lock:
            try:
                return self._ask(body, url, content_type)
            except TimeoutError:
                self._kill()
                return AttachmentText(kind="", claimed_kind=claimed, state="unreadable", reason="too-slow")
            except _Died:
                self._kill()
                return AttachmentText(kind="", claimed_kind=claimed, state="unreadable", reason="reader-died")

    def stop(self) -> None:
        """End the process in the middle of whatever it does; the thread that waits for it is told that it died."""
        process = self._process
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

    def close(self) -> None:
        with self._lock:
            self._kill()

    def _ask(self, body: bytes, url: str, content_type: str | None) -> AttachmentText:
        fresh = self._process is None or self._process.poll() is not None or self._is_worn(self._process)
        if fresh:
            self._start()
        assert self._process is not None
        self._reads += 1
        words = {"url": url, "content_type": content_type, "limits": asdict(self.limits)}
        head = json.dumps(words).encode()
        until = monotonic() + self.limits.seconds + (_START_SECONDS if fresh else 0)
        _send(self._process, REQUEST.pack(len(head), len(body)) + head + body, until)
        (size,) = ANSWER.unpack(_receive(self._process, ANSWER.size, until))
        if size > _MAX_ANSWER:
            raise _Died
        answer: dict[str, Any] = json.loads(_receive(self._process, size, until))
        return AttachmentText(**answer)

    def _is_worn(self, process: subprocess.Popen[bytes]) -> bool:
        if self._reads < _READS_PER_PROCESS:
            return False
        self._reads = 0
        return _resident(process.pid) > _GROWN_BYTES

    def _start(self) -> None:
        self._kill()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crawler.attachments.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # its own programs (antiword) die with it, and Ctrl-C is our business
            bufsize=0,
        )
        self._reads = 0
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _resident(pid: int) -> float:
    """Bytes of memory that a process holds; infinite where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return math.inf


def _send(process: subprocess.Popen[bytes], data: bytes, until: float) -> None:
    assert process.stdin is not None
    left = memoryview(data)
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdin, selectors.EVENT_WRITE)
        while left:
            _wait(ready, until)
            try:
                left = left[os.write(process.stdin.fileno(), left[:_BLOCK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _Died from error


def _receive(process: subprocess.Popen[bytes], size: int, until: float) -> bytes:
    assert process.stdout is not None
    parts: list[bytes] = []
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while size:
            _wait(ready, until)
            try:
                part = os.read(process.stdout.fileno(), min(size, _BLOCK))
            except BlockingIOError:
                continue
            if not part:
                raise _Died
            parts.append(part)
            size -= len(part)
    return b"".join(parts)


def _wait(ready: selectors.BaseSelector, until: float) -> None:
    left = until - monotonic()
    if left <= 0 or not ready.select(left):
        raise TimeoutError


_shared: dict[AttachmentLimits, AttachmentReader] = {}


def read_attachment(
    body: bytes, url: str, content_type: str | None = None, limits: AttachmentLimits | None = None
) -> AttachmentText:
    """Text of one attachment, read in a process of its own that is kept for the next ones; see :class:`AttachmentReader`."""
    limits = limits or AttachmentLimits()
    if limits not in _shared:
        _shared[limits] = AttachmentReader(limits)
        atexit.register(_shared[limits].close)
    return _shared[limits].read(body, url, content_type)


def reread(capture: Capture, limits: AttachmentLimits | None = None) -> AttachmentText:
    """Text of a stored answer of the WARC, for judging again without the network."""
    if capture.truncated:
        claimed = claimed_kind(capture.url, capture.file_type)
        return AttachmentText(kind="", claimed_kind=claimed, state="too-large", reason="size")
    return read_attachment(capture.body, capture.url, capture.file_type, limits)
