"""The overview: ranking, heat map, most urgent findings, reconciliation."""

from pathlib import Path

import pytest

from reports import heat
from reports.health import health
from reports.heat import heat_map
from reports.overview import Overview, make_overview
from reports.result import AuditResult, Reconciliation, Score, ScoreItem
from reports.standing import NO_UNITS
from reports.urgent import MAX_URGENT
from reports.view import make_method
from reports.voided import unconfirmed
from tests.reports.factories import make_column, make_finding, make_item, make_result, make_unit, rich_result
from tests.reports.golden import assert_golden
from tests.reports.test_view import as_json

PORTAL, GOVERNMENT = make_unit(slug="portal", kind="portal"), make_unit(slug="松湖县人民政府", kind="government")


def overview(result: AuditResult) -> Overview:
    return make_overview(result, [f"departments/{number}.html" for number in range(len(result.units))], make_method(result))


def make_score(*items: ScoreItem) -> Score:
    return Score(low=0, high=0, verdict="合格", tested_share=1, items=items)


def test_overview_view_is_as_it_was_read(tmp_path: Path) -> None:
    assert_golden("view-overview.json", as_json(overview(rich_result())), tmp_path)


def test_the_portal_and_the_ranking_are_kept_apart() -> None:
    shown = overview(rich_result())
    assert shown.portal_row is not None
    assert [(group.name, [row.rank for row in group.rows]) for group in shown.groups] == [
        ("政府部门", ["1", "2", "3"]),
        ("乡镇（街道）", ["—"]),
    ]
    assert shown.unit_count == 4


def test_groups_without_a_heading_take_the_kind_of_their_units() -> None:
    shown = overview(make_result(make_unit(group=""), make_unit(name="青石镇", kind="town", group="")))
    assert [group.name for group in shown.groups] == ["政府部门", "乡镇"]


def test_a_void_run_ranks_nobody() -> None:
    shown = overview(unconfirmed(rich_result(void="本机线路不通。")))
    assert shown.sentence == "本次对松湖县人民政府的检查作废，不对任何单位作出评价。"
    assert {row.rank for group in shown.groups for row in group.rows} == {"—"}
    assert {row.standing.low for group in shown.groups for row in group.rows} == {None}
    assert {group.median for group in shown.groups} == {""}


def test_a_run_that_found_no_list_of_units_says_so() -> None:
    """A list that only a script opens: portal and government were green, and nobody was told that 13 单位 were not looked at."""
    assert overview(make_result(PORTAL, GOVERNMENT)).gap == NO_UNITS
    assert overview(make_result(PORTAL, GOVERNMENT, make_unit())).gap == ""
    assert overview(make_result(PORTAL, GOVERNMENT, void="线路不通。")).gap == ""


def test_an_empty_result_still_has_an_overview() -> None:
    shown = overview(make_result())
    assert shown.sentence == "截至2026年11月20日，松湖县人民政府共检查 0 个单位：名单为空；没有发现问题。"
    assert shown.portal_row is None


def test_the_most_urgent_of_all_units_point_into_their_scorecards() -> None:
    first = make_unit(findings=tuple(make_finding(number=f"F-a{n:02d}", fingerprint=f"a{n}", points=1.0) for n in range(20)))
    veto = make_finding(number="F-veto", clause_kind="veto", fingerprint="v")
    second = make_unit(name="松湖县财政局", findings=(make_finding(outcome="lead"), veto))
    urgent = overview(make_result(first, second)).urgent
    assert (len(urgent.rows), urgent.total) == (MAX_URGENT, 21)
    first_row = urgent.rows[0]
    assert (first_row.unit, first_row.href, first_row.card.anchor) == ("松湖县财政局", "departments/1.html", "F-veto")
    assert all(item.card.outcome == "failed" for item in urgent.rows)


def test_blank_stale_and_soon_due_columns_of_all_units_are_listed() -> None:
    shown = overview(rich_result())
    assert [(item.status, item.total) for item in shown.columns] == [("empty", 1), ("stale", 1), ("due-soon", 2)]
    assert shown.columns[2].rows[0][2].name == "工作动态"


def test_many_columns_are_counted_even_where_only_some_are_listed() -> None:
    shown = overview(make_result(make_unit(columns=tuple(make_column(name=str(n), status="stale") for n in range(500)))))
    assert shown.columns[0].total == 500
    assert len(shown.columns[0].rows) == 200


