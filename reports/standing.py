"""Where a 单位 stands, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import figures, labels
from reports.cards import is_asked
from reports.result import AuditResult, FindingLine, Unit
from reports.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    tone: str
    """``good``, ``bad``, ``open`` (provisional or untested) or ``void``: colour and sign, beside the words."""
    verdict: str
    score: str
    """``86.5``, ``71～86.5`` or ``—``."""
    low: float | None
    high: float | None
    median: float | None
    """Of the group, where others are in it."""
    pass_mark: float | None
    sentence: str
    """The first thing a reader sees: score, verdict, rank, median, change."""
    next_sentence: str
    """What there is to do, or that there is nothing."""
    change: str
    """Signed difference to the run before, empty where there is none to tell."""


def group_name(unit: Unit) -> str:
    return one_line(unit.group, 60) or labels.UNIT_KIND[unit.kind]


def unit_name(unit: Unit) -> str:
    return one_line(unit.name, 80) or "（名称未读到）"


NO_UNITS = (
    "没有找到单位名单，只检查了门户网站和政府本级，各单位的政府信息公开没有检测。"
    "网站上有单位名单的，请用 zhaocuo discover 写出 portal.yaml，补上单位后再检查。"
)


def lists_no_units(result: AuditResult) -> bool:
    """Whether the run knows no 单位 beside the portal and its government: a gap that nobody would see on their cards."""
    return all(unit.kind in {"portal", "government"} for unit in result.units)


def listed_name(unit: Unit) -> str:
    """The name in a list of several: a portal bears the name of its government, which is a 单位 beside it."""
    return labels.UNIT_KIND["portal"] if unit.kind == "portal" else unit_name(unit)


def standing(unit: Unit, result: AuditResult) -> Standing:
    """A void run says nothing of anybody, and an untested 单位 has no score: neither shows a number."""
    if result.void:
        return _without_score("void", "本次作废", f"本次检查作废，不对{unit_name(unit)}作任何评价。", result.void)
    if unit.score.verdict == "未检测":
        sentence = f"{unit_name(unit)}本次未能检测，不评分，也不视为有问题。"
        return _without_score("open", "未检测", sentence, "未能检测的内容和原因见下文。")
    score = unit.score
    return Standing(
        tone=_tone(score.verdict),
        verdict=score.verdict,
        score=score_text(unit),
        low=score.low,
        high=score.high,
        median=unit.group_median if (unit.group_size or 0) > 1 else None,
        pass_mark=score.pass_mark,
        sentence=f"{unit_name(unit)}{_score_part(unit)}{_rank_part(unit)}{_change_part(unit)}。",
        next_sentence=_todo(unit, result.as_of),
        change=change(unit),
    )


def score_text(unit: Unit) -> str:
    low, high = figures.points(unit.score.low), figures.points(unit.score.high)
    return low if low == high else f"{low}～{high}"


def change(unit: Unit) -> str:
    """Only between two certain scores: a range has no difference."""
    if unit.previous is None or figures.points(unit.score.low) != figures.points(unit.score.high):
        return ""
    difference = round(unit.score.low - unit.previous, 2)
    return "0" if not difference else ("+" if difference > 0 else "-") + figures.points(abs(difference))


def _without_score(tone: str, verdict: str, sentence: str, reason: str) -> Standing:
    return Standing(
        tone=tone,
        verdict=verdict,
        score="—",
        low=None,
        high=None,
        median=None,
        pass_mark=None,
        sentence=sentence,
        next_sentence=one_line(reason, 300),
        change="",
    )


def _tone(verdict: str) -> str:
    return {"合格": "good", "不合格": "bad"}.get(verdict, "open")


def _score_part(unit: Unit) -> str:
    score = unit.score
    vetoes = "".join(f"“{one_line(title, 60)}”" for title in score.vetoes)
    if vetoes:
        return f"触及单项否决{vetoes}，判定为{score.verdict}"
    share = f"（已检测 {figures.percent(score.tested_share)}）" if score.verdict.startswith("暂定") else ""
    if figures.points(score.low) == figures.points(score.high):
        return f"得 {score_text(unit)} 分，{score.verdict}{share}"
    return f"得分在 {figures.points(score.low)} 至 {figures.points(score.high)} 分之间，{score.verdict}{share}"


def _rank_part(unit: Unit) -> str:
    median = "" if unit.group_median is None else f"中位数 {figures.points(unit.group_median)} 分"
    if unit.rank is not None and unit.group_size and unit.group_size > 1:
        place = f"，在“{group_name(unit)}” {unit.group_size} 个单位中排第 {unit.rank}"
        return f"{place}（{median}）" if median else place
    return f"，同组{median}" if median and (unit.group_size or 0) > 1 else ""


def _change_part(unit: Unit) -> str:
    difference = change(unit)
    if unit.previous is None:
        return ""
    if not difference:
        return f"，上次为 {figures.points(unit.previous)} 分"
    if difference == "0":
        return "，与上次持平"
    return f"，比上次{'提高' if difference[0] == '+' else '下降'} {difference[1:]} 分"


def _todo(unit: Unit, as_of: str) -> str:
    failed = [finding for finding in unit.findings if finding.outcome == "failed"]
    leads = sum(finding.outcome == "lead" for finding in unit.findings)
    undecided = sum(line.count for line in unit.open)
    parts = []
    if failed:
        parts.append(f"有 {len(failed)} 个问题需要整改{_new_part(failed)}{_due_part(failed, as_of)}")
    elif undecided or unit.score.tested_share < 1:
        parts.append("在已检测的内容中没有发现问题")
    else:
        parts.append("没有发现需要整改的问题")
    if unit.fixed:
        parts.append(f"上次以来已整改 {len(unit.fixed)} 个")
    if leads:
        parts.append(f"{leads} 条线索待人工确认")
    if undecided:
        parts.append(f"{undecided} 项未能检测或无法判定，不计入得分")
    return "；".join(parts) + "。"


def _new_part(failed: Sequence[FindingLine]) -> str:
    changes = [finding.change for finding in failed]
    parts = [f"{labels.CHANGE[change]} {changes.count(change)} 个" for change in ("new", "reopened") if change in changes]
    return f"（{'、'.join(parts)}）" if parts else ""


def _due_part(failed: Sequence[FindingLine], as_of: str) -> str:
    days = sorted(finding.due for finding in failed if finding.due and is_asked(finding))
    overdue = sum(day < as_of for day in days)
    coming = next((day for day in days if day >= as_of), None)
    late = f"，其中 {overdue} 个已超过整改期限" if overdue else ""
    return late + (f"，最近一个期限是{figures.day(coming)}" if coming else "")
