"""证据附录: all evidence, once each."""

from pathlib import Path

from reports.appendix import exhibits
from reports.render import Extras, render_report
from tests.reports.factories import rich_result


def test_all_evidence_of_a_unit_stands_in_the_appendix(tmp_path: Path) -> None:
    result = rich_result()
    unit = max(result.units, key=lambda unit: len(unit.findings))
    assert len(exhibits(unit)) == sum(len(finding.evidence) for finding in unit.findings)
    written = render_report(result, tmp_path, extras=Extras(exhibits=True))
    page = written.scorecards[result.units.index(unit)].read_text(encoding="utf-8")
    assert "证据附录" in page
    assert all(exhibit.capture.replace("<", "&lt;").replace(">", "&gt;") in page for exhibit in exhibits(unit))


def test_cards_have_none_unless_asked_for(tmp_path: Path) -> None:
    written = render_report(rich_result(), tmp_path)
    assert not any("证据附录" in card.read_text(encoding="utf-8") for card in written.scorecards)
