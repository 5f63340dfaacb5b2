"""A result turned into what the scorecard template shows: grouped, sorted, labelled, nothing computed anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports import figures, labels
from reports.addresses import Address, address
from reports.cards import Cards, make_cards
from reports.due import Agenda, make_agenda
from reports.exempt import Exempt, make_exempt
from reports.freshness import Freshness, make_freshness
from reports.progress import Ledger, Progress, make_progress
from reports.result import CONTACT, AuditResult, Light, ManualLine, PassedLine, Unit
from reports.sheet import Sheet, sheets
from reports.standing import Standing, group_name, standing, unit_name
from reports.text import one_line, shorten
from reports.trend import Trend, make_trend
from reports.undecided import OpenGroup, open_groups

MAX_LONG = 600
"""Characters of a threshold or a note: word lists are long."""


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
    not_due: int
    """Addresses that had not changed for a while and were not asked for."""
    cut_pages: int
    """Pages with more links than were followed."""
    contact: str
    """Where to raise an objection; empty: the operator has not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    name: str
    group: str
    address: Address | None
    portal: str
    site_id_code: str
    void: str
    as_of: str
    standing: Standing
    lights: tuple[LightView, ...]
    agenda: Agenda
    progress: Progress
    cards: Cards
    failed: int
    leads: int
    waived: int
    exempt: Exempt
    freshness: Freshness
    open: tuple[OpenGroup, ...]
    undecided: int
    passed: tuple[PassedLine, ...]
    passed_total: int
    manual: tuple[ManualLine, ...]
    sheets: tuple[Sheet, ...]
    tested: str
    trend: Trend | None
    method: Method


def make_scorecard(unit: Unit, result: AuditResult, method: Method, ledger: Ledger | None = None) -> Scorecard:
    """``ledger``: made of ``result``, once for all its scorecards."""
    cards = make_cards(unit.findings, result.as_of)
    freshness = make_freshness(unit.columns, result.as_of)
    progress = make_progress(unit, ledger or Ledger.of(result), result.as_of)
    outcomes = [finding.outcome for finding in unit.findings]
    return Scorecard(
        name=unit_name(unit),
        group=group_name(unit),
        address=address(unit.url) if unit.url else None,
        portal=one_line(result.portal.name or result.portal.url, 80),
        site_id_code=one_line(result.portal.site_id_code or "", 40),
        void=shorten(result.void or "", 300),
        as_of=result.as_of,
        standing=standing(unit, result),
        lights=tuple(map(make_light, unit.lights)),
        agenda=make_agenda(unit, cards, freshness, progress, result.as_of),
        progress=progress,
        cards=cards,
        failed=outcomes.count("failed"),
        leads=outcomes.count("lead"),
        waived=outcomes.count("waived"),
        exempt=make_exempt([(unit, "")], result.as_of),
        freshness=freshness,
        open=open_groups(unit.open),
        undecided=sum(line.count for line in unit.open),
        passed=tuple(sorted(unit.passed, key=lambda line: (-line.count, line.rule))),
        passed_total=sum(line.count for line in unit.passed),
        manual=tuple(line.model_copy(update={"notes": shorten(line.notes, MAX_LONG)}) for line in unit.manual),
        sheets=sheets(unit.score.items, result),
        tested=figures.percent(unit.score.tested_share),
        trend=make_trend(unit.trend, unit.score.pass_mark),
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
        not_due=result.not_due,
        cut_pages=result.cut_pages,
        contact=one_line(result.settings.get(CONTACT, ""), 200),
    )


def _named(items: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one_line(name, 120), shorten(value, MAX_LONG)) for name, value in items)


def make_light(light: Light) -> LightView:
    entries = f"{light.entries} 条" if light.entries else ""
    return LightView(
        label=one_line(light.label, 40) or labels.word(labels.COLUMN_TYPE, light.column_type),
        state=light.state,
        state_word=labels.LIGHT_STATE[light.state],
        text=one_line(light.state_text, 120),
        newest=figures.iso(light.newest or ""),
        entries="" if entries in light.state_text else f"{entries}信息",
        address=address(light.url) if light.url else None,
    )
