"""A drawn sample: the lists of the 单位 drawn, the articles drawn, and the links in those."""

from collections.abc import Sequence

from crawler.addresses import page_key, url_key
from crawler.assembly.owners import PrefixOwners
from crawler.focus.model import READ_THROUGH, SAMPLE, Addresses, Leave, targets_of
from crawler.parts import Sampled
from crawler.store.page_record import PageRecord
from crawler.targets import Rank, Target

_COLUMN_RANKS = frozenset({Rank.UNIT, Rank.LIST, Rank.COLUMN, Rank.MENU})


class SampleFocus:
    """Takes up where an overview ended: what was drawn is read, the rest stays as it was seen then."""

    whole_home = True
    bounded = False

    def __init__(self, sampled: Sampled) -> None:
        self._sampled = sampled
        self._owners = PrefixOwners({"drawn": sampled.prefixes})
        self._pages = {page_key(url) for url in sampled.pages}
        self._entries = {page_key(url) for url in sampled.entries}
        self._lists = {url_key(url) for url, _ in sampled.columns}
        self._read_through = {url_key(url) for url, kind in sampled.columns if kind in READ_THROUGH}
        self._leave = Leave()
        self._looked_at: set[str] = set()

    def refuse(self, target: Target) -> str | None:
        """Articles only when they were drawn, or stand in a column whose rules read them; lists of the 单位 drawn."""
        if page_key(target.url) in self._pages:
            self._leave.note(target, "drawn")
        elif page_key(target.url) in self._entries:
            self._leave.note(target, "entry")
        if self._leave.role(target):
            return None
        if target.rank in {Rank.HOME, Rank.XXGK_ENTRY}:
            return None
        if target.root is not None:
            return None if target.root in self._lists or self._is_drawn(target.root) else SAMPLE
        if target.internal and target.rank in _COLUMN_RANKS and self._is_drawn(target.url):
            return None
        return SAMPLE

    def learn(self, page: PageRecord, parent: Target, targets: Sequence[Target], addresses: Addresses) -> None:
        gist = page.gist
        root = parent.root or parent.key
        if root in self._read_through:
            for target in targets_of(gist.entries, addresses):
                self._leave.give(target, "entry", addresses)
        if self._leave.role(parent) != "drawn":
            return
        self._looked_at.add(gist.url)
        links = zip(page.links, targets, strict=False)
        wanted = [target for link, target in links if link[3] == "main" and target.rank != Rank.ASSET]
        for target in list(dict.fromkeys(wanted))[: self._sampled.links]:
            self._leave.give(target, "link", addresses)

    def looked_at(self) -> list[str]:
        return sorted(self._looked_at)

    def _is_drawn(self, url: str) -> bool:
        return self._owners.owner(url if "://" in url else f"http://{url}") is not None
