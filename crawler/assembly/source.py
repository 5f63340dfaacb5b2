"""What the assembly reads: a store of pages, or the few pages of a test."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from crawler.addresses import page_key
from crawler.facts import Crumb, Entry, Link, ListState, PageFacts, PageKind, Pager, Read, UnitLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of an address that is no page here."""

    opened: bool | None
    """True: it answers (a file, a foreign page); False: confirmed not to open; None: not looked at, or not decided."""
    reason: str = ""


class BriefPage(Protocol):
    """What is asked of most pages: few are read whole, a large portal has tens of thousands. As in :class:`PageFacts`."""

    @property
    def url(self) -> str: ...
    @property
    def depth(self) -> int: ...
    @property
    def kind(self) -> PageKind: ...
    @property
    def page_title(self) -> str: ...
    @property
    def title(self) -> Read[str]: ...
    @property
    def published(self) -> Read[str]: ...
    @property
    def updated(self) -> Read[str]: ...
    @property
    def written(self) -> Read[str]: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def breadcrumb(self) -> tuple[Crumb, ...]: ...
    @property
    def entries(self) -> tuple[Entry, ...] | None: ...
    @property
    def pager(self) -> Pager: ...
    @property
    def list_state(self) -> ListState | None: ...
    @property
    def unit_links(self) -> tuple[UnitLink, ...]: ...
    @property
    def text_length(self) -> int: ...
    @property
    def template(self) -> str: ...
    @property
    def part_of(self) -> str | None: ...
    @property
    def rendered(self) -> str: ...


class PageSource(Protocol):
    """Pages by address, redirects followed."""

    def brief_pages(self) -> Iterator[BriefPage]:
        """All pages, ordered by address, parts included."""

    def brief_page(self, url: str) -> BriefPage | None: ...

    def page(self, url: str) -> PageFacts | None: ...

    def parts(self, url: str) -> Sequence[PageFacts]:
        """Answers that complete the page: list data, frames, includes."""

    def sightings(self, url: str) -> Sequence[PageFacts]:
        """Later looks at the same page."""

    def sighted_parts(self, url: str) -> Sequence[PageFacts]:
        """Later looks at the answers that complete the page."""

    def fate(self, url: str) -> Fate: ...

    def page_links(self, url: str) -> Sequence[Link]:
        """The links of the page as they stand on it, in order; none for what is no page."""

    def unrendered(self, url: str) -> str:
        """Why a page that a script fills was not drawn by a browser; ``""``: it was, or nobody asked for it."""

    def state(self) -> object:
        """Equal as long as nothing changed of what is read here; None: nobody counts the changes."""


@dataclass(slots=True, kw_only=True)
class MemoryPages:
    """Pages held in memory, for tests and for the spot check of one page."""

    page_list: Sequence[PageFacts]
    sighting_list: Sequence[PageFacts] = ()
    fates: dict[str, Fate] = field(default_factory=dict)
    unrendered_reasons: dict[str, str] = field(default_factory=dict)
    links: dict[str, Sequence[Link]] = field(default_factory=dict)

    def brief_pages(self) -> Iterator[BriefPage]:
        return iter(sorted(self.page_list, key=lambda page: page.url))

    def brief_page(self, url: str) -> BriefPage | None:
        return self.page(url)

    def page(self, url: str) -> PageFacts | None:
        key = page_key(url)
        return next((page for page in self.page_list if key in {page_key(page.url), page_key(page.final_url or page.url)}), None)

    def parts(self, url: str) -> Sequence[PageFacts]:
        key = page_key(url)
        return [page for page in self.page_list if page.part_of and page_key(page.part_of) == key]

    def sightings(self, url: str) -> Sequence[PageFacts]:
        key = page_key(url)
        return [page for page in self.sighting_list if page_key(page.url) == key and not page.part_of]

    def sighted_parts(self, url: str) -> Sequence[PageFacts]:
        key = page_key(url)
        return [page for page in self.sighting_list if page.part_of and page_key(page.part_of) == key]

    def fate(self, url: str) -> Fate:
        return self.fates.get(url, Fate(opened=None, reason="not-asked"))

    def page_links(self, url: str) -> Sequence[Link]:
        return self.links.get(url, ())

    def unrendered(self, url: str) -> str:
        return self.unrendered_reasons.get(url, "")

    def state(self) -> object:
        return None
