"""Pictures of evidence: drawn offline from the captures, with address and clock, and never of a person's number."""

import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from audit.folders import RunFolder
from audit.screenshots import MANIFEST, take_screenshots, with_screenshots
from crawler.captures import Capture, CaptureWriter, Exchange
from crawler.exhibits import Label, annotated_page
from crawler.store import FactsStore
from reports.result import AuditResult, EvidenceLine, FindingLine, PortalLine, Score, Unit

AT = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
URL = "http://www.shili.example/a.html"
PLAIN = "110101199001011237"
PRINT = "3a9c01" + "0" * 10

Program = Callable[[str], str]


def capture(body: str) -> Capture:
    headers = (("Content-Type", "text/html; charset=gbk"),)
    return Capture(record_id="<urn:uuid:1>", url=URL, at=AT.isoformat(), status=200, headers=headers, body=body.encode("gb18030"))


def run_with(tmp_path: Path, body: bytes, **said: object) -> tuple[RunFolder, AuditResult]:
    run = RunFolder(path=tmp_path / "run")
    run.path.mkdir()
    with FactsStore.create(run.facts) as store:
        writer = CaptureWriter(run.captures, store.note_capture, info={"software": "x"})
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        number = writer.write(Exchange(url=URL, at=AT, status=200, headers=headers, body=body))
        writer.close()
    words: dict[str, object] = {
        "number": f"F-{PRINT[:8]}",
        "rule": "typo",
        "rule_title": "错别字",
        "outcome": "failed",
        "url": URL,
        "message": "写错了。",
        "pack": "information-quality",
        "clause": "c",
        "fingerprint": PRINT,
        "evidence": (EvidenceLine(url=URL, capture=number, quote="任付组长"),),
    }
    finding = FindingLine.model_validate(words | said)
    unit = Unit(
        slug="portal", name="县", kind="portal", score=Score(low=0, high=1, verdict="暂定", tested_share=1), findings=(finding,)
    )
    return run, AuditResult(portal=PortalLine(name="县", url=URL), as_of="2026-11-20", started="", finished="", units=(unit,))


def shot_of(result: AuditResult) -> str:
    return result.units[0].findings[0].evidence[0].screenshot


def test_the_page_keeps_its_styles_and_loses_its_scripts() -> None:
    page = capture(
        '<html><head><meta charset=gbk><meta http-equiv=refresh content="0;url=/x"><link rel=stylesheet href=/s.css>'
        "<script>alert(1)</script></head><body onload=x()><p>分管同志任付组长</p>"
        "<iframe src=//evil.example></iframe></body></html>"
    )
    made = annotated_page(page, Label(title="F-1", facts={"截图时间": "2026-11-20"}), quotes=["任付组长"])
    assert made is not None
    assert made.marked
    html = made.html.decode()
    assert "/s.css" in html
    for gone in ("<script", "onload", "refresh", "iframe", "gbk"):
        assert gone not in html
    assert html.index("截图时间") < html.index("分管同志")


def test_without_a_browser_one_sentence_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run, result = run_with(tmp_path, b"<html><p>x</p></html>")
    monkeypatch.setattr("audit.screenshots.find_browser", lambda: None)
    assert take_screenshots(run, result) == result
    assert "没有找到浏览器" in capsys.readouterr().err
    assert not (run.path / "screenshots").exists()


def test_a_picture_is_taken_kept_privately_and_found_again(tmp_path: Path, require_program: Program) -> None:
    require_program("chromium")
    run, result = run_with(tmp_path, "<html><body><p>分管同志任付组长</p><img src=/gone.png></body></html>".encode())
    shown = take_screenshots(run, result)
    assert shot_of(shown) == f"F-{PRINT[:8]}.jpg"
    path = run.path / "screenshots" / shot_of(shown)
    assert path.read_bytes().startswith(b"\xff\xd8\xff")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert shot_of(with_screenshots(result, run)) == shot_of(shown)
    before = path.stat().st_mtime_ns
    assert take_screenshots(run, result) == shown
    assert path.stat().st_mtime_ns == before


def test_a_very_long_page_is_shown_at_the_outlined_place_and_small_enough(tmp_path: Path, require_program: Program) -> None:
    require_program("chromium")
    body = "<html><body>" + "<p>很长的一页，各段文字都不相同。</p>" * 3_000 + "<p>分管同志任付组长</p>" + "<p>尾</p>" * 3_000
    run, result = run_with(tmp_path, body.encode())
    shown = take_screenshots(run, result)
    assert 0 < (run.path / "screenshots" / shot_of(shown)).stat().st_size <= 650_000


@pytest.mark.parametrize("said", [{"rule": "exposed-id-number", "pack": "privacy"}, {"rule": "typo"}])
def test_numbers_are_masked_in_the_page_before_it_is_drawn(
    said: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []

    def photograph(_program: object, sittings: object, _assets: object, _keep: object) -> int:
        seen.extend(sitting.html for sitting in sittings)  # type: ignore[attr-defined]
        return 0

    monkeypatch.setattr("audit.screenshots.find_browser", lambda: Path("/bin/true"))
    monkeypatch.setattr("crawler.browser.photographer.photograph", photograph)
    body = f"<html><body><p title='{PLAIN}'>某甲 {PLAIN} 补助名单</p></body></html>".encode()
    run, result = run_with(tmp_path, body, **said)
    take_screenshots(run, result)
    assert len(seen) == 1
    assert PLAIN.encode() not in seen[0]


def test_a_number_that_runs_across_elements_is_not_photographed_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr("audit.screenshots.find_browser", lambda: Path("/bin/true"))
    monkeypatch.setattr(
        "crawler.browser.photographer.photograph", lambda _p, sittings, _a, _k: len(seen.extend(sittings) or seen)
    )
    body = f"<html><body><p>某甲 {PLAIN[:6]}<b>{PLAIN[6:]}</b> 补助名单</p></body></html>".encode()
    run, result = run_with(tmp_path, body, rule="exposed-id-number", pack="privacy")
    take_screenshots(run, result)
    assert seen == []


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}'])
def test_a_damaged_list_of_pictures_names_none(tmp_path: Path, text: str) -> None:
    run, result = run_with(tmp_path, b"<html><p>x</p></html>")
    (run.path / "screenshots").mkdir()
    (run.path / "screenshots" / MANIFEST).write_text(text)
    assert shot_of(with_screenshots(result, run)) == ""
