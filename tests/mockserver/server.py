"""A small HTTP server of our own: plain asyncio in a thread, so that it can also break the protocol."""

import asyncio
import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass
class Asked:
    """One request, with the means to answer it as one likes."""

    method: str
    target: str
    """Path and query, as sent."""
    headers: dict[str, str]
    body: bytes
    number: int
    """How often this target was asked for, 1 at first."""
    writer: asyncio.StreamWriter
    server: "FaultServer"

    @property
    def path(self) -> str:
        return self.target.split("?", 1)[0]

    @property
    def base(self) -> str:
        return self.server.base

    async def send(
        self,
        body: bytes | str = b"",
        *,
        status: int = 200,
        kind: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        data = body.encode() if isinstance(body, str) else body
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}"]
        lines += [f"{name}: {value}" for name, value in ({"Content-Length": str(len(data))} | (headers or {})).items()]
        self.writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + (b"" if self.method == "HEAD" else data))
        await self.writer.drain()

    async def redirect(self, location: str, status: int = 302) -> None:
        await self.send(status=status, headers={"Location": location})

    def abort(self) -> None:
        """Break the connection off with a reset."""
        self.writer.transport.abort()


Behaviour = Callable[[Asked], Awaitable[None]]


@dataclass
class FaultServer:
    """Serves ``routes`` on 127.0.0.1; use as a context manager. What was asked for stands in ``log`` and ``counts``."""

    routes: dict[str, Behaviour] = field(default_factory=dict)
    """By path; a key that ends in ``*`` matches what begins so. Everything else is 404."""
    port: int = 0
    log: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    """Bytes that endless behaviours got rid of, by path."""
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    """When each request came, in seconds of a clock of the server's."""
    most_at_once: int = 0
    """Requests under way at the same time, at most."""
    _under_way: int = 0

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, target: str) -> int:
        return self.counts[target]

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._talk(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing() and (head := await reader.readuntil(b"\r\n\r\n")):
                await self._answer(head.decode("latin-1"), reader, writer)
        writer.close()

    async def _answer(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        key = target + (f" {body.decode()}" if body else "")
        self.counts[key] += 1
        self.log.append((method, key))
        self.times.append(self._loop.time())
        self.agents.add(headers.get("user-agent", ""))
        asked = Asked(method, target, headers, body, self.counts[key], writer, self)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            await self._route(asked.path)(asked)
        finally:
            self._under_way -= 1

    def _route(self, path: str) -> Behaviour:
        if path in self.routes:
            return self.routes[path]
        for prefix, behaviour in self.routes.items():
            if prefix.endswith("*") and path.startswith(prefix[:-1]):
                return behaviour
        return _missing


async def _missing(asked: Asked) -> None:
    await asked.send("<title>404</title><h1>没有这个页面</h1>", status=404)


@contextlib.contextmanager
def refusing_port() -> Iterator[int]:
    """A port of 127.0.0.1 that refuses connections: nobody listens, and nobody else can take it while the context lasts."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
