"""Evidence: written whole, read back by record id, torn by nothing."""

import gzip
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.captures import CaptureReader, CaptureWriter, Exchange
from crawler.errors import CaptureMissing

AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)


class Places(dict[str, tuple[int, int]]):
    """An index in memory."""

    def capture_place(self, record_id: str) -> tuple[int, int] | None:
        return self.get(record_id)

    def note(self, record_id: str, start: int, length: int) -> None:
        self[record_id] = (start, length)

    @property
    def end(self) -> int:
        return max(start + length for start, length in self.values())


def exchange(body: bytes = b"<html>\xe5\xa5\xbd</html>", **other: object) -> Exchange:
    values = {
        "url": "http://www.example.gov.cn/a/?b=1",
        "at": AT,
        "status": 200,
        "headers": [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("X-Odd", "caf\xe9")],
        "request_headers": [("User-Agent", "zhaocuo")],
        "body": body,
        "ip": "192.0.2.1",
    }
    return Exchange(**(values | other))


def check(path: Path) -> None:
    answer = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", path], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_an_answer_comes_back_by_its_record_id(tmp_path) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note, info={"software": "zhaocuo"})
    ids = [writer.write(exchange(f"body {number}".encode())) for number in range(5)]
    writer.close()
    reader = CaptureReader(path, places)
    assert [reader.get(one).body for one in reversed(ids)] == [f"body {number}".encode() for number in (4, 3, 2, 1, 0)]
    capture = reader.get(ids[0])
    assert (capture.status, capture.content_type, capture.url) == (200, "text/html", "http://www.example.gov.cn/a/?b=1")
    assert "transfer-encoding" not in {name.lower() for name, _ in capture.headers}
    check(path)


@pytest.mark.parametrize(
    ("disposition", "file_type"),
    [
        ('attachment; filename="%E8%A1%A8.pdf"', 'application/octet-stream; name="表.pdf"'),
        ("attachment; filename*=UTF-8''%E8%A1%A8.docx", 'application/octet-stream; name="表.docx"'),
        ("inline", "application/octet-stream"),
    ],
)
def test_a_file_bears_the_name_under_which_it_was_handed_out(tmp_path, disposition: str, file_type: str) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    headers = [("Content-Type", "application/octet-stream"), ("Content-Disposition", disposition)]
    record_id = writer.write(exchange(headers=headers))
    writer.close()
    assert CaptureReader(path, places).get(record_id).file_type == file_type


def test_the_file_is_warc_1_1_with_request_digest_date_and_address(tmp_path) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    record_id = writer.write(exchange(method="POST", request_body=b"page=1"))
    writer.close()
    with path.open("rb") as file:
        records = [(one.rec_type, dict(one.rec_headers.headers), one.content_stream().read()) for one in ArchiveIterator(file)]
    assert [kind for kind, *_ in records] == ["warcinfo", "request", "response"]
    headers = records[2][1]
    assert headers["WARC-Record-ID"] == record_id == records[1][1]["WARC-Concurrent-To"]
    assert headers["WARC-Payload-Digest"].startswith("sha1:")
    assert headers["WARC-Date"] == "2026-11-22T03:04:05.000000Z"
    assert headers["WARC-IP-Address"] == "192.0.2.1"
    assert records[1][2] == b"page=1"
    assert gzip.decompress(path.read_bytes()).startswith(b"WARC/1.1")


def test_a_packed_body_is_kept_as_sent_and_read_unpacked(tmp_path) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    packed = gzip.compress(b"plain text" * 100)
    record_id = writer.write(exchange(packed, headers=[("Content-Encoding", "gzip")]))
    writer.close()
    assert CaptureReader(path, places).get(record_id).body == b"plain text" * 100
    with path.open("rb") as file:
        bodies = [one.raw_stream.read() for one in ArchiveIterator(file)]
    assert bodies[-1] == packed


def test_a_torn_packed_body_gives_what_can_be_unpacked(tmp_path) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    packed = gzip.compress(bytes(range(256)) * 4_000, 1)[:2_000]
    record_id = writer.write(exchange(packed, headers=[("Content-Encoding", "gzip")], truncated=True))
    writer.close()
    capture = CaptureReader(path, places).get(record_id)
    assert capture.truncated
    assert capture.body.startswith(bytes(range(256)))
    check(path)


def test_a_bomb_in_the_captures_does_not_go_off(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("crawler.captures.MAX_BODY_BYTES", 1_000_000)
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    record_id = writer.write(exchange(gzip.compress(bytes(50_000_000)), headers=[("Content-Encoding", "gzip")]))
    writer.close()
    assert len(CaptureReader(path, places).get(record_id).body) < 1_100_000


def test_a_record_torn_by_a_crash_is_cut_off_and_the_file_goes_on(tmp_path) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    first = writer.write(exchange(b"first"))
    writer.close()
    with path.open("ab") as file:
        file.write(zlib.compress(b"half a rec")[:7])
    writer = CaptureWriter(path, places.note, known_end=places.end)
    second = writer.write(exchange(b"second"))
    writer.close()
    reader = CaptureReader(path, places)
    assert (reader.get(first).body, reader.get(second).body) == (b"first", b"second")
    check(path)


def test_the_file_is_nobody_elses(tmp_path) -> None:
    path = tmp_path / "captures.warc.gz"
    CaptureWriter(path, Places().note).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_record_that_is_not_there_or_broken_is_missing(tmp_path) -> None:
    path, places = tmp_path / "captures.warc.gz", Places()
    CaptureWriter(path, places.note).close()
    with pytest.raises(CaptureMissing, match="不在"):
        CaptureReader(path, places).get("<urn:uuid:none>")
    places["<urn:uuid:broken>"] = (3, 10)
    with pytest.raises(CaptureMissing, match="读不出来"):
        CaptureReader(path, places).get("<urn:uuid:broken>")


@given(
    body=st.binary(max_size=2_000),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["X-A", "Set-Cookie", "Server"]),
            st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=30),
        ),
        max_size=4,
    ),
    status=st.sampled_from([200, 404, 503, 521, 999]),
)
def test_whatever_a_server_sends_comes_back(tmp_path_factory, body: bytes, headers: list[tuple[str, str]], status: int) -> None:
    path, places = tmp_path_factory.mktemp("warc") / "captures.warc.gz", Places()
    writer = CaptureWriter(path, places.note)
    record_id = writer.write(exchange(body, headers=headers, status=status))
    writer.close()
    capture = CaptureReader(path, places).get(record_id)
    assert (capture.status, capture.body) == (status, body)
