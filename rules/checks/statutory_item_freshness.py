"""法定公开事项更新: sub-columns of 法定主动公开内容 whose newest entry is too old for their 条例 item."""

from dataclasses import dataclass

from crawler.facts import ColumnFacts
from rules.dates import MaxAge
from rules.freshness import FRESHNESS_FIELDS, Limit, judge_age
from rules.model import Context, Judgement, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(CheckParams):
    items: tuple[int, ...]
    max_age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPeriod(CheckParams):
    name: SafePattern
    max_age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    named: tuple[NamedPeriod, ...]
    """Columns whose matter falls due once a year, by their name; they go before the periods of items."""
    periods: tuple[Period, ...]
    """By item of 条例 art. 20; items without a period are not held to one."""
    statutory_words: tuple[str, ...]
    """Names of 法定主动公开内容 in a path: the portal's other columns may serve the same matter and owe nothing to art. 20."""
    min_times_seen: int


@check(
    "statutory-item-freshness",
    subject=Subject.COLUMN,
    params=Params,
    fields={outcome: (*names, "item", "limit_days") for outcome, names in FRESHNESS_FIELDS.items()},
)
def statutory_item_freshness(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:
    """A column that serves several items has the longest of their periods."""
    days = [period.max_age_days for period in params.periods for item in period.items if item in column.statutory_items]
    if not days or (column.department is None and not _below_statutory_content(column, params)):
        return None
    days = [each.max_age_days for each in params.named if each.name.search(column.name)] or days
    limit = Limit(audit_date=context.audit_date, max_age=MaxAge(days=max(days)), min_times_seen=params.min_times_seen)
    judged = judge_age(column, limit)
    item = tuple(word("statutory_items", str(each)) for each in column.statutory_items)
    return judged.with_(values={**judged.values, "item": item, "limit_days": max(days)})


def _below_statutory_content(column: ColumnFacts, params: Params) -> bool:
    return any(word in "".join(step.split()) for step in column.path for word in params.statutory_words)
