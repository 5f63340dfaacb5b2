"""A result turned into what the scorecard template shows: grouped, sorted, labelled, nothing computed anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports import figures, labels
from reports.addresses import Address, address
from reports.cards import Cards, make_cards
from reports.freshness import Freshness, Row, make_freshness
from reports.result import AuditResult, Light, ManualLine, PassedLine, TrendPoint, Unit
from reports.sheet import Sheet, sheets
from reports.standing import Standing, group_name, standing, unit_name
from reports.text import one_line, shorten
from reports.undecided import OpenGroup, open_groups

MAX_LONG = 600
"""Characters of a threshold or a note: word lists are long."""
MAX_NEXT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LightView:
    label: str
    state: str
    state_word: str
    text: str
    newest: str
    entries: str
    address: Address | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """One thing to do, with its day."""

    day: str
    text: str
    note: str
    target: str
    """Fragment of the same page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    title: str
    id: str
    version: str
    source: str
    thresholds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How the result came about: the same on every page of one report."""

    as_of: str
    started: str
    finished: str
    run: str
    program: str
    packs: tuple[PackView, ...]
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    name: str
    kind_word: str
    group: str
    address: Address | None
    portal: str
    site_id_code: str
    void: str
    as_of: str
    standing: Standing
    lights: tuple[LightView, ...]
    next_due: tuple[NextDue, ...]
    cards: Cards
    failed: int
    leads: int
    waived: int
    freshness: Freshness
    open: tuple[OpenGroup, ...]
    undecided: int
    passed: tuple[PassedLine, ...]
    passed_total: int
    manual: tuple[ManualLine, ...]
    sheets: tuple[Sheet, ...]
    tested: str
    trend: tuple[TrendPoint, ...]
    method: Method


def make_scorecard(unit: Unit, result: AuditResult, method: Method) -> Scorecard:
    cards = make_cards(unit.findings, result.as_of)
    freshness = make_freshness(unit.columns, result.as_of)
    outcomes = [finding.outcome for finding in unit.findings]
    return Scorecard(
        name=unit_name(unit),
        kind_word=labels.UNIT_KIND[unit.kind],
        group=group_name(unit),
        address=address(unit.url) if unit.url else None,
        portal=one_line(result.portal.name or result.portal.url, 80),
        site_id_code=one_line(result.portal.site_id_code or "", 40),
        void=shorten(result.void or "", 300),
        as_of=result.as_of,
        standing=standing(unit, result),
        lights=tuple(map(make_light, unit.lights)),
        next_due=next_due(cards, freshness),
        cards=cards,
        failed=outcomes.count("failed"),
        leads=outcomes.count("lead"),
        waived=outcomes.count("waived"),
        freshness=freshness,
        open=open_groups(unit.open),
        undecided=sum(line.count for line in unit.open),
        passed=tuple(sorted(unit.passed, key=lambda line: (-line.count, line.rule))),
        passed_total=sum(line.count for line in unit.passed),
        manual=tuple(line.model_copy(update={"notes": shorten(line.notes, MAX_LONG)}) for line in unit.manual),
        sheets=sheets(unit.score.items, result),
        tested=figures.percent(unit.score.tested_share),
        trend=unit.trend if len(unit.trend) > 1 else (),
        method=method,
    )


def make_method(result: AuditResult) -> Method:
    return Method(
        as_of=result.as_of,
        started=figures.moment(result.started),
        finished=figures.moment(result.finished),
        run=one_line(result.run, 120),
        program=" ".join(part for part in (result.program, result.version) if part),
        packs=tuple(
            PackView(
                title=pack.title,
                id=pack.id,
                version=pack.version,
                source=pack.source,
                thresholds=_named(pack.thresholds.items()),
            )
            for pack in result.packs
        ),
        settings=_named(sorted(result.settings.items())),
    )


def _named(items: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one_line(name, 120), shorten(value, MAX_LONG)) for name, value in items)


def make_light(light: Light) -> LightView:
    return LightView(
        label=one_line(light.label, 40) or labels.word(labels.COLUMN_TYPE, light.column_type),
        state=light.state,
        state_word=labels.LIGHT_STATE[light.state],
        text=one_line(light.state_text, 120),
        newest=figures.iso(light.newest or ""),
        entries=f"{light.entries} 条信息" if light.entries else "",
        address=address(light.url) if light.url else None,
    )


def next_due(cards: Cards, freshness: Freshness) -> tuple[NextDue, ...]:
    """The nearest days: problems to mend, counted by rule, and columns about to go stale."""
    due: dict[tuple[str, str], list[str]] = {}
    notes: dict[tuple[str, str], str] = {}
    for group in cards.groups:
        for card in group.cards:
            if card.outcome == "failed" and card.due:
                due.setdefault((card.due, group.title), []).append(card.anchor)
                notes.setdefault((card.due, group.title), card.due_note)
    todo = [
        NextDue(
            day=day, text=title if len(found) == 1 else f"{title}（{len(found)} 处）", note=notes[day, title], target=found[0]
        )
        for (day, title), found in due.items()
    ]
    todo += [_column_due(row) for row in freshness.rows if row.status == "due-soon" and row.last_day]
    return tuple(sorted(todo, key=lambda item: (item.day, item.text))[:MAX_NEXT])


def _column_due(row: Row) -> NextDue:
    left = row.days_left or 0
    note = f"即将超期，还剩 {left} 天" if left > 0 else "检查日就是最后一天" if left == 0 else "即将超期"
    return NextDue(day=row.last_day or "", text=f"栏目“{row.name}”应有新内容", note=note, target="columns")
