"""Judgements of columns and 单位: the address, name and evidence that every check gives them, and why one was not seen."""

from collections.abc import Iterable
from typing import Any

from crawler.facts import ColumnFacts, DepartmentFacts, Entry, Evidence, ListState
from rules.model import Judgement, Outcome
from rules.words import reason_word


def of_column(column: ColumnFacts, outcome: Outcome, **values: Any) -> Judgement:
    """A judgement about a column; ``values`` fill its message."""
    return Judgement(
        outcome=outcome,
        url=column.url,
        department=column.department,
        subject=" › ".join(column.path) or column.name,
        values=values,
        evidence=column.evidence or (Evidence(url=column.url),),
        found_on=column.found_on,
        found_on_count=len(column.found_on),
        top_level=column.top_level,
    )


def of_department(
    department: DepartmentFacts, outcome: Outcome, *, key: str = "", evidence: Iterable[Evidence] = (), **values: Any
) -> Judgement:
    """A judgement about a 单位, at its own page; where it has none, at the list that names it."""
    where = department.url or department.listed_on
    return Judgement(
        outcome=outcome,
        url=where,
        department=department.name,
        subject=department.name,
        key=key,
        values=values,
        evidence=tuple(evidence) or department.evidence or (Evidence(url=where),),
        found_on=(department.listed_on,) if department.listed_on else (),
        found_on_count=1 if department.listed_on else 0,
    )


def cannot_tell(column: ColumnFacts, reason: str) -> Judgement:
    return of_column(column, Outcome.CANT_TELL, reason=reason_word(reason))


def unseen(column: ColumnFacts) -> Judgement | None:
    """The judgement for a column whose content was not read; None when it was."""
    if column.state is ListState.UNTESTED:
        return of_column(column, Outcome.UNTESTED, reason=reason_word(column.untested_reason or "not-fetched"))
    if column.state is ListState.SCRIPTED:
        return cannot_tell(column, "scripted")
    return None


def unreached(department: DepartmentFacts) -> Judgement | None:
    """The judgement for a 单位 whose page was not read; None when it was."""
    if department.reached:
        return None
    reason = department.unreached_reason or ("not-fetched" if department.reached is None else "not-opened")
    return of_department(department, Outcome.UNTESTED, reason=reason_word(reason))


def newest_entry(entries: Iterable[Entry], day: str) -> Entry | None:
    """The entry that carries ``day`` on the list; None when the date came from an article."""
    return next((entry for entry in entries if (entry.date or "").startswith(day)), None)
