"""The crawl's side of the browser: one process, one page at a time, killed when it hangs."""

import asyncio
import contextlib
import logging
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from crawler.browser.answering import Answerer, settled
from crawler.browser.channel import MAX_LINE, Message, line_of, message_of

logger = logging.getLogger(__name__)

GRACE = 20.0
"""Seconds beyond a page's own time after which the browser counts as hanging; starting it takes up to ten."""

END_SECONDS = 10.0


class BrowserFailed(Exception):
    """The page could not be drawn; the message is a short reason for the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A page as the browser drew it."""

    url: str
    html: bytes
    """UTF-8, without scripts."""
    whole: bool
    """Everything it asked for was answered well, and nothing was under way any more."""


class BrowserSession:
    """Starts the browser with the first page; a browser that hangs or breaks is replaced with the next one."""

    def __init__(self, program: Path, answerer: Answerer, agent: str) -> None:
        self._program = program
        self._answerer = answerer
        self._agent = agent
        self._process: asyncio.subprocess.Process | None = None
        self._folder = ""
        self._tasks: set[asyncio.Task[None]] = set()

    async def draw(self, url: str, seconds: float) -> Drawn:
        """Open ``url`` and return what it shows; raises :class:`BrowserFailed`, never hangs."""
        try:
            message = await asyncio.wait_for(self._talk(url, seconds), seconds + GRACE)
        except (TimeoutError, OSError, ValueError) as error:
            await self._end(kill=True)
            raise BrowserFailed(f"hangs ({type(error).__name__})") from error
        except asyncio.CancelledError:
            await self._end(kill=True)
            raise
        if message is None or message.get("failed") == "hangs":
            await self._end(kill=True)
            raise BrowserFailed("ended")
        html = message.get("drawn")
        if not isinstance(html, str):
            raise BrowserFailed(str(message.get("failed"))[:200])
        return Drawn(url=str(message.get("url", url)), html=html.encode("utf-8", "replace"), whole=message.get("whole") is True)

    async def close(self) -> None:
        await self._end(kill=False)

    async def _talk(self, url: str, seconds: float) -> Message | None:
        """The last word of the worker on this page; None: it is gone."""
        process = self._process or await self._start()
        assert process.stdout is not None
        self._send(process, {"open": url, "seconds": seconds, "agent": self._agent})
        while line := await process.stdout.readline():
            message = message_of(line)
            if message is None:
                continue
            if "ask" not in message:
                return message
            task = asyncio.create_task(self._reply(process, message, url))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return None

    async def _reply(self, process: asyncio.subprocess.Process, question: Message, page_url: str) -> None:
        answer = await self._answerer.answer(question, page_url)
        self._send(process, {**answer, "answer": question["ask"]})

    @staticmethod
    def _send(process: asyncio.subprocess.Process, message: Message) -> None:
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError, RuntimeError):
            process.stdin.write(line_of(message))

    async def _start(self) -> asyncio.subprocess.Process:
        self._folder = tempfile.mkdtemp(prefix="zhaocuo-browser-")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.browser.worker",
            str(self._program),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=MAX_LINE,
            # Ctrl+C is for the crawl, which then ends the browser in order.
            start_new_session=True,
            env={**os.environ, "TMPDIR": self._folder},
        )
        logger.info("browser/start pid=%d program=%s", self._process.pid, self._program)
        return self._process

    async def _end(self, *, kill: bool) -> None:
        """End the worker. Its death closes the driver, and that ends the browser, which is no child of ours."""
        process, self._process = self._process, None
        await settled(set(self._tasks), END_SECONDS)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, ConnectionError):
            if kill:
                process.kill()
            elif process.stdin is not None:
                process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        logger.info("browser/end pid=%d killed=%s", process.pid, kill)
        shutil.rmtree(self._folder, ignore_errors=True)
