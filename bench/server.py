"""Serves a bench portal from a process of its own: nginx where there is one, else a small asyncio server."""

import argparse
import asyncio
import contextlib
import mimetypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

_START_SECONDS = 10

_NGINX_CONF = """\
daemon off;
{user}
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 4096; }}
http {{
  types {{ text/html html; text/css css; application/javascript js; image/png png; image/jpeg jpg;
          application/pdf pdf; application/vnd.openxmlformats-officedocument.wordprocessingml.document docx; }}
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  open_file_cache max=8000;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work}; uwsgi_temp_path {work}; scgi_temp_path {work};
  add_header LinkChecker allowed;
  server {{ listen 127.0.0.1:{port}; root {folder}; index index.html; }}
}}
"""


@contextlib.contextmanager
def serve(folder: Path, *, latency_ms: int = 0, prefer_nginx: bool = True, work: Path | None = None) -> Iterator[str]:
    """Base address of ``folder`` served on loopback until the block ends; every answer waits ``latency_ms`` (own server only).

    The server keeps its files in ``work``, which no other one may use at the same time; by default beside ``folder``.
    """
    port = _free_port()
    work = work or folder.parent / f"{folder.name}.server"
    work.mkdir(exist_ok=True)
    process = subprocess.Popen(_command(folder, work, port, latency_ms, prefer_nginx), stdin=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def get_nginx() -> None:
    """Install Debian's nginx where there is none and we may; without it the bench serves by itself."""
    if shutil.which("nginx") or os.geteuid() or os.environ.get("NO_APT") or not shutil.which("apt-get"):
        return
    command = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=60", "install", "--no-install-recommends", "nginx-light"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        for words in (["apt-get", "-qq", "update"], command):
            subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=180, check=False)


def server_name(*, latency_ms: int = 0, prefer_nginx: bool = True) -> str:
    return "nginx" if prefer_nginx and not latency_ms and shutil.which("nginx") else "asyncio"


def _command(folder: Path, work: Path, port: int, latency_ms: int, prefer_nginx: bool) -> list[str]:
    if server_name(latency_ms=latency_ms, prefer_nginx=prefer_nginx) == "nginx":
        user = "user root;" if os.geteuid() == 0 else ""  # the worker of a root nginx could not read a private folder
        (work / "nginx.conf").write_text(_NGINX_CONF.format(folder=folder, work=work, port=port, user=user), encoding="utf-8")
        return ["nginx", "-p", str(work), "-e", str(work / "error.log"), "-c", str(work / "nginx.conf")]
    return [sys.executable, "-m", "bench.server", str(folder), "--port", str(port), "--latency-ms", str(latency_ms)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"the bench server did not start (exit code {process.poll()})")


class _Connection(asyncio.Protocol):
    """One keep-alive connection; requests are answered one after another, as browsers and crawlers send them."""

    def __init__(self, folder: Path, latency: float) -> None:
        self.folder, self.latency, self.buffer = folder, latency, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            request, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            answer = _answer(self.folder, request)
            if self.latency:
                asyncio.get_running_loop().call_later(self.latency, self._send, answer)
            else:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


def _answer(folder: Path, request: bytes) -> bytes:
    lines = request.decode("latin-1").split("\r\n")
    method, target, *_ = [*lines[0].split(" "), "", ""]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    path = folder / unquote(urlsplit(target).path).lstrip("/")
    if path.is_dir():
        path /= "index.html"
    if ".." in path.parts or not path.is_file():
        return _response(
            "404 Not Found", b"<html><title>404</title><body>404</body></html>", {"Content-Type": "text/html"}, method
        )
    status = path.stat()
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    fields = {"ETag": tag, "Last-Modified": formatdate(status.st_mtime, usegmt=True)}
    if headers.get("if-none-match") == tag or headers.get("if-modified-since") == fields["Last-Modified"]:
        return _response("304 Not Modified", b"", fields, "HEAD")
    fields["Content-Type"] = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _response("200 OK", path.read_bytes(), fields, method)


def _response(status: str, body: bytes, headers: dict[str, str], method: str) -> bytes:
    fields = {"Server": "bench", "LinkChecker": "allowed", "Content-Length": str(len(body)), **headers}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return head.encode("latin-1") + (b"" if method == "HEAD" else body)


async def _serve_forever(folder: Path, port: int, latency: float) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    server = await loop.create_server(lambda: _Connection(folder, latency), "127.0.0.1", port, backlog=1024)
    await stopped.wait()
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--latency-ms", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(_serve_forever(options.folder, options.port, options.latency_ms / 1_000))


if __name__ == "__main__":
    main()
