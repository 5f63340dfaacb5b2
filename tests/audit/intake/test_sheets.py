"""Files of every kind as tables of text: encodings, merged cells, numbers, and what is no table at all."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from audit.errors import IntakeRefused
from audit.intake.sheets import day_of_serial, parse_sheets, read_sheets, text_of
from tests.audit.intake.lists_made_here import write_xlsx

CSV = "责任单位,问题描述\r\n财政局,“指南”打不开\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_csv_is_read_in_the_encodings_offices_write(encoding: str) -> None:
    sheet = parse_sheets(CSV.encode(encoding), Path("x.csv"))[0]
    assert sheet.rows == (("责任单位", "问题描述"), ("财政局", "“指南”打不开"))


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_may_be_separated_by_other_signs(sign: str) -> None:
    assert parse_sheets(CSV.replace(",", sign).encode(), Path("x.csv"))[0].rows[1][0] == "财政局"


def test_a_quoted_line_break_is_no_new_row() -> None:
    rows = parse_sheets('责任单位,问题描述\n财政局,"第一行\n第二行, 还有"\n'.encode(), Path("x.csv"))[0].rows
    assert rows[1] == ("财政局", "第一行\n第二行, 还有")


def test_numbers_days_and_truths_of_a_workbook_are_as_people_see_them(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", [["a", 13800138000, 2.5, date(2026, 11, 20), 46346]])
    cells = read_sheets(path)[0].rows[0]
    assert [text_of(cell) for cell in cells] == ["a", "13800138000", "2.5", "2026-11-20", "46346"]
    assert day_of_serial(46346) == date(2026, 11, 20)


@pytest.mark.parametrize("number", [0, 1, 3.5, 20261120, -5, 1e300])
def test_a_number_that_is_no_day_of_this_century_is_no_day(number: float) -> None:
    assert day_of_serial(number) is None


def test_cells_merged_downwards_speak_for_every_row(tmp_path: Path) -> None:
    rows = [["2026年清单", "", ""], ["责任单位", "问题描述", "备注"], ["财政局", "甲", ""], ["", "乙", ""], ["民政局", "丙", ""]]
    path = write_xlsx(tmp_path / "x.xlsx", rows, merged=[(0, 0, 0, 2), (2, 0, 3, 0)])
    assert [row[0] for row in read_sheets(path)[0].rows] == ["2026年清单", "责任单位", "财政局", "财政局", "民政局"]
    assert read_sheets(path)[0].rows[0][1] == ""  # a title over the table is no value of its columns


def test_rows_keep_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", [[], [], ["", "第三行"]])
    assert read_sheets(path)[0].rows[2][1] == "第三行"


def test_control_characters_and_direction_marks_are_gone() -> None:
    cell = parse_sheets("责任单位,\x1b[31m财政\u202e局\n".encode(), Path("x.csv"))[0].rows[0][1]
    assert cell == "[31m财政局"


def _zip(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "空文件"),
        (b"  \n\n ", "空文件"),
        (b"PK\x03\x04rubbish", "不是完好的表格文件"),
        (b"\xd0\xcf\x11\xe0rubbish", "不是完好的表格文件"),
        (_zip(a=b"no workbook"), "不是完好的表格文件"),
        (b"\x00\x01\x02\x03" * 100, "既不是表格文件"),
        (b"\xff\xfe\x00\xd8", "既不是表格文件"),
        ((",".join("x" * 300) + "\n").encode(), "200 列"),
        (b"a,b\n" * 50_001, "50000 行"),
        (b'a,"' + b"x" * 200_000 + b'"\n', "不是可读的 CSV"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(body: bytes, said: str) -> None:
    with pytest.raises(IntakeRefused, match=said) as caught:
        parse_sheets(body, Path("x.xlsx"))
    assert str(caught.value).endswith("。")


def test_a_file_that_unpacks_to_a_flood_is_refused_unopened() -> None:
    with pytest.raises(IntakeRefused, match="解开后超过 500 MB"):
        parse_sheets(_zip(**{"xl/worksheets/sheet1.xml": b"0" * 501_000_000}), Path("x.xlsx"))


@pytest.mark.parametrize("place", [(1_048_575, 16_383), (1_048_575, 0), (0, 16_383)])
def test_a_cell_in_the_last_corner_takes_nobody_with_it(tmp_path: Path, place: tuple[int, int]) -> None:
    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "责任单位")
    sheet.write_string(*place, "x")
    book.close()
    with pytest.raises(IntakeRefused, match=r"大得异常|一次最多"):
        read_sheets(tmp_path / "x.xlsx")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(IntakeRefused, match="读不到"):
        read_sheets(tmp_path / "none.xlsx")


def test_a_sheet_too_wide_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IntakeRefused, match="删去空行空列"):
        read_sheets(write_xlsx(tmp_path / "x.xlsx", [["x"] * 201]))
