"""What servers really answered, as evidence: WARC 1.1, one gzip member a record, read back by record id."""

import hashlib
import os
import re
import stat
import zlib
from base64 import b32encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.errors import CaptureMissing

CAPTURES_NAME = "captures.warc.gz"

_FILE_NAME = re.compile(r"""filename\*?\s*=\s*(?:[\w-]{1,20}'[\w-]{0,20}')?"?([^";\r\n]{1,300})""", re.IGNORECASE)
_LEVEL = 3
"""Of gzip: real pages in 0.18 ms; level 4 takes 0.23 ms for 5 % less, level 6 twice as long for 9 % less."""

_WINDOWS = ((4_096, 12, 4), (32_768, 14, 7))
"""Up to so many bytes, window and memory of gzip: to make the whole window ready takes ten times as long as to pack a request."""

_BLOCK_BYTES = 64 * 1024

MAX_BODY_BYTES = 64 * 1024 * 1024
"""No stored body unpacks to more: captures may hold compression bombs."""

RENDERED_TYPE = "text/html; charset=utf-8"
"""Media type of documents as a browser drew them."""

Headers = Sequence[tuple[str, str]]

_HOP_HEADERS = frozenset({"transfer-encoding"})
"""Describe the transfer, not the answer: the stored body is no longer chunked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request with its answer, as sent over the line."""

    url: str
    at: datetime
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    protocol: str = "HTTP/1.1"
    status: int
    headers: Headers
    body: bytes
    ip: str | None = None
    """Address that answered; None behind a proxy, whose own address would mislead."""
    truncated: bool = False
    """We stopped reading: the body goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A stored answer, its body unpacked."""

    record_id: str
    url: str
    at: str
    status: int
    headers: Headers
    body: bytes
    truncated: bool = False
    rendered: bool = False
    """No answer of the server: the document as a browser drew it."""
    ip: str = ""
    """Address that answered; ``""`` behind a proxy."""
    digest: str = ""
    """Of the body as sent: ``sha1:…``."""

    @property
    def content_type(self) -> str | None:
        return self._header("content-type")

    @property
    def file_type(self) -> str | None:
        """:attr:`content_type` with the file name under which the server hands the body out, as its parameter ``name``."""
        given = _FILE_NAME.search(self._header("content-disposition") or "")
        return self.content_type if given is None else f'{self.content_type or ""}; name="{unquote(given[1].strip())}"'

    def _header(self, wanted: str) -> str | None:
        return next((value for name, value in self.headers if name.lower() == wanted), None)


class CaptureWriter:
    """Appends exchanges; ``note(record_id, start, length)`` learns where each answer stands.

    ``known_end`` is where the last noted record ends: what an interrupted run wrote beyond it is cut off.
    """

    def __init__(
        self, path: Path, note: Callable[[str, int, int], None], *, known_end: int = 0, info: dict[str, str] | None = None
    ) -> None:
        self._note = note
        number = os.open(path, os.O_RDWR | os.O_CREAT, stat.S_IRUSR | stat.S_IWUSR)
        os.truncate(number, known_end)
        self._file = os.fdopen(number, "ab")
        self._position = known_end
        if known_end == 0:
            fields = "".join(f"{name}: {value}\r\n" for name, value in (info or {}).items() if value)
            headers = {"WARC-Record-ID": _new_id(), "WARC-Filename": path.name, "WARC-Date": _date(datetime.now(UTC))}
            self._append(_record("warcinfo", headers, "application/warc-fields", b"", fields.encode()))

    def write(self, exchange: Exchange) -> str:
        """Store the exchange; returns the record id of the answer."""
        record_id, date = _new_id(), _date(exchange.at)
        status_line = f"{exchange.protocol} {exchange.status} {_phrase(exchange.status)}"
        answer = {
            "WARC-Record-ID": record_id,
            "WARC-Target-URI": exchange.url,
            "WARC-Date": date,
            "WARC-IP-Address": exchange.ip or "",
            "WARC-Truncated": "length" if exchange.truncated else "",
            "WARC-Payload-Digest": _digest(exchange.body),
        }
        response = _record(
            "response",
            answer,
            "application/http; msgtype=response",
            _head(status_line, _kept(exchange.headers)),
            exchange.body,
        )
        question = {
            "WARC-Record-ID": _new_id(),
            "WARC-Target-URI": exchange.url,
            "WARC-Date": date,
            "WARC-Concurrent-To": record_id,
        }
        request = _record(
            "request",
            question,
            "application/http; msgtype=request",
            _head(f"{exchange.method} {_path(exchange.url)} HTTP/1.1", exchange.request_headers),
            exchange.request_body,
        )
        # The request goes first: the answer's end, which the index knows, is then the end of the exchange.
        self._append(request, response)
        self._note(record_id, self._position - len(response), len(response))
        return record_id

    def write_rendered(self, url: str, at: datetime, html: bytes, refers_to: str) -> str:
        """Store a document as a browser drew it (WARC ``conversion`` of the answer ``refers_to``); returns its record id."""
        record_id = _new_id()
        headers = {"WARC-Record-ID": record_id, "WARC-Target-URI": url, "WARC-Date": _date(at), "WARC-Refers-To": refers_to}
        record = _record("conversion", headers, RENDERED_TYPE, b"", html)
        self._append(record)
        self._note(record_id, self._position - len(record), len(record))
        return record_id

    def copy(self, record_id: str, data: bytes) -> None:
        """Take over the answer of an earlier run as it stands in its file: one whole gzip member."""
        self._append(data)
        self._note(record_id, self._position - len(data), len(data))

    def _append(self, *members: bytes) -> None:
        """Hand gzip members to the system at once: a crash tears one record at most."""
        data = b"".join(members)
        self._file.write(data)
        self._file.flush()
        self._position += len(data)

    def close(self) -> None:
        self._file.close()


