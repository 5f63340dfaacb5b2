"""One page of PDF for every scorecard."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from reports import pdf
from reports.pdf import PdfUnavailable
from reports.render import Extras, render_report
from tests.reports.factories import rich_result


def test_every_scorecard_has_its_first_page(tmp_path: Path, require_program: Callable[[str], str]) -> None:
    require_program("chromium")
    pdfium = pytest.importorskip("pypdfium2")
    written = render_report(rich_result(), tmp_path, extras=Extras(pdf=True))
    for card in written.scorecards:
        paper = pdfium.PdfDocument(str(card.with_suffix(".pdf")))
        assert len(paper) == 1
        assert paper[0].get_textpage().get_text_bounded().strip()
        paper.close()
        assert f'href="{quote(f"departments/{card.stem}.pdf")}"' in written.index.read_text(encoding="utf-8")


def test_without_chromium_it_is_one_sentence_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", (str(tmp_path / "none"),))
    with pytest.raises(PdfUnavailable, match="Chromium"):
        render_report(rich_result(), tmp_path / "out", extras=Extras(pdf=True))
    assert not (tmp_path / "out").exists()
