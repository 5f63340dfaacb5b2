"""Facts made of short descriptions."""

from typing import Any

import pytest

from crawler.facts import FailureKind, ListState
from rules.building import FactsInvalid
from rules.factories import make_column, make_department, make_facts, make_link, make_page, make_portal


def test_a_column_follows_from_its_entries() -> None:
    column = make_column(entries=["2026-11-01 甲", "乙", {"title": "丙", "date": "2026-11-03"}])
    assert (column.state, column.newest, column.undated, column.entries_total) == (ListState.ENTRIES, "2026-11-03", 1, 3)
    assert make_column(text="正文").state is ListState.TEXT
    assert make_column(note="无此类信息").state is ListState.NOTE
    assert make_column().state is ListState.UNTESTED


def test_tries_are_filed_as_the_crawler_files_them() -> None:
    kinds = [attempt.failure for attempt in make_link(tries=[200, 403, 404, 410, 503, "dns"]).tries]
    expected = [
        None,
        FailureKind.CLIENT_ERROR,
        FailureKind.NOT_FOUND,
        FailureKind.NOT_FOUND,
        FailureKind.SERVER_ERROR,
        FailureKind.DNS,
    ]
    assert kinds == expected
    assert [attempt.final for attempt in make_link(tries=[404, 404]).tries] == [False, True]


def test_departments_pages_and_portals_have_sensible_defaults() -> None:
    department = make_department(columns=["guide"])
    assert (department.reached, department.columns["guide"].opened) == (True, True)
    assert make_page().marks.icp_record is True
    assert make_portal().home is not None
    assert make_portal(home=None).home is None


def test_things_without_address_get_addresses_of_their_own() -> None:
    facts = make_facts({"columns": [{}, {}], "links": [{}, {}]})
    assert len({column.url for column in facts.column_list} | {link.url for link in facts.link_list}) == 4


@pytest.mark.parametrize(
    ("described", "loc", "words"),
    [
        ({"colums": []}, ("colums",), "是不是“columns”"),
        ({"columns": [{"nme": "x"}]}, ("columns", 0, "nme"), "不认得“nme”"),
        ({"columns": [{"name": 1}]}, ("columns", 0, "name"), "应是文字"),
        ({"columns": [{"pages": True}]}, ("columns", 0, "pages"), "应是整数"),
        ({"columns": [{"archived": 1}]}, ("columns", 0, "archived"), "true 或 false"),
        ({"columns": [{"state": "full"}]}, ("columns", 0, "state"), "只能是 entries、"),
        ({"columns": [{"entries": "x"}]}, ("columns", 0, "entries"), "应是列表"),
        ({"columns": [{"entries": [5]}]}, ("columns", 0, "entries", 0), "名称: 值"),
        ({"columns": {}}, ("columns",), "应是列表"),
        ({"columns": [None]}, ("columns", 0), "名称: 值"),
        ({"departments": [{"columns": {"guide": 5}}]}, ("departments", 0, "columns", "guide"), "名称: 值"),
        ({"departments": [{"columns": 5}]}, ("departments", 0, "columns"), "名称: 值"),
        ({"links": [{"tries": 404}]}, ("links", 0, "tries"), "应是列表"),
        ({"links": [{"tries": ["lost"]}]}, ("links", 0, "tries", 0, "failure"), "只能是"),
        ({"links": [{"tries": [None]}]}, ("links", 0, "tries", 0), "名称: 值"),
        ({"pages": [{"marks": {"icp": True}}]}, ("pages", 0, "marks", "icp"), "不认得“icp”"),
        ({"pages": [{"column_links": [5]}]}, ("pages", 0, "column_links", 0), "名称: 值"),
        ({"portal": {"home": 5}}, ("portal", "home"), "名称: 值"),
    ],
)
def test_a_slip_of_the_pen_is_no_fact(described: dict[str, Any], loc: tuple[str | int, ...], words: str) -> None:
    with pytest.raises(FactsInvalid) as caught:
        make_facts(described)
    assert (caught.value.loc, words in caught.value.message) == (loc, True), caught.value.message
