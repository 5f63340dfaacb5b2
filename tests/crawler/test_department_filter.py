"""``--department``: which pages are those of the wanted 单位."""

import pytest

from crawler.department_filter import OTHER_DEPARTMENT, DepartmentFilter
from crawler.targets import TargetRegistry

UNITS = [("发改局", "http://www.example.gov.cn/fgj/"), ("县财政局", "http://www.example.gov.cn/czj/")]


@pytest.mark.parametrize(
    ("wanted", "read"),
    [("青岭县发展和改革局", "fgj"), ("发改局", "fgj"), ("财政局", "czj"), ("青岭县财政局", "czj"), ("水利局", None)],
)
def test_a_unit_is_wanted_under_its_full_and_its_short_name(wanted: str, read: str | None) -> None:
    departments = DepartmentFilter([wanted])
    departments.learn(UNITS)
    registry = TargetRegistry()
    for stem in ("fgj", "czj"):
        target = registry.add(f"http://www.example.gov.cn/{stem}/202611/t1.html", internal=True)
        assert departments.refuse(target) == (None if stem == read else OTHER_DEPARTMENT)
