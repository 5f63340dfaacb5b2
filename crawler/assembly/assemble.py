"""The whole portal out of its pages, in one pass and a few look-ups."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crawler.addresses import host_of, page_key
from crawler.assembly.columns import ColumnSeed, read_column
from crawler.assembly.gone import gone_for
from crawler.assembly.index import ColumnPage, PageIndex, describe_column, index_pages
from crawler.assembly.mandatory import Front, OpenedReader, SharedTargets, find_columns, open_page
from crawler.assembly.names import government_name, is_government, name_key
from crawler.assembly.official import official_name
from crawler.assembly.owners import PrefixOwners, confirmed_marks, query_marks, wider_folders
from crawler.assembly.source import PageSource
from crawler.assembly.tabs import tab_columns
from crawler.assembly.twins import is_once_more, merge_twins
from crawler.assembly.units import UnitDraft, folder_or_stem, gather_units, url_prefixes
from crawler.assembly.unnamed import find_unnamed
from crawler.extractors.column_links import classify_column, statutory_items
from crawler.extractors.document import squeeze
from crawler.extractors.unit_links import region_prefix
from crawler.facts import (
    MANDATORY_ROLES,
    ColumnFacts,
    ColumnLink,
    DepartmentFacts,
    Evidence,
    MandatoryColumn,
    Marks,
    PageFacts,
    PageKind,
    PortalFacts,
    UnitKind,
)
from crawler.pins import PinnedColumn, PinnedUnit, Pins
from crawler.vocabulary import load

MAX_SAMPLED = 6
"""Pages beside the home page on which foot marks are looked for."""

_STATUTORY = re.compile(r"statutory:(\d+)\Z")
_TELLING_COLUMNS = 2
"""Mandatory columns from which on a page is a disclosure page beyond doubt."""
_DISCLOSURE_STEM = re.compile(r"xxgk|zwgk|gkml|zfxxgk|/public/", re.IGNORECASE)
_DISCLOSURE_WORDS = ("信息公开", "政务公开")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What the pages say together."""

    portal: PortalFacts
    departments: tuple[DepartmentFacts, ...]
    """The government's own section first, then the 单位 in the order of the portal's list."""
    columns: tuple[ColumnFacts, ...]
    unmatched_pins: tuple[str, ...] = ()
    """Corrections of portal.yaml that fit nothing on the site any more, as Chinese sentences."""


def assemble(source: PageSource, start_url: str, pins: Pins | None = None) -> Assembly:
    """Put the portal together; a portal whose home page was not read has no 单位 and no columns."""
    home = open_page(source, start_url)
    if home is None:
        return Assembly(portal=PortalFacts(url=start_url), departments=(), columns=())
    return _Assembler(source, home, pins or Pins()).run()


