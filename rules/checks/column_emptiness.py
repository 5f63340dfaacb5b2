"""空白栏目: columns without any content."""

from dataclasses import dataclass

from crawler.facts import ColumnFacts, ListState
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import cannot_tell, of_column, unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    column_types: tuple[str, ...] = ()
    """Only these types; empty: all."""
    except_types: tuple[str, ...] = ()
    min_times_seen: int


@check(
    "column-emptiness",
    subject=Subject.COLUMN,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("times_seen", "note"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def column_emptiness(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:  # noqa: ARG001 – the shape of every check
    """有栏目无内容: an empty list seen in two fetches, with nothing else on the page that speaks against it.

    A parent that only leads to its children is no empty column; a list filled by an unread script cannot be told.
    """
    if (params.column_types and column.column_type not in params.column_types) or column.column_type in params.except_types:
        return None
    if column.state is not ListState.EMPTY:
        leads_on = column.state is ListState.FORWARDS
        return unseen(column) or of_column(column, Outcome.INAPPLICABLE if leads_on else Outcome.PASSED)
    doubt = _doubt(column, params)
    if doubt:
        return cannot_tell(column, doubt)
    return of_column(column, Outcome.FAILED, times_seen=column.times_seen, note=column.note)


def _doubt(column: ColumnFacts, params: Params) -> str:
    """What else the page shows that speaks against emptiness."""
    if column.entries or column.entries_total or column.attachments or column.newest:
        return "contradiction"
    if (column.pages or 1) > 1:
        return "pages-left"
    return "seen-once" if column.times_seen < params.min_times_seen else ""
