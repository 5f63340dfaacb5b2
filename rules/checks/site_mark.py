"""页脚标志: one of the seven marks that every page must carry in its foot."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

from crawler.facts import Marks, PageFacts, SiteFacts
from rules.addresses import canonical
from rules.homes import home_unseen, is_content, of_home, page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word, word

_NAMES = tuple(each.name for each in fields(Marks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    mark: Literal[
        "site_id_code",
        "icp_record",
        "police_record",
        "organizer",
        "contact",
        "party_government_mark",
        "error_report_entry",
    ]


@check(
    "site-mark",
    subject=Subject.PORTAL,
    params=Params,
    fields={
        Outcome.PASSED: ("mark_name", "pages"),
        Outcome.FAILED: ("mark_name", "pages", "missing"),
        Outcome.CANT_TELL: ("mark_name", "reason"),
        Outcome.UNTESTED: ("mark_name", "reason"),
    },
)
def site_mark(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001 – the shape of every check
    """所有页面底部 (网页设计规范): missing on the home page or a sampled page; a foot that an unread script draws cannot be told.

    A page without any of the seven is a page without a foot (a print view, a frame): it proves nothing beside a home page that
    has one.
    """
    name = word("marks", params.mark)
    home = facts.portal.home
    unseen = home_unseen(facts)
    if unseen is not None or home is None:
        return of_home(facts, Outcome.UNTESTED, mark_name=name, reason=unseen.values["reason"] if unseen else "")
    others = [page for page in _others(facts, home) if _has_foot(page)]
    pages = [home, *others]
    if getattr(home.marks, params.mark) is None:
        return of_home(facts, Outcome.CANT_TELL, mark_name=name, reason=reason_word("scripted-foot"))
    missing = [page for page in pages if getattr(page.marks, params.mark) is False]
    if missing:
        evidence = [page_evidence(page, where="foot") for page in missing]
        listed = tuple(page.url for page in missing)
        return of_home(facts, Outcome.FAILED, evidence=evidence, mark_name=name, pages=len(pages), missing=listed)
    return of_home(facts, Outcome.PASSED, mark_name=name, pages=len(pages))


def _others(facts: SiteFacts, home: PageFacts) -> Sequence[PageFacts]:
    own = canonical(home.url)
    return [page for page in facts.portal.sampled if canonical(page.url) != own and is_content(page)]


def _has_foot(page: PageFacts) -> bool:
    return any(getattr(page.marks, name) for name in _NAMES)
