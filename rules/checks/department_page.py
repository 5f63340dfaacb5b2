"""单位公开页面: 单位 that the portal names without a working disclosure page of their own."""

from dataclasses import dataclass

from crawler.facts import DepartmentFacts, UnitKind
from rules.addresses import canonical
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import of_department
from rules.words import reason_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    exempt_kinds: tuple[UnitKind, ...]
    """Kinds of 单位 that need no page of their own here."""
    min_times_seen: int


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
    if department.url and canonical(department.url) in _portal_pages(context):
        return of_department(department, Outcome.INAPPLICABLE)
    if department.reached:
        return _opened(department, params)
    if department.url is None and department.kind is UnitKind.GOVERNMENT:
        return of_department(department, Outcome.INAPPLICABLE)  # missing-xxgk-entry is about this
    if department.url is None:
        outcome = Outcome.FAILED if department.listed_for_disclosure else Outcome.CANT_TELL
        return of_department(department, outcome, reason=reason_word("no-link"))
    reason = reason_word(department.unreached_reason or "not-fetched")
    return of_department(department, Outcome.UNTESTED if department.reached is None else Outcome.FAILED, reason=reason)


def _opened(department: DepartmentFacts, params: Params) -> Judgement:
    if department.is_disclosure is not False:
        return of_department(department, Outcome.PASSED)
    if not department.listed_for_disclosure:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word("introduction-elsewhere"))
    if department.times_seen < params.min_times_seen:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word("seen-once"))
    return of_department(department, Outcome.FAILED, reason=reason_word("introduction"))


def _portal_pages(context: Context) -> set[str]:
    portal = context.facts.portal
    return {canonical(url) for url in (portal.url, portal.xxgk_url) if url}
