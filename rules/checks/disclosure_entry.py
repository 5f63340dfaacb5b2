"""政府信息公开入口: the home page's link to the disclosure section."""

from dataclasses import dataclass

from crawler.facts import SiteFacts
from rules.homes import home_unseen, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    min_column_links: int
    """Column anchors the home page must show before a missing entry is believed: fewer means an unread menu."""


@check(
    "disclosure-entry",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("entry",),
        Outcome.FAILED: (),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def disclosure_entry(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001 – the shape of every check
    """首页位置展示 (61号): a link in a hover menu or an image link with alt text is a link."""
    unseen = home_unseen(facts)
    if unseen is not None:
        return unseen
    portal = facts.portal
    if portal.xxgk_entry is not None:
        return of_home(facts, Outcome.PASSED, entry=portal.xxgk_entry.text)
    if portal.xxgk_url:
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("entry-elsewhere"))
    if portal.home is None or len(portal.home.column_links) < params.min_column_links:
        return of_home(facts, Outcome.CANT_TELL, reason=reason_word("menu-unread"))
    return of_home(facts, Outcome.FAILED)
