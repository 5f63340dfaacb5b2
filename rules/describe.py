"""Packs for people: lists, one rule in full, what is wrong with a pack, and its generated README and schema."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rules.cases import read_cases
from rules.catalogue import CatalogueEntry
from rules.errors import PackInvalid, Problem
from rules.json_schema import pack_schema
from rules.loader import load_pack
from rules.model import ClauseStatus, Outcome, Pack, Rule
from rules.readme import pack_readme, value_words
from rules.sourcing import clause_words, source_for, source_words
from rules.testing import uncovered
from rules.words import sentence, word

__all__ = ["RuleRow", "lint", "list_rules", "pack_readme", "pack_schema", "planned_rules", "show_rule"]


class RuleRow(NamedTuple):
    """One line of ``zhaocuo rules list``."""

    id: str
    pack: str
    kind: str
    subject: str
    outcome: str
    title: str


def list_rules(packs: Iterable[Pack]) -> tuple[RuleRow, ...]:
    """All rules of ``packs``, by pack and id."""
    return tuple(
        RuleRow(
            id=rule.id,
            pack=pack.id,
            kind=word("kinds", clause.kind) if (clause := pack.clause_of(rule.id)) else "",
            subject=word("subjects", rule.subject),
            outcome=word("outcomes", rule.outcome),
            title=rule.title,
        )
        for pack in packs
        for rule in sorted(pack.rules, key=lambda rule: rule.id)
    )


def planned_rules(catalogue: Mapping[str, CatalogueEntry]) -> tuple[RuleRow, ...]:
    """Rules of the catalogue that no check judges yet: listed, since a missing line would look like a judged one."""
    return tuple(
        RuleRow(
            id=rule_id,
            pack=entry.pack,
            kind=word("statuses", ClauseStatus.MANUAL),
            subject=word("subjects", entry.subject),
            outcome=word("outcomes", entry.outcome),
            title=sentence("planned_rule"),
        )
        for rule_id, entry in catalogue.items()
        if entry.planned
    )


def show_rule(pack: Pack, rule_id: str) -> str:
    """Everything about one rule, in Chinese lines; raises KeyError when the pack has no such rule."""
    rule = next((rule for rule in pack.rules if rule.id == rule_id), None)
    if rule is None:
        raise KeyError(rule_id)
    source = source_for(pack, rule)
    clauses = [clause for clause in pack.clauses if rule_id in clause.rules]
    lines = [
        f"{rule.id}  {rule.title}",
        f"规则包：{pack.title}（{pack.id} {pack.version}）",
        f"对象：{word('subjects', rule.subject)}　结果：{word('outcomes', rule.outcome)}",
        f"依据：{source_words(source)}",
        f"可信度：{word('sureness', source.sureness)}（{source.sureness}）",
        *[f"条款：{clause_words(clause)}，{word('statuses', clause.status)}" for clause in clauses],
        *_section("阈值", [f"{name}：{value_words(value)}" for name, value in rule.raw_params.items()]),
        *_section("文字", [f"{word('outcomes', outcome)}：{text}" for outcome, text in _ordered(rule)]),
        f"为什么：{rule.rationale}",
        f"处置：{rule.remediation}",
        f"整改期限：{rule.due_days or pack.due_days} 个工作日",
        *_examples(pack, rule),
        f"自 {rule.since} 版起。",
    ]
    return "\n".join(lines)


def lint(folder: Path) -> tuple[Problem, ...]:
    """Everything wrong with the pack in ``folder``: its files, its cases, rules without cases. Runs no case."""
    problems: list[Problem] = []
    try:
        load_pack(folder)
    except PackInvalid as error:
        problems += error.problems
    cases, faults = read_cases(folder)
    return tuple(sorted({*problems, *faults, *uncovered(folder, cases)}))


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"{title}：", *(f"  {line}" for line in lines)] if lines else []


def _ordered(rule: Rule) -> list[tuple[Outcome, str]]:
    return [(outcome, rule.messages[outcome]) for outcome in Outcome if outcome in rule.messages]


def _examples(pack: Pack, rule: Rule) -> list[str]:
    """Names of the cases beside the rule; an inherited rule has none in the local pack's folder."""
    cases = [case for case in read_cases(pack.folder)[0] if case.rule == rule.id] if pack.folder else []
    firing = [case.name for case in cases if case.fires]
    quiet = [case.name for case in cases if not case.fires]
    return [*_section("会报的示例", firing), *_section("不报的示例", quiet)]
