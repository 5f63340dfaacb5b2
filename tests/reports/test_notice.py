"""整改通知书: what it says, hostile values in it, the office's own form, the same bytes again."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from reports.notice import MAX_TEXT, NoticeUnwritable, make_notice, read_template, write_notice
from reports.render import Extras, render_report
from tests.reports.factories import make_finding, make_result, make_unit, rich_result
from tests.reports.payloads import PAYLOADS

docx = pytest.importorskip("docx")


def words_of(path: Path) -> str:
    paper = docx.Document(str(path))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_every_unit_with_something_to_mend_gets_a_letter(tmp_path: Path) -> None:
    result = rich_result()
    render_report(result, tmp_path, extras=Extras(notices=True))
    letters = sorted((tmp_path / "notices").glob("*.docx"))
    assert len(letters) == sum(any(f.outcome in {"failed", "lead"} for f in unit.findings) for unit in result.units)
    unit = next(unit for unit in result.units if any(f.outcome == "failed" for f in unit.findings))
    text = next(text for text in map(words_of, letters) if f"\n{unit.name}：\n" in text)
    for finding in unit.findings:
        assert (finding.number in text) == (finding.outcome in {"failed", "lead"})


def test_the_overview_leads_to_every_letter_and_every_appendix_that_was_made(tmp_path: Path) -> None:
    written = render_report(rich_result(), tmp_path, extras=Extras(notices=True, exhibits=True))
    links = [unquote(link) for link in re.findall(r'href="([^"#][^"]*)"', written.index.read_text(encoding="utf-8"))]
    letters = {f"notices/{path.name}" for path in (tmp_path / "notices").iterdir()}
    assert letters == {link for link in links if link.endswith(".docx")}
    appendices = [link for link in links if link.endswith("#exhibits")]
    assert len(appendices) == sum(any(f.evidence for f in unit.findings) for unit in rich_result().units)
    for link in appendices:
        assert 'id="exhibits"' in (tmp_path / link.removesuffix("#exhibits")).read_text(encoding="utf-8")
    plain = render_report(rich_result(), tmp_path / "plain").index.read_text(encoding="utf-8")
    assert "整改通知书" not in plain
    assert "#exhibits" not in plain


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload: str, tmp_path: Path) -> None:
    result = make_result(units=(make_unit(findings=(make_finding(message=f"前{payload}后。"),)),))
    render_report(result, tmp_path, extras=Extras(notices=True))
    (letter,) = (tmp_path / "notices").glob("*.docx")
    text = words_of(letter)
    assert "前" in text
    assert "后。" in text or len(payload) > MAX_TEXT  # nothing is cut where a tag seems to begin


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    notice = make_notice(rich_result().units[1], rich_result())
    for name in ("a", "b"):
        write_notice(notice, read_template(None), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_offices_own_form_is_filled(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("贵单位（{{ unit }}）共 {{ failed|length }} 项")
    paper.save(str(tmp_path / "own.docx"))
    notice = make_notice(rich_result().units[1], rich_result())
    write_notice(notice, read_template(tmp_path / "own.docx"), tmp_path / "letter.docx")
    assert f"贵单位（{notice.unit}）共 {len(notice.failed)} 项" in words_of(tmp_path / "letter.docx")


@pytest.mark.parametrize(
    ("name", "data"), [("missing.docx", None), ("page.docx", b"<html>"), ("zip.docx", b"PK\x05\x06" + bytes(18))]
)
def test_what_is_no_form_is_refused_with_a_sentence(name: str, data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(NoticeUnwritable, match="模板"):
        read_template(path)


def test_a_form_that_reaches_for_more_than_its_fields_is_refused(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("{{ unit.__class__.__mro__ }}")
    paper.save(str(tmp_path / "own.docx"))
    with pytest.raises(NoticeUnwritable, match="字段有误"):
        write_notice(make_notice(rich_result().units[1], rich_result()), read_template(tmp_path / "own.docx"), tmp_path / "x")
