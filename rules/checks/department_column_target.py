"""栏目错链: an anchor of one of the four columns that opens another of them, or another 单位's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler.facts import MANDATORY_ROLES, DepartmentFacts, MandatoryColumn, UnitKind
from rules.addresses import canonical
from rules.model import Context, Judgement, Outcome, Subject
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.units import is_same_unit
from rules.words import column_label, reason_word

_ONE_PAGE = frozenset({"tab", "tree", "script", "pinned"})
"""Ways of offering a column in which one address rightly serves several of the four, or a person said what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    shared_types: tuple[str, ...]
    """Columns for which 政府本级's own page may stand in: rules are often common to all 单位."""
    min_times_seen: int


@check(
    "department-column-target",
    subject=Subject.DEPARTMENT,
    params=Params,
    fields={
        Outcome.PASSED: ("label",),
        Outcome.FAILED: ("label", "target", "opens"),
        Outcome.CANT_TELL: ("label", "target", "reason"),
        Outcome.UNTESTED: ("label", "reason"),
    },
)
def department_column_target(department: DepartmentFacts, params: Params, context: Context) -> Iterator[Judgement]:
    """Each anchor opens its own content. What cannot be told is no fault: year tabs, one page of four parts, a first article."""
    if not department.columns:
        return
    not_reached = unreached(department)
    sharing = _sharing(department.columns)
    for kind in MANDATORY_ROLES:
        column = department.columns.get(kind)
        if column is None or column.opened is False or column.url is None:
            continue  # whether it opens is dead-link's matter; a tree without address opens in place
        if not_reached is not None or column.opened is None:
            reason = not_reached.values["reason"] if not_reached else reason_word("not-fetched")
            yield _of(department, column, Outcome.UNTESTED, reason=reason)
        else:
            yield _judge(department, column, sharing[_address(column)], params, context)


def _judge(
    department: DepartmentFacts, column: MandatoryColumn, same_address: list[str], params: Params, context: Context
) -> Judgement:
    target = column.final_url or column.url or ""
    foreign = column.opens_owner if column.opens_owner and not is_same_unit(column.opens_owner, department) else ""
    owner = context.departments.get(foreign)
    by_government = owner is not None and owner.kind is UnitKind.GOVERNMENT
    wrong_type = column.opens_type if column.opens_type in MANDATORY_ROLES and column.opens_type != column.column_type else None
    doubt = ""
    if _shares_address(column, same_address, wrong_type):
        doubt = "shared-address"
    elif by_government and not wrong_type:
        if column.column_type in params.shared_types:
            return _of(department, column, Outcome.PASSED)
        doubt = "government-owned"
    elif not wrong_type and not foreign:
        return _of(department, column, Outcome.PASSED)
    elif department.times_seen < params.min_times_seen:
        doubt = "seen-once"
    if doubt:
        return _of(department, column, Outcome.CANT_TELL, target=target, reason=reason_word(doubt))
    opens = f"{foreign}{column_label(wrong_type or column.column_type)}"
    return _of(department, column, Outcome.FAILED, target=target, opens=opens)


def _shares_address(column: MandatoryColumn, same_address: list[str], wrong_type: str | None) -> bool:
    """Whether one address serves several anchors so that what each opens cannot be told.

    Three or four anchors on one page are parts of it, not a slip; two anchors on a page of nobody knows which type are unclear.
    """
    if wrong_type is not None:
        return len(same_address) > 2
    return column.opens_type is None and len(same_address) > 1 and column.strategy not in _ONE_PAGE


def _of(department: DepartmentFacts, column: MandatoryColumn, outcome: Outcome, **values: str) -> Judgement:
    label = column_label(column.column_type)
    return of_department(department, outcome, key=column.column_type, evidence=column.evidence, label=label, **values)


def _sharing(columns: Mapping[str, MandatoryColumn]) -> dict[str, list[str]]:
    """Column types by the address their anchors name; a fragment tells tabs of one page apart."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, column in columns.items():
        if column.url:
            found[_address(column)].append(kind)
    return found


def _address(column: MandatoryColumn) -> str:
    return canonical(column.url or "")
