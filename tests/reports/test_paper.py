"""The pages on paper: what Chromium prints."""

import re
from collections import Counter
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from reports.render import ReportSet, render_report
from tests.reports.factories import make_column, make_finding, make_open, make_result, make_unit
from tests.reports.test_browser import visible


def test_on_paper_details_are_open_filters_are_off_and_there_are_lines_to_sign(page: Any, shown: ReportSet) -> None:
    page.goto(next(path for path in shown.scorecards if path.name == "portal.html").as_uri())
    page.fill("#find", "公安备案")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert len(visible(page, ".card h4")) == 2
    assert len(visible(page, ".places a")) == 7
    assert visible(page, ".pack td") != []
    assert visible(page, ".tools") == visible(page, "nav") == visible(page, "button:not(thead button)") == []
    assert "责任单位（盖章）" in page.inner_text(".signatures")


def test_the_printed_page_is_not_wider_than_the_paper(page: Any, shown: ReportSet) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    for path in (shown.index, *shown.scorecards):
        page.goto(path.as_uri())
        wide = page.evaluate(
            "[...document.querySelectorAll('table, svg, .card')].filter(e => e.getBoundingClientRect().right > 689).length"
        )
        assert wide == 0, path.name


def printed(page: Any, path: Path, out: Path) -> tuple[list[str], list[str]]:
    """Text of each printed page, and signs that stand beyond the edge of the paper."""
    pdfium = pytest.importorskip("pypdfium2", reason="the extra attachments is not installed")
    page.goto(path.as_uri())
    page.pdf(path=out, prefer_css_page_size=True, print_background=False)
    document = pdfium.PdfDocument(out)
    texts, beyond = [], []
    for sheet in document:
        text, width = sheet.get_textpage(), sheet.get_width()
        texts.append(normalize("NFKC", text.get_text_bounded(left=-1e4, bottom=-1e4, right=1e4, top=1e4)))
        for number in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(number)
            if left < 0 or right > width:
                beyond.append(text.get_text_range(number, 1))
    document.close()
    return texts, beyond


def drawn(page: Any, selector: str) -> Counter[str]:
    """Signs a reader sees there when the page is printed."""
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    # Words for screen readers alone are on no paper.
    page.evaluate("document.querySelectorAll('.hidden-words').forEach(e => { e.style.display = 'none'; })")
    return Counter(normalize("NFKC", "".join("".join(visible(page, selector)).split())))


def test_no_table_is_cut_off_on_paper(page: Any, shown: ReportSet, tmp_path: Path) -> None:
    for path in (shown.index, *shown.scorecards):
        texts, beyond = printed(page, path, tmp_path / "out.pdf")
        assert beyond == [], path.name
        assert drawn(page, "td, tbody th") - Counter("".join(texts)) == Counter(), path.name


def test_long_words_and_addresses_are_broken_instead_of_cut(page: Any, tmp_path: Path) -> None:
    url = f"http://www.songhu.example/{'w' * 300}/"
    unit = make_unit(
        findings=(make_finding(url=url, subject="长" * 190, message="W" * 500),),
        columns=(make_column(name="栏" * 70, url=url, path="路" * 150),),
        open=(make_open(subject="象" * 100, message="X" * 290, url=url),),
    )
    written = render_report(make_result(unit), tmp_path / "out")
    for path in (written.index, *written.scorecards):
        texts, beyond = printed(page, path, tmp_path / "out.pdf")
        assert beyond == []
        assert drawn(page, "td, tbody th, .card h4, .card dd") - Counter("".join(texts)) == Counter(), path.name


def test_the_head_of_a_table_is_printed_on_every_page(page: Any, tmp_path: Path) -> None:
    columns = tuple(make_column(name=f"栏目{n}", url=f"http://a.example/{n}/") for n in range(80))
    written = render_report(make_result(make_unit(columns=columns)), tmp_path / "out")
    texts, _ = printed(page, written.scorecards[0], tmp_path / "out.pdf")
    with_rows = [text for text in texts if re.search(r"a\.example/[0-9]+/", text)]
    assert len(with_rows) > 2
    assert all("最近更新" in text for text in with_rows)
