"""``zhaocuo runs``: past runs listed, shown and compared."""

from collections.abc import Iterable
from pathlib import Path

from audit.errors import RunNotFound
from audit.folders import RunFolder, find_run, list_runs
from audit.summary import summary
from audit.wording import plain
from reports.result import AuditResult, FindingLine, ResultInvalid, read_result


def list_table(data: Path) -> str:
    """One line a run, newest last."""
    lines = [_list_line(run) for run in list_runs(data)]
    return "\n".join(lines) if lines else f"{data} 里还没有运行。"


def _list_line(run: RunFolder) -> str:
    try:
        result = read_result(run.result)
    except ResultInvalid:
        return f"{run.name}  （没有结果：未完成或只做了 discover）"
    failed = sum(1 for finding in _failed(result))
    void = "  作废" if result.void else ""
    return (
        f"{run.name}  {plain(result.portal.name)}  检查日期 {result.as_of}  问题 {failed} 个  单位 {len(result.units)} 个{void}"
    )


def show_run(data: Path, name: str) -> str:
    """Settings, count reconciliation and verdicts of one run."""
    run = find_run(data, name)
    result = read_result(run.result)
    counted = result.reconciliation
    lines = [summary(result, None, run.path), "数量核对："]
    lines += [f"  跳过（{reason}）{count}" for reason, count in sorted(counted.skipped.items())]
    lines += [f"  打不开（{kind}）{count}" for kind, count in sorted(counted.failures.items())]
    lines.append(f"请求 {result.requests} 次，未变动 {result.not_modified} 页，流量 {result.bytes / 1e6:.1f} MB。")
    lines += [f"规则包 {pack.id} {pack.version}：{pack.title}" for pack in result.packs]
    return "\n".join(plain(line) if "\n" not in line else line for line in lines)


def compare_runs(data: Path, earlier: str, later: str) -> str:
    """Newly failing first, then gone, then unchanged; warns when what was compared differs."""
    first, second = (read_result(find_run(data, name).result) for name in (earlier, later))
    if first.portal.url != second.portal.url:
        raise RunNotFound(f"两次运行检查的不是同一个门户（{first.portal.url} 与 {second.portal.url}），无法比较。")
    before = {finding.fingerprint: finding for finding in _failed(first)}
    after = {finding.fingerprint: finding for finding in _failed(second)}
    new = [after[key] for key in after.keys() - before.keys()]
    gone = [before[key] for key in before.keys() - after.keys()]
    kept = [after[key] for key in after.keys() & before.keys()]
    lines = [
        f"{first.as_of} → {second.as_of}：新出现 {len(new)}，不再出现 {len(gone)}，仍存在 {len(kept)}。",
        *_warnings(first, second),
    ]
    for title, findings in (("新出现", new), ("不再出现（须再次看到正常才算整改完成）", gone), ("仍存在", kept)):
        if findings:
            lines.append(f"{title}：")
            lines += _finding_lines(findings)
    return "\n".join(lines)


def _finding_lines(findings: Iterable[FindingLine]) -> list[str]:
    ordered = sorted(findings, key=lambda finding: (finding.department or "", finding.rule, finding.url))
    return [f"  {plain(finding.department or '门户')}  {finding.rule_title}  {plain(finding.url)}" for finding in ordered]


def _warnings(first: AuditResult, second: AuditResult) -> list[str]:
    lines = []
    if {(pack.id, pack.version) for pack in first.packs} != {(pack.id, pack.version) for pack in second.packs}:
        lines.append("注意：两次使用的规则包不同，差别可能来自规则而不是网站。")
    if {unit.name for unit in first.units} != {unit.name for unit in second.units}:
        lines.append("注意：两次检查到的单位不同。")
    pages = (first.reconciliation.fetched, second.reconciliation.fetched)
    if min(pages) * 10 < max(pages) * 9:
        lines.append(f"注意：两次读到的页面数相差较大（{pages[0]} 与 {pages[1]}）。")
    if first.void or second.void:
        lines.append("注意：其中有作废的运行，比较没有意义。")
    return lines


def _failed(result: AuditResult) -> Iterable[FindingLine]:
    return (finding for unit in result.units for finding in unit.findings if finding.outcome == "failed")
