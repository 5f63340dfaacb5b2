"""接下来要做的: the nearest days of problems to mend, of columns about to go stale, of tickets."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports import figures
from reports.cards import Card, Cards, Folded
from reports.freshness import Freshness
from reports.progress import Progress
from reports.result import DueSoonLine, Unit
from reports.text import one_line

MAX_NEXT = 6
SOON_DAYS = 7
"""From so many calendar days on a line is drawn as pressing; only a matter of drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """One thing to do, with its day."""

    day: str
    text: str
    left: str
    """``已超期 2 天``, ``还剩 3 天``."""
    tone: str
    """``late``, ``soon`` or ``later``."""
    note: str
    target: str
    """Fragment of the same page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    items: tuple[NextDue, ...]
    total: int
    """With those that are not listed."""


def make_agenda(unit: Unit, cards: Cards, freshness: Freshness, progress: Progress, as_of: str) -> Agenda:
    """The ``MAX_NEXT`` nearest; problems of one rule and day are one line."""
    found = [*_problems(cards, as_of), *_columns(unit, freshness, as_of), *_tickets(unit, progress, as_of)]
    found.sort(key=lambda item: (item.day, item.text))
    return Agenda(items=tuple(found[:MAX_NEXT]), total=len(found))


def _problems(cards: Cards, as_of: str) -> Iterator[NextDue]:
    due: dict[tuple[str, str, str], list[str]] = {}
    for group in cards.groups:
        for card in group.cards:
            lines: list[tuple[str, Card | Folded]] = [(group.title, card), *((line.title, line) for line in card.folded)]
            for title, each in lines:
                if each.asked and each.due:
                    due.setdefault((each.due, title, "期限暂定" if each.provisional else ""), []).append(each.anchor)
    for (day, title, note), found in due.items():
        yield _line(day, as_of, title if len(found) == 1 else f"{title}（{len(found)} 处）", note=note, target=found[0])


def _columns(unit: Unit, freshness: Freshness, as_of: str) -> Iterator[NextDue]:
    """What the audit warns of, and columns whose last day follows from their period."""
    warned = {line.url for line in unit.due_soon if line.kind == "column"}
    for line in unit.due_soon:
        if line.kind == "column":
            yield _warning(line, as_of, f"栏目“{one_line(line.title, 80)}”应有新内容", "columns")
    for row in freshness.rows:
        if row.status == "due-soon" and row.last_day and row.address.text not in warned:
            yield _line(row.last_day, as_of, f"栏目“{row.name}”应有新内容", target="columns")


def _tickets(unit: Unit, progress: Progress, as_of: str) -> Iterator[NextDue]:
    """Tickets that no finding of this run stands for: those have their card's day already."""
    shown = {(finding.url, finding.due) for finding in unit.findings}
    for line in unit.due_soon:
        if line.kind == "ticket" and (line.url, line.due) not in shown:
            yield _warning(line, as_of, one_line(line.title, 120), "progress" if progress.tickets else "findings")


def _warning(line: DueSoonLine, as_of: str, text: str, target: str) -> NextDue:
    return _line(line.due, as_of, text, note="期限暂定" if line.provisional else "", target=target)


def _line(day: str, as_of: str, text: str, *, note: str = "", target: str) -> NextDue:
    days = figures.days_between(as_of, day)
    return NextDue(day=figures.iso(day), text=text, left=figures.days_left(days), tone=_tone(days), note=note, target=target)


def _tone(days: int | None) -> str:
    if days is None or days > SOON_DAYS:
        return "later"
    return "late" if days < 0 else "soon"
