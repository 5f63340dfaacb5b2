"""Serves the demo portal and the hosts around it, on loopback only."""

import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from audit.demo.answers import CLOSED_HOST, OUTSIDE_DOMAIN, PORTAL_HOST, Answer, Behaviour, Question
from audit.demo.portal import DemoPortal

HOME = "127.0.0.1"
OUTSIDE_HOSTS: Mapping[str, str] = {"city": "127.0.0.2", "province": "127.0.0.3", "gone": "127.0.0.4", CLOSED_HOST: "127.0.0.5"}
"""Loopback addresses that play other people's hosts; where a system has only 127.0.0.1, another port of it does."""

_CHUNK = b"\x50\x4b\x00\x00" * 4_096
_IDLE_SECONDS = 60.0
_NOT_FOUND = Answer(status=404, body="<html><title>404</title><body>没有这个页面。</body></html>".encode())
_HEAD_REFUSED = Answer(status=405, headers={"Allow": "GET"})
_NO_BODY = frozenset({204, 304})


class DemoServer:
    """The running portal: a context manager.

    ``asked`` counts requests by ``METHOD path`` (``METHOD //host/path`` for other hosts), for tests of what was never fetched.
    """

    def __init__(self, portal: DemoPortal, port: int = 0) -> None:
        self.portal = portal
        self.asked: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        """Answers with a body, by path; those that only said 304 are not among them."""
        self.stopping = Event()
        self._port = port
        self._lock = Lock()
        self._sections: Counter[str] = Counter()
        self._servers: list[_Server] = []
        self._closed: socket.socket | None = None
        self._stand_ins: list[tuple[bytes, bytes]] = []

    def __enter__(self) -> Self:
        try:
            self._start()
        except OSError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.stopping.set()
        for server in self._servers:
            server.stop()
        self._servers.clear()
        if self._closed is not None:
            self._closed.close()

    @property
    def base_url(self) -> str:
        return f"http://{HOME}:{self._servers[0].server_address[1]}/"

    def forget(self) -> None:
        """Answer as if nobody had asked before: addresses that heal, and session ids, begin anew."""
        with self._lock:
            self.asked.clear()
            self.sent.clear()
            self._sections.clear()

    def _start(self) -> None:
        self._serve("", HOME, self._port)
        addresses = {PORTAL_HOST: self._servers[0].netloc}
        for name, host in OUTSIDE_HOSTS.items():
            if name != CLOSED_HOST:
                addresses[f"{name}.{OUTSIDE_DOMAIN}"] = self._serve(name, host, 0)
        self._closed = _bound(OUTSIDE_HOSTS[CLOSED_HOST])
        host, port = self._closed.getsockname()
        addresses[f"{CLOSED_HOST}.{OUTSIDE_DOMAIN}"] = f"{host}:{port}"
        self._stand_ins = [(name.encode(), netloc.encode()) for name, netloc in addresses.items()]
        for server in self._servers:
            server.start()

    def _serve(self, name: str, host: str, port: int) -> str:
        try:
            server = _Server((host, port), self, name)
        except OSError:
            if host == HOME:
                raise
            server = _Server((HOME, 0), self, name)  # a system where only 127.0.0.1 is loopback
        self._servers.append(server)
        return server.netloc

    def answer(self, host: str, method: str, target: str) -> Answer:
        """What ``target`` answers to the next request for it, behaviours of time and number included."""
        parts = urlsplit(target)
        path = unquote(parts.path) or "/"
        name = f"//{host}{path}" if host else path
        with self._lock:
            self.asked[f"{method} {name}"] += 1
            nth = self.asked[f"GET {name}"] + self.asked[f"HEAD {name}"]
        found = self.portal.outside.get(name, _NOT_FOUND) if host else self._page(path, parts.query)
        if method == "HEAD" and found.behaviour.head_refused:
            return _HEAD_REFUSED
        return found.behaviour.first[nth - 1] if nth <= len(found.behaviour.first) else found

    def _page(self, path: str, query: str) -> Answer:
        pages = self.portal.pages
        known = pages.get(path) or pages.get(path.removesuffix("index.html") if path.endswith("/index.html") else path)
        if known is not None:
            return known
        if f"{path}/" in pages:
            return Answer(status=301, headers={"Location": f"{path}/"})
        for folder, section in self.portal.live.items():
            if path.startswith(folder):
                with self._lock:
                    self._sections[folder] += 1
                    nth = self._sections[folder]
                return section(Question(path=path, query=query, nth=nth)) or self.portal.missing
        return self.portal.missing if path in self.portal.absent else self.portal.unknown

    def note_sent(self, target: str) -> None:
        """Count an answer with a body."""
        with self._lock:
            self.sent[unquote(urlsplit(target).path) or "/"] += 1

    def localised(self, content: bytes) -> bytes:
        """``content`` with the real addresses of the portal and of the hosts around it."""
        for name, netloc in self._stand_ins:
            content = content.replace(name, netloc)
        return content


