"""A stratified, repeatable sample of a portal: 单位 by kind, pages by column type (standards: evaluators look at a part).

Who is drawn follows from the seed and from names and addresses alone: each is ranked within its stratum by a hash, so that
the same seed draws the same sample of the same portal, and a 单位 more or less moves hardly anybody.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from audit.folders import SAMPLE_SETTING
from crawler.addresses import page_key
from crawler.facts import ColumnFacts, SiteFacts, bare_url
from crawler.focus import Sampled
from crawler.focus.model import READ_THROUGH

SAMPLE_LINE = "抽样"
"""Name of the line in a result's settings that says how the sample was drawn."""

_VAGUE = frozenset({"other", ""})
"""An entry that stands in two columns counts for the one whose type is known."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnUnit:
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    url: str
    title: str
    column_type: str
    column: str
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What was drawn, and of how many."""

    seed: int
    units: tuple[DrawnUnit, ...] = ()
    pages: tuple[DrawnPage, ...] = ()
    all_units: int = 0
    all_pages: int = 0
    digest: str = ""
    """First 16 hex digits of sha256 over the whole frame: two draws with the same digest had the same choice."""

    def stored(self) -> dict[str, object]:
        """JSON values for the settings."""
        return asdict(self)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Draw | None":
        """The draw that a run's settings keep."""
        from pydantic import TypeAdapter  # noqa: PLC0415  half a second that most commands can do without

        raw = settings.get(SAMPLE_SETTING)
        return TypeAdapter(cls).validate_python(raw) if isinstance(raw, dict) else None


def draw(facts: SiteFacts, seed: int, units: int, pages: int) -> Draw:
    """At most ``units`` 单位 and ``pages`` entries of column lists: every stratum is drawn from while there is room for all."""
    of_kind: dict[str, dict[str, DrawnUnit]] = defaultdict(dict)
    for department in facts.departments():
        of_kind[department.kind.value][department.name] = DrawnUnit(name=department.name, kind=department.kind.value)
    of_type: dict[str, dict[str, DrawnPage]] = defaultdict(dict)
    seen: set[str] = set()
    for column in sorted(facts.columns(), key=lambda column: (column.column_type in _VAGUE, column.url)):
        for page in _pages(column):
            key = _path(page.url)
            if key not in seen:
                seen.add(key)
                of_type[column.column_type][key] = page
    drawn_units = _draw(of_kind, seed, units)
    drawn_pages = _draw(of_type, seed, pages)
    return Draw(
        seed=seed,
        units=tuple(sorted(drawn_units, key=lambda unit: (unit.kind, unit.name))),
        pages=tuple(sorted(drawn_pages, key=lambda page: (page.column_type, _path(page.url)))),
        all_units=sum(map(len, of_kind.values())),
        all_pages=len(seen),
        digest=_digest((*(name for kind in of_kind.values() for name in kind), *seen)),
    )


def sampled(facts: SiteFacts, drawn: Draw) -> Sampled:
    """What the crawl is to look at for the draw."""
    names = {unit.name for unit in drawn.units}
    columns = [column for column in facts.columns() if column.department in names]
    return Sampled(
        prefixes=tuple(prefix for unit in facts.departments() if unit.name in names for prefix in unit.url_prefixes),
        columns=tuple(sorted({(column.url, column.column_type) for column in columns})),
        entries=tuple(sorted(_report_urls(columns))),
        pages=tuple(page.url for page in drawn.pages),
    )


def judged_pages(facts: SiteFacts, drawn: Draw) -> tuple[str, ...]:
    """Keys of the pages that are judged: those drawn, the home page, and columns and reports of the 单位 drawn."""
    names = {unit.name for unit in drawn.units}
    columns = [column for column in facts.columns() if column.department in names]
    fronts = [unit.url for unit in facts.departments() if unit.name in names and unit.url]
    urls = {facts.portal.url, *fronts, *(column.url for column in columns), *_report_urls(columns)}
    return tuple(sorted({page_key(url) for url in (*urls, *(page.url for page in drawn.pages))}))


def head(drawn: Draw) -> str:
    """How the sample was drawn, in one line."""
    counts = f"单位 {len(drawn.units)}／{drawn.all_units}，页面 {len(drawn.pages)}／{drawn.all_pages}"
    return f"抽样：种子 {drawn.seed}，{counts}"


def shown(settings: Mapping[str, Any]) -> dict[str, str]:
    """What a report prints of the sample that a run's settings keep; {}: the run looked at the whole portal."""
    drawn = Draw.of(settings)
    if drawn is None:
        return {}
    names = "、".join(unit.name for unit in drawn.units) or "无"
    return {SAMPLE_LINE: head(drawn), "抽中的单位": names, "总体校验码": drawn.digest}


def allocate(sizes: Mapping[str, int], quota: int) -> dict[str, int]:
    """How many are drawn of each stratum: one of each first, the largest before the others, then by Sainte-Laguë's quotients."""
    given = dict.fromkeys(sizes, 0)
    for _ in range(min(quota, sum(sizes.values()))):
        open_ = [name for name in sizes if given[name] < sizes[name]]
        chosen = min(open_, key=lambda name: (given[name] > 0, -sizes[name] / (2 * given[name] + 1), name))
        given[chosen] += 1
    return {name: number for name, number in given.items() if number}


def _draw(strata: Mapping[str, Mapping[str, _T]], seed: int, quota: int) -> list[_T]:
    drawn: list[_T] = []
    for stratum, number in allocate({name: len(members) for name, members in strata.items()}, quota).items():
        members = strata[stratum]
        drawn += [members[key] for key in sorted(members, key=lambda key: _rank(seed, stratum, key))[:number]]
    return drawn


def _rank(seed: int, stratum: str, key: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}\x1f{stratum}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest(), key


def _pages(column: ColumnFacts) -> Iterable[DrawnPage]:
    name = " › ".join(column.path) or column.name
    for entry in column.entries:
        if entry.url and _host(entry.url) == _host(column.url):
            yield DrawnPage(
                url=entry.url, title=entry.title, column_type=column.column_type, column=name, department=column.department
            )


def _report_urls(columns: Iterable[ColumnFacts]) -> set[str]:
    """Guides and reports, whatever was drawn: what is said of their columns rests on them."""
    return {entry.url for column in columns if column.column_type in READ_THROUGH for entry in column.entries if entry.url}


def _host(url: str) -> str:
    return bare_url(url).partition("/")[0]


def _path(url: str) -> str:
    """The address without its host: a portal keeps its sample when it moves to another name or port."""
    return page_key(url).partition("/")[2]


def _digest(keys: Iterable[str]) -> str:
    return hashlib.sha256("\x1e".join(sorted(keys)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
