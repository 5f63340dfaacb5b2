"""Whose report a title says it is."""

import pytest

from rules.factories import make_department
from rules.report_titles import unit_named, unit_of_title


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("示例县水利局2025年政府信息公开工作年度报告", "示例县水利局"),
        ("2025年度示例县水利局政府信息公开年报", "示例县水利局"),
        ("关于公布示例县 水利局２０２５年政府信息公开工作年度报告", "示例县水利局"),
        ("《示例县水利局2019—2020年政府信息公开工作年度报告》", "示例县水利局"),
        ("示例县水利局二〇二一年政府信息公开年度报告", "示例县水利局"),
        ("2025年政府信息公开工作年度报告", ""),
        ("通知公告", ""),
    ],
)
def test_what_is_left_of_a_title_is_the_unit(title: str, unit: str) -> None:
    assert unit_of_title(title) == unit


@pytest.mark.parametrize(
    ("unit", "name", "same"),
    [
        ("示例县林业局", "示例县林业局", True),
        ("示例县林业局", "林业局", True),
        ("示例县林业局", "县林业局", True),
        ("林业局", "示例县林业局", True),
        ("云岭乡人民政府", "人民政府", False),
        ("农业林业局", "林业局", False),
        ("示例县林业局办公室", "示例县林业局", False),
    ],
)
def test_a_name_is_the_same_with_or_without_its_region_and_never_as_a_mere_ending(unit: str, name: str, same: bool) -> None:
    assert (unit_named(unit, [make_department(name=name)]) is not None) is same


def test_a_name_that_two_units_bear_names_none() -> None:
    assert unit_named("财政局", [make_department(name="甲县财政局"), make_department(name="乙县财政局")]) is None