@contextmanager
def serve(portal: DemoPortal, port: int = 0) -> Iterator[str]:
    """Serve ``portal`` and give its home page's address, ``http://127.0.0.1:PORT/``; ``port`` 0 takes a free one."""
    with DemoServer(portal, port) as server:
        yield server.base_url


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], owner: DemoServer, name: str) -> None:
        self.owner, self.name = owner, name
        self._connections: set[socket.socket] = set()
        self._guard = Lock()
        self._thread: Thread | None = None
        super().__init__(address, _Handler)

    @property
    def netloc(self) -> str:
        return f"{self.server_address[0]!s}:{self.server_address[1]}"

    def start(self) -> None:
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
        self.server_close()
        with self._guard:
            open_connections = list(self._connections)
        for connection in open_connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is its own affair: nothing is printed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one write

    server: _Server

    def do_GET(self) -> None:
        owner = self.server.owner
        answer = owner.answer(self.server.name, self.command, self.path)
        behaviour = answer.behaviour
        if behaviour.delay and owner.stopping.wait(behaviour.delay):
            self.close_connection = True
            return
        if behaviour.close:
            self.close_connection = True
            return
        body = owner.localised(answer.body)
        etag = f'"{sha256(answer.body).hexdigest()[:20]}"'
        if answer.status == HTTPStatus.OK and answer.modified and self._is_known(etag, answer.modified):
            self._send(Answer(status=304, modified=answer.modified), b"", etag)
            return
        if answer.status == HTTPStatus.OK:
            owner.note_sent(self.path)
        self._send(answer, body, etag)

    do_HEAD = do_GET  # noqa: N815  the base class looks for this very name

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        self._send(Answer(status=405, headers={"Allow": "GET, HEAD"}), b"", "")

    def _is_known(self, etag: str, modified: str) -> bool:
        if (tags := self.headers.get("If-None-Match")) is not None:
            return etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return self.headers.get("If-Modified-Since") == modified

    def _send(self, answer: Answer, body: bytes, etag: str) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, self.server.owner.localised(value.encode()).decode("ascii"))
        if answer.modified:
            self.send_header("Last-Modified", answer.modified)
            self.send_header("ETag", etag)
        if answer.status not in _NO_BODY:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(answer.behaviour.stream or len(body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status not in _NO_BODY:
            self._send_body(answer.behaviour, body)

    def _send_body(self, behaviour: Behaviour, body: bytes) -> None:
        if not behaviour.stream:
            self.wfile.write(body)
            return
        left = behaviour.stream
        with suppress(OSError):
            while left > 0 and not self.server.owner.stopping.is_set():
                self.wfile.write(_CHUNK[:left])
                left -= len(_CHUNK)
        self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """Nothing is printed: the demo's terminal belongs to the audit."""


def _bound(host: str) -> socket.socket:
    """A socket that holds a port without listening: connections to it are refused, and nobody else can take it."""
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        holder.bind((host, 0))
    except OSError:
        holder.bind((HOME, 0))
    return holder
