"""What a spot check says: lines for the terminal, JSON for scripts."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from audit.part import Part
from audit.wording import plain
from reports.records import finding_record
from reports.result import AuditResult, EvidenceLine, FindingLine, OpenLine

KINDS = {"page": "页面", "home": "首页", "column": "栏目", "unit": "单位", "sample": "抽样"}

MAX_OPEN = 20
"""Undecided subjects named one by one; the JSON names all."""

MAX_QUOTE = 80
"""Characters of a quotation on the terminal."""

SCHEMA = "zhaocuo.check/1"


def spot_text(result: AuditResult, part: Part, url: str, run: Path) -> str:
    """Plain Chinese lines: findings with evidence first, then what was not decided, then what was fine."""
    failed, leads = (_findings(result, outcome) for outcome in ("failed", "lead"))
    undecided, left = _open(result)
    passed = sorted({line.rule_title for unit in result.units for line in unit.passed})
    of_unit = f"，单位 {'、'.join(part.units)}" if part.units else ""
    lines = [f"抽查 {url}（{KINDS[part.kind]}{of_unit}），检查日期 {result.as_of}。"]
    if result.void:
        lines.append(f"这次抽查作废：{result.void}")
    lines.append(
        f"问题 {len(failed)} 个，线索 {len(leads)} 条，无法判定或未检测 {len(undecided)} 处，查过没有问题的 {len(passed)} 项。"
    )
    for word, findings in (("问题", failed), ("线索（需人工核对，不扣分）", leads)):
        for number, finding in enumerate(findings, 1):
            lines += _finding_lines(f"{word} {number}", finding)
    lines += _open_lines(undecided)
    if left:
        lines.append(f"未检测：另有 {len(left)} 条规则要看整个门户才能判断，抽查不作判断。")
    if passed:
        lines.append(f"查过、没有发现：{'、'.join(passed)}。")
    lines.append(f"存证：{run}（含页面原文，请按涉密资料保管），看一处证据用 zhaocuo evidence 编号 --run {run.name}。")
    return "\n".join(plain(line) for line in lines)


def spot_json(result: AuditResult, part: Part, url: str, run: Path) -> str:
    """One object: ``schema url kind department as_of void findings undecided untested_rules passed requests run``."""
    undecided, left = _open(result)
    return json.dumps(
        {
            "schema": SCHEMA,
            "url": url,
            "kind": part.kind,
            "department": part.units[0] if part.units else None,
            "as_of": result.as_of,
            "void": result.void,
            "findings": [
                {"number": item.number, "title": item.rule_title, **finding_record(item)}
                for outcome in ("failed", "lead")
                for item in _findings(result, outcome)
            ],
            "undecided": [
                {"rule": line.rule, "outcome": line.outcome, "url": line.url or None, "message": line.message}
                for line in undecided
            ],
            "untested_rules": sorted(line.rule for line in left),
            "passed": sorted({line.rule for unit in result.units for line in unit.passed}),
            "requests": result.requests,
            "run": run.name,
        },
        ensure_ascii=False,
        indent=1,
    )


def evidence_words(line: EvidenceLine) -> str:
    """One piece of evidence in one line."""
    quote = f"“{_cut(line.quote)}”" if line.quote else "（没有引文）"
    facts = "，".join(fact for fact in (line.where, line.fetched_at, line.capture) if fact)
    return f"{quote}（{facts}）" if facts else quote


def _cut(text: str) -> str:
    return text if len(text) <= MAX_QUOTE else f"{text[:MAX_QUOTE]}……"


def _findings(result: AuditResult, outcome: str) -> list[FindingLine]:
    return [finding for unit in result.units for finding in unit.findings if finding.outcome == outcome]


def _open(result: AuditResult) -> tuple[list[OpenLine], list[OpenLine]]:
    """What was not decided of the part itself, and the rules that ask for the whole portal."""
    lines = [line for unit in result.units for line in unit.open]
    left = [line for line in lines if not line.url and not line.subject and line.outcome == "untested"]
    return [line for line in lines if line not in left], left


def _finding_lines(head: str, finding: FindingLine) -> Iterable[str]:
    yield ""
    yield f"{head}　{finding.number}　{finding.rule_title}（{finding.rule}）"
    yield f"  {finding.message}"
    yield f"  在哪里：{finding.url}{f'（{finding.subject}）' if finding.subject else ''}"
    if finding.found_on and finding.found_on != (finding.url,):
        yield f"  见于：{finding.found_on[0]}{f' 等 {finding.found_on_count} 处' if finding.found_on_count > 1 else ''}"
    yield f"  依据：{finding.source}"
    for line in finding.evidence[:3]:
        yield f"  证据：{evidence_words(line)}"
    yield f"  怎样改：{finding.remediation}{f'（{finding.due} 以前）' if finding.due else ''}"


def _open_lines(undecided: Sequence[OpenLine]) -> Iterable[str]:
    words = {"cant_tell": "无法判定", "untested": "未检测", "error": "程序出错"}
    if undecided:
        yield ""
    for line in undecided[:MAX_OPEN]:
        where = f"（{line.subject or line.url}）" if line.subject or line.url else ""
        yield f"{words[line.outcome]}　{line.rule_title}{where}：{line.message}"
    if len(undecided) > MAX_OPEN:
        yield f"另有 {len(undecided) - MAX_OPEN} 处没有列出，用 --json 可以看到全部。"
