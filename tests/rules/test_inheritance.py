"""Local packs over shipped ones: a worked example, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from rules.engine import evaluate
from rules.errors import PackInvalid
from rules.factories import make_facts
from rules.loader import load_pack, load_packs
from rules.model import ClauseStatus, Outcome, Sureness
from tests.rules.packs_made_here import RULE, write_pack

DISTRICT = """\
id: linhe-district
title: 临河区网站检查细则
version: 1.0.0
extends: portal-2019
due_days: 5
overrides:
  rules:
    stale-news-column:
      params: {max_age_days: 7}
      messages:
        failed: '“{subject}”超过 {max_age_days} 天没有更新，区里要求每周更新。'
      due_days: 2
    dead-image:
      off: 图片由区融媒体中心另行检查。
    stale-homepage:
      off: 本区首页只有导航。
  clauses:
    news: {points: 8, per_finding: 4}
    veto-empty-columns: {fail_at: 3}
clauses:
  - id: water
    title: 水利信息公开
    kind: deduction
    status: automated
    points: 2
    source: {document: 临河区公开细则, article: 第三条}
    rules: [blank-water-column]
"""
WATER = RULE.replace("id: blank-column", "id: blank-water-column").replace(
    "min_times_seen: 2", "column_types: [water]\n  min_times_seen: 2"
)


def district(tmp_path: Path, text: str = DISTRICT) -> Path:
    return write_pack(tmp_path, name="linhe-district", pack=text, rules={"blank-water-column": WATER})


def test_the_district_changes_thresholds_words_points_and_periods(tmp_path: Path) -> None:
    pack = load_pack(district(tmp_path))
    rules = {rule.id: rule for rule in pack.rules}
    clauses = {clause.id: clause for clause in pack.clauses}
    news = rules["stale-news-column"]
    assert (news.params.max_age_days, news.raw_params["max_age_days"], news.due_days, news.pack) == (7, 7, 2, "linhe-district")
    assert news.raw_params["scope"] == "portal"
    assert news.messages[Outcome.FAILED].endswith("区里要求每周更新。")
    assert news.messages[Outcome.PASSED]
    assert pack.due_days == 5
    assert (clauses["news"].points, clauses["news"].per_finding) == (8, 4)
    assert clauses["veto-empty-columns"].fail_at == 3
    assert clauses["water"].rules == ("blank-water-column",)


def test_an_official_amount_that_was_changed_is_official_no_more(tmp_path: Path) -> None:
    text = DISTRICT.replace("    news: {points: 8, per_finding: 4}\n", "    policy: {points: 8}\n")
    clauses = {clause.id: clause for clause in load_pack(district(tmp_path, text)).clauses}
    assert clauses["policy"].points_sureness is Sureness.UNVERIFIED
    assert clauses["messages"].points_sureness is Sureness.VERIFIED


def test_a_rule_switched_off_leaves_its_clause_to_a_person_and_says_why(tmp_path: Path) -> None:
    pack = load_pack(district(tmp_path))
    clauses = {clause.id: clause for clause in pack.clauses}
    assert "dead-image" not in {rule.id for rule in pack.rules}
    assert pack.switched_off["dead-image"] == "图片由区融媒体中心另行检查。"
    links = clauses["other-links"]
    assert (links.status, "图片由区融媒体中心另行检查" in links.notes) == (ClauseStatus.PARTIAL, True)
    home = clauses["veto-stale-homepage"]
    assert (home.status, home.rules) == (ClauseStatus.MANUAL, ())
    assert "本区首页只有导航" in home.notes


def test_the_district_pack_stands_in_the_place_of_the_one_it_extends(tmp_path: Path) -> None:
    packs = load_packs(None, extra_dirs=[district(tmp_path).parent])
    assert "portal-2019" not in [pack.id for pack in packs]
    facts = make_facts({"columns": [{"column_type": "news", "entries": ["2026-11-10", "2026-11-01"]}]})
    findings = evaluate(facts, packs, date(2026, 11, 20)).findings
    assert [(finding.rule, finding.pack) for finding in findings] == [("stale-news-column", "linhe-district")]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    stale-news-column:", "    stale-news-colum:", "没有规则“stale-news-colum”（是不是“stale-news-column”？）"),
        ("    news: {points: 8", "    newz: {points: 8", "没有条款“newz”"),
        ("max_age_days: 7", "max_age_dayz: 7", "不认得“max_age_dayz”这一项（是不是“max_age_days”？）"),
        ("max_age_days: 7", "max_age_months: 1", "只写一个"),
        ("区里要求每周更新。", "区里要求每周更新", "应是以“。”结尾的完整句子"),
        ("{max_age_days} 天没有更新", "{max_age} 天没有更新", "文字里的字段“max_age”不存在"),
        ("off: 本区首页只有导航。", "off: 不用", "“off”应是以“。”结尾的完整句子"),
        ("rules: [blank-water-column]", "rules: [dead-link, blank-water-column]", "一个问题只能扣一次"),
        ("extends: portal-2019\n", "extends: portal-2019\nsource: {article: x}\n", "依据没有写文件名称"),
    ],
)
def test_a_mistake_in_the_overrides_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in DISTRICT
    with pytest.raises(PackInvalid, match=".*" + problem.replace("（", ".").replace("）", ".").replace("？", ".")):
        load_pack(district(tmp_path, DISTRICT.replace(old, new)))


def test_a_rule_of_the_shipped_pack_cannot_be_written_again(tmp_path: Path) -> None:
    folder = district(tmp_path)
    (folder / "rules" / "dead-link.yaml").write_text(RULE.replace("id: blank-column", "id: dead-link"), encoding="utf-8")
    with pytest.raises(PackInvalid, match="要改请写在 overrides 里"):
        load_pack(folder)


def test_the_district_warns_as_the_shipped_pack_does_unless_it_says_otherwise(tmp_path: Path) -> None:
    shipped = load_packs(["portal-2019"])[0].warnings
    assert shipped
    assert load_pack(district(tmp_path / "a")).warnings == shipped
    own = DISTRICT.replace("due_days: 5", "due_days: 5\nwarnings: [{period_days: 60, days_before: 7}]")
    assert [(each.period_days, each.days_before) for each in load_pack(district(tmp_path / "b", own)).warnings] == [(60, 7)]
