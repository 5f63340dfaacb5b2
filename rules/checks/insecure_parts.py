"""混合内容: pages under https that take parts of themselves over plain http."""

from dataclasses import dataclass

from crawler.facts import Evidence, SiteFacts
from rules.homes import is_content, of_home
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    max_listed: int
    """Parts that the finding names."""


@check(
    "portal-insecure-parts",
    subject=Subject.PORTAL,
    params=Params,
    fields={Outcome.PASSED: (), Outcome.FAILED: ("pages", "parts"), Outcome.UNTESTED: ("reason",)},
)
def portal_insecure_parts(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001
    """Looked for on the home page and the sampled pages: the parts of templates are the same everywhere."""
    pages = [page for page in (facts.portal.home, *facts.portal.sampled) if page is not None and is_content(page)]
    secure = [page for page in pages if (page.final_url or page.url).lower().startswith("https:") and page.insecure is not None]
    if not pages or (any(page.insecure is None for page in pages) and not secure):
        return of_home(facts, Outcome.UNTESTED, reason=reason_word("no-home" if not pages else "not-collected"))
    if not secure:
        return Judgement(outcome=Outcome.INAPPLICABLE, url=facts.portal.url)
    faulty = [page for page in secure if page.insecure]
    parts = tuple(dict.fromkeys(part for page in faulty for part in page.insecure or ()))[: params.max_listed]
    if not parts:
        return of_home(facts, Outcome.PASSED)
    evidence = [Evidence(url=page.url, capture=page.capture, fetched_at=page.fetched_at, quote=parts[0]) for page in faulty]
    return of_home(facts, Outcome.FAILED, evidence=evidence, pages=len(faulty), parts=parts)
