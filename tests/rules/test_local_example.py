"""The worked example of local packs under ``examples/``: what it promises its readers holds."""

from pathlib import Path

import pytest

from rules.describe import lint, pack_readme
from rules.errors import PackInvalid
from rules.loader import load_pack, load_packs
from rules.model import ClauseStatus, Pack, Sureness
from rules.shipped import shipped_packs
from rules.testing import run_cases
from tests.rules.packs_made_here import write_pack

EXAMPLE = Path(__file__).parents[2] / "examples" / "local-pack"
PORTAL, GRASSROOTS = EXAMPLE / "qinghe-portal", EXAMPLE / "qinghe-grassroots"


@pytest.fixture(scope="module")
def portal() -> Pack:
    return load_pack(PORTAL)


@pytest.mark.parametrize("folder", [PORTAL, GRASSROOTS], ids=["portal", "grassroots"])
def test_it_lints_and_its_cases_hold(folder: Path) -> None:
    assert lint(folder) == ()
    report = run_cases(folder)
    assert report.all_problems == ()
    assert len(report.results) >= 2


def test_its_folder_is_named_as_a_whole_beside_all_shipped_packs() -> None:
    chosen = {pack.id for pack in load_packs(["all", str(EXAMPLE)])}
    assert chosen == {*shipped_packs(), "qinghe-portal", "qinghe-grassroots"} - {"portal-2019", "grassroots-catalogue"}
    assert {pack.id for pack in load_packs([str(EXAMPLE)])} == {"qinghe-portal", "qinghe-grassroots"}


def test_it_shows_every_kind_of_local_change(portal: Pack) -> None:
    rules = {rule.id: rule for rule in portal.rules}
    clauses = {clause.id: clause for clause in portal.clauses}
    base = {rule.id: rule for rule in load_packs(["portal-2019"])[0].rules}
    assert rules["stale-news-column"].params.max_age_days < base["stale-news-column"].params.max_age_days
    assert rules["stale-column"].params.column_types == (*base["stale-column"].params.column_types, "bulletin", "statistics")
    assert set(portal.switched_off) == {"dead-image"}
    assert clauses["other-links"].status is ClauseStatus.PARTIAL
    assert "图片由区融媒体中心每周另行检查" in clauses["other-links"].notes
    assert clauses["news"].points_sureness is Sureness.UNVERIFIED
    assert rules.keys() - base.keys() == {"stale-solicitation-column"}


def test_the_local_fields_stand_behind_the_twenty_six_of_the_state() -> None:
    fields = {
        pack.id: [field.name for field in rule.params.fields]
        for pack in (*load_packs(["grassroots-catalogue"]), load_pack(GRASSROOTS))
        for rule in pack.rules
        if rule.id == "missing-catalogue-field"
    }
    assert len(fields["grassroots-catalogue"]) == 26
    assert fields["qinghe-grassroots"] == [*fields["grassroots-catalogue"], "水利", "气象服务"]


def test_its_page_says_what_is_different_and_what_it_was(portal: Pack) -> None:
    page = pack_readme(portal)
    for line in (
        "规则 `stale-news-column` 的 max_age_days：原为 14，现为 7。",
        "规则 `stale-news-column` 的整改期限：原为 10 个工作日，现为 2 个。",
        "规则 `stale-column` 的 column_types：增加 bulletin、statistics。",
        "停用规则 `dead-image`：图片由区融媒体中心每周另行检查。",
        "新增规则 `stale-solicitation-column`：意见征集栏目超过一个季度没有更新。",
        "新增条款 `solicitation-updates`",
    ):
        assert f"- {line}" in page, line
    assert "规则 `dead-link`" not in page.partition("## 条款")[0]


def test_the_page_of_a_shipped_pack_has_no_local_part() -> None:
    assert "## 本地改动" not in pack_readme(load_packs(["portal-2019"])[0])


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("{max_age_days: [1]}", "“max_age_days”不是列表，不能用 add"),
        ("{column_tipes: [statistics]}", "是不是“column_types”？"),
        ("{column_types: [news]}", "“column_types”里已有第 1 项"),
        ("{column_types: []}", "至少要有 1 项"),
        ("{column_types: [7]}", "应是文字"),
        ("{column_types: statistics}", "应是列表"),
    ],
)
def test_additions_that_make_no_sense_are_told_with_their_place(tmp_path: Path, added: str, said: str) -> None:
    text = "id: shili\ntitle: 区细则\nversion: 1.0.0\nextends: portal-2019\noverrides:\n  rules:\n    stale-news-column:\n"
    folder = write_pack(tmp_path, pack=f"{text}      add: {added}\n", rules={})
    with pytest.raises(PackInvalid) as refused:
        load_pack(folder)
    problem = next(problem for problem in refused.value.problems if said in problem.message)
    assert problem.line in {7, 8}  # the item itself, or the rule whose list became wrong
