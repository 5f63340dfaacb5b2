"""One rule file to one rule: schema, parameters and words, with every problem in its place."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from rules.complaints import problems_of, suggestion
from rules.errors import Problem
from rules.model import Outcome, Rule, Source
from rules.registry import COMMON_FIELDS, SPOKEN, Check, checks, message_params
from rules.schema import RuleFile, SourceFile
from rules.wording import fields_of
from rules.yamlfile import YamlFile

Loc = tuple[str | int, ...]

UNFILLED = "【待填写】"
"""Stands where ``zhaocuo rules new`` leaves words to the author; a pack that still holds it does not load."""


def read_rule(file: YamlFile, pack: str, pack_source: Source | None) -> tuple[Rule | None, list[Problem]]:
    """The rule of one file, or None with what is wrong."""
    try:
        raw = RuleFile.model_validate_json(json.dumps(file.plain))
    except ValidationError as error:
        return None, problems_of(error, file, RuleFile.model_fields)
    problems = []
    if raw.id != file.path.stem:
        problems.append(file.problem(f"规则的 id“{raw.id}”与文件名“{file.path.name}”不一致。", ("id",)))
    problems += _unfilled_faults(raw, file)
    for key in ("rationale", "remediation"):
        problems += [file.problem(text, (key,)) for text in sentence_faults(getattr(raw, key), key)]
    check = checks().get(raw.check)
    if check is None:
        near = suggestion(raw.check, checks())
        problems.append(file.problem(f"没有名为“{raw.check}”的检查方法{near}。", ("check",)))
        return None, problems
    params, faults = read_params(check, raw.params, file, ("params",))
    problems += faults
    named = message_params(params) if params is not None else None
    problems += word_faults(check, raw.messages, named, file, ("messages",))
    if raw.group_message:
        problems += _message_faults(check, Outcome.FAILED, raw.group_message, named=named, file=file, loc=("group_message",))
    if problems:
        return None, problems
    return (
        Rule(
            id=raw.id,
            title=raw.title,
            pack=pack,
            check=raw.check,
            subject=check.subject,
            outcome=Outcome(raw.outcome),
            params=params,
            raw_params=raw.params,
            messages=raw.messages,
            group_message=raw.group_message,
            group_above=raw.group_above,
            gathers=raw.gathers,
            rationale=raw.rationale,
            remediation=raw.remediation,
            source=source_of(raw.source, pack_source) if raw.source else None,
            due_days=raw.due_days,
            since=raw.since,
        ),
        [],
    )


def read_params(check: Check, raw: Mapping[str, Any], file: YamlFile, under: Loc) -> tuple[Any, list[Problem]]:
    """The check's ``Params``, or None with what is wrong."""
    try:
        return check.parse_params(json.dumps(raw)), []
    except ValidationError as error:
        known = check.schema().get("properties", {})
        return None, problems_of(error, file, known, under=under)


def word_faults(
    check: Check, messages: Mapping[Outcome, str], named: Mapping[str, Any] | None, file: YamlFile, under: Loc
) -> list[Problem]:
    """What is wrong with a rule's messages; ``named`` are the parameters they may use, None when those could not be read."""
    possible = [outcome for outcome in SPOKEN if outcome in check.fields]
    problems = [
        file.problem(f"缺少结果为“{outcome}”时的文字：检查方法“{check.name}”会给出这种结果。", under)
        for outcome in possible
        if outcome not in messages
    ]
    for outcome, text in messages.items():
        if outcome not in possible:
            problems.append(file.problem(f"检查方法“{check.name}”不会给出“{outcome}”，这句文字用不上。", (*under, outcome)))
        else:
            problems += _message_faults(check, outcome, text, named=named, file=file, loc=(*under, outcome))
    return problems


def _message_faults(
    check: Check, outcome: Outcome, text: str, *, named: Mapping[str, Any] | None, file: YamlFile, loc: Loc
) -> list[Problem]:
    problems = [file.problem(fault, loc) for fault in sentence_faults(text, str(loc[-1]))]
    try:
        used = fields_of(text)
    except ValueError as error:
        return [*problems, file.problem(str(error), loc)]
    if named is None:
        return problems
    known = COMMON_FIELDS | check.fields[outcome] | named.keys()
    problems += [
        file.problem(f"文字里的字段“{field}”不存在{suggestion(field, known)}，可用的有 {'、'.join(sorted(known))}。", loc)
        for field in sorted(used - known)
    ]
    return problems


def _unfilled_faults(raw: RuleFile, file: YamlFile) -> list[Problem]:
    """Texts other than sentences, which :func:`sentence_faults` looks at."""
    texts: list[tuple[Loc, str]] = [(("title",), raw.title), (("group_message",), raw.group_message)]
    if raw.source is not None:
        texts += [(("source", name), getattr(raw.source, name)) for name in ("document", "number", "article")]
    return [file.problem(f"“{loc[-1]}”还没有填写。", loc) for loc, text in texts if UNFILLED in text]


def sentence_faults(text: str, key: str) -> list[str]:
    """Words that people read are whole sentences."""
    if UNFILLED in text:
        return [f"“{key}”还没有填写。"]
    return [] if text.rstrip().endswith("。") else [f"“{key}”应是以“。”结尾的完整句子。"]


def source_of(raw: SourceFile | None, parent: Source | None) -> Source:
    """A source that leaves document and number to ``parent`` where it says none of its own."""
    raw = raw or SourceFile()
    inherits = not raw.document and parent is not None
    return Source(
        document=parent.document if inherits and parent else raw.document,
        number=parent.number if inherits and parent and not raw.number else raw.number,
        article=raw.article,
        sureness=raw.sureness,
    )
