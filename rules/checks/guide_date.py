"""指南更新日期: guides that do not say when they were last brought up to date."""

from dataclasses import dataclass

from crawler.facts import ColumnFacts
from rules.guides import doubt, read_guide, without_content
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import cannot_tell, of_column


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    min_text_length: int
    """Characters; a shorter text is no guide, only a link to one."""
    min_times_seen: int


@check(
    "guide-update-date",
    subject=Subject.COLUMN,
    params=Params,
    fields={Outcome.PASSED: ("stated",), Outcome.FAILED: (), Outcome.CANT_TELL: ("reason",), Outcome.UNTESTED: ("reason",)},
)
def guide_update_date(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:
    """明确标注更新日期 (61号): any date that the guide's page or list states counts; absence must be seen on the whole text."""
    if column.column_type != "guide":
        return None
    without = without_content(column)
    if without is not None:
        return without
    guide = read_guide(column, context)
    if guide.stated.value:
        return of_column(column, Outcome.PASSED, stated=guide.stated.value[:10])
    reason = doubt(guide, column, min_text_length=params.min_text_length, min_times_seen=params.min_times_seen)
    if guide.unclear or reason:
        return cannot_tell(column, "unreadable-dates" if guide.unclear else reason)
    return of_column(column, Outcome.FAILED)
