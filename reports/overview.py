"""The overview of all 单位: ranking, heat map, what is most urgent, and whether the run can be trusted."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import figures, labels
from reports.addresses import Address, address
from reports.cards import is_overdue
from reports.changes import Changes, make_changes
from reports.exempt import Exempt, make_exempt
from reports.freshness import Row, make_row
from reports.health import Health, health
from reports.heat import HeatMap, heat_map
from reports.result import AuditResult, Unit
from reports.standing import NO_UNITS, Standing, group_name, listed_name, lists_no_units, standing, unit_name
from reports.text import one_line, shorten
from reports.trend import Trend, make_trend
from reports.urgent import UrgentList, problems, urgent_list
from reports.view import LightView, Method, make_light

MAX_COLUMNS = 200
MAX_EXEMPT = 50
COLUMN_LISTS = ("empty", "stale", "due-soon")


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    name: str
    href: str
    rank: str
    standing: Standing
    failed: int
    leads: int
    undecided: int
    new: int
    """New or come back since the last run."""
    fixed: int
    overdue: int
    tested: str
    lights: tuple[LightView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankGroup:
    name: str
    rows: tuple[RankRow, ...]
    median: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnList:
    status: str
    word: str
    total: int
    rows: tuple[tuple[str, str, Row], ...]
    """(单位, its scorecard, row)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    portal: str
    address: Address
    site_id_code: str
    as_of: str
    void: str
    sentence: str
    verdicts: tuple[tuple[str, int], ...]
    portal_row: RankRow | None
    groups: tuple[RankGroup, ...]
    heat: HeatMap
    urgent: UrgentList
    changes: Changes
    exempt: Exempt
    rescored: bool
    """Whether any 单位 has an earlier score to be compared with."""
    trend: Trend | None
    """Of the portal as a whole."""
    columns: tuple[ColumnList, ...]
    health: Health
    outcomes: tuple[tuple[str, str, int], ...]
    failed: int
    leads: int
    undecided: int
    unit_count: int
    gap: str
    """What the run did not see although it ended well, as a sentence; ``""``: nothing of the kind."""
    method: Method


def make_overview(result: AuditResult, hrefs: Sequence[str], method: Method) -> Overview:
    """``hrefs``: the scorecards' addresses in the order of ``result.units``."""
    pairs = list(zip(result.units, hrefs, strict=True))
    rows = [(unit, make_rank_row(unit, href, result)) for unit, href in pairs]
    units = [(unit, row) for unit, row in rows if unit.kind != "portal"]
    found = problems(pairs)
    failed = sum(row.failed for _, row in rows)
    leads = sum(row.leads for _, row in rows)
    undecided = sum(row.undecided for _, row in rows)
    verdicts = _count([row.standing.verdict for _, row in units])
    return Overview(
        portal=one_line(result.portal.name or result.portal.url, 80),
        address=address(result.portal.url),
        site_id_code=one_line(result.portal.site_id_code or "", 40),
        as_of=result.as_of,
        void=shorten(result.void or "", 300),
        sentence=_sentence(result, verdicts, failed=failed, leads=leads, undecided=undecided),
        verdicts=verdicts,
        portal_row=next((row for unit, row in rows if unit.kind == "portal"), None),
        groups=rank_groups(units),
        heat=heat_map(pairs),
        urgent=urgent_list(found, result.as_of, lambda _: True),
        rescored=any(unit.previous is not None for unit in result.units),
        changes=make_changes(pairs, found, result.as_of),
        exempt=make_exempt(pairs, result.as_of, most=MAX_EXEMPT),
        trend=next((make_trend(unit.trend, unit.score.pass_mark) for unit in result.units if unit.kind == "portal"), None),
        columns=column_lists(pairs, result.as_of),
        health=health(result),
        outcomes=tuple((name, labels.word(labels.OUTCOME, name), result.outcomes[name]) for name in _in_order(result.outcomes)),
        failed=failed,
        leads=leads,
        undecided=undecided,
        unit_count=len(units),
        gap=NO_UNITS if lists_no_units(result) and not result.void else "",
        method=method,
    )


