"""栏目信息无日期: columns none of whose entries says when it was published."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.facts import ColumnFacts, ListState, PageFacts, PageKind
from rules.freshness import newest_until
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import cannot_tell, of_column, unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    except_types: tuple[str, ...]
    """Columns whose entries are no dated information (leaders, organs, directories)."""
    doubtful_types: tuple[str, ...]
    """Columns that may hold anything: their articles must show a source in the head, else no date was owed."""
    min_entries: int
    min_articles: int
    """Articles that must have been read, all without a date, before the column is held undated."""
    min_times_seen: int


@check(
    "column-undated",
    subject=Subject.COLUMN,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("entries", "articles"),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def column_undated(column: ColumnFacts, params: Params, context: Context) -> Judgement | None:
    """未注明信息发布时间的视为不更新: no date on the list and none on the articles.

    A date that stands there in a form nobody recognised is our fault, not the column's: then it cannot be told.
    """
    if column.column_type in params.except_types or column.archived:
        return None
    if column.state is not ListState.ENTRIES or len(column.entries) < params.min_entries:
        return unseen(column)
    dated = any(entry.date for entry in column.entries) or column.undated < len(column.entries)
    if dated or newest_until(column, context.audit_date) is not None:
        return of_column(column, Outcome.PASSED)
    doubtful = column.column_type in params.doubtful_types
    articles = [page for entry in column.entries if entry.url and (page := context.facts.page(entry.url)) is not None]
    if doubtful and not (articles and all(page.kind is PageKind.ARTICLE and page.content_source.value for page in articles)):
        return None
    doubt = _doubt(column, articles, params)
    if doubt:
        return cannot_tell(column, doubt)
    return of_column(column, Outcome.FAILED, entries=len(column.entries), articles=len(articles))


def _doubt(column: ColumnFacts, articles: Sequence[PageFacts], params: Params) -> str:
    if any(entry.date_raw for entry in column.entries) or any(_hints_at_date(page) for page in articles):
        return "unreadable-dates"
    if len(articles) < min(params.min_articles, len(column.entries)):
        return "articles-unread"
    return "seen-once" if column.times_seen < params.min_times_seen else ""


def _hints_at_date(page: PageFacts) -> bool:
    """Any trace of a publication date, even one in the labels, makes an undated verdict unsafe; no visitor reads the address."""
    read = [each for each in (page.published, page.updated, page.written) if each.strategy != "url"]
    return any(each.value or each.raw for each in read) or bool(page.tags.get("PubDate"))
