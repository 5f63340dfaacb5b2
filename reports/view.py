"""A result turned into what the scorecard template shows: grouped, sorted, labelled, nothing computed anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import figures, labels
from reports.cards import Address, Cards, address, make_cards
from reports.freshness import Freshness, Row, make_freshness
from reports.result import AuditResult, Light, ManualLine, OpenLine, PassedLine, ScoreItem, TrendPoint, Unit
from reports.standing import Standing, group_name, standing, unit_name
from reports.text import one_line, shorten

MAX_OPEN = 600
MAX_NEXT = 5
OPEN_OUTCOMES = ("untested", "cant_tell", "error")


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
class OpenRow:
    rule: str
    subject: str
    message: str
    address: Address | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGroup:
    outcome: str
    word: str
    meaning: str
    total: int
    rows: tuple[OpenRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    clause: str
    title: str
    kind: str
    kind_word: str
    method: str
    outcome: str
    outcome_word: str
    amount: str
    amount_note: str
    deducted: str
    at_most: str
    share: float
    """Of the clause's points that are lost, 0 to 1, for the bar."""
    findings: int
    undecided: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    pack: str
    rows: tuple[SheetRow, ...]
    deducted: str


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
        manual=unit.manual,
        sheets=sheets(unit.score.items, result),
        tested=figures.percent(unit.score.tested_share),
        trend=unit.trend if len(unit.trend) > 1 and not result.void else (),
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
                title=pack.title, id=pack.id, version=pack.version, source=pack.source, thresholds=tuple(pack.thresholds.items())
            )
            for pack in result.packs
        ),
        settings=tuple(sorted(result.settings.items())),
    )


def make_light(light: Light) -> LightView:
    return LightView(
        label=one_line(light.label, 40) or labels.word(labels.COLUMN_TYPE, light.column_type),
        state=light.state,
        state_word=labels.LIGHT_STATE[light.state],
        text=one_line(light.state_text, 120),
        newest=light.newest or "",
        entries="" if light.entries is None else f"{light.entries} 条信息",
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
    left = f"，还剩 {row.days_left} 天" if row.days_left is not None and row.days_left >= 0 else ""
    return NextDue(day=row.last_day or "", text=f"栏目“{row.name}”应有新内容", note=f"即将超期{left}", target="columns")


def open_groups(lines: Sequence[OpenLine]) -> tuple[OpenGroup, ...]:
    groups = []
    for outcome in OPEN_OUTCOMES:
        found = [line for line in lines if line.outcome == outcome]
        found.sort(key=lambda line: (line.rule, line.message, line.subject, line.url))
        if found:
            groups.append(
                OpenGroup(
                    outcome=outcome,
                    word=labels.OUTCOME[outcome],
                    meaning=labels.OUTCOME_MEANING[outcome],
                    total=sum(line.count for line in found),
                    rows=tuple(map(_open_row, found[:MAX_OPEN])),
                    left_out=max(0, len(found) - MAX_OPEN),
                )
            )
    return tuple(groups)


def _open_row(line: OpenLine) -> OpenRow:
    return OpenRow(
        rule=one_line(line.rule_title or line.rule, 80),
        subject=one_line(line.subject, 120),
        message=shorten(line.message, 300),
        address=address(line.url) if line.url else None,
        count=line.count,
    )


def sheets(items: Iterable[ScoreItem], result: AuditResult) -> tuple[Sheet, ...]:
    """The score sheet, one table for each pack, clauses in the document's order."""
    titles = {pack.id: pack.title for pack in result.packs}
    by_pack: dict[str, list[ScoreItem]] = {}
    for item in items:
        by_pack.setdefault(item.pack, []).append(item)
    return tuple(
        Sheet(
            pack=titles.get(pack, pack),
            rows=tuple(map(_sheet_row, found)),
            deducted=figures.points(sum(item.deducted for item in found)),
        )
        for pack, found in by_pack.items()
    )


def _sheet_row(item: ScoreItem) -> SheetRow:
    manual = item.status == "manual"
    return SheetRow(
        clause=item.clause,
        title=one_line(item.title, 160),
        kind=item.kind,
        kind_word=labels.CLAUSE_KIND[item.kind],
        method=labels.CLAUSE_STATUS[item.status],
        outcome="manual" if manual else item.outcome,
        outcome_word=labels.CLAUSE_STATUS["manual"] if manual else labels.OUTCOME[item.outcome],
        amount="—" if item.points is None else f"{figures.points(item.points)} 分",
        amount_note="" if item.points is None or item.official else "本地设定",
        deducted=figures.points(item.deducted) if item.deducted else "—",
        at_most=figures.points(item.deducted_at_most) if item.deducted_at_most > item.deducted else "",
        share=min(1.0, item.deducted / item.points) if item.points else 0.0,
        findings=item.findings,
        undecided=item.undecided,
        source=one_line(item.source, 200),
    )
