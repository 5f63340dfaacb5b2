"""Every trap of the catalogue is shown somewhere: ``rules/traps.yaml`` says where, and nothing it names is missing."""

import ast
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.demo.expected import load_expected
from rules.cases import Case, read_cases
from rules.catalogue import catalogue
from rules.model import Outcome
from rules.shipped import PACKS_FOLDER

REPO = Path(__file__).parents[2]
TRAPS: Mapping[str, Sequence[Mapping[str, str]]] = YAML(typ="safe").load(REPO / "rules" / "traps.yaml")
SHOWN_BY = ("case", "test", "demo")
SEEN_THROUGH = {
    ("missing-annual-report", "标题里的年度才算，发布年份不算"),
    ("missing-annual-report", "图解、音频和解读不是报告本身"),
    ("stale-news-column", "未来日期不算最新"),
    ("missing-column-label", "文章页也要有栏目标签"),
    ("missing-error-report-entry", "首页只有本站自己的“网页纠错”，没有全国统一的找错入口"),
}
"""Traps the other way round: what looks fine and is the fault."""

_named = pytest.mark.parametrize(
    ("rule", "trap"), [(rule, trap) for rule, traps in TRAPS.items() for trap in traps], ids=lambda value: str(value)[:60]
)


@cache
def cases() -> dict[tuple[str, str], Case]:
    return {(case.rule, case.name): case for pack in sorted(PACKS_FOLDER.iterdir()) for case in read_cases(pack)[0]}


@cache
def named_tests() -> frozenset[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sorted((REPO / "tests").rglob("test_*.py")))
    return frozenset(
        node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@_named
def test_a_trap_is_shown_in_one_place_that_exists(rule: str, trap: Mapping[str, str]) -> None:
    assert rule in catalogue()
    (kind,) = set(trap) - {"trap"}
    assert kind in SHOWN_BY
    if kind == "case":
        assert (rule, trap["case"]) in cases()
    elif kind == "test":
        assert trap["test"] in named_tests()
    else:
        assert trap["demo"] in {path for line in load_expected().must_not_find for path in line.paths}


@_named
def test_the_case_of_a_trap_accuses_nobody(rule: str, trap: Mapping[str, str]) -> None:
    case = cases().get((rule, trap.get("case", "")))
    if case is not None:
        fails = Outcome.FAILED in {expected.outcome for expected in case.expect}
        assert fails is ((rule, case.name) in SEEN_THROUGH)


def test_every_trap_of_the_rule_book_is_listed(shared_dir: Path) -> None:
    """As many traps for a rule as its row in the catalogue parts with semicolons."""
    text = (Path(str(shared_dir)) / "rules.md").read_text(encoding="utf-8")
    short = []
    for row in text.splitlines():
        cells = [cell.strip() for cell in row.split("|")]
        if not row.startswith("| `") or len(cells) < 7 or not cells[5]:
            continue
        parts = [part for part in cells[5].split(";") if part.strip()]
        rules = re.findall(r"`([a-z0-9-]+)`", cells[1])
        listed = {trap["trap"] for rule in rules for trap in TRAPS.get(rule, ())}
        if len(listed) < len(parts):
            short.append((rules, len(listed), parts))
    assert short == []
