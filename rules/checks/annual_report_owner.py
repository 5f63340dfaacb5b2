"""年报张冠李戴: a report in one 单位's column whose title or opening names another."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.facts import DepartmentFacts, PageFacts, UnitKind
from rules.filed_reports import FiledReport, filed_report
from rules.model import Context, Judgement, Outcome, Subject
from rules.pages import is_report
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.report_index import Known, report_index
from rules.report_titles import unit_named, unit_of_title
from rules.units import LEVELS, abbreviates, is_same_unit, names_unit
from rules.words import reason_word

_AROUND = 24
_MIN_BARE = 3
_BEHIND = 48
"""Characters behind a name in which its part in the report is told: the regulation is named in between with its full title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    author: tuple[SafePattern, ...]
    """What follows the name of the 单位 that wrote the report."""
    recipient: tuple[SafePattern, ...]
    """What stands before the name of a 单位 that did not: it asked for the report or receives it."""
    by: SafePattern
    """What stands before the name of a 单位 of which ``written`` says behind it that it wrote the report."""
    written: SafePattern
    unit: SafePattern
    """Names of the title that are surely a 单位's, also where no list of this portal has them."""


@check(
    "annual-report-owner",
    subject=Subject.PAGE,
    params=Params,
    fields={
        Outcome.PASSED: ("year",),
        Outcome.FAILED: ("year", "named", "place"),
        Outcome.CANT_TELL: ("year", "reason"),
    },
    needs=("annual_report",),
    pages=is_report,
)
def annual_report_owner(page: PageFacts, params: Params, context: Context) -> Judgement | None:
    """Names of this portal's own list accuse; the government's column may gather everybody's reports.

    A name that no list has may be the 单位's own of another time: it accuses only where title and opening both give it, and
    reports of the 单位 from years before and after bear its name of today.
    """
    filed = filed_report(page, context)
    if filed is None:
        return None
    owner = context.departments.get(filed.owner or "")
    if owner is None or owner.kind is UnitKind.GOVERNMENT or _filed_elsewhere(filed, owner, context):
        return filed.judge(Outcome.INAPPLICABLE)
    others = [department for department in context.departments.values() if department.name != owner.name]
    by_title = _by_title(filed, owner, others, params, context)
    if by_title is not None:
        return by_title
    opening = _plain(_sentences(filed.report.opening))
    if opening and not names_unit(opening, owner):
        found = _author(opening, others, params)
        if found is not None and not _stands_for(owner, found[0]):
            return filed.judge(Outcome.FAILED, quote=found[1], where="body", named=found[0].name, place="开头")
    return filed.judge(Outcome.PASSED)


def _by_title(
    filed: FiledReport, owner: DepartmentFacts, others: Sequence[DepartmentFacts], params: Params, context: Context
) -> Judgement | None:
    """What a title says that names a 单位 other than the owner; None where it names none, or one that may stand for it."""
    unit = unit_of_title(filed.title)
    if not unit or _is_own(filed.title, unit, owner):
        return None
    other = unit_named(unit, others)
    if other is not None:
        if _stands_for(owner, other):
            return None
        return filed.judge(Outcome.FAILED, quote=filed.title, where="title", named=other.name, place="标题")
    if abbreviates(unit, owner):
        return None
    if _is_strangers(filed, unit, owner, params) and _kept_its_name(filed, owner, context):
        return filed.judge(Outcome.FAILED, quote=filed.title, where="title", named=unit, place="标题和开头")
    return filed.judge(Outcome.CANT_TELL, reason=reason_word("unit-unknown"))


def _is_strangers(filed: FiledReport, unit: str, owner: DepartmentFacts, params: Params) -> bool:
    """Whether the opening too gives the title's 单位 as author, and does not name the owner."""
    opening = _plain(_sentences(filed.report.opening))
    if not params.unit.search(unit) or names_unit(opening, owner):
        return False
    return any(_wrote(opening, start, unit, params) for start in _starts(opening, unit))


def _kept_its_name(filed: FiledReport, owner: DepartmentFacts, context: Context) -> bool:
    """Whether reports of years before and after this one bear the owner's name of today in their titles."""
    if filed.year is None:
        return False
    years = {year for known in report_index(context).known if _bears_name(known, owner) for year in known.years}
    return any(year < filed.year for year in years) and any(year > filed.year for year in years)


def _bears_name(known: Known, owner: DepartmentFacts) -> bool:
    return known.owner == owner.name and (is_same_unit(known.unit, owner) if known.unit else False)


def _filed_elsewhere(filed: FiledReport, owner: DepartmentFacts, context: Context) -> bool:
    """The column of one 单位 leads to an address of another: its link is wrong, not the report."""
    other = context.departments.get(context.facts.owner(filed.page.url) or "")
    return other is not None and other.name != owner.name and other.kind is not UnitKind.GOVERNMENT


def _is_own(title: str, unit: str, owner: DepartmentFacts) -> bool:
    return is_same_unit(unit, owner) or names_unit(_plain(title), owner)


def _stands_for(owner: DepartmentFacts, other: DepartmentFacts) -> bool:
    """The government's office files the government's own report."""
    return other.kind is UnitKind.GOVERNMENT and "办公" in owner.name


def _author(opening: str, others: Iterable[DepartmentFacts], params: Params) -> tuple[DepartmentFacts, str] | None:
    """The 单位 that the opening gives as author, with the words around its name."""
    names = {short: other for other in others for name in (other.name, *other.aliases) if len(short := _bare(name)) > 2}
    if not names:
        return None
    for start, name in _mentions(opening, names):
        if _wrote(opening, start, name, params):
            return names[name], opening[max(0, start - _AROUND) : start + len(name) + _AROUND]
    return None


def _wrote(opening: str, start: int, name: str, params: Params) -> bool:
    """Whether the words around ``name``, which begins at ``start``, say that it wrote the report."""
    end = start + len(name)
    before, behind = opening[max(0, start - _AROUND) : start], opening[end : end + _BEHIND]
    wrote = any(each.search(behind) for each in params.author) and not any(each.search(before) for each in params.recipient)
    return wrote or bool(params.by.search(before) and params.written.search(behind))


def _mentions(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where names stand, from left to right; the longest of those that begin at one place, none within another."""
    places = [(start, -len(name), name) for name in names for start in _starts(text, name)]
    end = 0
    for start, _, name in sorted(places):
        if start >= end:
            yield start, name
            end = start + len(name)


def _starts(text: str, name: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def _sentences(opening: str) -> str:
    """The lines that are sentences: title and head of the page name the 单位 too, and say nothing of who wrote the report."""
    lines = [line for line in opening.splitlines() if any(sign in line for sign in "，。；")]
    return "\n".join(lines) or opening


def _bare(name: str) -> str:
    """``name`` without the level in front (县财政局): the text may give the region in full there (某某自治县财政局)."""
    plain = _plain(name)
    return plain[1:] if plain[:1] in LEVELS and len(plain) > _MIN_BARE else plain


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))
