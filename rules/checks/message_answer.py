"""留言未回应: a published message that nobody answered for months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.facts import PageFacts
from rules.dates import as_day, months_before
from rules.documents import column_names, name_fits, plain
from rules.model import Context, Judgement, Outcome
from rules.pages import is_article, is_whole_page, of_page, shown_day
from rules.patterns import SafePattern
from rules.registry import CheckParams, survey
from rules.siblings import Families, Siblings
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    column: SafePattern
    """Names of columns in which messages are published."""
    not_column: SafePattern
    """信访, 征集, 访谈: nobody is due an answer there within these months."""
    answered: SafePattern
    unanswered: SafePattern
    """Words that say so themselves: 暂未答复, 办理中."""
    empty_answer: SafePattern
    """A page that ends with the heading of the answer, and none below it."""
    min_answered: int
    """Answered messages of the same columns that prove that answers stand in the page and are not drawn by a script."""
    months: int
    min_siblings: int
    """Answered messages of the same columns, before silence is believed."""
    min_share: float


def _may_be_message(page: PageFacts) -> bool:
    """An article, or a page with the day of a letter that is no list of letters."""
    return is_article(page) or (page.asked.value is not None and not page.entries and is_whole_page(page))


@survey(
    "message-answer",
    params=Params,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("published", "months"), Outcome.CANT_TELL: ("reason",)},
    pages=_may_be_message,
)
def message_answer(params: Params, context: Context) -> "_Messages":
    """19号: a veto, so the page must say that it is unanswered, or be the odd one among answered ones."""
    return _Messages(params, context)


class _Messages:
    def __init__(self, params: Params, context: Context) -> None:
        self.params = params
        self.oldest = months_before(context.audit_date, params.months)
        self.families = Families(params.min_siblings, params.min_share)
        self.blank = Families(params.min_answered, 0)

    def see(self, page: PageFacts) -> Judgement | None:
        if not self._is_message(page):
            return None
        column = column_names(page)[0]
        ends_blank = self.params.empty_answer.search(page.text) is not None
        siblings = (self.blank if ends_blank else self.families).of(column)
        if self.params.answered.search(page.text):
            self.families.of(column).shown += 1
            self.blank.of(column).shown += 1
            return of_page(page, Outcome.PASSED)
        # A letter may show the day of writing alone; the tag PubDate is no earlier, so that nobody is called late too soon.
        day = shown_day(page) or as_day((page.asked.value or page.tags.get("PubDate") or "")[:10])
        if day is None:
            return of_page(page, Outcome.CANT_TELL, reason=reason_word("no-dates"))
        return of_page(page, Outcome.PASSED) if day >= self.oldest else self._silent(page, day, siblings)

    def _is_message(self, page: PageFacts) -> bool:
        names = column_names(page)
        if not any(name_fits(self.params.column, name) for name in names):
            return False
        return not any(self.params.not_column.search(name) for name in (*names, plain(page.title.value or "")))

    def _silent(self, page: PageFacts, day: date, siblings: Siblings) -> Judgement | None:
        months = self.params.months
        accused = of_page(page, Outcome.FAILED, quote=page.text[-120:], where="body", published=day, months=months)
        if self.params.unanswered.search(page.text):
            return accused
        siblings.lacks(accused, of_page(page, Outcome.CANT_TELL, reason=reason_word("answer-unread")))
        return None

    def end(self) -> Iterator[Judgement]:
        yield from self.families.judgements()
        yield from self.blank.judgements()
