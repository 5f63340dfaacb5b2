"""指南过期: guides whose stated date is too old."""

from dataclasses import dataclass
from datetime import date

from crawler.facts import ColumnFacts
from rules.dates import MaxAge
from rules.guides import doubt, read_guide, without_content
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import cannot_tell, of_column


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    column_types: tuple[str, ...]
    max_age_days: int
    """A guide dated exactly so many days before the audit date is in time."""
    min_times_seen: int


@check(
    "guide-age",
    subject=Subject.COLUMN,
    params=Params,
    fields={
        Outcome.PASSED: ("stated", "age_days"),
        Outcome.FAILED: ("stated", "stated_raw", "age_days"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def guide_age(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:
    """及时更新 (条例 art. 12): the newest of all dates the guide states counts, so that a fresh one anywhere saves it.

    A guide without any date is ``guide-update-date``'s matter.
    """
    if column.column_type not in params.column_types:
        return None
    without = without_content(column)
    if without is not None:
        return without
    guide = read_guide(column, context)
    if not guide.stated.value:
        return of_column(column, Outcome.INAPPLICABLE)
    age = (context.audit_date - date.fromisoformat(guide.stated.value[:10])).days
    stated = guide.stated.value[:10]
    if age <= params.max_age_days:
        renewed = date.fromisoformat(stated)
        last_day = MaxAge(days=params.max_age_days).last_day(renewed)
        return of_column(column, Outcome.PASSED, stated=stated, age_days=age).with_(renewed=renewed, last_day=last_day)
    reason = doubt(guide, column, min_text_length=0, min_times_seen=params.min_times_seen)
    if guide.unclear or reason:
        return cannot_tell(column, "unreadable-dates" if guide.unclear else reason)
    return of_column(column, Outcome.FAILED, stated=stated, stated_raw=guide.stated.raw or stated, age_days=age)
