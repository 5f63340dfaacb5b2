"""The process that reads: it survives what kills it, and nobody waits for what hangs it."""

import math
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.attachments.model import AttachmentLimits
from crawler.attachments.pool import AttachmentReader, _resident, read_attachment, reread
from crawler.captures import Capture

sys.path.insert(0, str(Path(__file__).parent))
from files_made_here import make_docx, make_pdf

URL = "http://www.shili.example/fj/a.pdf"


@pytest.fixture(scope="module")
def reader():
    with AttachmentReader() as made:
        yield made


def test_one_process_reads_one_file_after_another(reader):
    assert reader.read(make_pdf(["通知"]), URL).text == "通知"
    process = reader._process
    assert reader.read(make_docx(["通知"], ()), "http://www.shili.example/a.docx").text.strip() == "通知"
    assert reader._process is process


def test_a_file_that_hangs_the_process_costs_its_time_and_no_more(monkeypatch):
    sleeper = "import time; time.sleep(60)"
    popen = subprocess.Popen
    monkeypatch.setattr("crawler.attachments.pool._START_SECONDS", 0.2)
    with AttachmentReader(AttachmentLimits(seconds=0.2)) as reader:
        monkeypatch.setattr("subprocess.Popen", lambda _args, **words: popen([sys.executable, "-c", sleeper], **words))
        text = reader.read(make_pdf(["通知"]) + b"\n" * 3_000_000, URL)
        assert (text.state, text.reason, text.claimed_kind) == ("unreadable", "too-slow", "pdf")
        monkeypatch.setattr("subprocess.Popen", popen)
        monkeypatch.setattr("crawler.attachments.pool._START_SECONDS", 30.0)
        assert reader.read(make_pdf(["通知"]), URL).state == "read"


def test_a_process_that_dies_is_started_again(reader):
    reader.read(make_pdf(["通知"]), URL)
    reader._process.kill()
    reader._process.wait()
    assert reader.read(make_pdf(["通知"]), URL).state == "read"


def test_a_process_that_has_not_grown_is_kept(monkeypatch):
    monkeypatch.setattr("crawler.attachments.pool._READS_PER_PROCESS", 1)
    with AttachmentReader() as reader:
        reader.read(make_pdf(["通知"]), URL)
        first = reader._process
        monkeypatch.setattr("crawler.attachments.pool._resident", lambda _pid: 100 * 1024 * 1024)
        reader.read(make_pdf(["通知"]), URL)
        assert reader._process is first
        monkeypatch.setattr("crawler.attachments.pool._resident", lambda _pid: 200 * 1024 * 1024)
        assert reader.read(make_pdf(["通知"]), URL).state == "read"
        assert reader._process is not first


def test_memory_that_the_system_does_not_tell_counts_as_grown():
    assert _resident(2**22 + 1) == math.inf


def test_a_file_that_kills_the_process_is_unreadable(monkeypatch):
    popen = subprocess.Popen
    monkeypatch.setattr(
        "subprocess.Popen", lambda _args, **words: popen([sys.executable, "-c", "import os; os.read(0, 9); os._exit(7)"], **words)
    )
    with AttachmentReader() as reader:
        assert reader.read(make_pdf(["通知"]), URL).reason == "reader-died"


def test_memory_is_bounded():
    zeros = "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    code = (
        "from crawler.attachments.worker import limit_process; from crawler.attachments.model import AttachmentLimits;"
        f"limit_process(AttachmentLimits()); {zeros}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert int(done.stdout) == AttachmentLimits().memory_bytes


def test_too_large_files_are_not_even_sent(reader):
    small = AttachmentReader(AttachmentLimits(max_bytes=10))
    assert small.read(b"x" * 11, URL).state == "too-large"
    assert small._process is None


def test_a_stored_answer_is_read_again_without_the_network():
    body = make_pdf(["通知"])
    at, headers = datetime.now(UTC).isoformat(), (("Content-Type", "application/pdf"),)
    capture = Capture(record_id="urn:x", url=URL, at=at, status=200, headers=headers, body=body)
    assert reread(capture) == read_attachment(body, URL, "application/pdf")
    cut = Capture(record_id="urn:x", url=URL, at="", status=200, headers=(), body=body[:50], truncated=True)
    assert reread(cut).state == "too-large"


def test_antiword_reads_what_word_97_wrote(require_program, reader):
    require_program("antiword")
    text = reader.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000), "http://www.shili.example/a.doc")
    assert text.state == "unreadable"