def test_counts_that_add_up_balance_and_others_are_said() -> None:
    counts = Reconciliation(discovered=10, fetched=6, skipped={"robots": 3}, failures={"dns": 1})
    assert health(make_result(reconciliation=counts)).balances
    short = health(make_result(reconciliation=counts.model_copy(update={"discovered": 12})))
    assert (short.balances, short.missing) == (False, 2)


def test_reasons_are_in_words_the_most_frequent_first() -> None:
    counts = Reconciliation(skipped={"robots": 1, "budget": 5, "no-such-reason": 2}, failures={"5xx": 3})
    found = health(make_result(reconciliation=counts))
    assert found.skipped == (("超出本次检查的页数上限", 5), ("no-such-reason", 2), ("robots.txt 不允许访问", 1))
    assert found.failures == (("服务器出错", 3),)


@pytest.mark.parametrize(
    ("item", "level", "text"),
    [
        ({"findings": 1}, "some", "1"),
        ({"findings": 5}, "many", "5"),
        ({"findings": 5000}, "many", "999"),
        ({"kind": "veto", "outcome": "failed", "findings": 1}, "veto", "否"),
        ({"undecided": 2, "outcome": "cant_tell"}, "open", "?"),
        ({"undecided": 1, "outcome": "untested"}, "open", "?"),
    ],
)
def test_a_cell_says_in_text_what_its_colour_says(item: dict[str, object], level: str, text: str) -> None:
    unit = make_unit(score=Score(low=0, high=0, verdict="合格", tested_share=1, items=(make_item(**item),)))
    cell = heat_map([(unit, "a.html")]).rows[0][2][0]
    assert (cell.level, cell.text) == (level, text)


def test_clauses_without_trouble_and_manual_ones_are_not_on_the_map() -> None:
    items = (make_item(), make_item(clause="m", status="manual", undecided=1), make_item(clause="z", findings=1))
    unit = make_unit(score=Score(low=0, high=0, verdict="合格", tested_share=1, items=items))
    found = heat_map([(unit, "a.html")])
    assert found.clauses == ("法定栏目齐全且有内容",)


def test_a_unit_to_which_one_clause_does_not_apply_has_an_empty_cell_and_one_to_which_none_does_has_no_row() -> None:
    both = make_unit(score=make_score(make_item(clause="a", findings=1), make_item(clause="b", findings=1)))
    one = make_unit(name="松湖县财政局", score=make_score(make_item(clause="a", findings=1)))
    portal = make_unit(kind="portal", name="松湖县人民政府")
    found = heat_map([(portal, "p.html"), (both, "a.html"), (one, "b.html")])
    assert [(name, [cell.level for cell in cells]) for name, _, cells in found.rows] == [
        ("松湖县教育局", ["some", "some"]),
        ("松湖县财政局", ["some", "none"]),
    ]
    assert found.left_out == ("门户网站",)


def test_clauses_of_the_portal_alone_give_way_to_those_of_its_units() -> None:
    items = tuple(make_item(clause=f"{n:02d}", title=f"门户第{n}条", findings=9) for n in range(20))
    portal = make_unit(kind="portal", score=Score(low=0, high=0, verdict="合格", tested_share=1, items=items))
    mine = (make_item(clause="zz", title="单位的一条", findings=1),)
    unit = make_unit(score=Score(low=0, high=0, verdict="合格", tested_share=1, items=mine))
    found = heat_map([(portal, "a.html"), (unit, "b.html")])
    assert "单位的一条" in found.clauses
    assert (len(found.clauses), found.clauses_left_out) == (heat.MAX_HEAT_COLUMNS, 7)


def test_the_map_keeps_the_clauses_with_most_trouble_and_counts_the_rest() -> None:
    items = tuple(make_item(clause=f"{n:02d}", title=f"第{n}条", findings=1) for n in range(20))
    full = make_unit(score=Score(low=0, high=0, verdict="合格", tested_share=1, items=items))
    half = make_unit(score=Score(low=0, high=0, verdict="合格", tested_share=1, items=items[6:]))
    found = heat_map([(full, "a.html"), (half, "b.html")])
    assert len(found.clauses) == heat.MAX_HEAT_COLUMNS
    assert found.clauses[0] == "第6条"
    assert found.clauses_left_out == 6