class _Assembler:
    def __init__(self, source: PageSource, home: PageFacts, pins: Pins) -> None:
        self.source = source
        self.home = home
        self.pins = pins
        self.unmatched: list[str] = []
        self.pinned_units: dict[str, PinnedUnit] = {}
        self.pinned_columns = {page_key(column.url): column for column in pins.columns}
        self.index: PageIndex = index_pages(source)
        self.column_keys = sorted(self.index.columns)
        self.portal_name = _portal_name(home)
        self.region = pins.region or region_prefix(self.portal_name) or region_prefix(home.organizer)
        self.entry = _xxgk_entry(home)
        if pins.xxgk_url:
            self.entry = ColumnLink(column_type="xxgk_entry", url=pins.xxgk_url, text="政府信息公开", strategy="pinned")
        self.xxgk = open_page(source, self.entry.url) if self.entry and self.entry.url else None
        self.owners = PrefixOwners({})
        self.names: dict[str, str] = {}

    def run(self) -> Assembly:
        drafts = self._pinned(gather_units(self.index, self.home, self.xxgk, self.region))
        self._settle_pages(drafts)
        prefixes = url_prefixes([(draft.key, draft.url) for draft in drafts], self._portal_hosts())
        prefixes |= {key: unit.url_prefixes for key, unit in self.pinned_units.items() if unit.url_prefixes}
        self.owners = PrefixOwners(prefixes, query_marks((draft.key, draft.url) for draft in drafts))
        fronts = self._named_in_full(drafts, [self._front(draft) for draft in drafts])
        self.names = {draft.key: draft.name for draft in drafts}
        self._widen(prefixes, drafts, fronts)
        shared = SharedTargets()
        for front in fronts:
            shared.note(front)
        shared.note_portal(page for page in (self.home, self.xxgk) if page is not None)
        reader = OpenedReader(
            owners=self.owners,
            names=self.names,
            name_keys={name_key(name, self.region): draft.key for draft in drafts for name in (draft.name, *draft.aliases)},
            region=self.region,
        )
        departments = [self._government(shared, reader)]
        for draft, front in zip(drafts, fronts, strict=True):
            departments.append(self._department(draft, front, shared, reader, prefixes))
        departments[1:] = _listed_beside(departments[1:], drafts)
        self._own_columns(departments[1:], drafts)
        columns = merge_twins(self._columns(departments, drafts))
        self._report_unused_columns(columns)
        return Assembly(
            portal=self._portal(), departments=tuple(departments), columns=columns, unmatched_pins=tuple(self.unmatched)
        )

    def _widen(self, prefixes: dict[str, tuple[str, ...]], drafts: Sequence[UnitDraft], fronts: Sequence[Front]) -> None:
        """What the columns that the pages of 单位 offer tell of who owns what; ``prefixes`` take the folders."""
        offered = [_offered(draft, front) for draft, front in zip(drafts, fronts, strict=True)]
        self.owners.add_confirmed(confirmed_marks(offered))
        portal = [page.url for page in (self.home, self.xxgk) if page is not None]
        places = [(key, folder_or_stem(url) if url else "", columns) for key, url, columns in offered]
        for key, folder in wider_folders(places, portal).items():
            if key not in self.pinned_units or not self.pinned_units[key].url_prefixes:
                prefix = f"http://{folder}"
                prefixes[key] = (*prefixes.get(key, ()), prefix)
                self.owners.add(prefix, key)

    def _portal_hosts(self) -> set[str]:
        """Hosts on which the portal itself discloses; a 单位 that is there too has no host to itself."""
        fronts = [page for page in (self.home, self.xxgk) if page is not None]
        columns = (link.url for page in fronts for link in page.column_links if link.column_type in MANDATORY_ROLES and link.url)
        return {host_of(url) for url in (*(page.url for page in fronts), *columns)}

    # -- portal.yaml ----------------------------------------------------------------------------------------------------

    def _pinned(self, drafts: list[UnitDraft]) -> list[UnitDraft]:
        """The drafts as the operator corrected them; a correction that fits nothing is reported."""
        if not self.pins.units:
            return drafts
        by_key = {draft.key: draft for draft in drafts}
        for unit in self.pins.units:
            key = name_key(unit.name, self.region)
            if is_government(unit.name, self.region) or unit.kind is UnitKind.GOVERNMENT:
                self.pinned_units[""] = unit
                continue
            known = by_key.get(key) or next(
                (by_key[k] for alias in unit.aliases if (k := name_key(alias, self.region)) in by_key), None
            )
            if unit.ignored:
                if known is not None:
                    by_key.pop(known.key, None)
                continue
            if known is None:
                if unit.url is None or self.source.page(unit.url) is None:
                    self.unmatched.append(
                        f"portal.yaml 里的单位“{unit.name}”在网站的单位列表中已经找不到，所填页面也没有读到，请核对。"
                    )
                known = by_key[key] = UnitDraft(
                    key=key, name=unit.name, kind=unit.kind or UnitKind.DEPARTMENT, listed_on=self.home.url
                )
                known.listed_for_disclosure = True
            known.name = unit.name
            known.kind = unit.kind or known.kind
            known.group = unit.group or known.group
            known.url = unit.url or known.url
            known.aliases = [*known.aliases, *(alias for alias in unit.aliases if alias not in known.aliases)]
            self.pinned_units[known.key] = unit
        return list(by_key.values())

    def _pin_columns(self, key: str, columns: dict[str, MandatoryColumn]) -> dict[str, MandatoryColumn]:
        unit = self.pinned_units.get(key)
        for role, url in (unit.columns if unit else {}).items():
            if role in columns and columns[role].url and page_key(columns[role].url or "") == page_key(url):
                continue
            page = open_page(self.source, url)
            if page is None:
                self.unmatched.append(f"portal.yaml 给“{unit.name if unit else ''}”填写的栏目地址 {url} 没有读到，请核对。")
            columns[role] = MandatoryColumn(
                column_type=role,
                url=url,
                final_url=page.final_url or page.url if page else "",
                text=columns[role].text if role in columns else "",
                found_on="portal.yaml",
                strategy="pinned",
                opens_type=role if page else None,
                opened=True if page else self.source.fate(url).opened,
                evidence=(_evidence(page),) if page else (),
            )
        return columns

    def _report_unused_columns(self, columns: Iterable[ColumnFacts]) -> None:
        known = {page_key(column.url) for column in columns} | {
            page_key(item.url) for column in columns for item in column.evidence
        }
        for key, pin in self.pinned_columns.items():
            if key not in known and not pin.ignored:
                self.unmatched.append(f"portal.yaml 里的栏目“{pin.name or pin.url}”（{pin.url}）在网站上已经找不到，请核对。")

    # -- 单位 -----------------------------------------------------------------------------------------------------------

    def _settle_pages(self, drafts: Iterable[UnitDraft]) -> None:
        """The first of several doors that opens; where a list of organs leads to an introduction, the page that it offers."""
        portal_entries = {
            page_key(url)
            for url in (self.home.url, self.xxgk.url if self.xxgk else "", self.entry.url if self.entry else "")
            if url
        }
        for draft in drafts:
            page = open_page(self.source, draft.url) if draft.url else None
            if page is None:
                draft.url = next((door for door in draft.doors if open_page(self.source, door) is not None), draft.url)
                continue
            if _looks_like_disclosure(page):
                continue
            for link in page.column_links:
                if (
                    link.column_type != "xxgk_entry"
                    or not link.url
                    or page_key(link.url) in portal_entries
                    or link.place in {"head", "foot"}
                ):
                    continue
                target = open_page(self.source, link.url)
                if target is not None and folder_or_stem(link.url).startswith(folder_or_stem(draft.url or "")):
                    draft.url = link.url
                    break

    def _front(self, draft: UnitDraft) -> Front:
        pages: list[PageFacts] = []
        page = open_page(self.source, draft.url) if draft.url else None
        if page is not None:
            pages = [page, *self.source.parts(page.url)]
            pages += self._offers(lambda column: self.owners.owner(column.url) == draft.key and column.key != page_key(page.url))
        return Front(key=draft.key, name=draft.name, pages=tuple(pages), listed=tuple(self._listed(draft)) if pages else ())

    def _listed(self, draft: UnitDraft) -> Iterator[tuple[PageFacts, ColumnLink]]:
        """Of the columns that the list of 单位 names beside this one's name, those of the four."""
        page = self.source.page(draft.listed_on) if draft.doors else None
        if page is None:
            return
        own = {page_key(url) for url in (draft.url, *draft.doors) if url}
        for link in page.column_links:
            if link.url is not None and link.column_type in MANDATORY_ROLES and page_key(link.url) in own:
                yield page, link

    def _named_in_full(self, drafts: Sequence[UnitDraft], fronts: Sequence[Front]) -> list[Front]:
        """Give those that the list only abbreviates the names that their own pages bear; what the operator wrote stays."""
        keys = {draft.key for draft in drafts}
        named = []
        for draft, front in zip(drafts, fronts, strict=True):
            full = None if draft.key in self.pinned_units else official_name(draft.key, front.pages, self.region, keys)
            if full is not None:
                draft.aliases.append(draft.name)
                draft.name = full
            named.append(front if full is None else replace(front, name=full))
        return named

    def _offers(self, wanted: Callable[[ColumnPage], bool], most: int = 10) -> list[PageFacts]:
        """Column pages whose own menu may offer columns that the front page hides."""
        offers: list[PageFacts] = []
        for column in self.index.column_pages():
            if len(offers) >= most:
                break
            if wanted(column):
                page = self.source.page(column.url)
                if page is not None and any(link.column_type in MANDATORY_ROLES for link in page.column_links):
                    offers.append(page)
        return offers

    def _government(self, shared: SharedTargets, reader: OpenedReader) -> DepartmentFacts:
        pages = [page for page in (self.xxgk, self.home) if page is not None]
        pages = list({page_key(page.url): page for page in pages}.values())
        pages += [part for page in tuple(pages) for part in self.source.parts(page.url)]
        known = {page_key(page.url) for page in pages}
        pages += self._offers(
            lambda column: (
                self.owners.owner(column.url) is None
                and column.key not in known
                and not shared.is_units(column.url)
                and not any(name_key(crumb, self.region) in reader.name_keys for crumb in column.crumbs)
            ),
            most=20,
        )
        said = (self.portal_name, self.home.site_name or "", self.home.organizer)
        name = government_name(self.region, *said) if self.region else self.portal_name or host_of(self.home.url)
        front = Front(key="", name=name, pages=tuple(pages))
        columns = {
            role: column
            for role, column in find_columns(front, self.source, self.owners, shared, reader).items()
            if column.url is None
            or self.owners.owner(column.url) is None
            or column.found_on in {self.home.url, self.xxgk.url if self.xxgk else ""}
        }
        columns = self._pin_columns("", columns)
        first = self.xxgk or self.home
        return DepartmentFacts(
            name=name,
            kind=UnitKind.GOVERNMENT,
            group="政府本级",
            url=self.entry.url if self.entry else None,
            listed_on=self.home.url,
            url_prefixes=(),
            reached=True if self.xxgk is not None else None,
            unreached_reason="" if self.xxgk is not None else "没有找到政府信息公开入口",
            is_disclosure=True if self.xxgk is not None else None,
            listed_for_disclosure=True,
            columns=columns,
            columns_readable=_readable(front.pages, columns),
            times_seen=self._times_seen(first),
            has_application_channel=_has_application(front.pages),
            evidence=(_evidence(first),),
        )

    def _department(
        self, draft: UnitDraft, front: Front, shared: SharedTargets, reader: OpenedReader, prefixes: dict[str, tuple[str, ...]]
    ) -> DepartmentFacts:
        found = find_columns(front, self.source, self.owners, shared, reader)
        found |= find_unnamed(front, {*MANDATORY_ROLES} - found.keys(), self.source, self.owners, reader)
        columns = self._pin_columns(draft.key, found)
        page = front.pages[0] if front.pages else None
        reached, why = self._reached(draft, page)
        return DepartmentFacts(
            name=draft.name,
            kind=draft.kind,
            group=draft.group,
            url=draft.url,
            listed_on=draft.listed_on,
            url_prefixes=prefixes.get(draft.key, ()),
            aliases=tuple(draft.aliases),
            reached=reached,
            unreached_reason=why,
            is_disclosure=(bool(columns) or _looks_like_disclosure(page)) if page is not None and reached else None,
            listed_for_disclosure=draft.listed_for_disclosure,
            columns=columns,
            columns_readable=_readable(front.pages, columns),
            times_seen=self._times_seen(page) if page else 0,
            has_application_channel=_has_application(front.pages) if page else None,
            items_drawn=_items(self._parts_naming_columns(front, columns.get("statutory_content"))),
            evidence=(_evidence(page),) if page else (Evidence(url=draft.listed_on, quote=draft.name, where="list"),),
        )

    def _parts_naming_columns(self, front: Front, statutory: MandatoryColumn | None) -> Iterator[PageFacts]:
        """What completes the 单位's page and that of its 法定主动公开内容: trees, and what a browser drew."""
        yield from (page for page in front.pages if page.part_of is not None)
        if statutory is not None and statutory.url:
            yield from self.source.parts(statutory.url)

    def _reached(self, draft: UnitDraft, page: PageFacts | None) -> tuple[bool | None, str]:
        if draft.url is None:
            return False, "no-link"
        if page is None:
            fate = self.source.fate(draft.url)
            return (False if fate.opened is False else None), fate.reason
        if page.kind is PageKind.ERROR_PAGE and (gone := gone_for(page, self.source.sightings(page.url))):
            return False, gone
        if page.kind in {PageKind.BLOCK_PAGE, PageKind.LOGIN, PageKind.ERROR_PAGE}:
            return None, page.kind.value
        return True, ""

    def _times_seen(self, page: PageFacts) -> int:
        def offered(looked: PageFacts) -> set[str]:
            return {link.column_type for link in looked.column_links if link.column_type in MANDATORY_ROLES}

        return 1 + sum(1 for again in self.source.sightings(page.url) if offered(again) <= offered(page))

    def _own_columns(self, departments: Sequence[DepartmentFacts], drafts: Sequence[UnitDraft]) -> None:
        """Let a 单位 own the addresses of its columns that lie outside its folder and are offered by it alone."""
        offered: dict[str, set[str]] = {}
        for department, draft in zip(departments, drafts, strict=True):
            for column in department.columns.values():
                if column.url:
                    offered.setdefault(folder_or_stem(column.url), set()).add(draft.key)
        for prefix, keys in offered.items():
            if len(keys) == 1 and self.owners.owner(prefix) is None:
                self.owners.add(prefix, next(iter(keys)))

    # -- columns --------------------------------------------------------------------------------------------------------

    def _columns(self, departments: Sequence[DepartmentFacts], drafts: Sequence[UnitDraft]) -> Iterator[ColumnFacts]:
        seen: set[str] = set()
        keys = ["", *[draft.key for draft in drafts]]
        for department, key in zip(departments, keys, strict=True):
            yield from self._mandatory(department, key, seen)
        for department in departments:
            front = open_page(self.source, department.url) if department.url else None
            if front is not None:
                known = {column.url for column in department.columns.values() if column.url}
                yield from (self._read(seed) for seed in tab_columns(department, front, self.source, known))
        types = self._types_by_link(departments)
        fronts = self._front_keys(departments)
        for column in self.index.column_pages():
            if column.key in seen or column.key in fronts:
                continue
            seen.add(column.key)
            pin = self.pinned_columns.get(column.key)
            if pin is None and self._is_home(column):
                continue
            if pin is None or not pin.ignored:
                yield self._read(_pinned_seed(self._seed(column, types), pin))
        yield from self._opened_directly(types, seen | fronts)
        yield from self._unread(types, seen)

    def _is_home(self, column: ColumnPage) -> bool:
        may_be = "?" in column.key and column.key.partition("?")[0] == page_key(self.home.url).partition("?")[0]
        return may_be and is_once_more(self.source.page(column.url), self.home)

    def _read(self, seed: ColumnSeed) -> ColumnFacts:
        return read_column(seed, self.source, self.index.with_text)

    def _opened_directly(self, types: dict[str, ColumnLink], seen: set[str]) -> Iterator[ColumnFacts]:
        """Columns that menus name and that open an article at once: their only entry, or a page of text."""
        for key in sorted(types):
            link = types[key]
            page = self.source.page(link.url) if link.url and key not in seen else None
            if page is None or link.strategy == "stem" or page.kind not in {PageKind.ARTICLE, PageKind.GUIDE, PageKind.FORWARD}:
                continue
            target = open_page(self.source, page.url)
            if target is None or page_key(target.url) in seen:
                continue
            moved = page.kind is PageKind.FORWARD or page_key(page.final_url or page.url) != key
            if not moved and not key.endswith("/") and squeeze(target.title.value or "") != squeeze(link.text):
                continue  # a menu that names an article by its own address: it is an article, and its list is the column
            yield self._read(self._seed(describe_column(target, page.url), types))

    def _mandatory(self, department: DepartmentFacts, key: str, seen: set[str]) -> Iterator[ColumnFacts]:
        for role in MANDATORY_ROLES:
            column = department.columns.get(role)
            if column is None or column.url is None or column.opens_type not in {None, role}:
                continue
            if column.opens_owner not in {None, department.name} and key:
                continue
            page = open_page(self.source, column.url)
            for address in (column.url, page.url if page else column.url):
                seen.add(page_key(address))
            yield self._read(
                ColumnSeed(
                    name=column.text or role,
                    url=column.url,
                    column_type=role,
                    department=department.name,
                    path=(department.name, column.text),
                    found_on=(column.found_on,),
                    anchor_text=column.text,
                    top_level=not key,
                    has_children=role == "statutory_content" and self._has_statutory(department, key, column.url),
                )
            )

    def _has_statutory(self, department: DepartmentFacts, key: str, url: str) -> bool:
        """Whether sub-columns of 法定主动公开内容 are offered on its own page or on the 单位's."""
        pages = [page for address in (url, department.url) if address and (page := open_page(self.source, address)) is not None]
        own = {
            link.url
            for page in pages
            for link in page.column_links
            if link.url
            and _STATUTORY.match(link.column_type)
            and (page_key(link.url), _tab(link.url)) != (page_key(url), _tab(url))
            and (not key or self.owners.owner(link.url) == key)
        }
        return len(own) >= 2

    def _types_by_link(self, departments: Sequence[DepartmentFacts]) -> dict[str, ColumnLink]:
        """What the portal's own menus call an address, drawn ones too: page key to the best anchor."""
        pages = [self.home, *([self.xxgk] if self.xxgk else [])]
        for department in departments:
            page = open_page(self.source, department.url) if department.url else None
            if page is not None:
                pages += [page, *(part for part in self.source.parts(page.url) if part.rendered)]
            # A tree beside 法定主动公开内容 comes as an answer of its own.
            offered = (column.url for column in department.columns.values() if column.url)
            pages += [part for url in dict.fromkeys(offered) for part in self.source.parts(url) if part.column_links]
        types: dict[str, ColumnLink] = {}
        for page in pages:
            for link in page.column_links:
                if link.url and link.column_type != "xxgk_entry":
                    known = types.get(page_key(link.url))
                    if known is None or (known.strategy == "stem" and link.strategy != "stem"):
                        types[page_key(link.url)] = link
        return types

    def _front_keys(self, departments: Sequence[DepartmentFacts]) -> set[str]:
        keys = {page_key(department.url) for department in departments if department.url}
        return keys | {page_key(self.home.url)}

    def _seed(self, column: ColumnPage, types: dict[str, ColumnLink]) -> ColumnSeed:
        link = types.get(column.key)
        own = classify_column(column.name, column.url, column.column_type_tag)
        kind = link.column_type if link is not None and (own is None or link.strategy == "anchor") else own
        owner = self.owners.owner(column.url)
        if owner is None:
            by_name = {name_key(name, self.region): key for key, name in self.names.items()}
            owner = next((by_name[k] for crumb in column.crumbs if (k := name_key(crumb, self.region)) in by_name), None)
        words = load("assembly")
        statutory = _STATUTORY.match(kind or "")
        name = column.name
        if link is not None and (not name or (own == "xxgk_entry" and link.strategy == "anchor")):
            name = link.text  # a page that only says 政府信息公开 is named by the menu that leads to it
        if link is not None and link.strategy == "tree" and (column.key.partition("?")[0], name) in self._shared_names:
            # One shell shows all nodes of a tree under one name: the node tells what is shown.
            name, kind = link.text, link.column_type
            statutory = _STATUTORY.match(kind)
        return ColumnSeed(
            name=name[:80],
            url=column.url,
            column_type="statutory" if statutory else (kind or "other"),
            # In a 单位's tree the name tells the items, whatever type the column has: 履职依据 is a policy column and item one.
            statutory_items=(statutory_items(name) if owner else ()) or ((int(statutory[1]),) if statutory else ()),
            department=self.names.get(owner) if owner else None,
            path=tuple(crumb for crumb in column.crumbs if crumb and crumb != "首页") or (name,),
            found_on=(),
            anchor_text=link.text if link else "",
            top_level=column.key in self._home_leads_to,
            archived=any(word in squeeze(f"{column.name}{''.join(column.crumbs)}") for word in words["archived_names"]),
            has_children=self._has_children(column),
        )

    @cached_property
    def _shared_names(self) -> frozenset[tuple[str, str]]:
        """Addresses without their query, with the one name that several columns bear there."""
        counts = Counter((column.key.partition("?")[0], column.name) for column in self.index.column_pages())
        return frozenset(pair for pair, count in counts.items() if count > 1)

    @cached_property
    def _home_leads_to(self) -> frozenset[str]:
        """Keys of what home page opens outside its foot, also by 更多 in a box that only its heading names."""
        named = {page_key(link.url) for link in self.home.column_links if link.url}
        links = self.source.page_links(self.home.url)
        return frozenset(named | {page_key(link.url) for link in links if link.element in {"a", "area"} and link.place != "foot"})

    def _has_children(self, column: ColumnPage) -> bool:
        """Whether further columns live in the folder of ``column``."""
        if not column.key.endswith("/"):
            return False
        below = bisect_right(self.column_keys, column.key)
        while below < len(self.column_keys) and self.column_keys[below].startswith(column.key):
            if self.column_keys[below] not in self.index.continuations:
                return True
            below += 1
        return False

    def _unread(self, types: dict[str, ColumnLink], seen: set[str]) -> Iterator[ColumnFacts]:
        """Columns that the portal's menus name but that were not read: shown as untested, never passed over."""
        classes = {"news", "notices", "policy", "interpretation", "message_board", "service_statistics"}
        for key in sorted(types):
            link = types[key]
            if key in seen or link.column_type not in classes or not link.url or open_page(self.source, link.url) is not None:
                continue
            seen.add(key)
            fate = self.source.fate(link.url)
            if fate.opened is False or host_of(link.url) != host_of(self.home.url):
                continue
            yield self._read(
                ColumnSeed(name=link.text, url=link.url, column_type=link.column_type, path=(link.text,), anchor_text=link.text)
            )

    # -- portal ---------------------------------------------------------------------------------------------------------

    def _portal(self) -> PortalFacts:
        return PortalFacts(
            url=self.home.url,
            name=self.portal_name,
            region=self.region,
            home=self._with_parts(self.home),
            xxgk_entry=self.entry,
            xxgk_url=self.xxgk.url if self.xxgk else None,
            sampled=tuple(self._sampled()),
            expected_institutions=self.pins.institutions,
            new_media=self.pins.new_media,
        )

    def _sampled(self) -> Iterator[PageFacts]:
        """The home page and one page of each kind: where foot marks are due."""
        yield self._with_parts(self.home)
        taken: set[PageKind] = set()
        for (kind, _), url in sorted(self.index.kind_samples.items()):
            if kind in taken or kind not in {
                PageKind.LIST,
                PageKind.ARTICLE,
                PageKind.COLUMN,
                PageKind.DEPARTMENT,
                PageKind.GUIDE,
            }:
                continue
            page = self.source.page(url)
            if page is None or host_of(page.url) != host_of(self.home.url) or len(taken) >= MAX_SAMPLED:
                continue
            taken.add(kind)
            yield self._with_parts(page)

    def _with_parts(self, page: PageFacts) -> PageFacts:
        """The page with the marks that its frames and includes add; sightings that saw a mark count too."""
        # A frame that shows no mark at all is a counter or a picture, not the foot: its silence proves nothing.
        parts = [part for part in self.source.parts(page.url) if any(getattr(part.marks, name) for name in Marks.__slots__)]
        others = [*parts, *self.source.sightings(page.url)]
        marks = page.marks
        for other in others:
            marks = Marks(**{name: _either(getattr(marks, name), getattr(other.marks, name)) for name in Marks.__slots__})
        return replace(page, marks=marks, text=page.text[:2_000])


