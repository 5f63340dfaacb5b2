"""Serves imitations as an HTTP proxy on loopback, so that their real-looking host names work."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, kw_only=True)
class Answer:
    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"


Handler = Callable[[Mapping[str, str]], Answer]
"""From query and form fields to the answer."""
MISSING = Answer(status=404, body="<html><head><title>404</title></head><body>没有这个页面</body></html>".encode())


@dataclass
class Hosts:
    """Answers by ``host/path?query``; handlers by ``host/path`` for what is asked with fields."""

    answers: dict[str, Answer] = field(default_factory=dict)
    handlers: dict[str, Handler] = field(default_factory=dict)

    def answer(self, url: str, form: bytes) -> Answer:
        parts = urlsplit(url)
        whole = f"{parts.netloc}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        if whole in self.answers:
            return self.answers[whole]
        bare = f"{parts.netloc}{parts.path or '/'}"
        handler = self.handlers.get(bare)
        if handler is not None:
            return handler(dict(parse_qsl(f"{parts.query}&{form.decode()}", keep_blank_values=True)))
        known = {name.split("/", 1)[0] for name in (*self.answers, *self.handlers)}
        return MISSING if parts.netloc in known else Answer(status=502)


class ProxyServer:
    """Use as a context manager; ``address`` goes into ``http_proxy``."""

    def __init__(self, hosts: Hosts) -> None:
        class Connection(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                form = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = hosts.answer(self.path, form)
                self.send_response_only(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

            do_HEAD = do_POST = do_GET  # noqa: N815  # names the base class calls

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Connection)
        self._server.daemon_threads = True
        self._server.request_queue_size = 64

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
