"""网站标识码一致性: the code in the page's labels, in its foot and in the 找错 link are one."""

from dataclasses import dataclass

from crawler.facts import PageFacts, SiteFacts
from rules.addresses import host_of
from rules.homes import home_unseen, is_content, of_home, page_evidence
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    pass


@check(
    "site-id-code",
    subject=Subject.PORTAL,
    params=Params,
    fields={Outcome.PASSED: ("codes",), Outcome.FAILED: ("codes", "places"), Outcome.UNTESTED: ("reason",)},
)
def site_id_code(facts: SiteFacts, params: Params, context: Context) -> Judgement:  # noqa: ARG001 – the shape of every check
    """Compare within each sampled page of the portal's own host: a 单位's sub-site may rightly carry its own code."""
    unseen = home_unseen(facts)
    if unseen is not None:
        return unseen
    host = host_of(facts.portal.url)
    sampled = {page.url: page for page in (facts.portal.home, *facts.portal.sampled) if page is not None}
    pages = [page for page in sampled.values() if host_of(page.url) == host and is_content(page)]
    compared = [page for page in pages if len(_codes(page)) > 1]
    if not compared:
        return of_home(facts, Outcome.INAPPLICABLE)
    conflicting = [page for page in compared if len(set(_codes(page).values())) > 1]
    if not conflicting:
        return of_home(facts, Outcome.PASSED, codes=tuple(sorted({code for page in compared for code in _codes(page).values()})))
    codes = _codes(conflicting[0])
    places = tuple(f"{word('code_places', place)} {code}" for place, code in codes.items())
    evidence = [page_evidence(page, "，".join(_codes(page).values())) for page in conflicting]
    return of_home(facts, Outcome.FAILED, evidence=evidence, codes=tuple(sorted(set(codes.values()))), places=places)


def _codes(page: PageFacts) -> dict[str, str]:
    """Codes by place, blanks removed and case folded; places without a code left out."""
    code = page.site_id_code
    found = {"meta": code.meta, "footer": code.footer, "error_report": code.error_report}
    return {place: "".join(value.split()).lower() for place, value in found.items() if value and value.strip()}
