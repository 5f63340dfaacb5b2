"""The few lines an audit ends with: what was found, per unit, and where the report is."""

from pathlib import Path

from audit.wording import plain
from reports.result import AuditResult, Unit
from reports.standing import NO_UNITS, listed_name, lists_no_units

MAX_UNITS = 30
"""Units named one by one; the report names all."""


def summary(result: AuditResult, out: Path | None, run: Path | None = None) -> str:
    """Plain Chinese lines for stdout."""
    lines = [f"{plain(result.portal.name)}（{result.portal.url}）检查日期 {result.as_of}"]
    if result.void:
        lines.append(f"本次运行作废：{plain(result.void)}")
    elif lists_no_units(result):
        lines.append(NO_UNITS)
    counted = result.reconciliation
    skipped, unopened = sum(counted.skipped.values()), sum(counted.failures.values())
    lines.append(f"发现地址 {counted.discovered} 个：读到 {counted.fetched}，跳过 {skipped}，打不开 {unopened}。")
    failed = sum(1 for unit in result.units for finding in unit.findings if finding.outcome == "failed")
    leads = sum(1 for unit in result.units for finding in unit.findings if finding.outcome == "lead")
    undecided = sum(line.count for unit in result.units for line in unit.open)
    lines.append(f"问题 {failed} 个，线索 {leads} 条，未能判定 {undecided} 处。")
    shown = sorted(result.units, key=lambda unit: (unit.kind != "portal", unit.kind != "government", unit.score.low, unit.name))
    lines += [_unit_line(unit) for unit in shown[:MAX_UNITS]]
    if len(shown) > MAX_UNITS:
        lines.append(f"  …… 另有 {len(shown) - MAX_UNITS} 个单位，见报告。")
    if run is not None:
        lines.append(f"运行目录：{run}（含页面原文，请按涉密资料保管）")
    if out is not None:
        lines.append(f"报告：{out / 'index.html'}")
    return "\n".join(lines)


def _unit_line(unit: Unit) -> str:
    score = f"{unit.score.low:g}" if unit.score.low == unit.score.high else f"{unit.score.low:g}–{unit.score.high:g}"
    failed = sum(1 for finding in unit.findings if finding.outcome == "failed")
    return f"  {plain(listed_name(unit))}：{unit.score.verdict}，得分 {score}，问题 {failed} 个"
