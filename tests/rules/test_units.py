"""Names of 单位."""

import pytest

from rules.factories import make_department
from rules.units import is_same_unit, names_unit


@pytest.mark.parametrize("name", ["示例县财政局", "县财政局", "财政局", "示例县 财政局", "示例市示例县财政局", "县国资办"])
def test_one_unit_has_several_names(name: str) -> None:
    assert is_same_unit(name, make_department(name="示例县财政局", aliases=["县国资办"]))


@pytest.mark.parametrize("name", ["示例县教育局", "财政", "局", "示例县财政局会计中心", ""])
def test_other_units_are_others(name: str) -> None:
    assert not is_same_unit(name, make_department(name="示例县财政局"))


def test_a_title_speaks_of_a_unit_by_its_name() -> None:
    unit = make_department(name="县财政局", aliases=["局"])
    assert names_unit("示例县财政局2025年年报", unit)
    assert not names_unit("示例县教育局2025年年报", unit)
