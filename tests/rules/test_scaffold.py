"""A new rule's files: written once, complete but for the author's words, and refused until those are there."""

from pathlib import Path

import pytest

from rules.describe import lint
from rules.errors import PackInvalid, RuleRefused
from rules.loader import load_pack, load_packs
from rules.registry import checks
from rules.rule_files import UNFILLED
from rules.scaffold import new_rule
from rules.testing import run_cases
from tests.rules.packs_made_here import PACK, write_pack

SHIPPED = load_packs()
USED = sorted({rule.check for pack in SHIPPED for rule in pack.rules})


@pytest.fixture(autouse=True)
def shipped_packs_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading all of them takes a second, which sixty rules need not pay sixty times."""
    monkeypatch.setattr("rules.scaffold.load_packs", lambda: SHIPPED)


def files_of(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}


def fill(folder: Path, rule_id: str) -> None:
    """What an author does: words instead of the marks, and the clause."""
    for path in (folder / "rules" / f"{rule_id}.yaml", folder / "cases" / f"{rule_id}.yaml"):
        text = path.read_text(encoding="utf-8")
        sentences = {f"rationale: {UNFILLED}": "rationale: 群众看不到。", f"remediation: {UNFILLED}": "remediation: 补上。"}
        for mark, words in sentences.items():
            text = text.replace(mark, words)
        path.write_text(text.replace(UNFILLED, "本区的"), encoding="utf-8")
    pack = folder / "pack.yaml"
    clause = f"  - {{id: own, title: 本区要求, kind: informative, status: automated, rules: [{rule_id}]}}\n"
    pack.write_text(pack.read_text(encoding="utf-8") + clause, encoding="utf-8")


@pytest.mark.parametrize("check", USED)
def test_a_rule_begun_with_any_check_holds_once_its_words_are_there(tmp_path: Path, check: str) -> None:
    folder = write_pack(tmp_path)
    made = new_rule(folder, "fresh-rule", check)
    assert (made.rule, made.cases) == (folder / "rules" / "fresh-rule.yaml", folder / "cases" / "fresh-rule.yaml")
    with pytest.raises(PackInvalid, match="还没有填写"):
        load_pack(folder)
    fill(folder, "fresh-rule")
    rule = next(rule for rule in load_pack(folder).rules if rule.id == "fresh-rule")
    assert (rule.check, rule.outcome) == (check, "lead")
    assert [problem for problem in run_cases(folder).all_problems if "fresh-rule" in str(problem.file)] == []


def test_lint_names_every_place_that_is_left_to_the_author(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    new_rule(folder, "fresh-rule", "column-freshness")
    said = [problem.message for problem in lint(folder) if "fresh-rule" in str(problem.file)]
    assert {"“title”还没有填写。", "“rationale”还没有填写。", "“remediation”还没有填写。", "“article”还没有填写。"} <= set(said)
    assert sum("示例的名称还没有填写" in text for text in said) == 2
    assert all(problem.line for problem in lint(folder) if "fresh-rule" in str(problem.file))


def test_the_clause_lines_name_the_rule_and_may_stand_in_pack_yaml(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    made = new_rule(folder, "fresh-rule", "column-freshness")
    fill(folder, "fresh-rule")
    (folder / "pack.yaml").write_text(PACK + made.clause.partition("\n")[2] + "\n", encoding="utf-8")
    with pytest.raises(PackInvalid, match="条款“fresh-rule”还没有填写完"):
        load_pack(folder)
    text = PACK + made.clause.partition("\n")[2].replace(f"notes: {UNFILLED}", "notes: 由人工复看。").replace(UNFILLED, "区办法")
    (folder / "pack.yaml").write_text(text + "\n", encoding="utf-8")
    assert load_pack(folder).clause_of("fresh-rule") is not None


def test_a_pack_that_extends_another_is_told_both_ways_to_a_clause(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, pack="id: shili\ntitle: 区细则\nversion: 1.0.0\nextends: portal-2019\n", rules={})
    assert "overrides:" in new_rule(folder, "fresh-rule", "column-freshness").clause
    assert "overrides:" not in new_rule(write_pack(tmp_path, name="plain"), "fresh-rule", "column-freshness").clause


@pytest.mark.parametrize(
    ("rule_id", "check", "said"),
    [
        ("Stale_Column", "column-freshness", "只能用小写字母、数字和中间的连字符"),
        ("../../escape", "column-freshness", "只能用小写字母、数字和中间的连字符"),
        ("", "column-freshness", "只能用小写字母、数字和中间的连字符"),
        ("x" * 81, "column-freshness", "不超过 80 个字符"),
        ("栏目过期", "column-freshness", "只能用小写字母"),
        ("no-water-column", "column-freshness", "missing-water-column"),
        ("fresh-rule", "column-freshnes", "没有名为“column-freshnes”的检查方法（是不是“column-freshness”？）。"),
        ("fresh-rule", "xyzzy", "可用的有"),
        ("blank-column", "column-freshness", "已经存在，没有改动它"),
        ("dead-link", "column-freshness", "在随附的规则包“portal-2019”里已有"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_sentence_and_nothing_is_written(
    tmp_path: Path, rule_id: str, check: str, said: str
) -> None:
    folder = write_pack(tmp_path)
    before = files_of(tmp_path)
    with pytest.raises(RuleRefused) as refused:
        new_rule(folder, rule_id, check)
    assert said in str(refused.value)
    assert str(refused.value).endswith("。")
    assert str(refused.value).count("。") == 1
    assert files_of(tmp_path) == before


def test_cases_that_exist_without_their_rule_are_not_overwritten(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, cases={"fresh-rule": "# 我的笔记\n"})
    with pytest.raises(RuleRefused, match=r"cases/fresh-rule\.yaml 已经存在"):
        new_rule(folder, "fresh-rule", "column-freshness")
    assert not (folder / "rules" / "fresh-rule.yaml").exists()


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleRefused, match=r"没有 pack\.yaml"):
        new_rule(tmp_path, "fresh-rule", "column-freshness")
    assert list(tmp_path.iterdir()) == []


def test_every_check_has_a_shipped_rule_to_begin_from() -> None:
    assert set(USED) == set(checks())
