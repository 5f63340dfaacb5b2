"""Local packs: a shipped pack with district thresholds, points and wordings, further rules, and rules switched off."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rules.complaints import suggestion
from rules.errors import Problem
from rules.model import Clause, ClauseStatus, Pack, Rule, Sureness
from rules.registry import checks, message_params
from rules.rule_files import Loc, read_params, sentence_faults, word_faults
from rules.schema import ClauseOverride, Overrides, RuleOverride
from rules.wording import say
from rules.words import sentence
from rules.yamlfile import YamlFile


def inherit(base: Pack, own: Pack, overrides: Overrides, file: YamlFile) -> tuple[Pack, list[Problem]]:
    """``base`` as changed by the local pack, and what is wrong with the changes."""
    problems = _unknown(overrides.rules, [rule.id for rule in base.rules], "规则", "rules", file)
    problems += _unknown(overrides.clauses, [clause.id for clause in base.clauses], "条款", "clauses", file)
    off = {rule_id: change.off for rule_id, change in overrides.rules.items() if change.off is not None}
    for rule_id, reason in off.items():
        problems += [file.problem(text, ("overrides", "rules", rule_id, "off")) for text in sentence_faults(reason, "off")]
    rules = []
    for rule in base.rules:
        if rule.id in off:
            continue
        changed, faults = _changed_rule(rule, overrides.rules.get(rule.id), file)
        rules.append(replace(changed, pack=own.id))
        problems += faults
    own_ids = {rule.id for rule in own.rules}
    problems += [
        file.problem(f"规则“{rule.id}”在“{base.id}”里已有，要改请写在 overrides 里。")
        for rule in base.rules
        if rule.id in own_ids
    ]
    clauses = [_changed_clause(clause, overrides.clauses.get(clause.id), off) for clause in base.clauses]
    merged = replace(own, clauses=(*clauses, *own.clauses), rules=(*rules, *own.rules), switched_off=dict(off))
    return merged, problems


def _unknown(changes: Mapping[str, object], known: list[str], what: str, key: str, file: YamlFile) -> list[Problem]:
    return [
        file.problem(f"被扩展的规则包里没有{what}“{name}”{suggestion(name, known)}。", ("overrides", key, name))
        for name in changes
        if name not in known
    ]


def _changed_rule(rule: Rule, change: RuleOverride | None, file: YamlFile) -> tuple[Rule, list[Problem]]:
    if change is None:
        return rule, []
    loc = ("overrides", "rules", rule.id)
    check = checks()[rule.check]
    raw, faults = _with_added({**rule.raw_params, **change.params}, change.add, file, (*loc, "add"))
    params, problems = read_params(check, raw, file, (*loc, "params"))
    problems = [*faults, *problems]
    messages = {**rule.messages, **change.messages}
    named = message_params(params) if params is not None else None
    problems += word_faults(check, messages, named, file, (*loc, "messages"))
    if change.remediation is not None:
        problems += [file.problem(text, (*loc, "remediation")) for text in sentence_faults(change.remediation, "remediation")]
    changed = replace(
        rule,
        params=rule.params if params is None else params,
        raw_params=raw,
        messages=messages,
        due_days=change.due_days or rule.due_days,
        remediation=change.remediation or rule.remediation,
    )
    return changed, problems


def _with_added(
    params: Mapping[str, Any], added: Mapping[str, list[Any]], file: YamlFile, loc: Loc
) -> tuple[dict[str, Any], list[Problem]]:
    """``params`` with the further items; an item that is there already is told, since the shipped list may have grown."""
    raw, problems = dict(params), []
    for name, items in added.items():
        have = raw.get(name)
        if not isinstance(have, list):
            lists = [known for known, value in params.items() if isinstance(value, list)]
            said = f"“{name}”不是列表，不能用 add{suggestion(name, lists)}。"
            problems.append(file.problem(said, (*loc, name)))
            continue
        problems += [
            file.problem(f"“{name}”里已有第 {number} 项，不必再加。", (*loc, name, number - 1))
            for number, item in enumerate(items, 1)
            if item in have
        ]
        raw[name] = [*have, *items]
    return raw, problems


def _changed_clause(clause: Clause, change: ClauseOverride | None, off: Mapping[str, str]) -> Clause:
    """A changed amount is no longer the document's; a clause that lost all its rules is a person's to judge, and says so."""
    if change is not None:
        amounts = change.points is not None or change.per_finding is not None
        clause = replace(
            clause,
            points=clause.points if change.points is None else change.points,
            per_finding=clause.per_finding if change.per_finding is None else change.per_finding,
            points_sureness=Sureness.UNVERIFIED if amounts else clause.points_sureness,
            fail_at=change.fail_at or clause.fail_at,
            rules=(*clause.rules, *(rule for rule in change.rules if rule not in clause.rules)),
            status=ClauseStatus.PARTIAL if change.rules and not clause.rules else clause.status,
            notes=clause.notes if change.notes is None else change.notes,
        )
    lost = [rule for rule in clause.rules if rule in off]
    if not lost:
        return clause
    kept = tuple(rule for rule in clause.rules if rule not in off)
    said = say(sentence("switched_off"), {"rules": lost, "reasons": [off[rule].rstrip("。") for rule in lost]})
    status = (ClauseStatus.PARTIAL if clause.status is ClauseStatus.AUTOMATED else clause.status) if kept else ClauseStatus.MANUAL
    return replace(clause, rules=kept, status=status, notes=f"{clause.notes}{said}")
