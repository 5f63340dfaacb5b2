"""法定公开事项: items of 条例 art. 20 for which a 单位 shows no column."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from crawler.facts import DepartmentFacts, ListState, PageFacts, UnitKind
from rules.addresses import canonical
from rules.model import Context, Judgement, Outcome, Subject
from rules.patterns import SafePattern
from rules.registry import CheckParams, check
from rules.subjects import of_department, unreached
from rules.words import reason_word, word

_PREFIX = "statutory:"
_MENU = "columns-of-the-menu"
_OWN_ITEMS = frozenset(range(1, 15))
"""条例 art. 20 (一) to (十四): the fifteenth is what other laws ask for, and nothing by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(CheckParams):
    kinds: tuple[UnitKind, ...]
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint(CheckParams):
    item: int
    names: SafePattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    required: tuple[Requirement, ...]
    hints: tuple[Hint, ...]
    """Names of the 单位's columns that may hold an item all the same, in words that no vocabulary has."""
    min_items: int
    """Items that must be recognised at all before a missing one is believed: fewer means an unread tree."""
    min_times_seen: int
    min_siblings: int
    """Other 单位 of the same kind whose trees were read, before one may be measured by them."""
    sibling_share: float
    """Share of those, 0 to 1, that must show an item which is not required before its absence is a lead."""


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
    needs=("statutory", "statutory_content", "other"),
)
def statutory_item_present(department: DepartmentFacts, params: Params, context: Context) -> Judgement | None:
    """An anchor is enough: items may be merged in one column or lead to another platform. One judgement names all missing.

    Columns that were met prove their items; that there are no others only a page or a tree that names the columns can tell.

    What is not required, and what nearly all 单位 of the kind show all the same, is a lead where one does not.
    """
    required = [item for each in params.required if department.kind in each.kinds for item in each.items]
    if not required:
        return None
    not_reached = unreached(department)
    if not_reached is not None:
        return not_reached
    if "statutory_content" not in department.columns:
        return of_department(department, Outcome.INAPPLICABLE)
    shown = _shown(department, context)
    lacked = set(required) - shown
    hinted = _hinted(department, params, context)
    missing = _words_of(lacked or _usual(department, params, context) - shown - hinted)
    doubt = _doubt(department, shown, params, context) or ("unknown-column" if lacked and lacked <= hinted else "")
    if not missing or (doubt and not lacked):
        return of_department(department, Outcome.PASSED, required=len(set(required)))
    if doubt:
        return of_department(department, Outcome.CANT_TELL, reason=reason_word(doubt))
    return of_department(department, Outcome.FAILED, missing=missing).with_(lead=not lacked)


def _doubt(department: DepartmentFacts, shown: set[int], params: Params, context: Context) -> str:
    if len(shown) < params.min_items:
        return "few-items"
    if len(_named(department, context)) < params.min_items and _unread(department, context):
        return "tree-unread"
    return "seen-once" if department.times_seen < params.min_times_seen else ""


def _hinted(department: DepartmentFacts, params: Params, context: Context) -> set[int]:
    """Items that a column of the 单位 may hold, to go by a name that is not understood whole."""
    columns = (column for kind in ("other", "statutory") for column in context.columns.get((department.name, kind), ()))
    names = {column.name for column in columns}
    return {hint.item for hint in params.hints if any(hint.names.search(name) for name in names)}


def _unread(department: DepartmentFacts, context: Context) -> bool:
    """Whether the page of 法定主动公开内容, where the columns would be named, was not read."""
    columns = context.columns.get((department.name, "statutory_content"), ())
    return any(column.state in {ListState.UNTESTED, ListState.SCRIPTED} for column in columns)


def _words_of(items: set[int]) -> tuple[str, ...]:
    return tuple(word("statutory_items", str(item)) for item in sorted(items))


def _usual(department: DepartmentFacts, params: Params, context: Context) -> set[int]:
    """Items that nearly all other 单位 of the kind show."""
    key = f"statutory-items-of-{department.kind.value}/{params.min_items}"
    if key not in context.memo:
        alike = (other for other in context.departments.values() if other.kind is department.kind)
        trees = {other.name: _shown(other, context) for other in alike if "statutory_content" in other.columns}
        context.memo[key] = {name: items for name, items in trees.items() if len(items) >= params.min_items}
    trees_read: Mapping[str, set[int]] = context.memo[key]
    others = [items for name, items in trees_read.items() if name != department.name]
    if len(others) < params.min_siblings:
        return set()
    counts = Counter(item for items in others for item in items if item in _OWN_ITEMS)
    return {item for item, count in counts.items() if count >= params.sibling_share * len(others)}


def _shown(department: DepartmentFacts, context: Context) -> set[int]:
    columns = context.columns.get((department.name, "statutory"), ())
    return _named(department, context).union(item for column in columns for item in column.statutory_items)


def _named(department: DepartmentFacts, context: Context) -> set[int]:
    """Items that the pages of the 单位 name a column for; the portal's own menu around them names columns of the portal."""
    items = {*department.items_drawn}
    menu = _menu(context)
    for page in _pages(department, context):
        links = [link for link in page.column_links if link.column_type.startswith(_PREFIX)]
        own = [link for link in links if not link.url or canonical(link.url) not in menu]
        places = Counter(link.place for link in own).most_common(1)
        # A 单位 may lead to a column of the portal as well: then that stands among its own.
        counted = links if not places else (link for link in links if link in own or link.place == places[0][0])
        items |= {int(link.column_type.removeprefix(_PREFIX)) for link in counted}
    return items


def _menu(context: Context) -> Collection[str]:
    """Addresses of the columns that the home page's menus name."""
    if _MENU not in context.memo:
        home = context.facts.portal.home
        links = home.column_links if home is not None else ()
        context.memo[_MENU] = {canonical(link.url) for link in links if link.url and link.place != "main"}
    menu: Collection[str] = context.memo[_MENU]
    return menu


def _pages(department: DepartmentFacts, context: Context) -> Iterator[PageFacts]:
    column = department.columns["statutory_content"]
    for address in dict.fromkeys((department.url, column.url, column.final_url or None)):
        page = context.facts.page(address) if address else None
        if page is not None:
            yield page
