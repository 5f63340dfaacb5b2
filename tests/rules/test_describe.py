"""Packs for people."""

import json
from pathlib import Path

import pytest

from rules.describe import lint, list_rules, pack_readme, pack_schema, show_rule
from rules.loader import load_pack, load_packs
from rules.shipped import PACKS_FOLDER, shipped_packs
from tests.rules.packs_made_here import CASES, RULE, write_pack


def test_every_rule_is_listed_with_its_clause_kind() -> None:
    packs = load_packs()
    rows = list_rules(packs)
    assert [row.id for row in rows] == [rule.id for pack in packs for rule in sorted(pack.rules, key=lambda rule: rule.id)]
    assert {row.kind for row in rows} <= {"单项否决", "扣分", "提示"}
    assert {row.outcome for row in rows} == {"不符合", "线索"}


def test_one_rule_in_full_says_what_an_evaluator_asks() -> None:
    text = show_rule(load_pack(PACKS_FOLDER / "portal-2019"), "stale-policy-column")
    for words in (
        "国办秘函〔2019〕19号",
        "条款：policy 政策文件（扣分，最多 5 分，每处 5 分）",
        "单项否决，一级栏目累计 5 个以上即否决",
        "可信度：已核对原文（V）",
        "max_age_months：6",
        "处置：",
        "整改期限：10 个工作日",
        "会报的示例：",
        "不报的示例：",
    ):
        assert words in text


def test_an_amount_nobody_checked_prints_as_a_local_setting() -> None:
    assert "最多 5 分，每处 5 分，本地设定" in show_rule(load_pack(PACKS_FOLDER / "portal-2019"), "stale-news-column")


def test_a_rule_the_pack_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        show_rule(load_pack(PACKS_FOLDER / "portal-2019"), "missing-guide-column")


def test_lint_finds_nothing_in_the_shipped_packs() -> None:
    assert {name: lint(PACKS_FOLDER / name) for name in shipped_packs()} == dict.fromkeys(shipped_packs(), ())


def test_lint_tells_of_rules_cases_and_missing_cases_at_once(tmp_path: Path) -> None:
    broken = RULE.replace("check: column-emptiness", "check: column-fullness")
    folder = write_pack(tmp_path, rules={"blank-column": broken}, cases={"blank-column": CASES.replace("state:", "stat:", 1)})
    found = " ".join(problem.message for problem in lint(folder))
    assert "没有名为“column-fullness”的检查方法" in found
    assert "不认得“stat”" in found
    assert "没有会报问题的示例" in found


@pytest.mark.parametrize("name", shipped_packs())
def test_the_pages_of_the_packs_are_current(name: str) -> None:
    pack = load_pack(PACKS_FOLDER / name)
    assert (PACKS_FOLDER / name / "README.md").read_text(encoding="utf-8") == pack_readme(pack), "run ./dev generate"


@pytest.mark.parametrize("name", shipped_packs())
def test_a_pack_page_shows_every_clause_and_every_rule(name: str) -> None:
    pack = load_pack(PACKS_FOLDER / name)
    text = pack_readme(pack)
    for each in (*pack.clauses, *pack.rules):
        assert f"| `{each.id}` |" in text
    assert text.count("待人工核对") > sum(clause.status == "manual" for clause in pack.clauses)


def test_the_schema_for_editors_is_current() -> None:
    text = json.dumps(pack_schema(), ensure_ascii=False, indent=2) + "\n"
    assert (PACKS_FOLDER / "rule.schema.json").read_text(encoding="utf-8") == text, "run ./dev generate"


def test_the_schema_knows_every_check_and_refers_to_nothing_that_is_not_there() -> None:
    schema = pack_schema()
    text = json.dumps(schema)
    references = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert references <= set(schema["$defs"])
    assert len(schema["allOf"]) == len(schema["properties"]["check"]["enum"])


@pytest.mark.parametrize(
    ("pattern", "fragment"),
    [("*/rules/*.yaml", "rule.schema.json"), ("*/pack.yaml", "#/$defs/PackFile"), ("*/cases/*.yaml", "#/$defs/CasesFile")],
)
def test_every_shipped_file_names_its_schema_in_its_first_line(pattern: str, fragment: str) -> None:
    for path in PACKS_FOLDER.glob(pattern):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        target, _, definition = first.partition("$schema=")[2].partition("#/$defs/")
        assert (path.parent / target).resolve() == PACKS_FOLDER / "rule.schema.json"
        assert fragment in first
        assert not definition or definition in pack_schema()["$defs"]
