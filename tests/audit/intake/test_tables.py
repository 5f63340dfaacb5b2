"""Headings: every list of real places is recognised, below titles too; what is no list of problems is told."""

import pytest

from audit.intake.tables import find_table
from audit.intake.vocabulary import vocabulary
from audit.intake.workbooks import Sheet

REAL = {
    "一级指标|二级指标|评价标准|问题明细|整改结果": {"message": 3, "result": 4, "standard": 2},
    "测评指标|指标分值|扣分|失分原因|整改情况": {"message": 3, "points": 2, "result": 4},
    "序号|过程|一级指标|二级指标|三级指标|测评指标与考察点|权重|得分|扣分依据": {"message": 8, "standard": 5},
    "单位名称|栏目名称|更新标题|最后更新时间|超期天数": {"department": 0, "path": 1, "overdue": 4},
    "单位名称|扣分时间|分值|扣分原因|路径|备注1|备注2": {"department": 0, "found": 1, "message": 3, "path": 4},
    "错敏词|推荐词(修改词)|快照|附件地址或文章所在地|附件标题|父页面地址|父页面标题|错敏类型": {"wrong": 0, "right": 1, "url": 3},
    "序号|网站标识码|网站名称|不合格原因": {"message": 3, "site_id_code": 1},
    "序号|栏目名称|栏目URL|路径|问题描述|问题发现时间|截图": {"url": 2, "message": 4, "found": 5},
    "责任单位|错误页": {"department": 0, "url": 1},
    "一级指标|二级指标|考察点|是否完成指标|问题整改对策": {"standard": 2, "result": 3, "measures": 4},
}


def sheet(*rows: str) -> Sheet:
    return Sheet(name="清单", rows=tuple(tuple(row.split("|")) for row in rows))


@pytest.mark.parametrize(("heads", "columns"), REAL.items())
def test_the_headings_of_real_lists_are_recognised(heads: str, columns: dict[str, int]) -> None:
    table, why = find_table(sheet(heads, heads.replace("|", "x|")))
    assert why == ""
    assert table is not None
    assert {name: table.columns.get(name) for name in columns} == columns


def test_the_ledgers_own_headings_are_all_recognised() -> None:
    words = vocabulary()
    for name in words.ledger:
        assert words.field_of(words.names[name]) == name


@pytest.mark.parametrize("written", [" 问题 描述 ", "问题描述（必填）", "*问题描述", "问题\n描述：", "【附】问题描述"])
def test_blanks_brackets_and_signs_do_not_matter(written: str) -> None:
    assert vocabulary().field_of(written) == "message"


def test_headings_stand_below_titles_and_notes() -> None:
    table, _ = find_table(
        sheet("青禾市2026年第三季度问题清单", "填报单位：市政务公开办|日期：11月", "责任单位|问题描述", "财政局|指南打不开")
    )
    assert table is not None
    assert (table.head_row, [number for number, _ in table.rows]) == (3, [4])


def test_empty_rows_are_no_rows_and_keep_the_numbers_right() -> None:
    table, _ = find_table(sheet("责任单位|问题描述", "|", "财政局|甲", " | ", "民政局|乙"))
    assert table is not None
    assert [number for number, _ in table.rows] == [3, 5]


def test_unknown_headings_are_named() -> None:
    table, _ = find_table(sheet("责任单位|问题描述|权重|备注1|备注2", "a|b|c|d|e"))
    assert table is not None
    assert table.unknown == ("权重",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["姓名|电话", "张三|138"], ""),
        (["", ""], ""),
        (["责任单位|栏目名称", "财政局|指南"], "没有哪一列写明问题"),
        (["责任单位|问题描述|问题描述", "a|b|c"], "意思重复"),
    ],
)
def test_what_is_no_list_of_problems_is_told(rows: list[str], said: str) -> None:
    table, why = find_table(sheet(*rows))
    assert table is None
    assert (said in why) if said else why == ""
