"""Pydantic's errors in Chinese."""

import json
import typing
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_core import ErrorDetails, ErrorType

from rules.complaints import _SENTENCES, problems_of, sentence_for, suggestion
from rules.schema import PackFile, RuleFile
from rules.yamlfile import parse_yaml

RULE = {
    "id": "x",
    "title": "x",
    "check": "x",
    "outcome": "failed",
    "messages": {},
    "rationale": "x",
    "remediation": "x",
    "since": "0.1.0",
}


def messages_for(changes: dict[str, object]) -> list[str]:
    text = json.dumps({**RULE, **changes}, ensure_ascii=False)
    file = parse_yaml(text, Path("x.yaml"))
    with pytest.raises(ValidationError) as caught:
        RuleFile.model_validate_json(text)
    return [problem.message for problem in problems_of(caught.value, file, RuleFile.model_fields)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"titel": "x"}, "不认得“titel”这一项（是不是“title”？）。"),
        ({"title": 2019}, "“title”应是文字；数字和日期请加引号。"),
        ({"title": ""}, "“title”不能为空。"),
        ({"id": "Big_Name"}, "“id”的写法不对，应符合 ^[a-z0-9]+(?:-[a-z0-9]+)*$。"),
        ({"outcome": "passed"}, "“outcome”只能是 failed、lead 之一。"),
        ({"due_days": 0}, "“due_days”不能小于 1。"),
        ({"due_days": 1.5}, "“due_days”应是整数。"),
        ({"params": []}, "“params”应是“名称: 值”形式的各项。"),
        (
            {"messages": {"perfect": "好。"}},
            "“perfect”只能是 passed、failed、lead、cant_tell、inapplicable、untested、error、waived 之一。",
        ),
    ],
)
def test_each_mistake_is_one_chinese_sentence(changes: dict[str, object], message: str) -> None:
    assert messages_for(changes) == [message]


def test_every_missing_key_is_named() -> None:
    file = parse_yaml("id: x\n", Path("x.yaml"))
    with pytest.raises(ValidationError) as caught:
        RuleFile.model_validate_json('{"id": "x"}')
    messages = [problem.message for problem in problems_of(caught.value, file, ())]
    assert messages == [
        f"缺少“{key}”这一项。" for key in ("title", "check", "outcome", "messages", "rationale", "remediation", "since")
    ]


def test_an_item_of_a_list_is_named_by_its_number() -> None:
    text = '{"id": "x", "title": "x", "version": "1.0", "clauses": [5]}'
    with pytest.raises(ValidationError) as caught:
        PackFile.model_validate_json(text)
    messages = [problem.message for problem in problems_of(caught.value, parse_yaml(text, Path("x.yaml")), ())]
    assert messages == ["“clauses的第 1 项”应是“名称: 值”形式的各项。"]


def test_sentences_name_only_error_types_that_pydantic_has() -> None:
    assert set(_SENTENCES) <= set(typing.get_args(ErrorType))


@pytest.mark.parametrize("kind", sorted(typing.get_args(ErrorType)))
def test_whatever_pydantic_says_becomes_a_chinese_sentence(kind: str) -> None:
    context = dict.fromkeys(("max_length", "min_length", "gt", "ge", "lt", "le", "pattern", "expected", "error"), 1)
    detail = typing.cast("ErrorDetails", {"type": kind, "loc": ("k",), "msg": "", "input": None, "ctx": context})
    sentence = sentence_for(detail, "k")
    assert sentence.endswith("。")
    assert "{" not in sentence


def test_nothing_near_suggests_nothing() -> None:
    assert suggestion("qqqq", ["title", "check"]) == ""