def _tab(url: str) -> str:
    return url.partition("#")[2]


def _either(first: bool | None, second: bool | None) -> bool | None:
    if first or second:
        return True
    return first if second is None else second if first is None else False


def _pinned_seed(seed: ColumnSeed, pin: PinnedColumn | None) -> ColumnSeed:
    if pin is None:
        return seed
    archived = seed.archived if pin.archived is None else pin.archived
    return replace(seed, name=pin.name or seed.name, column_type=pin.column_type or seed.column_type, archived=archived)


def _portal_name(home: PageFacts) -> str:
    """Name of the portal: of what tag and title say, the first that names a region; else the organizer of the foot.

    Titles are often a template's default (公司网站), which nobody would recognise on a scorecard.
    """
    names = [squeeze(name)[:60] for name in (home.site_name, home.tags.get("SiteName"), home.page_title) if name]
    telling = next((name for name in names if region_prefix(name)), None)
    if telling is None and region_prefix(home.organizer):
        return f"{region_prefix(home.organizer)}人民政府"
    return telling or next(iter(names), "") or home.organizer


def _xxgk_entry(home: PageFacts) -> ColumnLink | None:
    """The 政府信息公开 link of the home page: the exact name first, then by words, then by address."""
    entries = [link for link in home.column_links if link.column_type == "xxgk_entry" and link.url]
    order = {"anchor": 0, "tab": 1, "tree": 1, "script": 2, "stem": 3}
    return min(
        entries,
        key=lambda link: (squeeze(link.text) != "政府信息公开", order.get(link.strategy, 4), len(link.text), link.url),
        default=None,
    )


