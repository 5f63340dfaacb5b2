"""Rows: dates of every kind, addresses, sentences made of other columns; every mistake of every row with its number."""

from datetime import date

import pytest

from audit.intake.rows import Problem, Row, read_rows
from audit.intake.tables import find_table
from audit.intake.workbooks import Cell, Sheet

TODAY = date(2026, 11, 20)


def read(heads: str, *rows: tuple[Cell, ...]) -> list[tuple[Row | None, tuple[Problem, ...]]]:
    table, why = find_table(Sheet(name="清单", rows=(tuple(heads.split("|")), *rows)))
    assert table is not None, why
    return list(read_rows(table, TODAY))


def good(heads: str, *row: Cell) -> Row:
    found, problems = read(heads, row)[0]
    assert found is not None, problems
    return found


def complaint(heads: str, *row: Cell) -> str:
    found, problems = read(heads, row)[0]
    assert found is None
    return "\n".join(map(str, problems))


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 11, 2),
        46328.0,
        "2026-11-02",
        "2026年11月2日",
        "2026/11/2",
        "2026.11.02",
        "20261102",
        "46328",
        20261102.0,
        "2026-11-02 08:30",
        "二〇二六年十一月二日",
    ],
)
def test_days_are_read_however_they_are_written(cell: Cell) -> None:
    assert good("问题描述|发现时间", "打不开", cell).found == date(2026, 11, 2)


def test_a_month_stands_for_its_last_day() -> None:
    assert good("问题描述|发现时间", "打不开", "2026年10月").found == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("昨天", "不是日期"),
        ("2026-02-30", "不是日期"),
        (7.0, "不是日期"),
        ("2026-11-21", "不像真的日期"),
        ("1999-01-01", "不像真的日期"),
    ],
)
def test_a_day_that_is_none_is_told(cell: Cell, said: str) -> None:
    assert said in complaint("问题描述|发现时间", "打不开", cell)


def test_a_last_day_may_lie_ahead_a_year_at_most() -> None:
    assert good("问题描述|整改时限", "打不开", "2026-12-01").due == date(2026, 12, 1)
    assert "不像真的日期" in complaint("问题描述|整改时限", "打不开", "2028-12-01")


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("http://a.gov.cn/x.html", "http://a.gov.cn/x.html"),
        ("www.a.gov.cn/x?y=财政", "http://www.a.gov.cn/x?y=财政"),
        ("HTTPS://a.gov.cn", "HTTPS://a.gov.cn"),
    ],
)
def test_an_address_may_lack_its_scheme(cell: str, url: str) -> None:
    assert good("问题描述|问题页面地址", "打不开", cell).url == url


@pytest.mark.parametrize(
    "cell",
    [
        "首页",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "<a href='http://a.cn/'>这里</a>",
        "http://",
        "http://a.cn/ b",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_told(cell: str) -> None:
    assert "不是一个网址" in complaint("问题描述|问题页面地址", "打不开", cell)


@pytest.mark.parametrize(
    ("heads", "row", "message"),
    [
        ("错敏词|推荐词|附件地址", ("按装", "安装", "http://a.cn/1"), "“按装”疑似有误，建议改为“安装”。"),
        ("错敏词|推荐词|附件地址", ("按装", "", "http://a.cn/1"), "“按装”疑似有误。"),
        ("单位名称|栏目名称|超期天数", ("财政局", "通知公告", 12.0), "栏目“通知公告”超期 12 天没有更新。"),
        ("责任单位|错误页", ("财政局", "http://a.cn/1"), "清单列为错误页面，没有写明问题。"),
        ("考察点|是否完成指标", ("指南按时更新", "否"), "“指南按时更新”没有达到要求。"),
    ],
)
def test_where_no_column_describes_the_problem_the_others_do(heads: str, row: tuple[Cell, ...], message: str) -> None:
    assert good(heads, *row).message == message


def test_an_indicator_that_is_met_is_no_problem() -> None:
    assert good("考察点|是否完成指标", "指南按时更新", "是").skipped == "已达到要求"
    assert good("问题描述|整改结果", "打不开", "已整改").skipped == ""


def test_a_row_that_says_nothing_is_told_what_a_formula_needs() -> None:
    assert "公式" in complaint("责任单位|问题描述", "财政局", "")
    assert "公式" in complaint("责任单位|问题描述|网址", "财政局", "", "http://a.cn/1")


def test_words_that_mean_nothing_are_blanks() -> None:
    row = good("责任单位|问题描述|问题页面地址|发现时间", "/", "打不开", "无", "—")
    assert (row.text("department"), row.url, row.found) == ("", "", None)


def test_html_in_a_cell_is_text_like_any_other() -> None:
    assert good("责任单位|问题描述", "财政局", "<script>alert(1)</script>&amp;").message == "<script>alert(1)</script>&amp;"


def test_a_text_longer_than_the_ledger_takes_is_told_and_not_cut() -> None:
    assert "有 4001 个字" in complaint("责任单位|问题描述", "财政局", "长" * 4_001)
    assert len(good("责任单位|问题描述", "财政局", "长" * 4_000).message) == 4_000


def test_every_mistake_of_every_row_is_told_with_its_number() -> None:
    found = read("问题描述|问题页面地址|发现时间", ("甲", "首页", "昨天"), ("乙", "", ""), ("", "x", ""))
    assert [(problem.row, problem.sheet) for _, problems in found for problem in problems] == [
        (2, "清单"),
        (2, "清单"),
        (4, "清单"),
    ]
    assert str(found[0][1][0]).startswith("工作表“清单”第 2 行：")
