"""栏目更新: columns of a kind whose newest entry is too old."""

from dataclasses import dataclass
from typing import Literal

from crawler.facts import ColumnFacts, UnitKind
from rules.dates import MaxAge
from rules.freshness import FRESHNESS_FIELDS, Limit, judge_age
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import cannot_tell, of_column


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    """The period: exactly one of days and calendar months."""

    column_types: tuple[str, ...]
    max_age_days: int | None = None
    """An entry exactly so many days old is in time."""
    max_age_months: int | None = None
    scope: Literal["portal", "department", "any"]
    """Whose columns: the portal's (and 政府本级's), those of the 单位, or all."""
    top_level_only: bool
    """Hold only 一级栏目 to the period, those that the home page leads to (19号)."""
    min_menu_links: int
    """Column anchors the home page must show before a column is believed to be none of them."""
    min_times_seen: int

    def __post_init__(self) -> None:
        if (self.max_age_days is None) == (self.max_age_months is None):
            raise ValueError("max_age_days 和 max_age_months 要写其中一个，而且只写一个。")


@check("column-freshness", subject=Subject.COLUMN, params=Params, fields=FRESHNESS_FIELDS)
def column_freshness(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:
    """Judge the newest entry's age of columns of the given types (国办秘函〔2019〕19号, 栏目不更新).

    A column below 法定主动公开内容 has the period of its 条例 item, not this one.
    """
    home = context.facts.portal.home
    if column.column_type not in params.column_types or column.statutory_items or not _in_scope(column, params, context):
        return None
    if params.top_level_only and not column.top_level:
        menu_read = home is not None and len(home.column_links) >= params.min_menu_links
        return of_column(column, Outcome.INAPPLICABLE) if menu_read else cannot_tell(column, "menu-unread")
    max_age = MaxAge(days=params.max_age_days or 0, months=params.max_age_months or 0)
    return judge_age(column, Limit(audit_date=context.audit_date, max_age=max_age, min_times_seen=params.min_times_seen))


def _in_scope(column: ColumnFacts, params: Params, context: Context) -> bool:
    owner = context.departments.get(column.department or "")
    of_portal = column.department is None or (owner is not None and owner.kind is UnitKind.GOVERNMENT)
    return params.scope == "any" or of_portal == (params.scope == "portal")
