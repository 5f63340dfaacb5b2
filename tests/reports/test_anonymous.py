"""盲审: nothing of names and addresses is left, and everything else is."""

from pathlib import Path

from reports.anonymous import blind
from reports.records import result_json
from reports.render import render_report
from tests.reports.factories import make_finding, make_result, make_unit, rich_result


def test_no_name_and_no_address_is_left_in_any_file(tmp_path: Path) -> None:
    result = rich_result()
    render_report(blind(result).result, tmp_path)
    names = [unit.name for unit in result.units] + [result.portal.name, "松湖"]
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".xlsx":
            text = path.read_text(encoding="utf-8")
            assert [name for name in names if name in text or name in path.name] == [], path.name
            assert "gov.cn/" not in text.replace("www.gov.cn/", ""), path.name


def test_numbers_scores_and_captures_stay() -> None:
    result = rich_result()
    hidden = blind(result).result
    assert {f.number for unit in hidden.units for f in unit.findings} == {
        f.number for unit in result.units for f in unit.findings
    }
    assert sorted(unit.score.low for unit in hidden.units) == sorted(unit.score.low for unit in result.units)
    captures = {line.capture for unit in result.units for f in unit.findings for line in f.evidence}
    assert {line.capture for unit in hidden.units for f in unit.findings for line in f.evidence} == captures


def test_the_key_names_every_unit_and_is_the_same_again() -> None:
    result = rich_result()
    assert {name for _, name in blind(result).key} == {unit.name for unit in result.units if unit.kind != "portal"}
    assert result_json(blind(result).result) == result_json(blind(result).result)


def test_a_towns_short_name_and_bare_hosts_are_hidden_too() -> None:
    finding = make_finding(message="枫岭镇的页面设在 fengling.com 上，联系 a@fengling.cn。")
    hidden = blind(make_result(units=(make_unit(name="枫岭镇人民政府", findings=(finding,)),))).result
    assert hidden.units[0].findings[0].message.startswith("单位01的页面")
    assert "fengling" not in result_json(hidden)