def make_rank_row(unit: Unit, href: str, result: AuditResult) -> RankRow:
    outcomes = [finding.outcome for finding in unit.findings]
    return RankRow(
        name=unit_name(unit),
        href=href,
        rank="—" if unit.rank is None else str(unit.rank),
        standing=standing(unit, result),
        failed=outcomes.count("failed"),
        leads=outcomes.count("lead"),
        undecided=sum(line.count for line in unit.open),
        new=sum(finding.outcome == "failed" and finding.change in {"new", "reopened"} for finding in unit.findings),
        fixed=len(unit.fixed),
        overdue=sum(is_overdue(finding, result.as_of) for finding in unit.findings),
        tested=figures.percent(unit.score.tested_share),
        lights=tuple(map(make_light, unit.lights)),
    )


def rank_groups(units: Sequence[tuple[Unit, RankRow]]) -> tuple[RankGroup, ...]:
    """Groups in the portal's own order; ranked 单位 first, the untested last."""
    groups: dict[str, list[tuple[Unit, RankRow]]] = {}
    for unit, row in units:
        groups.setdefault(group_name(unit), []).append((unit, row))
    result = []
    for name, members in groups.items():
        members.sort(key=lambda pair: (pair[0].rank is None, pair[0].rank or 0, -pair[0].score.low, pair[1].name))
        result.append(
            RankGroup(name=name, rows=tuple(row for _, row in members), median=_median(members) if len(members) > 1 else "")
        )
    return tuple(result)


def _median(members: Sequence[tuple[Unit, RankRow]]) -> str:
    """The result's own median; where it carries none, that of the lower ends of the scores."""
    given = next((unit.group_median for unit, _ in members if unit.group_median is not None), None)
    scores = [row.standing.low for _, row in members if row.standing.low is not None]
    return figures.points(given if given is not None else statistics.median(scores)) if scores else ""


def column_lists(pairs: Sequence[tuple[Unit, str]], as_of: str) -> tuple[ColumnList, ...]:
    result = []
    for status in COLUMN_LISTS:
        found = [(listed_name(unit), href, column) for unit, href in pairs for column in unit.columns if column.status == status]
        if found:
            rows = [(name, href, make_row(column, as_of)) for name, href, column in found[: MAX_COLUMNS * 10]]
            rows.sort(key=lambda item: (item[2].days_left if item[2].days_left is not None else 0, item[0], item[2].name))
            result.append(
                ColumnList(status=status, word=labels.COLUMN_STATUS[status], total=len(found), rows=tuple(rows[:MAX_COLUMNS]))
            )
    return tuple(result)


def _in_order(outcomes: Mapping[str, int]) -> list[str]:
    known = [name for name in labels.OUTCOME if name in outcomes]
    return known + sorted(set(outcomes) - set(known))


def _count(words: Sequence[str]) -> tuple[tuple[str, int], ...]:
    order = ("合格", "暂定合格", "暂定", "暂定不合格", "不合格", "未检测", "本次作废")
    return tuple((word, words.count(word)) for word in order if word in words)


def _sentence(result: AuditResult, verdicts: Sequence[tuple[str, int]], *, failed: int, leads: int, undecided: int) -> str:
    name = one_line(result.portal.name or result.portal.url, 80)
    if result.void:
        return f"本次对{name}的检查作废，不对任何单位作出评价。"
    shares = "，".join(f"{word} {count} 个" for word, count in verdicts)
    found = f"发现 {failed} 个问题、{leads} 条线索" if failed or leads else "没有发现问题"
    rest = f"；另有 {undecided} 项未能检测或无法判定，不计入得分" if undecided else ""
    checked = sum(count for _, count in verdicts)
    shares = shares or "名单为空"
    return f"截至{figures.day(result.as_of)}，{name}共检查 {checked} 个单位：{shares}；{found}{rest}。"
