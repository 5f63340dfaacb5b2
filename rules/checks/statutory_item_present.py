"""法定公开事项: items of 条例 art. 20 for which a 单位 shows no column."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.facts import DepartmentFacts, PageFacts, UnitKind
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.words import reason_word, word

_PREFIX = "statutory:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(CheckParams):
    kinds: tuple[UnitKind, ...]
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    required: tuple[Requirement, ...]
    min_items: int
    """Items that must be recognised at all before a missing one is believed: fewer means an unread tree."""
    min_times_seen: int


@check(
    "statutory-item-present",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: ("required",),
        Outcome.FAILED: ("missing",),
        Outcome.CANT_TELL: ("reason",),
        Outcome.UNTESTED: ("reason",),
    },
    needs=("statutory",),
)
def statutory_item_present(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """An anchor is enough: items may be merged in one column or lead to another platform. One judgement names all missing."""
    required = [item for each in params.required if department.kind in each.kinds for item in each.items]
    if not required:
        return None
    not_reached = unreached(department)
    if not_reached is not None:
        return not_reached
    if "statutory_content" not in department.columns:
        return of_department(department, Outcome.INAPPLICABLE)
    shown = _shown(department, context)
    missing = tuple(word("statutory_items", str(item)) for item in sorted(set(required) - shown))
    if not missing:
        return of_department(department, Outcome.PASSED, required=len(set(required)))
    if len(shown) < params.min_items or department.times_seen < params.min_times_seen:
        reason = "few-items" if len(shown) < params.min_items else "seen-once"
        return of_department(department, Outcome.CANT_TELL, reason=reason_word(reason))
    return of_department(department, Outcome.FAILED, missing=missing)


def _shown(department: DepartmentFacts, context: Context) -> set[int]:
    columns = context.columns.get((department.name, "statutory"), ())
    items = {item for column in columns for item in column.statutory_items}
    for page in _pages(department, context):
        items |= {
            int(link.column_type.removeprefix(_PREFIX)) for link in page.column_links if link.column_type.startswith(_PREFIX)
        }
    return items


def _pages(department: DepartmentFacts, context: Context) -> Iterator[PageFacts]:
    column = department.columns["statutory_content"]
    for address in dict.fromkeys((department.url, column.url, column.final_url or None)):
        page = context.facts.page(address) if address else None
        if page is not None:
            yield page
