"""文章日期: dates of one article that cannot be right, or that contradict each other."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from crawler.facts import EarlierLook, Evidence, PageFacts
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import day_in, is_article, of_page, shown_day
from rules.registry import CheckParams, check
from rules.wording import say
from rules.words import reason_word, sentence

_PRINTED = frozenset({"label", "source-line"})
_SURE = _PRINTED | {"script"}
"""Ways of reading that leave no doubt which date it is: its label says so, or it stands in the line of 来源."""
_SHOWN = _SURE | {"weak-label"}
"""时间： over an article is its publication, where nothing says that it is an event's: enough for a lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureParams(CheckParams):
    tolerance_days: int
    """Days after the audit date that are no fault: clocks and time zones."""


@check(
    "article-date-future",
    subject=Subject.PAGE,
    params=FutureParams,
    fields={Outcome.PASSED: ("published",), Outcome.FAILED: ("published",), Outcome.CANT_TELL: ("published", "reason")},
    pages=is_article,
)
def article_date_future(page: PageFacts, params: FutureParams, context: Context) -> Judgement | None:
    """Only the label of publication counts: 生效日期 and deadlines lie in the future by nature."""
    day = shown_day(page)
    if day is None:
        return None
    if day <= context.audit_date + timedelta(days=params.tolerance_days):
        return of_page(page, Outcome.PASSED, published=day)
    tagged = None if page.tag_of_build else day_in(page.tags.get("PubDate"))
    unsure = page.published.strategy not in _SURE and tagged != day
    if unsure or (tagged is not None and tagged <= context.audit_date):
        return of_page(page, Outcome.CANT_TELL, published=day, reason=reason_word("date-conflict"))
    return of_page(page, Outcome.FAILED, quote=page.published.raw, where=page.published.where, published=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictParams(CheckParams):
    max_days: int
    """Days by which two statements of the same date may differ."""
    reimport_days: int
    """A tag so many days after the shown date was written when an old article was taken over: no conflict."""


@check(
    "article-date-conflict",
    subject=Subject.PAGE,
    params=ConflictParams,
    fields={Outcome.PASSED: ("published",), Outcome.FAILED: ("first", "first_day", "second", "second_day")},
    pages=is_article,
)
def article_date_conflict(page: PageFacts, params: ConflictParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """PubDate against the shown date; 成文 after 发布."""
    shown = shown_day(page)
    if shown is None:
        return None
    quote, where = page.published.raw, page.published.where
    written = day_in(page.written.value) if page.written.strategy == "label" else None
    if written is not None and written > shown + timedelta(days=params.max_days) and page.published.strategy in _SHOWN:
        return of_page(
            page,
            Outcome.FAILED,
            quote=page.written.raw,
            where=where,
            first="成文日期",
            first_day=written,
            second="发布日期",
            second_day=shown,
        )
    tagged = None if page.tag_of_build else day_in(page.tags.get("PubDate"))
    apart = abs((tagged - shown).days) if tagged is not None else 0
    imported = tagged is not None and (tagged - shown).days > params.reimport_days
    if tagged is not None and apart > params.max_days and not imported:
        return of_page(
            page,
            Outcome.FAILED,
            quote=quote,
            where=where,
            first="页面标签 PubDate",
            first_day=tagged,
            second="页面显示的日期",
            second_day=shown,
        )
    return of_page(page, Outcome.PASSED, published=shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class FakedParams(CheckParams):
    strategy: Literal["script-today"]
    """Way of reading that means: a script writes the day of the visit in the place of the date."""
    min_days: int
    """Days by which a date must have moved on between two runs."""


@check(
    "article-date-faked",
    subject=Subject.PAGE,
    params=FakedParams,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("how",), Outcome.CANT_TELL: ("how",)},
    pages=is_article,
)
def article_date_faked(page: PageFacts, params: FakedParams, context: Context) -> Judgement | None:  # noqa: ARG001
    """伪造发稿日期: only in the head of an article; a date of today in the banner is none of it."""
    if not page.published.strategy:
        return None
    quote, where = page.published.raw, page.published.where
    if page.published.strategy != params.strategy:
        return _moved(page, page.redated, params) if page.redated else of_page(page, Outcome.PASSED)
    of_article = page.tags.get("PubDate") or page.content_source.value or page.publisher.value or page.has_head_block
    how = say(sentence("date_by_script"), {"script": page.published.raw})
    return of_page(page, Outcome.FAILED if of_article else Outcome.CANT_TELL, quote=quote, where=where, how=how)


def _moved(page: PageFacts, look: EarlierLook, params: FakedParams) -> Judgement:
    """Forward only: a date put back, or the same day of another year, is a slip that somebody mended."""
    shown, before = shown_day(page), day_in(look.published)
    if shown is None or before is None or (shown - before).days < params.min_days:
        return of_page(page, Outcome.PASSED)
    how = say(sentence("date_moved"), {"before": before, "shown": shown, "seen": look.fetched_at[:10]})
    mended = (shown.month, shown.day) == (before.month, before.day)
    said = of_page(
        page,
        Outcome.CANT_TELL if mended else Outcome.FAILED,
        quote=page.published.raw,
        where=page.published.where,
        how=how,
    )
    earlier = Evidence(
        url=page.url, capture=look.capture, fetched_at=look.fetched_at, quote=look.published[:10], where=page.published.where
    )
    return said.with_(evidence=(*said.evidence, earlier))


@dataclass(frozen=True, slots=True, kw_only=True)
class LateParams(CheckParams):
    working_days: int
    """条例 art. 26: 20."""
    holiday_days: int
    """Working days that holidays may take out of the span: weekdays are counted, the calendar is not."""
    reimport_days: int
    """Days after which an article was taken over from an older site, not published late."""


@check(
    "article-date-late",
    subject=Subject.PAGE,
    params=LateParams,
    fields={Outcome.PASSED: ("written", "published"), Outcome.FAILED: ("written", "published", "weekdays")},
    pages=is_article,
)
def article_date_late(page: PageFacts, params: LateParams, context: Context) -> Judgement | None:
    """成文 must stand behind its label, 发布 behind its own or in the line of 来源; one that lies ahead is a slip of its own."""
    labelled = page.written.strategy == "label" and page.published.strategy in _PRINTED | {"weak-label"}
    if not labelled:
        return None
    written, published = day_in(page.written.value), day_in(page.published.value)
    if written is None or published is None or published > context.audit_date:
        return None
    if (published - written).days > params.reimport_days:
        return None
    weekdays = _weekdays(written, published)
    quote = f"{page.written.raw} {page.published.raw}"
    if weekdays <= params.working_days + params.holiday_days:
        return of_page(page, Outcome.PASSED, quote=quote, where="head", written=written, published=published)
    return of_page(page, Outcome.FAILED, quote=quote, where="head", written=written, published=published, weekdays=weekdays)


def _weekdays(first: date, last: date) -> int:
    """Mondays to Fridays after ``first`` up to ``last``."""
    days = max((last - first).days, 0)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((first.weekday() + step) % 7 < 5 for step in range(1, rest + 1))
