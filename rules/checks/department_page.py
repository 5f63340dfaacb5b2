"""单位公开页面: 单位 that the portal names without a working disclosure page of their own."""

from dataclasses import dataclass

from crawler.facts import DepartmentFacts, UnitKind
from rules.addresses import canonical
from rules.model import Context, Judgement, Outcome, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.words import reason_word

_MIN_TEXT = 50
"""Characters from which on two pages of the same words are one page, and no two shells that a script fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    exempt_kinds: tuple[UnitKind, ...]
    """Kinds of 单位 that need no page of their own here."""
    min_times_seen: int
    shares_portal: SafePattern
    """Names of 单位 that lawfully show the government's own pages as theirs: its office."""


@check(
    "department-page",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: (),
        Outcome.FAILED: ("reason",),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
)
def department_page(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """Each listed 单位 has its own page (61号). An entry that only repeats the portal is no 单位 of its own.

    ``reached`` False is confirmed by the crawler; a page that is only an introduction counts as missing where the disclosure
    section itself lists it, while a mere list of organs promises no disclosure page.
    """
    if department.kind in params.exempt_kinds:
        return None
    if department.url and _is_portal_page(department.url, context):
        return _leads_back(department, params)
    if department.reached:
        return _opened(department, params)
    return _not_opened(department, params)


def _not_opened(department: DepartmentFacts, params: Params) -> Judgement:
    if department.reached is False and department.unreached_reason == "same-as-home":
        return _shows_portal(department, params)
    if department.url is None and department.kind is UnitKind.GOVERNMENT:
        return of_department(department, Outcome.INAPPLICABLE)  # missing-xxgk-entry is about this
    if department.url is None:
        outcome = Outcome.FAILED if department.listed_for_disclosure else Outcome.CANT_TELL
        return of_department(department, outcome, reason=reason_word("no-link"))
    reason = reason_word(department.unreached_reason or "not-fetched")
    return of_department(department, Outcome.UNTESTED if department.reached is None else Outcome.FAILED, reason=reason)


def _leads_back(department: DepartmentFacts, params: Params) -> Judgement:
    """The name links to the portal itself: fine for the government and its office, no page of its own for any other."""
    if _shares_portal(department, params):
        return of_department(department, Outcome.INAPPLICABLE)
    if not department.reached:
        return unreached(department) or of_department(department, Outcome.UNTESTED, reason=reason_word("not-fetched"))
    if not department.listed_for_disclosure:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word("leads-back"))
    if department.times_seen < params.min_times_seen:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word("seen-once"))
    return of_department(department, Outcome.FAILED, reason=reason_word("leads-back"))


def _shares_portal(department: DepartmentFacts, params: Params) -> bool:
    return department.kind is UnitKind.GOVERNMENT or params.shares_portal.search(department.name) is not None


def _shows_portal(department: DepartmentFacts, params: Params) -> Judgement:
    """An address that shows the portal's home page, as any made-up one does; the crawler looked twice."""
    if _shares_portal(department, params):
        return of_department(department, Outcome.INAPPLICABLE)
    outcome = Outcome.FAILED if department.listed_for_disclosure else Outcome.CANT_TELL
    return of_department(department, outcome, reason=reason_word(department.unreached_reason))


def _opened(department: DepartmentFacts, params: Params) -> Judgement:
    if department.is_disclosure is not False:
        return of_department(department, Outcome.PASSED)
    if not department.listed_for_disclosure:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word("introduction-elsewhere"))
    if department.times_seen < params.min_times_seen:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word("seen-once"))
    return of_department(department, Outcome.FAILED, reason=reason_word("introduction"))


def _is_portal_page(url: str, context: Context) -> bool:
    """Whether the address is the portal's home or disclosure page, or that page with a query that changes nothing on it."""
    portal = context.facts.portal
    own = [each for each in (portal.url, portal.xxgk_url) if each]
    if canonical(url) in {canonical(each) for each in own}:
        return True
    page = context.facts.page(url) if "?" in url else None
    if page is None or page.text_length < _MIN_TEXT:
        return False
    alike = (each for each in own if canonical(each) == canonical(url.partition("?")[0]))
    return any(twin.text == page.text for each in alike if (twin := context.facts.page(each)) is not None)
