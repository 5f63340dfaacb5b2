"""``zhaocuo evidence`` on a run made here: exhibits, records that other tools accept, and clear answers to wrong numbers."""

import io
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from audit.cli import _run
from audit.errors import RunNotFound
from audit.evidence import show_evidence
from crawler.captures import CaptureWriter, Exchange
from crawler.store import FactsStore
from reports.result import AuditResult, EvidenceLine, FindingLine, PortalLine, Score, Unit

AT = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
URL = "http://www.shili.example/a.html"
PLAIN = "110101199001011237"
PRINT = "3a9c01" + "0" * 10

Make = Callable[..., Path]


def finding(captures: list[str], **said: object) -> FindingLine:
    words: dict[str, object] = {
        "number": f"F-{PRINT[:8]}",
        "rule": "typo", "rule_title": "错别字", "outcome": "failed", "url": URL, "message": "写错了。",
        "pack": "information-quality", "clause": "c", "fingerprint": PRINT,
        "evidence": tuple(EvidenceLine(url=URL, capture=item, quote="任付组长", where="body") for item in captures),
    }  # fmt: skip
    return FindingLine.model_validate(words | said)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a run of two captures and the given finding; returns the data folder."""

    def made(
        body: bytes = "<html><p>负责同志任付组长</p></html>".encode(), content_type: str = "text/html", **said: object
    ) -> Path:
        run = tmp_path / "data" / "runs" / "r1"
        run.mkdir(parents=True)
        with FactsStore.create(run / "facts.sqlite") as store:
            writer = CaptureWriter(run / "captures.warc.gz", store.note_capture, info={"software": "x"})
            ids = [
                writer.write(
                    Exchange(
                        url=URL, at=AT, request_headers=(("Host", "www.shili.example"),), status=200,
                        headers=(("Content-Type", content_type), ("Content-Length", str(len(body)))), body=body, ip="192.0.2.7",
                    )
                )
                for _ in range(2)
            ]  # fmt: skip
            writer.close()
        score = Score(low=0, high=100, verdict="暂定", tested_share=1)
        unit = Unit(slug="portal", name="县", kind="portal", score=score, findings=(finding(ids, **said),))
        result = AuditResult(portal=PortalLine(name="县", url=URL), as_of="2026-11-20", started="", finished="", units=(unit,))
        (run / "result.json").write_text(result.model_dump_json(by_alias=True), encoding="utf-8")
        return tmp_path / "data"

    return made


@pytest.mark.parametrize("name", [f"F-{PRINT[:8]}", PRINT, PRINT[:6], f"f-{PRINT[:8].upper()}"])
def test_a_finding_is_found_by_number_and_by_fingerprint(make: Make, name: str) -> None:
    text = show_evidence(name, make())
    assert "错别字" in text
    for fact in ("urn:uuid", "192.0.2.7", "sha1:", "2026-11-20", "引文已标出"):
        assert fact in text


def test_exhibits_are_private_and_marked(make: Make) -> None:
    data = make()
    show_evidence(PRINT, data)
    folder = data / "runs" / "r1" / "evidence"
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == [f"F-{PRINT[:8]}-1.html", f"F-{PRINT[:8]}-2.html"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert b"<mark" in paths[0].read_bytes()


def test_the_raw_record_has_request_answer_digest_and_address_and_stands_alone(make: Make, tmp_path: Path) -> None:
    data = make()
    show_evidence(PRINT, data, raw=True, out=tmp_path / "out")
    second = tmp_path / "out" / f"F-{PRINT[:8]}-2.warc.gz"
    with second.open("rb") as file:
        records = [(record.rec_type, record.rec_headers) for record in ArchiveIterator(file)]
    assert [kind for kind, _ in records] == ["request", "response"]
    answer = records[1][1]
    assert answer.get_header("WARC-IP-Address") == "192.0.2.7"
    assert answer.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert records[0][1].get_header("WARC-Concurrent-To") == answer.get_header("WARC-Record-ID")


def test_captures_and_raw_records_pass_warcio_check(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make()
    show_evidence(PRINT, data, raw=True, out=tmp_path / "out")
    files = [data / "runs" / "r1" / "captures.warc.gz", *sorted((tmp_path / "out").iterdir())]

    words = SimpleNamespace(inputs=[str(path) for path in files], verbose=True)
    said = io.StringIO()
    monkeypatch.setattr("sys.stdout", said)
    assert Checker(words).process_all() in {0, None}
    text = said.getvalue()
    assert text.count("digest pass") >= 2 * 2 * 2
    assert "fail" not in text


def test_of_a_privacy_finding_no_plain_number_leaves_the_captures(make: Make) -> None:
    body = f"<html><p>某甲 {PLAIN} 补助名单公示</p></html>".encode()
    data = make(body, rule="exposed-id-number", pack="privacy")
    show_evidence(PRINT, data)
    for path in (data / "runs" / "r1" / "evidence").iterdir():
        assert PLAIN.encode() not in path.read_bytes()


def test_a_file_with_numbers_is_not_copied_without_raw(make: Make) -> None:
    data = make(b"%PDF-1.4 x", "application/pdf", rule="exposed-id-number", pack="privacy")
    assert "--raw" in show_evidence(PRINT, data)
    assert list((data / "runs" / "r1" / "evidence").iterdir()) == []


def test_another_file_is_kept_under_a_name_that_nothing_opens(make: Make) -> None:
    data = make(b"%PDF-1.4 x", "application/pdf", rule="broken-attachment")
    show_evidence(PRINT, data)
    assert sorted(path.suffix for path in (data / "runs" / "r1" / "evidence").iterdir()) == [".bin", ".bin"]


@pytest.mark.parametrize("name", ["F-zzz", "abc", "../../etc/passwd", "F-ffffffff"])
def test_a_wrong_number_is_answered_with_one_sentence(make: Make, name: str) -> None:
    with pytest.raises(RunNotFound, match=r"编号|找不到"):
        show_evidence(name, make())


def test_a_missing_capture_is_said_and_nothing_is_written(make: Make) -> None:
    data = make(evidence=[{"url": URL, "capture": "<urn:uuid:gone>", "quote": "任付组长"}, {"url": URL}])
    text = show_evidence(PRINT, data)
    assert "不在" in text
    assert "没有存证" in text
    assert list((data / "runs" / "r1" / "evidence").iterdir()) == []


def test_the_command_prints_the_path(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    data = make()
    assert _run(["evidence", f"F-{PRINT[:8]}", "--run", "r1", "--data", str(data)]) == 0
    assert ".html" in capsys.readouterr().out
    assert _run(["evidence", "F-00000000", "--data", str(data)]) == 2
