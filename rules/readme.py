"""The generated README of a pack: every clause with its status, every rule with its thresholds."""

from collections.abc import Iterable, Sequence
from typing import Any

from rules.model import Clause, ClauseStatus, Pack, Rule
from rules.sourcing import amount_words, source_for, source_words
from rules.words import word

_HEAD = """<!-- Generated from the YAML files of this folder; a test keeps it current. Do not edit. -->

# {title}

依据：{source}（{sureness}）。规则包 `{id}`，版本 {version}，{effective}整改期限 {due_days} 个工作日。

{clauses} 个条款，其中 {automated} 个由程序判断，{partial} 个由程序判断一部分，{manual} 个待人工核对；{rules} 条规则。
没有核对过原文的分值一律标明“本地设定”。
"""


def pack_readme(pack: Pack) -> str:
    """Markdown; the same pack gives the same bytes."""
    statuses = [clause.status for clause in pack.clauses]
    head = _HEAD.format(
        title=pack.title,
        source=source_words(pack.source),
        sureness=word("sureness", pack.source.sureness),
        id=pack.id,
        version=pack.version,
        effective=f"{pack.effective} 起施行，" if pack.effective else "",
        due_days=pack.due_days,
        clauses=len(pack.clauses),
        automated=statuses.count(ClauseStatus.AUTOMATED),
        partial=statuses.count(ClauseStatus.PARTIAL),
        manual=statuses.count(ClauseStatus.MANUAL),
        rules=len(pack.rules),
    )
    clauses = _table(["条款", "名称", "类别", "分值", "状态", "规则", "依据"], [_clause_row(clause) for clause in pack.clauses])
    notes = [f"- `{clause.id}` {clause.title}：{clause.notes}" for clause in pack.clauses if clause.notes]
    rules = _table(["规则", "名称", "对象", "结果", "阈值", "依据"], [_rule_row(pack, rule) for rule in pack.rules])
    parts = [head, "## 条款", clauses, "### 说明", "\n".join(notes), "## 规则", rules]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _clause_row(clause: Clause) -> list[str]:
    return [
        f"`{clause.id}`",
        clause.title,
        word("kinds", clause.kind),
        amount_words(clause),
        word("statuses", clause.status),
        "<br>".join(f"`{rule}`" for rule in clause.rules) or "—",
        f"{source_words(clause.source)}（{word('sureness', clause.source.sureness)}）",
    ]


def _rule_row(pack: Pack, rule: Rule) -> list[str]:
    source = source_for(pack, rule)
    return [
        f"`{rule.id}`",
        rule.title,
        word("subjects", rule.subject),
        word("outcomes", rule.outcome),
        _thresholds(rule),
        f"{source_words(source)}（{word('sureness', source.sureness)}）",
    ]


def _thresholds(rule: Rule) -> str:
    """Numbers and short lists; word lists and patterns stand in the rule's file."""
    shown = [f"{name}：{_short(value)}" for name, value in rule.raw_params.items() if not _is_word_list(value)]
    return "<br>".join(shown) or "—"


def _is_word_list(value: Any) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and any(isinstance(item, dict | list) or len(str(item)) > 30 for item in value)


def _short(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
