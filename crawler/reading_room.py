"""Where pages are read: in this process, or in processes of their own that use the other cores."""

import asyncio
import logging
import os
import pickle
import socket
from collections import deque
from collections.abc import Sequence
from typing import Self

from crawler.hiring import Hired, hire
from crawler.reading import Readers, Reading, read
from crawler.store.page_record import PageRecord

logger = logging.getLogger(__name__)

READ_SECONDS = 60.0
"""A page that takes longer hangs: its reader is killed, and the page stays untested."""

MAX_ASKED = 2
"""Pages that a reader is given at once: the second lies ready when the first is read, and nobody waits for anybody."""


class ReadingFailed(Exception):
    """The extractors could not bear this page; the message holds what they said."""


class _NotRead(Exception):
    """The reader ended over the page before this one."""


class ReadingRoom:
    """Reads pages. With ``processes`` it starts so many readers less those of ``ahead``, and reads here until one is ready.

    A reader that crashes or hangs takes one page with it and is replaced.
    """

    def __init__(self, readers: Readers, processes: int = 0, ahead: Sequence[Hired] = ()) -> None:
        self._readers = readers
        self._count = processes
        self._ahead = ahead
        self._all: set[_Reader] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        """Who waits for a reader that takes one more page."""
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
        while self._is_open():
            try:
                async with asyncio.timeout(READ_SECONDS):
                    reader = await self._free_reader()
            except TimeoutError:
                break
            try:
                answer = await reader.ask(reading)
            except _NotRead:
                continue
            except (TimeoutError, EOFError, OSError) as error:
                self._replace(reader)
                raise ReadingFailed(f"the reader of {reading.url[:200]} ended with {type(error).__name__}") from error
            except asyncio.CancelledError:
                reader.stop()
                raise
            finally:
                self._next_one()
            if isinstance(answer, str):
                raise ReadingFailed(answer)
            return answer
        return self._read_here(reading)

    def _is_open(self) -> bool:
        """Whether somebody reads here; those whose process ended while they had nothing to do are replaced."""
        for reader in [reader for reader in self._all if reader.gone]:
            self._replace(reader)
        return any(reader.ready for reader in self._all)

    async def _free_reader(self) -> "_Reader":
        """The reader with the least to do."""
        while True:
            free = [reader for reader in self._all if reader.ready and reader.asked < MAX_ASKED]
            if free:
                return min(free, key=lambda reader: reader.asked)
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn

    def _next_one(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return

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
        """Wait until the reader has loaded the extractors, which takes about half a second when it does so by itself."""
        try:
            await reader.loaded
        except (EOFError, OSError):
            logger.exception("reading/no-reader")
            self._all.discard(reader)
            reader.stop()
            return
        reader.ready = True
        for _ in range(MAX_ASKED):
            self._next_one()

    def _replace(self, reader: "_Reader") -> None:
        logger.warning("reading/replaced pid=%s", reader.pid)
        self._all.discard(reader)
        reader.stop()
        self._take_in(hire(self._readers))


class _Reader:
    """One process that reads pages, seen from this side. It answers in the order in which it is asked."""

    def __init__(self, hired: Hired) -> None:
        self._pipe = hired.pipe
        self._process = hired.process
        self.ready = False
        self.gone = False
        """It was ready, and its process ended."""
        self._loop = asyncio.get_running_loop()
        self._room = _room_of(hired.pipe.fileno())
        self._patience: asyncio.TimerHandle | None = None
        self.loaded: asyncio.Future[bytes] = self._loop.create_future()
        """Done when it is ready."""
        self._asked: deque[asyncio.Future[bytes]] = deque([self.loaded])
        self._loop.add_reader(self._pipe.fileno(), self._heard)

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def asked(self) -> int:
        """Pages that it was given and did not answer."""
        return len(self._asked)

    async def ask(self, reading: Reading) -> PageRecord | str:
        """What was read; a string is what went wrong.

        ``EOFError``, ``TimeoutError``: the process ended, or hung, over this page; ``_NotRead``: over the one before.
        """
        said = self._loop.create_future()
        data = pickle.dumps(reading, pickle.HIGHEST_PROTOCOL)
        while self._asked and len(data) > self._room:
            # It would not fit into the line while the reader is busy, and we would stand still until it is done.
            await asyncio.wait([self._asked[-1]])
        if not self.ready:
            raise _NotRead
        try:
            self._pipe.send_bytes(data)
        except OSError as error:
            self._end(error)
            raise _NotRead from error
        self._asked.append(said)
        if len(self._asked) == 1:
            self._watch()
        answer: PageRecord | str = pickle.loads(await said)  # noqa: S301  our own process wrote it
        return answer

    def _heard(self) -> None:
        """The process said something, or ended. A thread that waits for it would cost more than the page's way there and back."""
        try:
            said = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self._end(error)
        else:
            if self._asked and not (first := self._asked.popleft()).done():
                first.set_result(said)
            self._watch()

    def _watch(self) -> None:
        """Give the page that is being read its time."""
        if self._patience is not None:
            self._patience.cancel()
        self._patience = self._loop.call_later(READ_SECONDS, self._end, TimeoutError()) if self._asked else None

    def _end(self, error: Exception) -> None:
        """The page under way is lost; those behind it are not."""
        self.gone, self.ready = self.gone or self.ready, False
        if not self._pipe.closed:
            self._loop.remove_reader(self._pipe.fileno())
        if self._patience is not None:
            self._patience.cancel()
        while self._asked:
            waiting = self._asked.popleft()
            if not waiting.done():
                waiting.set_exception(error)
                waiting.exception()  # looked at: nobody may be waiting any more
            error = _NotRead()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._end(_NotRead())
        self._process.kill()
        self._process.join(5)
        self._pipe.close()


def _room_of(line: int) -> int:
    """Bytes that surely go into an empty line at once."""
    with socket.socket(fileno=os.dup(line)) as end:
        return end.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 2
