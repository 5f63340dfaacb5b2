"""The heat map 单位 × clause."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.result import ScoreItem, Unit
from reports.standing import listed_name
from reports.text import cut

MAX_HEAT_COLUMNS = 14
"""So many clauses fit on A4 and on a phone; the clauses most 单位 have trouble with come first."""
MANY = 5
"""From so many problems on a cell is dark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    level: str
    """``ok``, ``some``, ``many``, ``veto``, ``open``, ``none``."""
    text: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    clauses: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[HeatCell, ...]], ...]
    """(name, href, cells)"""
    left_out: tuple[str, ...]
    """Names of those to whom none of the clauses applies."""
    clauses_left_out: int


NOT_APPLICABLE = HeatCell(level="none", text="", title="不适用")


def heat_map(pairs: Sequence[tuple[Unit, str]]) -> HeatMap:
    """单位 × clause. Clauses no 单位 has trouble with are left out; the score sheets hold them."""
    trouble: Counter[tuple[str, str]] = Counter()
    shared = {(item.pack, item.clause) for unit, _ in pairs if unit.kind != "portal" for item in unit.score.items}
    titles: dict[tuple[str, str], str] = {}
    for unit, _ in pairs:
        for item in unit.score.items:
            titles.setdefault((item.pack, item.clause), cut(item.title, 16))
            if item.status != "manual" and (item.findings or item.undecided):
                trouble[item.pack, item.clause] += 100 if item.findings else 1
    # What only the portal itself answers for has one cell a column: it comes last.
    chosen = sorted(sorted(trouble, key=lambda key: (key not in shared, -trouble[key], key))[:MAX_HEAT_COLUMNS])
    rows = [(listed_name(unit), href, _cells(unit, chosen)) for unit, href in pairs] if chosen else []
    return HeatMap(
        clauses=tuple(titles[key] for key in chosen),
        rows=tuple(row for row in rows if _tells(row[2])),
        left_out=tuple(name for name, _, cells in rows if not _tells(cells)),
        clauses_left_out=len(trouble) - len(chosen),
    )


def _tells(cells: Sequence[HeatCell]) -> bool:
    return any(cell is not NOT_APPLICABLE for cell in cells)


def _cells(unit: Unit, clauses: Sequence[tuple[str, str]]) -> tuple[HeatCell, ...]:
    items = {(item.pack, item.clause): item for item in unit.score.items}
    return tuple(_cell(items[key]) if key in items else NOT_APPLICABLE for key in clauses)


def _cell(item: ScoreItem) -> HeatCell:
    open_note = f"，另有 {item.undecided} 项未定" if item.undecided else ""
    title = f"{item.findings} 个问题{open_note}"
    if item.kind == "veto" and item.outcome == "failed":
        return HeatCell(level="veto", text="否", title=f"触及单项否决，{title}")
    if item.findings:
        return HeatCell(level="many" if item.findings >= MANY else "some", text=str(min(item.findings, 999)), title=title)
    if item.undecided or item.outcome in {"untested", "cant_tell", "error"}:
        return HeatCell(level="open", text="?", title=f"{item.undecided or 1} 项未能检测或无法判定")
    if item.outcome == "inapplicable":
        return NOT_APPLICABLE
    if item.outcome == "waived":
        return HeatCell(level="ok", text="免", title="已豁免")
    return HeatCell(level="ok", text="✓", title="没有发现问题")
