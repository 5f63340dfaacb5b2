"""YAML with places."""

from pathlib import Path

import pytest

from rules.errors import PackInvalid, Problem
from rules.yamlfile import parse_yaml, read_yaml

HERE = Path("a.yaml")


def test_places_are_those_of_the_key_and_of_the_list_item() -> None:
    file = parse_yaml("a: 1\nb:\n  - x\n  - y: 2\n", HERE)
    assert file.place(("a",)) == (1, 1)
    assert file.place(("b", 1)) == (4, 5)
    assert file.place(("b", 1, "y")) == (4, 5)


def test_the_place_of_something_absent_is_its_parent() -> None:
    assert parse_yaml("a: 1\nb:\n  c: 2\n", HERE).place(("b", "nothing", "at", "all")) == (2, 1)


def test_a_key_said_twice_is_refused_with_its_line() -> None:
    with pytest.raises(PackInvalid) as caught:
        parse_yaml("a: 1\nb: 2\na: 3\n", HERE)
    problem = caught.value.problems[0]
    assert (problem.line, problem.message) == (3, "“a”这一项写了两遍，请删去一处。")


@pytest.mark.parametrize(
    "text",
    ["a: [1, 2", "a: 'x", "- 1\n- 2\n", "", "a: !!python/object:os.system {}\n", "a: .inf\n", "a: .nan\n", "\ta: 1"],
    ids=["open list", "open quote", "a list", "nothing", "a python object", "infinity", "not a number", "a tab"],
)
def test_what_is_no_plain_mapping_is_refused_in_one_chinese_sentence(text: str) -> None:
    with pytest.raises(PackInvalid) as caught:
        parse_yaml(text, HERE)
    assert [problem.message[-1] for problem in caught.value.problems] == ["。"]


def test_an_anchor_said_twice_is_refused_and_warns_nobody() -> None:
    with pytest.raises(PackInvalid, match="同一个锚点"):
        parse_yaml("id: &a x\ntitle: &a y\n", Path("pack.yaml"))


def test_yes_and_no_and_octal_looking_numbers_stay_what_they_look_like() -> None:
    assert parse_yaml("a: no\nb: 010\nc: 1:30\non: 1\n", HERE).plain == {"a": "no", "b": 10, "c": "1:30", "on": 1}


def test_dates_become_text() -> None:
    assert parse_yaml("a: 2026-01-31\n", HERE).plain == {"a": "2026-01-31"}


def test_aliases_that_blow_up_are_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(PackInvalid):
        parse_yaml("\n".join(lines), HERE)


def test_nesting_thousands_deep_is_refused() -> None:
    with pytest.raises(PackInvalid):
        parse_yaml("a: " + "[" * 5_000 + "]" * 5_000, HERE)


def test_a_missing_file_a_huge_file_and_a_gbk_file_are_each_one_sentence(tmp_path: Path) -> None:
    huge, gbk = tmp_path / "huge.yaml", tmp_path / "gbk.yaml"
    huge.write_text("a: " + "x" * 1_000_001)
    gbk.write_bytes("名称: 值".encode("gb18030"))
    for path, word in ((tmp_path / "none.yaml", "读不到"), (huge, "1 MB"), (gbk, "UTF-8")):
        with pytest.raises(PackInvalid, match=word):
            read_yaml(path)


def test_problems_sort_by_file_and_line_and_print_their_place() -> None:
    problems = [Problem(file=HERE, line=9, column=2, message="乙。"), Problem(file=HERE, line=1, column=1, message="甲。")]
    assert str(PackInvalid([*problems, *problems])) == "a.yaml:1:1：甲。\na.yaml:9:2：乙。"
