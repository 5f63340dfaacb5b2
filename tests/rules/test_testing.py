"""The runner of cases: strict both ways."""

from pathlib import Path

import pytest

from rules.testing import CaseReport, run_cases
from tests.rules.packs_made_here import CASES, PACK, RULE, write_pack


def report(tmp_path: Path, cases: str | None = CASES, rule: str = RULE) -> CaseReport:
    return run_cases(write_pack(tmp_path, rules={"blank-column": rule}, cases={"blank-column": cases} if cases else {}))


def test_cases_that_hold_pass(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert found.passed
    assert found.render() == "shili：1 条规则，2 个示例，0 个不符。"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[{outcome: failed}]", "[{outcome: cant_tell}]", "应得出 cant_tell，实际是 failed"),
        ("[{outcome: failed}]", "[{outcome: failed, url: 'http://other.example/'}]", "应得出 failed，http://other.example/"),
        ("[{outcome: failed}]", "[{outcome: failed, department: 财政局}]", "应得出 failed，财政局"),
        ("[{outcome: failed}]", "[{outcome: failed, contains: [没有这句]}]", "含“没有这句”"),
        ("[{outcome: failed}]", "[{outcome: failed, count: 2}]", "应得出 failed"),
        ("[{outcome: failed}]", "[{outcome: failed}, {outcome: failed}]", "应得出 failed，实际是 没有任何结果"),
        ("[{state: empty}]", "[{state: empty}, {state: empty}]", "多出了没有写到的结果 failed"),
        ("[{state: empty}]", "[{state: scripted}, {state: empty}]", "多出了没有写到的结果 cant_tell"),
        ("[{outcome: passed}]", "[{outcome: inapplicable}]", "应得出 inapplicable，实际是 passed"),
    ],
)
def test_a_case_that_does_not_hold_is_told_in_a_sentence_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in CASES
    found = report(tmp_path, CASES.replace(old, new, 1))
    assert not found.passed
    assert words in found.render()
    assert all(problem.line for result in found.results for problem in result.problems)


def test_a_rule_without_a_firing_case_fails(tmp_path: Path) -> None:
    only_good = "cases:\n" + CASES[CASES.index("  - name: 有内容") :]
    assert "没有会报问题的示例" in report(tmp_path, only_good).render()


def test_a_rule_without_a_quiet_case_fails(tmp_path: Path) -> None:
    only_bad = CASES[: CASES.index("  - name: 有内容")]
    assert "没有不报问题的示例" in report(tmp_path, only_bad).render()


def test_a_rule_without_any_case_fails_on_both_sides(tmp_path: Path) -> None:
    assert len(report(tmp_path, None).all_problems) == 2


def test_cases_of_no_rule_are_pointed_out(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, cases={"blank-column": CASES, "blank-colum": CASES})
    assert any("没有名为“blank-colum”的规则" in problem.message for problem in run_cases(folder).problems)


def test_a_broken_pack_is_told_instead_of_run(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, pack=PACK.replace("kind: deduction", "kind: tax"))
    assert "kind" in run_cases(folder).render()
