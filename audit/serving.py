"""``zhaocuo report --serve``: a report set on loopback, for a quick look."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.errors import UsageInvalid

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Files of the set and nothing else: no folder lists, no other host's name, nothing cached, no log lines."""

    def _refused(self) -> bool:
        host = (self.headers.get("Host") or "").rpartition(":")[0] or (self.headers.get("Host") or "")
        if host not in {HOST, "localhost"}:
            # A foreign page may point its own name at this machine; it must not read reports through it.
            self.send_error(403)
            return True
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not (path / "index.html").is_file():
            self.send_error(404)
            return True
        hidden = any(part.startswith(".") for part in Path(unquote(urlsplit(self.path).path)).parts)
        if hidden or not path.resolve().is_relative_to(Path(self.directory).resolve()):
            self.send_error(404)
            return True
        return False

    def do_GET(self) -> None:
        if not self._refused():
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._refused():
            super().do_HEAD()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Nothing: page names of a confidential set belong in no terminal log."""


def make_server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of ``folder`` on loopback; ``port`` 0 takes a free one. Raises :class:`UsageInvalid` when the port is taken."""
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise UsageInvalid(f"本机的 {port} 端口用不了（{error.strerror}），请用 --port 换一个。") from error
