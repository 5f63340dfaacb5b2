"""Problems of all 单位 in one order: the overview lists the first of them, what is new, and what is overdue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.cards import Card, anchors, make_card, urgency
from reports.result import FindingLine, Unit
from reports.standing import listed_name
from reports.text import one_line

MAX_URGENT = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    unit: str
    href: str
    card: Card
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentList:
    rows: tuple[Urgent, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A failed finding with the scorecard and the place on it that show it."""

    unit: Unit
    href: str
    finding: FindingLine
    anchor: str


def problems(pairs: Sequence[tuple[Unit, str]]) -> tuple[Problem, ...]:
    """All of them, most urgent first; leads and waived ones are no emergency."""
    found = []
    for unit, href in pairs:
        ordered = sorted(unit.findings, key=urgency)
        for finding, anchor in zip(ordered, anchors(ordered), strict=True):
            if finding.outcome == "failed":
                found.append(Problem(unit=unit, href=href, finding=finding, anchor=anchor))
    return tuple(sorted(found, key=lambda item: (urgency(item.finding), item.href)))


def urgent_list(found: Sequence[Problem], as_of: str, wanted: Callable[[FindingLine], bool]) -> UrgentList:
    """The first ``MAX_URGENT`` that are ``wanted``, and how many there are."""
    chosen = [problem for problem in found if wanted(problem.finding)]
    return UrgentList(rows=tuple(_urgent(problem, as_of) for problem in chosen[:MAX_URGENT]), total=len(chosen))


def _urgent(problem: Problem, as_of: str) -> Urgent:
    return Urgent(
        unit=listed_name(problem.unit),
        href=problem.href,
        card=make_card(problem.finding, problem.anchor, as_of, places=0),
        title=one_line(problem.finding.rule_title, 80),
    )
