"""How the night went for one portal, read from what its audit left behind; nothing is taken on the exit code's word alone."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from audit.nightly.pool import JobEnd
from audit.run import EXIT_CLEAN, EXIT_FINDINGS, EXIT_RULE_ERROR, EXIT_UNREACHABLE, EXIT_USAGE
from audit.wording import plain
from reports.result import AuditResult, ResultInvalid, Unit, read_result

RESULT_NAME = "result.json"
_LOG_TAIL_BYTES = 4_000
_REASON_LENGTH = 200


class Ending(StrEnum):
    """What became of one portal's audit; the values stand in ``nightly.json``."""

    CLEAN = "clean"
    FINDINGS = "findings"
    RULE_ERROR = "rule-error"
    VOID = "void"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    REFUSED = "refused"
    """The audit said why it could not be done: a disk that is full, a pack that broke overnight."""
    CRASHED = "crashed"
    STOPPED = "stopped"
    """The night was ended before this portal was done."""


ENDING_WORDS = {
    Ending.CLEAN: "没有问题",
    Ending.FINDINGS: "有问题",
    Ending.RULE_ERROR: "部分规则出错",
    Ending.VOID: "作废",
    Ending.UNREACHABLE: "打不开",
    Ending.TIMED_OUT: "超时",
    Ending.REFUSED: "没有检查",
    Ending.CRASHED: "程序意外结束",
    Ending.STOPPED: "中途停止",
}
_BY_CODE = {EXIT_CLEAN: Ending.CLEAN, EXIT_FINDINGS: Ending.FINDINGS, EXIT_RULE_ERROR: Ending.RULE_ERROR}
AUDITED = frozenset(_BY_CODE.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalNight:
    """One line of the night's summary; figures are None where there is no new result."""

    name: str
    url: str
    ending: Ending
    exit_code: int | None
    seconds: float
    report: Path
    log: Path
    reason: str = ""
    """Why there is no result, or none that counts."""
    run: str = ""
    failed: int | None = None
    leads: int | None = None
    new: int | None = None
    """Problems that are new or came back; None: nothing to compare with."""
    fixed: int | None = None
    due_soon: int | None = None
    low: float | None = None
    high: float | None = None
    verdict: str = ""


def stamp(report: Path) -> int:
    """What tells a new result in ``report`` from the one of last night; 0: there is none."""
    try:
        return (report / RESULT_NAME).stat().st_mtime_ns
    except OSError:
        return 0


def portal_night(end: JobEnd, report: Path, before: int) -> PortalNight:
    """``before``: the :func:`stamp` of ``report`` when the audit began."""
    portal, log = end.job.portal, end.job.log
    result = _new_result(report, before)
    ending = _ending(end, result)
    figures = _figures(result) if result is not None else {}
    reason = "" if ending in AUDITED else _reason(ending, end, result)
    return PortalNight(
        name=portal.name if result is None or portal.name != portal.host else plain(result.portal.name),
        url=portal.url,
        ending=ending,
        exit_code=end.exit_code,
        seconds=round(end.seconds, 1),
        report=report,
        log=log,
        reason=reason,
        **figures,  # type: ignore[arg-type]  # the fields of PortalNight by name
    )


def _new_result(report: Path, before: int) -> AuditResult | None:
    if stamp(report) == before:
        return None
    try:
        return read_result(report / RESULT_NAME)
    except ResultInvalid:
        return None


def _ending(end: JobEnd, result: AuditResult | None) -> Ending:
    if end.timed_out or end.stopped:
        return Ending.TIMED_OUT if end.timed_out else Ending.STOPPED
    if end.exit_code == EXIT_UNREACHABLE:
        return Ending.VOID if result is not None and result.void else Ending.UNREACHABLE
    if end.exit_code == EXIT_USAGE:
        return Ending.REFUSED
    # an uncaught exception ends with 1 as well: without a new result nothing was audited
    return _BY_CODE.get(end.exit_code, Ending.CRASHED) if result is not None and end.exit_code is not None else Ending.CRASHED


def _figures(result: AuditResult) -> dict[str, object]:
    findings = [finding for unit in result.units for finding in unit.findings]
    failed = [finding for finding in findings if finding.outcome == "failed"]
    compared = any(finding.change for finding in findings) or any(unit.fixed for unit in result.units)
    whole: Unit | None = next((unit for unit in result.units if unit.kind == "portal"), None)
    return {
        "run": result.run,
        "failed": len(failed),
        "leads": sum(finding.outcome == "lead" for finding in findings),
        "new": sum(finding.change in {"new", "reopened"} for finding in failed) if compared else None,
        "fixed": sum(len(unit.fixed) for unit in result.units) if compared else None,
        "due_soon": sum(len(unit.due_soon) for unit in result.units),
        "low": whole.score.low if whole else None,
        "high": whole.score.high if whole else None,
        "verdict": whole.score.verdict if whole else "",
    }


def _reason(ending: Ending, end: JobEnd, result: AuditResult | None) -> str:
    if ending is Ending.TIMED_OUT:
        return f"超过了 {end.job.portal.hours:g} 小时的时限，已抓到的内容保存在运行目录里。"
    if ending is Ending.STOPPED:
        return "这一夜被中途停止，下一夜会重新检查。"
    if ending is Ending.VOID and result is not None:
        return plain(result.void or "")[:_REASON_LENGTH]
    return _last_words(end.job.log) or f"没有留下说明（退出码 {end.exit_code}）。"


def _last_words(log: Path) -> str:
    """Last line of what the audit said."""
    try:
        with log.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _LOG_TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    lines = [plain(line).strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:_REASON_LENGTH] if lines else ""
