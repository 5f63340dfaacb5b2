"""年报迟发: last year's report published after its deadline."""

from dataclasses import dataclass
from datetime import date

from crawler.facts import Entry, PageFacts, PageKind, UnitKind
from rules.addresses import canonical
from rules.annual_reports import ReportWords, years_in
from rules.dates import as_day
from rules.deadlines import Deadline, last_day
from rules.homes import page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    deadlines: tuple[Deadline, ...]
    words: ReportWords
    weak_strategies: tuple[str, ...]
    """Ways of reading a publication date that are no word of the page."""


@check(
    "annual-report-deadline",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year", "published"),
        Outcome.FAILED: ("year", "published", "last_day"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
)
def annual_report_deadline(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """条例 art. 49. Only last year's report: older ones were often published anew when a site moved."""
    listed = context.listed.get(canonical(page.url))
    if listed is None and page.kind is not PageKind.ANNUAL_REPORT:
        return None
    column, entry = listed or (None, None)
    title = (entry.title if entry else "") or page.title.value or page.page_title
    years = years_in(title)
    if not years or max(years) != context.audit_date.year - 1 or params.words.tell(title) is not True:
        return None
    owner = column.department if column else context.facts.owner(page.url)
    department = context.departments.get(owner or "")
    kind = department.kind if department else UnitKind.GOVERNMENT
    due = last_day(params.deadlines, kind, context.audit_date.year)
    if due is None:
        return None
    outcome, values = _compare(page, entry, due, params)
    values["year"] = max(years)
    quote = page.published.raw or title
    return Judgement(
        outcome=outcome,
        url=page.url,
        department=owner,
        subject=title,
        values=values,
        evidence=(page_evidence(page, quote, page.published.where),),
        found_on=(column.url,) if column else (),
        found_on_count=1 if column else 0,
    )


def _compare(page: PageFacts, entry: Entry | None, due: date, params: Params) -> tuple[Outcome, dict[str, object]]:
    """Late only when the page's own label says so and the list does not say otherwise."""
    shown, listed = as_day(page.published.value), as_day(entry.date) if entry else None
    in_time = [day for day in (shown, listed) if day is not None and day <= due]
    if shown is None and listed is None:
        return Outcome.CANT_TELL, {"reason": reason_word("no-dates")}
    if in_time and len(in_time) == len([day for day in (shown, listed) if day is not None]):
        return Outcome.PASSED, {"published": in_time[0]}
    if in_time:
        return Outcome.CANT_TELL, {"reason": reason_word("date-conflict")}
    if shown is None or page.published.strategy in params.weak_strategies:
        return Outcome.CANT_TELL, {"reason": reason_word("weak-date")}
    return Outcome.FAILED, {"published": shown, "last_day": due}
