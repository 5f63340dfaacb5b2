"""The four mandatory columns of each 单位, as its page offers them and as they really open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.addresses import page_key
from crawler.assembly.names import name_key
from crawler.assembly.owners import PrefixOwners
from crawler.assembly.source import PageSource
from crawler.extractors.column_links import classify_column
from crawler.extractors.document import squeeze
from crawler.facts import MANDATORY_ROLES, ColumnLink, Evidence, MandatoryColumn, PageFacts, PageKind

GLOBAL_UNITS = 3
"""A target offered by the front pages of so many 单位 belongs to a shared menu, not to one of them."""

MAX_FORWARDS = 4

_STRATEGY_ORDER = {"anchor": 0, "tab": 1, "tree": 2, "script": 3, "stem": 4}
_PLACE_ORDER = {"main": 0, "nav": 1, "head": 2, "foot": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Where a 单位's columns are looked for: its page and what completes it."""

    key: str
    """Key of the 单位; ``""`` for the government's own section."""
    name: str
    pages: tuple[PageFacts, ...]
    listed: tuple[tuple[PageFacts, ColumnLink], ...] = ()
    """Columns that the list of 单位 itself offers beside the name, with the page of the list."""


@dataclass(slots=True, kw_only=True)
class SharedTargets:
    """How many 单位 offer the same address from their front pages, and whether the portal's own pages do."""

    offered_by: dict[str, set[str]] = field(default_factory=dict)
    portals: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    """Pages of 单位 and columns that a list of them offers beside a name: wherever the list stands, none is the government's."""

    def note(self, front: Front) -> None:
        self.listed.update(page_key(link.url) for _, link in front.listed if link.url)
        self.listed.update(page_key(page.url) for page in front.pages[:1])
        for page in front.pages:
            for link in page.column_links:
                if link.url:
                    self.offered_by.setdefault(page_key(link.url), set()).add(front.key)

    def note_portal(self, pages: Iterable[PageFacts]) -> None:
        """What home page and disclosure section offer is the government's."""
        self.portals.update(page_key(link.url) for page in pages for link in page.column_links if link.url)

    def is_shared(self, url: str) -> bool:
        return len(self.offered_by.get(page_key(url), ())) >= GLOBAL_UNITS

    def is_units(self, url: str) -> bool:
        """Whether a 单位 offers the address for its own: no other shares it but perhaps one, and the portal does not."""
        offered = self.offered_by.get(page_key(url), set())
        return 0 < len(offered) < GLOBAL_UNITS and not self.is_portals(url)

    def is_portals(self, url: str) -> bool:
        return page_key(url) in self.portals


def open_page(source: PageSource, url: str) -> PageFacts | None:
    """The page an address leads to in the end: forwarding pages followed a few steps."""
    seen: set[str] = set()
    page = source.page(url)
    while page is not None and page.kind is PageKind.FORWARD and page.forwards_to and len(seen) < MAX_FORWARDS:
        key = page_key(page.forwards_to)
        if key in seen or key == page_key(page.url):
            break
        seen.add(key)
        target = source.page(page.forwards_to)
        if target is None:
            break
        page = target
    return page


def find_columns(
    front: Front, source: PageSource, owners: PrefixOwners, shared: SharedTargets, reader: "OpenedReader"
) -> dict[str, MandatoryColumn]:
    """The four columns offered by ``front``, by ``column_type``; an absent key means: no anchor was found."""
    found: dict[str, MandatoryColumn] = {}
    for role in MANDATORY_ROLES:
        candidates = sorted(_without_whole(list(_candidates(front, role, owners, shared))), key=_preference(front, owners))
        if candidates:
            page, link = candidates[0]
            found[role] = describe(link, page, role, front=front, source=source, reader=reader)
    return found


def _without_whole(candidates: Sequence[tuple[PageFacts, ColumnLink]]) -> list[tuple[PageFacts, ColumnLink]]:
    """Without links to a page of which another link names the tab: sub-pages too lead to ``/xxgk/czj/#zn``."""
    tabbed = {page_key(link.url) for _, link in candidates if link.url and "#" in link.url}
    return [(page, link) for page, link in candidates if not link.url or "#" in link.url or page_key(link.url) not in tabbed]


