"""Full names of 单位 that a list abbreviates."""

import pytest

from crawler.assembly.official import official_name, shortens
from tests.crawler.assembly.pages import page

REGION = "青岭县"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("发改局", "发展和改革局"),
        ("人社局", "人力资源和社会保障局"),
        ("资规局", "自然资源和规划局"),
        ("卫健委", "卫生健康委员会"),
        ("政府办", "政府办公室"),
        ("市场监管局", "市场监督管理局"),
    ],
)
def test_a_short_form_is_made_of_signs_of_the_full_name(short: str, full: str) -> None:
    assert shortens(short, full)
    assert not shortens(full, short)


@pytest.mark.parametrize(("short", "full"), [("教育局", "体育局"), ("财政局", "财政所"), ("水利局", "水利局"), ("局", "水利局")])
def test_other_names_are_no_short_forms(short: str, full: str) -> None:
    assert not shortens(short, full)


def test_the_name_that_its_own_pages_bear_is_taken() -> None:
    front = page("http://www.example.gov.cn/xxgk/fgj/", "青岭县发展和改革局政府信息公开")
    assert official_name("发改局", [front], REGION, {"发改局", "财政局"}) == "青岭县发展和改革局"


def test_a_name_said_once_or_of_another_unit_or_the_same_one_is_not() -> None:
    once = page("http://www.example.gov.cn/xxgk/fgj/", "政府信息公开", crumbs=("青岭县发展和改革局",))
    assert official_name("发改局", [once], REGION, {"发改局"}) is None
    front = page("http://www.example.gov.cn/xxgk/fgj/", "青岭县发展和改革局政府信息公开")
    assert official_name("发改局", [front], REGION, {"发改局", "发展和改革局"}) is None
    assert official_name("发展和改革局", [front], REGION, {"发展和改革局"}) is None


def test_a_name_that_only_says_more_in_front_is_the_same_name() -> None:
    for name in ("青岭县县财政局", "某市青岭财政局"):
        front = page("http://www.example.gov.cn/xxgk/czj/", f"{name}政府信息公开")
        assert official_name("财政局", [front], REGION, {"财政局"}) is None
