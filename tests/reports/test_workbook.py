"""台账.xlsx, opened again with another library."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports import workbook
from reports.result import AuditResult
from reports.text import clean_result
from reports.voided import unconfirmed
from reports.workbook import CUT, MAX_CELL, write_workbook
from tests.reports.factories import make_finding, make_result, make_unit, rich_result
from tests.reports.payloads import FORMULAS, hostile_result


def opened(result: AuditResult, folder: Path) -> Any:
    path = folder / "台账.xlsx"
    write_workbook(clean_result(result), path)
    return openpyxl.load_workbook(path)


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_four_sheets_with_frozen_heads_filters_and_widths(tmp_path: Path) -> None:
    book = opened(rich_result(), tmp_path)
    assert book.sheetnames == ["总表", "问题清单", "栏目更新", "未检测项"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.auto_filter.ref.endswith(str(max(sheet.max_row, 2)))
        assert all(sheet.column_dimensions[letter].width >= 6 for letter in "ABCDEF")


def test_the_summary_has_every_unit_with_numbers_as_numbers(tmp_path: Path) -> None:
    rows = table(opened(rich_result(), tmp_path)["总表"])
    assert [row["单位"] for row in rows] == [unit.name for unit in rich_result().units]
    bad = rows[2]
    assert (bad["最低得分"], bad["名次"], bad["判定"], bad["问题"], bad["变化"]) == (41.5, 3, "不合格", 4, "-10.5")
    assert bad["最早整改期限"] == "2026-11-18"


def test_an_untested_unit_has_no_score_in_the_summary(tmp_path: Path) -> None:
    row = table(opened(rich_result(), tmp_path)["总表"])[4]
    assert (row["判定"], row["最低得分"], row["最高得分"], row["名次"]) == ("未检测", None, None, None)


def test_a_void_run_has_no_scores_and_no_points(tmp_path: Path) -> None:
    book = opened(unconfirmed(rich_result(void="线路不通。")), tmp_path)
    assert {row["判定"] for row in table(book["总表"])} == {"本次作废"}
    assert {row["最低得分"] for row in table(book["总表"])} == {None}
    assert {row["扣分"] for row in table(book["问题清单"])} == {None}


def test_the_ledger_has_every_finding_under_the_headings_evaluators_use(tmp_path: Path) -> None:
    rows = table(opened(rich_result(), tmp_path)["问题清单"])
    assert len(rows) == 8
    veto = next(row for row in rows if row["编号"] == "F-0f0f0f0f")
    assert (veto["性质"], veto["责任单位"], veto["整改时限"]) == ("单项否决", "松湖县教育局", "2026-11-18")
    assert veto["一级指标"] == "政府网站与政务新媒体检查指标"
    assert veto["整改结果"] is None


def test_columns_and_open_questions_have_their_sheets(tmp_path: Path) -> None:
    book = opened(rich_result(), tmp_path)
    assert {row["更新状态"] for row in table(book["栏目更新"])} == {
        "按期更新",
        "无更新期限",
        "即将超期",
        "空白",
        "超期未更新",
        "未能判定",
    }
    assert {row["结论"] for row in table(book["未检测项"])} == {"未检测", "无法判定", "程序出错"}


def test_no_cell_is_a_formula_a_link_or_holds_a_control_character(tmp_path: Path) -> None:
    book = opened(hostile_result(), tmp_path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.hyperlink is None
                assert all(sign >= " " or sign == "\n" for sign in str(cell.value or ""))
    with zipfile.ZipFile(tmp_path / "台账.xlsx") as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or name.endswith("sheet1.xml.rels")]
        assert not any(
            b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist() if "sheet" in name
        )


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_stays_the_text_it_was(text: str, tmp_path: Path) -> None:
    row = table(opened(make_result(make_unit(findings=(make_finding(message=text),))), tmp_path)["问题清单"])[0]
    assert row["问题描述"].strip() == text.strip()


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    row = table(opened(make_result(make_unit(findings=(make_finding(message="长" * 50_000),))), tmp_path)["问题清单"])[0]
    assert len(row["问题描述"]) == MAX_CELL
    assert row["问题描述"].endswith(CUT)


def test_rows_beyond_the_sheet_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 5)
    rows = table(opened(rich_result(), tmp_path)["问题清单"])
    assert len(rows) == 6
    assert rows[-1]["序号"] == "其余 3 行放不下，见 findings.jsonl 和 result.json。"


def test_many_pages_of_one_fault_are_listed_up_to_a_limit_with_their_number(tmp_path: Path) -> None:
    finding = make_finding(found_on=tuple(f"http://a.example/{n}" for n in range(80)), found_on_count=300)
    row = table(opened(make_result(make_unit(findings=(finding,))), tmp_path)["问题清单"])[0]
    assert row["父页面地址"].count("http://") == 50
    assert row["父页面地址"].endswith("（共 300 处）")


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_workbook(rich_result(), one)
    write_workbook(rich_result(), two)
    assert one.read_bytes() == two.read_bytes()


def test_an_empty_result_gives_empty_sheets_with_their_heads(tmp_path: Path) -> None:
    book = opened(make_result(), tmp_path)
    assert [sheet.max_row for sheet in book] == [1, 1, 1, 1]
    assert book["问题清单"]["A1"].value == "序号"
