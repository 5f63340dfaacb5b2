"""What the address of a spot check is: a page, the home page, a column or a 单位, and whose."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from audit.folders import list_runs
from audit.part import Part
from crawler.addresses import host_of, page_key
from crawler.extractors.unit_names import unit_sureness
from crawler.facts import MANDATORY_ROLES, ColumnFacts, DepartmentFacts, PageFacts, UnitKind
from crawler.focus import META
from crawler.pins import PinnedUnit, Pins
from crawler.store import FactsStore
from reports.result import ResultInvalid, read_result


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What an earlier run knows of the portal that an address belongs to."""

    home_url: str
    pins: Pins = field(default_factory=Pins)
    kind: Literal["", "unit", "column"] = ""
    run: str = ""
    """Name of that run; ``""``: there was none."""


def background(data: Path, url: str, home_url: str | None) -> Background:
    """From the newest trustworthy run of the portal; without one, the root of the address's host is its home page."""
    for run in reversed(list(list_runs(data))):
        try:
            if read_result(run.result).void:
                continue
        except ResultInvalid:
            continue
        with FactsStore.open(run.facts) as store:
            hosts = {host_of(f"http://{host}/") for host in store.get_meta("hosts", [])}
            if host_of(url) not in hosts or (home_url is not None and host_of(home_url) not in hosts):
                continue
            pins = Pins(region=store.portal.region, units=tuple(map(_pinned, store.departments())))
            return Background(home_url=home_url or store.portal.url, pins=pins, kind=_known_kind(store, url), run=run.name)
    parts = urlsplit(url)
    return Background(home_url=home_url or f"{parts.scheme}://{parts.netloc}/")


def _pinned(department: DepartmentFacts) -> PinnedUnit:
    """A 单位 as it was found: its columns are looked for anew, for an old one may be mislinked today."""
    return PinnedUnit(
        name=department.name,
        kind=department.kind,
        group=department.group,
        url=department.url if department.kind is not UnitKind.GOVERNMENT else None,
        url_prefixes=department.url_prefixes,
        aliases=department.aliases,
    )


def _known_kind(store: FactsStore, url: str) -> Literal["", "unit", "column"]:
    key = page_key(url)
    if any(department.url and page_key(department.url) == key for department in store.departments()):
        return "unit"
    return "column" if any(page_key(column.url) == key for column in store.columns()) else ""


def subject_of(store: FactsStore, url: str) -> Part | None:
    """The part that ``url`` stands for in an assembled run; None when neither a page nor an attachment was read there."""
    kept = store.get_meta(META, {})
    pages = tuple(sorted({page_key(each) for each in kept.get("pages", [])} | {page_key(url)}))
    bounded = bool(kept.get("bounded"))
    page = store.page(url)
    if page is None:
        is_file = any(page_key(item.url) == page_key(url) for item in store.attachments())
        return Part(kind="page", pages=pages) if is_file else None
    keys = {page_key(each) for each in (url, page.url, page.final_url) if each}
    unit = next((item for item in store.departments() if item.url and page_key(item.url) in keys), None)
    if keys & set(store.get_meta("home_keys", [])):
        return Part(kind="home", pages=tuple(sorted(keys)))
    if unit is not None:
        return Part(kind="unit", units=(unit.name,), pages=pages, bounded=bounded)
    columns = [column for column in store.columns() if _stands_at(column, keys)]
    # The four come first: a page stands under two names now and then.
    column = min(columns, key=lambda item: (item.column_type not in MANDATORY_ROLES, item.column_type == "other"), default=None)
    if column is not None:
        units = (column.department,) if column.department else ()
        of_column = tuple(sorted({page_key(item.url) for item in columns}))
        return Part(kind="column", units=units, columns=of_column, pages=pages, column_type=column.column_type, bounded=bounded)
    owner = _owner(store, page)
    return Part(kind="page", units=(owner,) if owner else (), pages=tuple(sorted(keys)))


def unlisted_unit(store: FactsStore, url: str) -> PinnedUnit | None:
    """The 单位 whose front page ``url`` is, though no list that was read names it; its name is the page's own word."""
    page = store.page(url)
    if page is None or page_key(page.url) in store.get_meta("home_keys", []):
        return None
    if any(item.url and page_key(item.url) == page_key(page.url) for item in store.departments()) or not _offers_columns(page):
        return None
    name = next((name for name in _names(page) if unit_sureness(name)), None)
    return PinnedUnit(name=name, url=page.url) if name else None


def with_unit(pins: Pins, unit: PinnedUnit) -> Pins:
    """``pins`` with one 单位 more."""
    return replace(pins, units=(*(known for known in pins.units if known.name != unit.name), unit))


def _offers_columns(page: PageFacts) -> bool:
    """Three of the four stand on it, and it is none of them itself."""
    offered = [link for link in page.column_links if link.column_type in MANDATORY_ROLES]
    inside = any(link.url and page_key(link.url) == page_key(page.url) for link in offered)
    return len({link.column_type for link in offered}) >= 3 and not inside


def _names(page: PageFacts) -> Iterator[str]:
    yield from (crumb.text.strip() for crumb in reversed(page.breadcrumb))
    for title in (page.tags.get("ColumnName", ""), page.title.value or "", *page.page_title.replace("_", "-").split("-")):
        yield title.strip()
    yield page.organizer


def _stands_at(column: ColumnFacts, keys: set[str]) -> bool:
    return page_key(column.url) in keys or any(page_key(item.url) in keys for item in column.evidence[:1])


def _owner(store: FactsStore, page: PageFacts) -> str | None:
    """The 单位 of a page by the longest prefix; else the one that its breadcrumb names."""
    owner = store.owner(page.url)
    if owner is not None:
        return owner
    names = {name: item.name for item in store.departments() for name in (item.name, *item.aliases)}
    return next((names[crumb.text.strip()] for crumb in reversed(page.breadcrumb) if crumb.text.strip() in names), None)