class CaptureIndex(Protocol):
    """Knows where a record stands."""

    def capture_place(self, record_id: str) -> tuple[int, int] | None:
        """Start and length in bytes; None: no such record."""


class RecordOrder(CaptureIndex, Protocol):
    """Knows what stands before a record, too."""

    def capture_end_before(self, start: int) -> int:
        """Where the last answer before ``start`` ends: from there on stands the request."""


class CaptureReader:
    """Reads single records of a run's captures."""

    def __init__(self, path: Path, index: CaptureIndex) -> None:
        self._path = path
        self._index = index

    def get(self, record_id: str) -> Capture:
        """The stored answer; raises :class:`CaptureMissing` when it is not there or cannot be read."""
        place = self._index.capture_place(record_id)
        if place is None:
            raise CaptureMissing(f"存证 {record_id} 不在 {self._path} 里。")
        try:
            with self._path.open("rb") as file:
                file.seek(place[0])
                record = next(ArchiveIterator(BytesIO(file.read(place[1]))))
                truncated = record.rec_headers.get_header("WARC-Truncated") is not None
                body = _read(record.content_stream(), torn=truncated)
        except (OSError, StopIteration, ArchiveLoadFailed, EOFError, zlib.error) as error:
            raise CaptureMissing(f"存证 {record_id} 读不出来（{self._path} 已损坏）。") from error
        return Capture(
            record_id=record_id,
            url=record.rec_headers.get_header("WARC-Target-URI") or "",
            at=record.rec_headers.get_header("WARC-Date") or "",
            status=int(record.http_headers.get_statuscode()) if record.http_headers else 200,
            headers=tuple(record.http_headers.headers) if record.http_headers else (("Content-Type", record.content_type or ""),),
            body=body,
            truncated=truncated,
            rendered=record.rec_type == "conversion",
            ip=record.rec_headers.get_header("WARC-IP-Address") or "",
            digest=record.rec_headers.get_header("WARC-Payload-Digest")
            or record.rec_headers.get_header("WARC-Block-Digest")
            or "",
        )


def raw_record(path: Path, order: RecordOrder, record_id: str) -> bytes:
    """The record as it stands in ``path``, with its request where there is one: gzip members, a WARC file of their own.

    Raises :class:`CaptureMissing`.
    """
    place = order.capture_place(record_id)
    if place is None:
        raise CaptureMissing(f"存证 {record_id} 不在 {path} 里。")
    start, length = place
    begin = order.capture_end_before(start)
    try:
        with path.open("rb") as file:
            file.seek(begin)
            return file.read(start + length - begin)
    except OSError as error:
        raise CaptureMissing(f"存证 {record_id} 读不出来（{path} 打不开）。") from error


def _read(stream: Any, *, torn: bool) -> bytes:
    """The whole body, unpacked; of a ``torn`` one as much as can be unpacked."""
    parts: list[bytes] = []
    size = 0
    try:
        while size < MAX_BODY_BYTES and (part := stream.read(_BLOCK_BYTES)):
            parts.append(part)
            size += len(part)
    except (zlib.error, EOFError):
        if not torn:
            raise
    return b"".join(parts)


def _record(kind: str, headers: dict[str, str], content_type: str, head: bytes, body: bytes) -> bytes:
    """One WARC record as a gzip member of its own; headers without a value are left out.

    Put together here, since warcio's writer takes as long for a record as the packing of a page.
    """
    block = hashlib.sha1(head, usedforsecurity=False)
    block.update(body)
    lines = {"WARC-Type": kind} | headers
    lines["WARC-Block-Digest"] = _base32(block.digest())
    lines["Content-Type"] = content_type
    lines["Content-Length"] = str(len(head) + len(body))
    named = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    record = b"".join((f"WARC/1.1\r\n{named}\r\n".encode(), head, body, b"\r\n\r\n"))
    whole = (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    window, memory = next(((window, memory) for most, window, memory in _WINDOWS if len(record) <= most), whole)
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + window, memory)
    return engine.compress(record) + engine.flush()


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _head(first: str, headers: Headers) -> bytes:
    """Start line and headers of a message; they came as bytes and were read as latin-1."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"{first}\r\n{lines}\r\n".encode("latin-1", "replace")


def _digest(body: bytes) -> str:
    return _base32(hashlib.sha1(body, usedforsecurity=False).digest())


def _base32(digest: bytes) -> str:
    return f"sha1:{b32encode(digest).decode()}"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _HOP_HEADERS]


def _path(url: str) -> str:
    rest = url.split("://", 1)[-1]
    slash = rest.find("/")
    return rest[slash:] if slash >= 0 else "/"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
