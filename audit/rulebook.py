"""``zhaocuo rules``: the packs as text."""

from collections.abc import Sequence
from pathlib import Path

from audit.errors import UsageInvalid
from rules.describe import lint, list_rules, show_rule
from rules.loader import PACKS_FOLDER, load_packs, shipped_packs
from rules.testing import run_cases


def list_text(packs: Sequence[str]) -> str:
    """One line a rule: id, pack, clause kind, subject, outcome, title."""
    rows = list_rules(load_packs(tuple(packs) or None))
    widths = [max(len(str(row[column])) for row in rows) for column in range(4)] if rows else []
    return "\n".join(
        "  ".join([*(str(cell).ljust(width) for cell, width in zip(row, widths, strict=False)), *map(str, row[4:])])
        for row in rows
    )


def show_text(rule: str, packs: Sequence[str]) -> str:
    """Everything about one rule; raises :class:`UsageInvalid` when no pack has it."""
    for pack in load_packs(tuple(packs) or None):
        if any(item.id == rule for item in pack.rules):
            return show_rule(pack, rule)
    raise UsageInvalid(f"没有“{rule}”这条规则，用 zhaocuo rules list 查看全部规则。")


def folders_or_shipped(folders: Sequence[Path]) -> list[Path]:
    return list(folders) or [PACKS_FOLDER / name for name in shipped_packs()]


def lint_text(folders: Sequence[Path]) -> tuple[str, bool]:
    """All problems of the packs, and whether there are none."""
    problems = [problem for folder in folders_or_shipped(folders) for problem in lint(folder)]
    if problems:
        return "\n".join([*map(str, problems), f"共 {len(problems)} 处问题。"]), False
    return f"{len(folders_or_shipped(folders))} 个规则包没有问题。", True


def test_text(folders: Sequence[Path]) -> tuple[str, bool]:
    """What the cases beside the rules say, and whether all hold."""
    lines, good = [], True
    for folder in folders_or_shipped(folders):
        report = run_cases(folder)
        good = good and report.passed
        lines.append(report.render())
    return "\n".join(lines), good
