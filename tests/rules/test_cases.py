"""Case files: read with places, refused in words."""

from pathlib import Path

import pytest

from rules.cases import read_cases
from tests.rules.packs_made_here import CASES, write_pack


def problems(tmp_path: Path, text: str) -> list[str]:
    folder = write_pack(tmp_path, cases={"blank-column": text})
    return [f"{problem.line} {problem.message}" for problem in read_cases(folder)[1]]


def test_good_cases_read(tmp_path: Path) -> None:
    cases, faults = read_cases(write_pack(tmp_path, cases={"blank-column": CASES}))
    assert (faults, [case.fires for case in cases]) == ([], [True, False])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("state: empty", "stat: empty", "5 不认得“stat”这一项（是不是“state”？）。"),
        ("state: empty", "state: full", "5 “state”只能是 entries、"),
        ("outcome: failed", "outcome: red", "6 “outcome”只能是 passed、"),
        ("outcome: failed", "outcome: failed, urls: x", "6 不认得“urls”这一项（是不是“url”？）。"),
        ("expect: [{outcome: failed}]", "expect: []", "6 “expect”至少要有 1 项。"),
        ("as_of: 2026-11-20", "as_of: soon", "3 “as_of”应是 2026-01-31 这样的日期。"),
        ("name: 有内容的栏目", "name: 空栏目", "7 示例名称“空栏目”写了两遍。"),
        ("columns: [{state: empty}]", "colums: [{state: empty}]", "5 事实里不认得“colums”这一项（是不是“columns”？）。"),
        ("cases:\n", "case:\n", "1 缺少“cases”这一项。"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in CASES
    found = problems(tmp_path, CASES.replace(old, new, 1))
    assert any(problem in each for each in found), found


def test_a_file_that_is_no_yaml_is_one_problem(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "cases: [")) == 1


def test_other_files_among_the_cases_are_pointed_out(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, cases={"blank-column": CASES})
    (folder / "cases" / "blank-column.yml").write_text("x")
    assert ["扩展名" in problem.message for problem in read_cases(folder)[1]] == [True]
