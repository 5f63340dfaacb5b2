"""Every word of a closed set has its Chinese word."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args

import pytest

from crawler import traps
from crawler.facts import MANDATORY_ROLES, FailureKind, ListState, PageKind, UnitKind
from crawler.vocabulary import load
from reports import labels, records
from reports.freshness import STATUSES
from reports.result import ColumnLine, FindingLine, Light, OpenLine, OutcomeWord, ScoreItem, Unit
from rules.model import ClauseKind, ClauseStatus, Outcome, Subject, Sureness
from rules.words import reason_word

ENUMS: list[tuple[type[StrEnum], Mapping[str, str]]] = [
    (Outcome, labels.OUTCOME),
    (ClauseKind, labels.CLAUSE_KIND),
    (ClauseStatus, labels.CLAUSE_STATUS),
    (Subject, labels.SUBJECT),
    (Sureness, labels.SURENESS),
    (ListState, labels.LIST_STATE),
    (PageKind, labels.PAGE_KIND),
    (FailureKind, labels.FAILURE_KIND),
]


def words_of(model: Any, field: str) -> set[str]:
    return set(get_args(model.model_fields[field].annotation))


@pytest.mark.parametrize(("enum", "words"), ENUMS, ids=lambda item: getattr(item, "__name__", ""))
def test_every_member_of_the_enums_has_one_word_and_no_word_is_idle(enum: type[StrEnum], words: Mapping[str, str]) -> None:
    assert set(words) == {member.value for member in enum}
    assert all(words.values())


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (set(get_args(OutcomeWord)), labels.OUTCOME),
        (words_of(FindingLine, "clause_kind"), labels.CLAUSE_KIND),
        (words_of(ScoreItem, "status"), labels.CLAUSE_STATUS),
        (words_of(Light, "state"), labels.LIGHT_STATE),
        (words_of(ColumnLine, "status"), labels.COLUMN_STATUS),
        (words_of(Unit, "kind"), labels.UNIT_KIND),
        ({kind.value for kind in UnitKind} | {"portal"}, labels.UNIT_KIND),
    ],
)
def test_every_word_of_the_result_has_its_chinese_word(expected: set[str], words: Mapping[str, str]) -> None:
    assert set(words) == expected


def test_every_column_type_and_trap_of_the_crawler_has_its_chinese_word() -> None:
    types = set(load("columns")["types"])
    assert types | {"statutory", "other"} == set(labels.COLUMN_TYPE)
    assert tuple(labels.COLUMN_TYPE)[:4] == MANDATORY_ROLES
    reasons = {value for name, value in vars(traps).items() if name.isupper() and isinstance(value, str)}
    assert reasons
    assert reasons <= set(labels.SKIP_REASON)


def test_what_needs_explaining_is_explained() -> None:
    assert words_of(OpenLine, "outcome") | words_of(FindingLine, "outcome") == set(labels.OUTCOME_MEANING)
    assert all(text.endswith("。") for text in labels.OUTCOME_MEANING.values())


def test_only_verified_figures_print_as_official() -> None:
    assert labels.SURENESS["V"] == "官方原文"
    assert all(text.startswith("本地设定") for key, text in labels.SURENESS.items() if key != "V")


def test_lists_of_other_modules_are_complete() -> None:
    assert set(STATUSES) == words_of(ColumnLine, "status")
    assert records.MANDATORY == MANDATORY_ROLES


def test_a_word_of_a_newer_version_shows_as_it_is() -> None:
    assert labels.word(labels.SKIP_REASON, "trap-of-tomorrow") == "trap-of-tomorrow"
    assert labels.place_word("meta:PubDate") == "页面标签 PubDate"
    assert labels.place_word("foot") == "页脚"
    assert labels.place_word("list:3") == "列表：3"
    assert labels.place_word("") == ""


@pytest.mark.parametrize("reason", [*labels.SKIP_REASON, *labels.FAILURE_KIND])
def test_the_sentences_of_rules_have_a_word_for_every_reason_that_reports_know(reason: str) -> None:
    assert reason_word(reason) != reason
