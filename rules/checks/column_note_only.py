"""情况说明占位: columns whose only content is a note that there is none."""

from dataclasses import dataclass

from crawler.facts import ColumnFacts, ListState
from rules.model import Context, Judgement, Outcome, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.subjects import of_column, unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    note_patterns: tuple[SafePattern, ...]
    """Titles that are notes."""
    max_entries: int
    """A longer list is content, whatever its titles say."""


@check(
    "column-note-only",
    subject=Subject.COLUMN,
    params=Params,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("note",), Outcome.CANT_TELL: ("reason",), Outcome.UNTESTED: ("reason",)},
)
def column_note_only(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:  # noqa: ARG001 – the shape of every check
    """A note is lawful (公开目录普查监测说明 2015), but local rules mind it: the rule makes this a lead, never an accusation."""
    not_seen = unseen(column)
    if not_seen is not None:
        return not_seen
    if column.state in {ListState.EMPTY, ListState.FORWARDS}:
        return of_column(column, Outcome.INAPPLICABLE)
    note = _note(column, params)
    if note:
        return of_column(column, Outcome.FAILED, note=note)
    return of_column(column, Outcome.PASSED)


def _note(column: ColumnFacts, params: Params) -> str:
    titles = [entry.title for entry in column.entries]
    if column.state is ListState.NOTE:
        return column.note or (titles[0] if titles else column.text[:100])
    if not titles:
        return ""
    only_notes = len(titles) <= params.max_entries and all(
        any(pattern.search(title) for pattern in params.note_patterns) for title in titles
    )
    return titles[0] if only_notes else ""
