"""政务新媒体: accounts of the operator's list whose last post is too old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.facts import Evidence, NewMediaAccount, SiteFacts
from rules.dates import as_day
from rules.homes import of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    max_age_days: int
    """Days without a post, counted to the day on which the list was drawn up, else to the audit date."""
    max_list_age_days: int
    """A list drawn up so long before the audit says nothing of today."""


@check(
    "new-media-account",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("last_post",),
        Outcome.FAILED: ("account", "last_post", "day", "age_days", "max_age_days"),
        Outcome.CANT_TELL: ("account", "reason"),
        Outcome.UNTESTED: ("reason",),
    },
)
def new_media_account(facts: SiteFacts, params: Params, context: Context) -> Iterator[Judgement]:
    """监测时间点前2周内无更新 (19号): told from the operator's list alone; without one nothing is judged."""
    accounts = facts.portal.new_media
    if accounts is None:
        yield of_home(facts, Outcome.UNTESTED, reason=reason_word("no-list"))
        return
    for account in accounts:
        yield _judge(account, facts, params, context.audit_date)


def _judge(account: NewMediaAccount, facts: SiteFacts, params: Params, today: date) -> Judgement:
    if account.closed:
        return _of(account, facts, Outcome.INAPPLICABLE)
    last, day = as_day(account.last_post), as_day(account.checked) or today
    if last is None or last > today or day > today:
        return _of(account, facts, Outcome.CANT_TELL, reason=reason_word("account-undated" if last is None else "account-ahead"))
    age = (day - last).days
    if (today - day).days > params.max_list_age_days:
        return _of(account, facts, Outcome.CANT_TELL, reason=reason_word("old-list"))
    if age <= params.max_age_days:
        return _of(account, facts, Outcome.PASSED, last_post=last)
    return _of(account, facts, Outcome.FAILED, last_post=last, day=day, age_days=age, max_age_days=params.max_age_days)


def _of(account: NewMediaAccount, facts: SiteFacts, outcome: Outcome, **values: object) -> Judgement:
    name = "·".join(part for part in (account.platform, account.name) if part)
    return Judgement(
        outcome=outcome,
        url=account.url or facts.portal.url,
        subject=name,
        key=f"{account.platform}|{account.name}",
        values={"account": name, **values},
        evidence=(Evidence(url=account.url or facts.portal.url, quote=account.last_post or "", where="account-list"),),
    )
