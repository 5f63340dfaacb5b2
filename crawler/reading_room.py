"""Where pages are read: in this process, or in processes of their own that use the other cores."""

import asyncio
import logging
import pickle
from collections.abc import Sequence
from typing import Self

from crawler.hiring import Hired, hire
from crawler.reading import Readers, Reading, read
from crawler.store.page_record import PageRecord

logger = logging.getLogger(__name__)

READ_SECONDS = 60.0
"""A page that takes longer hangs: its reader is killed, and the page stays untested."""


class ReadingFailed(Exception):
    """The extractors could not bear this page; the message holds what they said."""


class ReadingRoom:
    """Reads pages. With ``processes`` it starts so many readers less those of ``ahead``, and reads here until one is ready.

    A reader that crashes or hangs takes one page with it and is replaced.
    """

    def __init__(self, readers: Readers, processes: int = 0, ahead: Sequence[Hired] = ()) -> None:
        self._readers = readers
        self._count = processes
        self._ahead = ahead
        self._idle: asyncio.Queue[_Reader] = asyncio.Queue()
        self._all: set[_Reader] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        for hired in self._ahead:
            self._take_in(hired)
        for _ in range(self._count - len(self._ahead)):
            self._take_in(hire(self._readers))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for reader in self._all:
            reader.stop()

    async def read(self, reading: Reading) -> PageRecord:
        """The page record; raises :class:`ReadingFailed`."""
        if not self._all or (not any(reader.ready for reader in self._all)):
            return self._read_here(reading)
        try:
            async with asyncio.timeout(READ_SECONDS):
                reader = await self._idle.get()
        except TimeoutError:
            return self._read_here(reading)
        try:
            async with asyncio.timeout(READ_SECONDS):
                answer = await reader.ask(reading)
        except (TimeoutError, EOFError, OSError) as error:
            self._replace(reader)
            raise ReadingFailed(f"the reader of {reading.url[:200]} ended with {type(error).__name__}") from error
        except asyncio.CancelledError:
            reader.stop()
            raise
        self._idle.put_nowait(reader)
        if isinstance(answer, str):
            raise ReadingFailed(answer)
        return answer

    def _read_here(self, reading: Reading) -> PageRecord:
        try:
            return read(self._readers, reading)
        except Exception as error:
            logger.exception("reading/failed url=%r capture=%s", reading.url[:200], reading.capture)
            raise ReadingFailed(str(error)) from error

    def _take_in(self, hired: Hired) -> None:
        reader = _Reader(hired)
        self._all.add(reader)
        task = asyncio.ensure_future(self._welcome(reader))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _welcome(self, reader: "_Reader") -> None:
        """Wait until the reader has loaded the extractors, which takes about a second."""
        try:
            await reader.answer()
        except (EOFError, OSError):
            logger.exception("reading/no-reader")
            self._all.discard(reader)
            reader.stop()
            return
        reader.ready = True
        self._idle.put_nowait(reader)

    def _replace(self, reader: "_Reader") -> None:
        logger.warning("reading/replaced pid=%s", reader.pid)
        self._all.discard(reader)
        reader.stop()
        self._take_in(hire(self._readers))


class _Reader:
    """One process that reads pages, seen from this side."""

    def __init__(self, hired: Hired) -> None:
        self._pipe = hired.pipe
        self._process = hired.process
        self.ready = False
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Future[bytes] = self._loop.create_future()
        self._loop.add_reader(self._pipe.fileno(), self._heard)

    @property
    def pid(self) -> int | None:
        return self._process.pid

    async def ask(self, reading: Reading) -> PageRecord | str:
        """What was read; a string is what went wrong. EOFError: the process is gone."""
        self._pipe.send_bytes(pickle.dumps(reading, pickle.HIGHEST_PROTOCOL))
        answer: PageRecord | str = pickle.loads(await self.answer())  # noqa: S301  our own process wrote it
        return answer

    async def answer(self) -> bytes:
        """The next thing the process says, the first being that it is ready."""
        try:
            return await self._waiting
        finally:
            self._waiting = self._loop.create_future()

    def _heard(self) -> None:
        """The process said something, or ended. A thread that waits for it would cost more than the page's way there and back."""
        try:
            said = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self._loop.remove_reader(self._pipe.fileno())
            if not self._waiting.done():
                self._waiting.set_exception(error)
                self._waiting.exception()  # looked at: nobody may be waiting any more
        else:
            if not self._waiting.done():
                self._waiting.set_result(said)

    def stop(self) -> None:
        """End the process, whatever it does."""
        if not self._pipe.closed:
            self._loop.remove_reader(self._pipe.fileno())
        self._process.kill()
        self._process.join(5)
        self._pipe.close()