def _offered(draft: UnitDraft, front: Front) -> tuple[str, str, list[str]]:
    """Key and page of a 单位 with the addresses of the columns that the page offers."""
    links = front.pages[0].column_links if front.pages else ()
    return draft.key, draft.url or "", [link.url for link in (*links, *(link for _, link in front.listed)) if link.url]


def _listed_beside(departments: Sequence[DepartmentFacts], drafts: Sequence[UnitDraft]) -> list[DepartmentFacts]:
    """A list whose links open disclosure pages promises one for every name on it, whatever the list is called.

    Only names without a link are looked at: of the others the page itself tells what it is.
    """
    links: dict[str, list[bool]] = {}
    for department, draft in zip(departments, drafts, strict=True):
        for lister in draft.listers if department.url is not None else ():
            links.setdefault(lister, []).append(bool(department.is_disclosure) and len(department.columns) >= _TELLING_COLUMNS)
    words = load("assembly")
    share, least = words["disclosure_list_share"], words["disclosure_list_least"]
    promising = {lister for lister, told in links.items() if len(told) >= least and sum(told) >= share * len(told)}
    return [
        replace(department, listed_for_disclosure=True)
        if department.url is None and not department.listed_for_disclosure and draft.listers & promising
        else department
        for department, draft in zip(departments, drafts, strict=True)
    ]


