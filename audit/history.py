"""``zhaocuo runs``: past runs listed, shown, and their trend."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from audit.folders import RunFolder, find_run, list_runs
from audit.sampling import SAMPLE_LINE
from audit.summary import summary
from audit.wording import plain
from reports.result import AuditResult, FindingLine, ResultInvalid, read_result
from rules.addresses import host_of

REJUDGED = "重新判断"
"""Setting of a result that was judged again, with other rules, another day or corrected readers."""


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
    marks = [word for word, holds in (("抽样", SAMPLE_LINE in result.settings), ("作废", result.void is not None)) if holds]
    counts = f"问题 {failed} 个  单位 {len(result.units)} 个"
    return "  ".join([run.name, plain(result.portal.name), f"检查日期 {result.as_of}", counts, *marks])


def show_run(data: Path, name: str) -> str:
    """Settings, count reconciliation and verdicts of one run."""
    run = find_run(data, name)
    result = read_result(run.result)
    counted = result.reconciliation
    lines = [summary(result, None, run.path), "数量核对："]
    lines += [f"  跳过（{reason}）{count}" for reason, count in sorted(counted.skipped.items())]
    lines += [f"  打不开（{kind}）{count}" for kind, count in sorted(counted.failures.items())]
    if result.not_due:
        lines.append(f"  未到复查时间、沿用上次所见 {result.not_due}")
    lines.append(f"请求 {result.requests} 次，未变动 {result.not_modified} 页，流量 {result.bytes / 1e6:.1f} MB。")
    lines += [f"规则包 {pack.id} {pack.version}：{pack.title}" for pack in result.packs]
    return "\n".join(plain(line) if "\n" not in line else line for line in lines)


def trend_table(data: Path, portal: str | None) -> str:
    """Score and counts of every run, by portal and oldest first; a void run shows why it has none."""
    rows: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for run in list_runs(data):
        try:
            result = read_result(run.result)
        except ResultInvalid:
            continue
        host = host_of(result.portal.url)
        if portal is None or host == host_of(portal if "://" in portal else f"http://{portal}"):
            names[host] = f"{plain(result.portal.name)}（{result.portal.url}）"
            rows[host].append(_trend_line(result))
    lines = [line for host, found in sorted(rows.items()) for line in (names[host], *found)]
    return "\n".join(lines) if lines else f"{data} 里没有可比的运行。"


def _trend_line(result: AuditResult) -> str:
    if result.void:
        return f"  {result.as_of}  作废：{plain(result.void)}"
    whole = next((unit for unit in result.units if unit.kind == "portal"), None)
    score = ""
    if whole is not None:
        low, high = f"{whole.score.low:g}", f"{whole.score.high:g}"
        score = f"  得分 {low if low == high else f'{low}–{high}'}  {whole.score.verdict}"
    failed = sum(1 for _ in _failed(result))
    leads = sum(finding.outcome == "lead" for unit in result.units for finding in unit.findings)
    again = "  （重新判断过）" if REJUDGED in result.settings else ""
    again += "  （抽样）" if SAMPLE_LINE in result.settings else ""
    return f"  {result.as_of}{score}  问题 {failed}  线索 {leads}  页面 {result.reconciliation.fetched}{again}"


def _failed(result: AuditResult) -> Iterable[FindingLine]:
    return (finding for unit in result.units for finding in unit.findings if finding.outcome == "failed")
