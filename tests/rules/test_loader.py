"""Packs from folders: everything wrong is said at once, with its place."""

from pathlib import Path

import pytest

from rules.errors import PackInvalid
from rules.loader import load_pack, load_packs, without_rules
from rules.model import Clause, ClauseKind, ClauseStatus, Pack, Source, Sureness
from rules.shipped import PACKS_FOLDER, shipped_packs
from tests.rules.packs_made_here import PACK, RULE, write_pack


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(PackInvalid) as caught:
        load_pack(folder)
    return [f"{problem.file.name}:{problem.line} {problem.message}" for problem in caught.value.problems]


def changed(old: str, new: str, text: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_a_good_pack_loads_with_its_words(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert (pack.id, pack.due_days, pack.base_points) == ("shili", 10, 100)
    assert pack.clauses[0].source == Source(document="示例办法", number="示办〔2026〕1号", article="第一条")
    assert pack.rules[0].raw_params == {"min_times_seen": 2}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "id: blank-column",
            "id: blank-colunm",
            "blank-column.yaml:1 规则的 id“blank-colunm”与文件名“blank-column.yaml”不一致。",
        ),
        (
            "check: column-emptiness",
            "check: column-emptyness",
            "没有名为“column-emptyness”的检查方法（是不是“column-emptiness”？）。",
        ),
        ("min_times_seen: 2", "min_time_seen: 2", "不认得“min_time_seen”这一项（是不是“min_times_seen”？）。"),
        ("min_times_seen: 2", "min_times_seen: two", "blank-column.yaml:6 “min_times_seen”应是整数。"),
        ("看了 {times_seen} 次。'", "看了 {times_seen} 次'", "blank-column.yaml:9 “failed”应是以“。”结尾的完整句子。"),
        ("{times_seen}", "{time_seen}", "文字里的字段“time_seen”不存在（是不是“times_seen”？）"),
        ("{times_seen}", "{subject.__class__}", "花括号里只能写字段名"),
        ("  untested: '没有检查“{subject}”：{reason}。'\n", "", "缺少结果为“untested”时的文字"),
        ("  passed:", "  inapplicable: 不适用。\n  passed:", "不会给出“inapplicable”"),
        ("remediation: 补充内容或关停栏目。\n", "", "缺少“remediation”这一项。"),
        ("rationale: 空白栏目没有用处。", "rationale: 空白栏目没有用处", "“rationale”应是以“。”结尾的完整句子。"),
        ("outcome: failed", "outcome: maybe", "“outcome”只能是 failed、lead 之一。"),
        ("since: 0.1.0", "since: soon", "“since”的写法不对"),
        ("since: 0.1.0", "since: 0.1.0\ncolour: red", "blank-column.yaml:15 不认得“colour”这一项"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    found = problems_of(write_pack(tmp_path, rules={"blank-column": changed(old, new, RULE)}))
    assert any(problem in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("rules: [blank-column]", "rules: [blank-colum]", "写了不存在的规则“blank-colum”（是不是“blank-column”？）"),
        ("rules: [blank-column]", "rules: []", "标为“automated”，却没有写规则。"),
        ("status: automated", "status: manual", "标为人工（manual），却写了规则。"),
        ("    points: 10\n", "", "没有写最高扣分（points）。"),
        ("document: 示例办法, ", "", "依据没有写文件名称（document）。"),
        ("source: {document: 示例办法, number: 示办〔2026〕1号, sureness: V}\n", "", "缺少“source”这一项：请写明依据的文件。"),
        ("id: shili", "id: other", "规则包的 id“other”与文件夹名“shili”不一致。"),
        ("version: 1.0.0", "version: new", "“version”的写法不对"),
        ("kind: deduction", "kind: bonus", "加分条款“empties”不能由程序判断"),
        (
            "clauses:",
            "warnings: [{period_days: 90, days_before: 9}, {period_days: 31, days_before: 2}]\nclauses:",
            "要按周期从短到长排列",
        ),
        ("clauses:", "warnings: [{period_days: 14, days_before: 14}]\nclauses:", "应少于周期"),
        ("version: 1.0.0", "version: 1.0.0\noverrides: {rules: {a: {}}}", "没有 extends 的规则包不能用 overrides。"),
        (
            "version: 1.0.0",
            "version: 1.0.0\nextends: portal-2018",
            "没有名为“portal-2018”的随附规则包（是不是“portal-2019”？）。",
        ),
    ],
)
def test_a_mistake_in_the_pack_file_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    found = problems_of(write_pack(tmp_path, pack=changed(old, new, PACK)))
    assert any(problem in each for each in found), found


def test_a_rule_that_no_clause_names_and_one_that_two_name_are_refused(tmp_path: Path) -> None:
    second = PACK[PACK.index("  - id: empties") :].replace("id: empties", "id: empties-again")
    folder = write_pack(
        tmp_path, pack=PACK + second, rules={"blank-column": RULE, "lonely": RULE.replace("blank-column", "lonely")}
    )
    found = problems_of(folder)
    assert any("没有条款写到规则“lonely”" in each for each in found)
    assert any("一个问题只能扣一次" in each for each in found)


def test_a_veto_may_count_what_a_deduction_takes_points_for(tmp_path: Path) -> None:
    veto = "  - {id: many, title: 空白栏目过多, kind: veto, status: automated, fail_at: 5, rules: [blank-column]}\n"
    pack = load_pack(write_pack(tmp_path, pack=PACK + veto))
    clause = pack.clause_of("blank-column")
    assert clause is not None
    assert clause.id == "empties"


def test_six_mistakes_in_three_files_are_told_in_one_go(tmp_path: Path) -> None:
    rules = {
        "blank-column": changed("remediation: 补充内容或关停栏目。\n", "", RULE),
        "second": RULE.replace("min_times_seen: 2", "min_times_seen: x"),
        "third": "a: [1",
    }
    folder = write_pack(
        tmp_path, pack=changed("title: 示例规则包\n", "", PACK).replace("kind: deduction", "kind: tax"), rules=rules
    )
    found = problems_of(folder)
    assert {each.partition(":")[0] for each in found} == {"pack.yaml", "blank-column.yaml", "second.yaml", "third.yaml"}
    assert len(found) >= 6


def test_other_files_among_the_rules_are_pointed_out(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "rules" / "extra.yml").write_text("a: 1")
    assert any("扩展名应是 .yaml" in each for each in problems_of(folder))


def test_a_folder_without_pack_file_is_one_sentence(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["pack.yaml:0 读不到这个文件（No such file or directory）。"]


def test_an_unknown_pack_names_the_known_ones() -> None:
    with pytest.raises(PackInvalid, match=r"没有名为“portal-2018”的规则包（是不是“portal-2019”？），可用的有 .*portal-2019"):
        load_packs(["portal-2018"])


def test_all_shipped_packs_load_by_default() -> None:
    assert tuple(pack.id for pack in load_packs()) == shipped_packs()


def test_a_pack_may_be_given_by_its_folder_and_found_in_a_further_one(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    assert [pack.id for pack in load_packs([str(folder)])] == ["shili"]
    assert [pack.id for pack in load_packs(["shili"], extra_dirs=[tmp_path])] == ["shili"]
    assert "shili" in [pack.id for pack in load_packs(None, extra_dirs=[folder])]


def test_two_packs_with_one_rule_do_not_load_together(tmp_path: Path) -> None:
    write_pack(tmp_path, name="first", pack=PACK.replace("id: shili", "id: first"))
    write_pack(tmp_path, name="second", pack=PACK.replace("id: shili", "id: second"))
    with pytest.raises(PackInvalid, match=r"规则“blank-column”同时出现在 first、second"):
        load_packs(["first", "second"], extra_dirs=[tmp_path])


def test_a_pack_cut_down_to_one_rule_keeps_its_clauses(tmp_path: Path) -> None:
    pack = load_pack(PACKS_FOLDER / "portal-2019")
    cut = without_rules(pack, ["dead-link"])
    assert [rule.id for rule in cut.rules] == ["dead-link"]
    assert len(cut.clauses) == len(pack.clauses)
    assert {rule for clause in cut.clauses for rule in clause.rules} == {"dead-link"}


def test_a_finding_cites_the_clause_that_is_no_veto() -> None:
    source = Source(document="x", sureness=Sureness.VERIFIED)
    veto = Clause(id="v", title="v", kind=ClauseKind.VETO, status=ClauseStatus.AUTOMATED, rules=("a", "b"))
    taken = Clause(id="d", title="d", kind=ClauseKind.DEDUCTION, status=ClauseStatus.AUTOMATED, rules=("a",))
    pack = Pack(id="p", title="p", version="1.0", source=source, clauses=(veto, taken))
    assert pack.clause_of("a") is taken
    assert pack.clause_of("b") is veto
    assert pack.clause_of("c") is None
