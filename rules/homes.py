"""The portal's home page as a subject: whether it was seen at all, and judgements about it."""

from collections.abc import Iterable
from typing import Any

from crawler.facts import Evidence, PageFacts, PageKind, SiteFacts
from rules.glimpse import Glimpse
from rules.model import Judgement, Outcome
from rules.words import reason_word

_NO_CONTENT = frozenset({PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.ERROR_PAGE, PageKind.FORWARD, PageKind.PLACEHOLDER})


def of_home(facts: SiteFacts, outcome: Outcome, *, evidence: Iterable[Evidence] = (), **values: Any) -> Judgement:
    """A judgement about the portal, at its home page."""
    home = facts.portal.home
    shown = tuple(evidence) or ((page_evidence(home),) if home else ())
    return Judgement(outcome=outcome, url=facts.portal.url, subject=facts.portal.name, values=values, evidence=shown)


def page_evidence(page: PageFacts | Glimpse, quote: str = "", where: str = "") -> Evidence:
    """The page as evidence, with its title where nothing else is quoted."""
    quote = quote or page.title.value or page.page_title
    return Evidence(url=page.url, capture=page.capture, fetched_at=page.fetched_at, quote=quote, where=where)


def is_content(page: PageFacts) -> bool:
    """False for firewall, login, error and forwarding pages: they are never judged as content."""
    return page.kind not in _NO_CONTENT


def home_unseen(facts: SiteFacts) -> Judgement | None:
    """The judgement when the home page was not read; None when it was."""
    home = facts.portal.home
    if home is None:
        return of_home(facts, Outcome.UNTESTED, reason=reason_word("no-home"))
    return None if is_content(home) else of_home(facts, Outcome.UNTESTED, reason=reason_word("block-page"))
