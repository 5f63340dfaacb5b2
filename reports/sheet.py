"""The score sheet: clause by clause what was judged, and what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports import figures, labels
from reports.result import AuditResult, ScoreItem
from reports.text import cut, one_line


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


def sheets(items: Iterable[ScoreItem], result: AuditResult) -> tuple[Sheet, ...]:
    """The score sheet, one table for each pack, clauses in the document's order."""
    titles = {pack.id: pack.title for pack in result.packs}
    by_pack: dict[str, list[ScoreItem]] = {}
    for item in items:
        by_pack.setdefault(item.pack, []).append(item)
    return tuple(
        Sheet(
            pack=cut(titles.get(pack, pack), 80),
            rows=tuple(map(_sheet_row, found)),
            deducted=figures.points(sum(item.deducted for item in found)),
        )
        for pack, found in by_pack.items()
    )


def _sheet_row(item: ScoreItem) -> SheetRow:
    manual = item.status == "manual"
    return SheetRow(
        clause=cut(item.clause, 60),
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
