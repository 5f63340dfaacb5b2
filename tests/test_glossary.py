"""The glossary stays true: its identifiers exist, its Chinese words are the ones reports print, no closed set lacks one."""

import ast
import re
from collections.abc import Mapping
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest

from crawler.facts import MANDATORY_ROLES, FailureKind, ListState, PageKind, UnitKind
from reports.result import ColumnLine, FindingLine, Light, OutcomeWord, ScoreItem
from rules.model import ClauseKind, ClauseStatus, Outcome, Subject, Sureness

REPO = Path(__file__).parents[1]
PACKAGES = ("crawler", "rules", "audit", "reports")

CLOSED_SETS: dict[str, type[StrEnum]] = {
    "OUTCOME": Outcome,
    "CLAUSE_KIND": ClauseKind,
    "CLAUSE_STATUS": ClauseStatus,
    "SUBJECT": Subject,
    "SURENESS": Sureness,
    "UNIT_KIND": UnitKind,
    "LIST_STATE": ListState,
    "PAGE_KIND": PageKind,
    "FAILURE_KIND": FailureKind,
}
# Sets that only the result knows, by the field that closes them.
RESULT_SETS = {
    "LIGHT_STATE": (Light, "state"),
    "COLUMN_STATUS": (ColumnLine, "status"),
    "CHANGE": (FindingLine, "change"),
}


def rows() -> list[tuple[str, str]]:
    """(Chinese word, identifier) of every row of every table."""
    text = (REPO / "GLOSSARY.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    body = [row for row in cells if row[0] != "中文" and not set(row[0]) <= {"-", " "}]
    assert all(len(row) == 4 and all(row) for row in body), "a row has an empty cell or a cell too many"
    return [(chinese, identifier) for chinese, names, _, _ in body for identifier in re.findall(r"`([^`]+)`", names)]


def words_of_the_code() -> set[str]:
    """Every name and every short string constant of the four packages."""
    found: set[str] = set()
    for path in (path for package in PACKAGES for path in (REPO / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.arg | ast.keyword):
                found.add(node.arg or "")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 40:
                found.add(node.value)
    return found


def labels(name: str) -> Mapping[str, str]:
    if not find_spec("reports.labels"):
        pytest.skip("reports/labels.py is not written yet")
    from reports import labels as module

    table: Mapping[str, str] = getattr(module, name)
    return table


def test_the_table_is_there():
    assert len(rows()) > 50


def test_every_identifier_exists_in_the_code():
    known = words_of_the_code()
    assert not [identifier for _, identifier in rows() if identifier not in known]


def test_no_word_stands_twice():
    chinese, identifiers = zip(*rows(), strict=True)
    assert len(set(chinese)) == len(chinese)
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("name", CLOSED_SETS)
def test_every_member_of_a_closed_set_has_its_chinese_word(name):
    table = labels(name)
    missing = [member.value for member in CLOSED_SETS[name] if not re.search(r"[\u4e00-\u9fff]", table.get(member.value, ""))]
    assert not missing


@pytest.mark.parametrize("name", RESULT_SETS)
def test_every_state_of_the_result_has_its_chinese_word(name):
    model, attribute = RESULT_SETS[name]
    assert set(get_args(model.model_fields[attribute].annotation)) - {""} <= labels(name).keys()


def test_the_four_mandatory_columns_have_their_chinese_word():
    assert set(MANDATORY_ROLES) <= labels("COLUMN_TYPE").keys()


@pytest.mark.parametrize("name", ["OUTCOME", "CLAUSE_KIND", "CLAUSE_STATUS"])
def test_the_glossary_says_the_word_the_reports_print(name):
    glossary = {identifier: chinese for chinese, identifier in rows()}
    printed = labels(name)
    assert {member: glossary.get(member) for member in printed} == dict(printed)


def test_the_result_and_the_rules_know_the_same_outcomes():
    """``reports`` may not import ``rules``, so the two lists are held together here."""
    assert set(get_args(OutcomeWord)) == {outcome.value for outcome in Outcome}
    assert set(get_args(ScoreItem.model_fields["kind"].annotation)) == {kind.value for kind in ClauseKind}
    assert set(get_args(ScoreItem.model_fields["status"].annotation)) == {status.value for status in ClauseStatus}
