"""首页不更新: a home page on which nothing new appeared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.facts import ColumnFacts, PageFacts, SiteFacts, UnitKind
from rules.dates import MaxAge, as_day
from rules.freshness import newest_until
from rules.homes import home_unseen, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word

MAX_ENTRIES = 200
"""A home page shows no more; a longer one is a trap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    max_age_days: int
    column_types: tuple[str, ...]
    """Columns that a home page shows: while one of the portal's own is fresh, the home page's old dates are not believed."""
    min_articles: int
    """Articles behind home-page items that must have been read, all too old as well."""


@check(
    "homepage-freshness",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("newest", "age_days"),
        Outcome.FAILED: ("newest", "age_days", "articles"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
    needs=("news", "notices", "policy"),
)
def homepage_freshness(facts: SiteFacts, params: Params, context: Context) -> Judgement:
    """监测2周首页无信息更新 (19号): a veto, so list dates, article dates and the portal's own columns must agree."""
    home = facts.portal.home
    unseen = home_unseen(facts)
    if unseen is not None or home is None:
        return unseen or of_home(facts, Outcome.UNTESTED, reason=reason_word("no-home"))
    today = context.audit_date
    articles = list(_articles(home, context))
    days = [as_day(home.newest), *(as_day(entry.date) for entry in home.entries or ())]
    days += [as_day(page.published.value) for page in articles]
    known = [day for day in days if day is not None and day <= today]
    if not known:
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("no-dates"))
    newest = max(known)
    age = (today - newest).days
    if age <= params.max_age_days:
        last_day = MaxAge(days=params.max_age_days).last_day(newest)
        return of_home(facts, Outcome.PASSED, newest=newest, age_days=age).with_(renewed=newest, last_day=last_day)
    if _fresh_column(params, context, today - timedelta(days=params.max_age_days)):
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("columns-fresher"))
    if len(articles) < params.min_articles:
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("articles-unread"))
    return of_home(facts, Outcome.FAILED, newest=newest, age_days=age, articles=len(articles))


def _articles(home: PageFacts, context: Context) -> Iterator[PageFacts]:
    for entry in (home.entries or ())[:MAX_ENTRIES]:
        page = context.facts.page(entry.url) if entry.url else None
        if page is not None and page.published.value:
            yield page


def _fresh_column(params: Params, context: Context, oldest: date) -> bool:
    columns = (column for (_, kind), found in context.columns.items() if kind in params.column_types for column in found)
    own = (column for column in columns if column.top_level or _is_portals(column, context))
    return any((newest := newest_until(column, context.audit_date)) is not None and newest >= oldest for column in own)


def _is_portals(column: ColumnFacts, context: Context) -> bool:
    """Whether the column is the portal's; those of a 单位 may be fresh while nothing of them reaches the home page."""
    owner = context.departments.get(column.department or "")
    return column.department is None or owner is None or owner.kind is UnitKind.GOVERNMENT