def _candidates(front: Front, role: str, owners: PrefixOwners, shared: SharedTargets) -> Iterator[tuple[PageFacts, ColumnLink]]:
    yield from ((page, link) for page, link in front.listed if link.column_type == role)
    for page in front.pages:
        for link in page.column_links:
            if link.column_type != role or (not front.key and link.url is not None and page_key(link.url) in shared.listed):
                continue
            if link.url is None or not front.key:
                yield page, link
                continue
            owner = owners.owner(link.url)
            if owner == front.key:
                yield page, link
            elif link.place != "main" and (shared.is_shared(link.url) or (owner is None and shared.is_portals(link.url))):
                # A menu of the portal that stands on every page offers the government's columns, not this 单位's.
                continue
            elif shared.is_shared(link.url) and owner is None and link.strategy == "stem":
                continue
            else:
                yield page, link


def _preference(front: Front, owners: PrefixOwners) -> "Preference":
    return Preference(front=front, owners=owners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Own addresses before foreign ones, words before address stems, the content before menus, an address before none."""

    front: Front
    owners: PrefixOwners

    def __call__(self, candidate: tuple[PageFacts, ColumnLink]) -> tuple[int, ...]:
        page, link = candidate
        own = link.url is not None and (not self.front.key or self.owners.owner(link.url) == self.front.key)
        return (
            link.url is None,
            not own,
            _STRATEGY_ORDER.get(link.strategy, 5),
            _PLACE_ORDER.get(link.place, 4),
            self.front.pages.index(page) if page in self.front.pages else -1,
            len(link.text),
        )


def describe(
    link: ColumnLink, page: PageFacts, role: str, *, front: Front, source: PageSource, reader: "OpenedReader"
) -> MandatoryColumn:
    """The column of type ``role`` that ``link``, an anchor on ``page``, offers, with what it really opens."""
    evidence: tuple[Evidence, ...] = (
        Evidence(url=page.url, capture=page.capture, fetched_at=page.fetched_at, quote=link.text, where=link.place),
    )
    opens_type = opens_owner = None
    opened: bool | None = None
    final_url = ""
    if link.url:
        target = open_page(source, link.url)
        if target is None:
            opened = source.fate(link.url).opened
        else:
            opened = True
            final_url = target.final_url or target.url
            opens_type, opens_owner = reader.read(target, role, front, shares_page=_shares_page(link, front))
            evidence += (
                Evidence(
                    url=target.url,
                    capture=target.capture,
                    fetched_at=target.fetched_at,
                    quote=target.title.value or target.page_title,
                    where="title",
                ),
            )
    return MandatoryColumn(
        column_type=role,
        url=link.url,
        final_url=final_url,
        text=link.text,
        found_on=page.url,
        strategy=link.strategy,
        opens_type=opens_type,
        opens_owner=opens_owner,
        opened=opened,
        evidence=evidence,
    )


def _shares_page(link: ColumnLink, front: Front) -> bool:
    """Whether the anchor opens a tab of a page that holds several of the four."""
    return link.strategy in {"tab", "tree"} or any(
        other.url == link.url and other.strategy in {"tab", "tree"} for page in front.pages for other in page.column_links
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReader:
    """Tells what a page really is: which of the four, and whose."""

    owners: PrefixOwners
    names: Mapping[str, str]
    """Key of a 单位 to its display name."""
    name_keys: Mapping[str, str]
    """Name key (as breadcrumbs and titles give it) to the key of the 单位."""
    region: str

    def read(self, page: PageFacts, role: str, front: Front, *, shares_page: bool) -> tuple[str | None, str | None]:
        """``(opens_type, opens_owner)``; None where the page does not say."""
        kinds = {kind for name in _names(page) if (kind := classify_column(name)) in MANDATORY_ROLES}
        if shares_page or role in kinds:
            opens_type: str | None = role
        else:
            # Two different others named at once say nothing certain.
            opens_type = kinds.pop() if len(kinds) == 1 else None
        return opens_type, self._owner(page, front)

    def _owner(self, page: PageFacts, front: Front) -> str | None:
        key = self.owners.owner(page.final_url or page.url)
        if key is None:
            for crumb in reversed(page.breadcrumb):
                key = self.name_keys.get(name_key(squeeze(crumb.text), self.region))
                if key is not None:
                    break
        if key is None:
            return None
        return front.name if key == front.key else self.names.get(key)


def _names(page: PageFacts) -> Iterable[str]:
    """Names under which a column page presents itself, most telling first."""
    names: list[str] = []
    if tag := page.tags.get("ColumnName"):
        names.append(tag)
    names += [crumb.text for crumb in page.breadcrumb]
    if page.title.value:
        names.append(page.title.value)
    head: Sequence[str] = page.page_title.replace("_", "-").split("-")
    names += head[:1]
    return [squeeze(name) for name in names if name.strip()]
