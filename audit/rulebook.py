"""``zhaocuo rules``: the packs as text, and the files of a new rule."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from audit.errors import OutputUnwritable, UsageInvalid
from rules.catalogue import catalogue
from rules.describe import RuleRow, lint, list_rules, pack_readme, planned_rules, show_rule
from rules.errors import RuleRefused
from rules.loader import load_pack, load_packs, pack_folders
from rules.model import Pack
from rules.readme import packs_index
from rules.scaffold import new_rule
from rules.shipped import PACKS_FOLDER, shipped_packs
from rules.testing import run_cases


def list_text(packs: Sequence[str]) -> str:
    """One line a rule: id, pack, clause kind, subject, outcome, title; without ``packs`` also what is only planned."""
    rows = [*list_rules(load_packs(tuple(packs) or None)), *(() if packs else planned_rules(catalogue()))]
    return "\n".join(_aligned(rows))


def _aligned(rows: Sequence[RuleRow]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(4)] if rows else []
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), *row[4:]])


def show_text(rule: str, packs: Sequence[str]) -> str:
    """Everything about one rule; raises :class:`UsageInvalid` when no pack has it."""
    for pack in load_packs(tuple(packs) or None):
        if any(item.id == rule for item in pack.rules):
            return show_rule(pack, rule)
    raise UsageInvalid(f"没有“{rule}”这条规则，用 zhaocuo rules list 查看全部规则。")


def folders_or_shipped(folders: Sequence[Path]) -> list[Path]:
    """The packs in ``folders`` (each a pack or a folder of packs), or the shipped ones."""
    given = [pack for folder in folders for pack in pack_folders(folder) or (folder,)]
    return given or [PACKS_FOLDER / name for name in shipped_packs()]


def lint_text(folders: Sequence[Path]) -> tuple[str, bool]:
    """All problems of the packs, and whether there are none."""
    chosen = folders_or_shipped(folders)
    problems = [problem for folder in chosen for problem in lint(folder)]
    if problems:
        return "\n".join([*map(str, problems), f"共 {len(problems)} 处问题。"]), False
    return f"{len(chosen)} 个规则包没有问题。", True


def test_text(folders: Sequence[Path]) -> tuple[str, bool]:
    """What the cases beside the rules say, and whether all hold."""
    lines, good = [], True
    for folder in folders_or_shipped(folders):
        report = run_cases(folder)
        good = good and report.passed
        lines.append(report.render())
    return "\n".join(lines), good


def docs_text(folders: Sequence[Path], out: Path | None) -> str:
    """Markdown pages of the packs: as one text, or written to ``out`` with an index; then what was written."""
    packs = [load_pack(folder) for folder in folders_or_shipped(folders)]
    if out is None:
        return "\n".join(pack_readme(pack) for pack in packs).rstrip("\n")
    pages = {f"{pack.id}.md": pack_readme(pack) for pack in packs} | {"index.md": packs_index(packs)}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(f"写不了 {out}（{error.strerror}），请换一个目录。") from error
    return _written(packs, out)


def _written(packs: Sequence[Pack], out: Path) -> str:
    rules = sum(len(pack.rules) for pack in packs)
    return f"{len(packs)} 个规则包、{rules} 条规则的说明写在 {out / 'index.md'}。"


def new_text(folder: Path, rule_id: str, check: str) -> str:
    """Write the files of a new rule; what is left to do. Raises :class:`UsageInvalid` when nothing was written."""
    try:
        made = new_rule(folder, rule_id, check)
    except RuleRefused as error:
        raise UsageInvalid(str(error)) from error
    except OSError as error:
        raise OutputUnwritable(f"写不了 {folder}（{error.strerror}），请检查目录的权限。") from error
    return "\n".join(
        [
            f"写好了 {made.rule} 和 {made.cases}，参数、文字和示例取自 {made.begun_from}。",
            "在 pack.yaml 里把规则记到一个条款上，例如：",
            "",
            made.clause,
            "",
            f"然后填好【待填写】各处，用 zhaocuo rules lint {folder} 和 zhaocuo rules test {folder} 检查。",
        ]
    )
