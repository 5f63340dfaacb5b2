"""The generated README of a pack: every clause with its status, every rule with its thresholds, what a local pack changes."""

from collections.abc import Iterable, Sequence
from typing import Any

from rules.loader import load_pack
from rules.model import Clause, ClauseStatus, Pack, Rule
from rules.shipped import PACKS_FOLDER
from rules.sourcing import amount_words, source_for, source_words
from rules.words import word

_GENERATED = "<!-- Generated from the YAML files of this folder; a test keeps it current. Do not edit. -->"
_GENERATED_LOCAL = "<!-- 由 zhaocuo rules docs 从规则包生成，请改 YAML，不要改这里。 -->"

_HEAD = """{generated}

# {title}

依据：{source}（{sureness}）。规则包 `{id}`，版本 {version}，{effective}整改期限 {due_days} 个工作日。

{clauses} 个条款，其中 {automated} 个由程序判断，{partial} 个由程序判断一部分，{manual} 个待人工核对；{rules} 条规则。
没有核对过原文的分值一律标明“本地设定”。
"""


def pack_readme(pack: Pack) -> str:
    """Markdown; the same pack gives the same bytes."""
    statuses = [clause.status for clause in pack.clauses]
    head = _HEAD.format(
        generated=_GENERATED_LOCAL if pack.extends else _GENERATED,
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
    parts = [head, _local(pack), "## 条款", clauses, "### 说明", "\n".join(notes), "## 规则", rules]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def packs_index(packs: Sequence[Pack]) -> str:
    """The page that leads to the packs' own pages."""
    rows = [
        [f"[`{pack.id}`]({pack.id}.md)", pack.title, source_words(pack.source), str(len(pack.clauses)), str(len(pack.rules))]
        for pack in packs
    ]
    return "\n\n".join([_GENERATED_LOCAL, "# 规则包", _table(["规则包", "名称", "依据", "条款", "规则"], rows)]) + "\n"


def _local(pack: Pack) -> str:
    """What a local pack makes different, each thing with what it was: nobody should have to compare two pages."""
    if not pack.extends:
        return ""
    base = load_pack(PACKS_FOLDER / pack.extends)
    lines = [
        *_changed_rules(base, pack),
        *(f"- 停用规则 `{rule}`：{reason}" for rule, reason in pack.switched_off.items()),
        *_changed_clauses(base, pack),
        *(f"- 新增规则 `{rule.id}`：{rule.title}。" for rule in pack.rules if rule.id not in {each.id for each in base.rules}),
    ]
    said = f"扩展随附的规则包 `{base.id}`（版本 {base.version}），检查时代替它。没有列在这里的都照原样。"
    return "\n\n".join(part for part in ("## 本地改动", said, "\n".join(lines)) if part)


def _changed_rules(base: Pack, pack: Pack) -> Iterable[str]:
    originals = {rule.id: rule for rule in base.rules}
    for rule in pack.rules:
        was = originals.get(rule.id)
        if was is None:
            continue
        for name, value in rule.raw_params.items():
            if value != was.raw_params.get(name):
                yield f"- 规则 `{rule.id}` 的 {name}：{_difference(was.raw_params.get(name), value)}。"
        if rule.due_days != was.due_days:
            yield f"- 规则 `{rule.id}` 的整改期限：原为 {was.due_days or base.due_days} 个工作日，现为 {rule.due_days} 个。"
        if rule.messages != was.messages or rule.remediation != was.remediation:
            yield f"- 规则 `{rule.id}` 的文字有改动。"


def _difference(was: Any, now: Any) -> str:
    """Of lists, what came and went; of everything else, both values."""
    if not (isinstance(was, list) and isinstance(now, list)):
        return f"原为 {'未设' if was is None else value_words(was)}，现为 {value_words(now)}"
    added, removed = [item for item in now if item not in was], [item for item in was if item not in now]
    parts = [f"{what}{value_words(items)}" for what, items in (("增加 ", added), ("去掉 ", removed)) if items]
    return "，".join(parts) or "次序有改动"


def _changed_clauses(base: Pack, pack: Pack) -> Iterable[str]:
    originals = {clause.id: clause for clause in base.clauses}
    for clause in pack.clauses:
        was = originals.get(clause.id)
        if was is None:
            yield f"- 新增条款 `{clause.id}` {clause.title}（{amount_words(clause)}）。"
        elif amount_words(was) != amount_words(clause):
            yield f"- 条款 `{clause.id}` {clause.title}：原为 {amount_words(was)}，现为 {amount_words(clause)}。"


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


def value_words(value: Any) -> str:
    """A parameter as people read it."""
    if isinstance(value, dict):
        return "{" + "，".join(f"{name}：{value_words(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "、".join(value_words(each) for each in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