def _looks_like_disclosure(page: PageFacts) -> bool:
    if any(link.column_type in MANDATORY_ROLES and link.place == "main" for link in page.column_links):
        return True
    names = [page.tags.get("ColumnName", ""), page.title.value or "", page.page_title, *[crumb.text for crumb in page.breadcrumb]]
    if any(word in squeeze(name) for name in names for word in _DISCLOSURE_WORDS):
        return True
    return bool(_DISCLOSURE_STEM.search(page.url))


def _readable(pages: Sequence[PageFacts], columns: object) -> bool:
    """False when nothing was found and the page is provably drawn by a script."""
    if columns or not pages:
        return True
    return not any(page.list_state is not None and page.list_state.value == "scripted" for page in pages[:1])


def _items(pages: Iterable[PageFacts]) -> tuple[int, ...]:
    found = (_STATUTORY.match(link.column_type) for page in pages for link in page.column_links)
    return tuple(sorted({int(match[1]) for match in found if match}))


def _has_application(pages: Sequence[PageFacts]) -> bool:
    return any(link.column_type == "application" for page in pages for link in page.column_links)


def _evidence(page: PageFacts) -> Evidence:
    return Evidence(
        url=page.url, capture=page.capture, fetched_at=page.fetched_at, quote=page.title.value or page.page_title, where="title"
    )
