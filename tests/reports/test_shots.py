"""Screenshots inside the scorecard."""

import base64
from pathlib import Path

import pytest
from lxml import html

from reports import shots
from reports.cards import Cards, make_cards
from reports.render import render_report
from reports.shots import embed
from tests.reports.factories import AS_OF, make_evidence, make_finding, make_result, make_unit

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


ROOM = 5_000_000


def finding(number: str, screenshot: str) -> object:
    return make_finding(number=number, fingerprint=number, evidence=(make_evidence(screenshot=screenshot),))


def cards_of(*names: str) -> Cards:
    return make_cards(tuple(finding(f"F-{n}", name) for n, name in enumerate(names)), AS_OF)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "screenshots"
    path.mkdir()
    (path / "a.png").write_bytes(PNG)
    return path


def test_a_picture_stands_once_and_later_cards_point_to_it(folder: Path) -> None:
    found = embed(cards_of("a.png", "a.png"), folder, ROOM)
    assert list(found) == ["a.png"]
    assert found["a.png"].card == "F-0"
    assert found["a.png"].uri.startswith("data:image/png;base64,iVBOR")


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_other_kinds_of_pictures_are_known_by_their_first_bytes(kind: str, folder: Path) -> None:
    (folder / "b").write_bytes({"jpeg": b"\xff\xd8\xff\xe0", "webp": b"RIFF\0\0\0\0WEBP"}[kind])
    assert embed(cards_of("b"), folder, ROOM)["b"].uri.startswith(f"data:image/{kind};")


def test_what_is_no_picture_or_lies_elsewhere_is_left_out(folder: Path) -> None:
    (folder / "evil.svg").write_text("<svg onload=alert(1)>")
    (folder / "empty.png").write_bytes(b"")
    (folder.parent / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "dir.png").mkdir()
    names = ("evil.svg", "empty.png", "../secret.png", "link.png", "dir.png", "missing.png", "a\x00.png", str(folder / "a.png"))
    assert embed(cards_of(*names), folder, ROOM) == {}


def test_a_picture_too_large_for_a_page_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shots, "MAX_SHOT_BYTES", len(PNG) - 1)
    assert embed(cards_of("a.png"), folder, ROOM) == {}


def test_pictures_end_where_the_page_is_full_and_evidence_comes_first(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"{n}.png").write_bytes(PNG + bytes(600_000))
    unit = make_unit(findings=tuple(finding(f"F-{n:02d}", f"{n}.png") for n in range(20)))
    written = render_report(make_result(unit), tmp_path / "out", screenshots=tmp_path)
    assert written.scorecards[0].stat().st_size < 5_000_000
    page = html.fromstring(written.scorecards[0].read_bytes())
    pictures = page.xpath("//img/@src")
    assert 3 <= len(pictures) < 20
    assert len(page.xpath("//blockquote")) == 20
    text = page.text_content()
    assert text.count("存于运行目录的 screenshots 文件夹") == 20 - len(pictures)


def test_a_picture_has_words_for_those_who_cannot_see_it(folder: Path, tmp_path: Path) -> None:
    unit = make_unit(findings=(finding("F-1", "a.png"), finding("F-2", "a.png")))
    written = render_report(make_result(unit), tmp_path / "out", screenshots=folder)
    page = html.fromstring(written.scorecards[0].read_bytes())
    (alt,) = page.xpath("//img/@alt")
    assert "2026-11-20 02:14:37" in alt
    assert page.xpath("string(//article[@id='F-2']//p[@class='note']/a/@href)") == "#F-1"
