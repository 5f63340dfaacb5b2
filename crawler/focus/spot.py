"""A spot check: one page, column or 单位, with what its rules need and what tells whose it is."""

from collections import Counter
from collections.abc import Sequence

from crawler.addresses import page_key
from crawler.assembly.units import folder_or_stem
from crawler.facts import MANDATORY_ROLES
from crawler.focus.model import READ_THROUGH, SPOT, Addresses, Leave, ListLeave, offers_unit, targets_of
from crawler.parts import Spot
from crawler.store.page_record import PageRecord
from crawler.targets import Rank, Target

MAX_CONTEXT = 3
"""Disclosure entries of the home page that are read: they list the 单位."""

MAX_GATHERED = 2
"""年报 columns of the portal that are read: a 单位's report may stand there."""

PAGES_OF_A_COLUMN = 5
"""Pages read of each list of a 单位; a column that is checked by itself is read further."""

MAX_CHILDREN = 2

_CONTENT = "main"
_STATUTORY = "statutory"
"""Columns below 法定主动公开内容, which may stand several pages deep: nothing is missing before all were looked for."""

_CONTEXT = frozenset({"context", "context-part", "gathered", "owner"})
"""Pages that are read to know whose the address is and what stands elsewhere; they are not judged."""

_LEADING = frozenset({"xxgk_entry"})
"""Anchors that lead out of the 单位's own section."""


class SpotFocus:
    """Lets pass: the address, what completes it, what it leads to as far as its rules ask, and a little context."""

    def __init__(self, spot: Spot) -> None:
        self._spot = spot
        self._key = page_key(spot.url)
        self._leave = Leave()
        self._lists: dict[str, ListLeave] = {}
        """By the key of a list's first page."""
        self._whole: set[str] = set()
        """Addresses of pages whose frames and includes are wanted."""
        self._context: Counter[str] = Counter()
        self._column_types: dict[int, str] = {}
        self._looked_at: set[str] = set()
        self.whole_home = False
        self.bounded = False

    def refuse(self, target: Target) -> str | None:
        if page_key(target.url) == self._key:
            self._leave.note(target, "spot")
        if self._leave.role(target):
            return None
        if target.root is not None:
            leave = self._lists.get(target.root)
            if leave is None or leave.pages <= 0:
                return SPOT
            leave.pages -= 1
            return None
        if target.part_of is not None and target.part_of.partition("#")[0] in self._whole:
            return None
        if target.rank == Rank.XXGK_ENTRY and target.internal:
            self._context["entry"] += 1
            return None if self._context["entry"] <= MAX_CONTEXT else SPOT
        return SPOT

    def learn(self, page: PageRecord, parent: Target, targets: Sequence[Target], addresses: Addresses) -> None:
        role = self._role(page, parent)
        if role in {"", "link", "child"}:
            return
        self._whole.update({page.gist.url.partition("#")[0], page.gist.final_url, parent.url})
        if role not in _CONTEXT:
            self._looked_at.add(page.gist.url)
        self._open_list(role, page, parent, addresses)
        if page.gist.forwards_to:
            for target in targets_of([page.gist.forwards_to], addresses):
                self._leave.give(target, role, addresses)
        match role:
            case "context":
                self._gather(page, addresses)
            case "spot":
                if self._spot.kind == "unit" or (not self._spot.kind and offers_unit(page)):
                    self._open_columns(page, addresses)
                self._read_children(parent, targets, addresses)
                self._try_links(page, targets, addresses)
            case "column":
                self._open_columns(page, addresses, only_statutory=True)
                self._read_children(parent, targets, addresses)

    def looked_at(self) -> list[str]:
        return sorted(self._looked_at)

    # -- what a page is to the check ------------------------------------------------------------------------------------

    def _role(self, page: PageRecord, parent: Target) -> str:
        keys = {page_key(url) for url in (page.gist.url, page.gist.final_url, parent.url) if url}
        if self._key in keys and parent.root is None:
            self.whole_home = self.whole_home or parent.rank == Rank.HOME
            return "spot"
        given = self._leave.role(parent)
        if given:
            return given
        if parent.root is not None or parent.part_of is not None:
            return self._role_of_part(parent)
        return "context" if parent.rank in {Rank.HOME, Rank.XXGK_ENTRY} else ""

    def _role_of_part(self, parent: Target) -> str:
        """Further pages of a list, and frames: looked at for the sake of their page."""
        whole = {page_key(url) for url in self._looked_at}
        own = parent.part_of.partition("#")[0] if parent.part_of else parent.root or ""
        return "part" if page_key(own) in whole else "context-part"

    def _open_list(self, role: str, page: PageRecord, parent: Target, addresses: Addresses) -> None:
        """Leave for the further pages of a list, and for as many of its entries as the rules of its column read."""
        root = parent.root or parent.key
        if root not in self._lists:
            through = role == "spot" or self._column_types.get(parent.id) in READ_THROUGH
            pages = self._spot.list_pages if role == "spot" else PAGES_OF_A_COLUMN
            self._lists[root] = ListLeave(pages=pages, entries=self._spot.entries if through else 0)
        leave = self._lists[root]
        for target in targets_of(page.gist.entries, addresses)[: leave.entries]:
            leave.entries -= 1
            self._leave.give(target, "entry", addresses)

    # -- what it leads to -----------------------------------------------------------------------------------------------

    def _gather(self, page: PageRecord, addresses: Addresses) -> None:
        """The front page of the 单位 that owns the address, and the portal's own 年报 columns, where its report may stand."""
        fronts = [url for _, url in page.gist.units if self._key.startswith(page_key(folder_or_stem(url)))]
        for target in targets_of(sorted(fronts, key=len)[-1:], addresses):
            self._leave.give(target, "owner", addresses)
        urls = [url for kind, url in page.gist.columns if kind == "annual_report"]
        for target in targets_of(urls, addresses):
            if self._leave.count("gathered") < MAX_GATHERED and page_key(target.url) != self._key:
                self._leave.give(target, "gathered", addresses)

    def _open_columns(self, page: PageRecord, addresses: Addresses, *, only_statutory: bool = False) -> None:
        """The four columns first, for the number of all is bounded; whether they are its own the assembly tells."""
        offered = [
            (kind, url)
            for kind, url in page.gist.columns
            if kind.startswith(_STATUTORY) or not (only_statutory or kind in _LEADING)
        ]
        for kind, url in sorted(offered, key=lambda column: column[0] not in MANDATORY_ROLES):
            for target in targets_of([url], addresses):
                if page_key(target.url) == self._key or target.rank in {Rank.HOME, Rank.XXGK_ENTRY}:
                    continue
                if self._leave.count("column") >= self._spot.columns:
                    self.bounded = True
                    return
                self._column_types.setdefault(target.id, kind)
                self._leave.give(target, "column", addresses)

    def _read_children(self, parent: Target, targets: Sequence[Target], addresses: Addresses) -> None:
        """A few pages below a column's folder: a parent of other columns may be empty itself."""
        folder = page_key(parent.url)
        if not folder.endswith("/"):
            return
        below = [target for target in targets if target.kind == "page" and target.internal and target.rank != Rank.ARTICLE]
        children = [target for target in below if page_key(target.url) != folder and page_key(target.url).startswith(folder)]
        for target in list(dict.fromkeys(children))[:MAX_CHILDREN]:
            self._leave.give(target, "child", addresses)

    def _try_links(self, page: PageRecord, targets: Sequence[Target], addresses: Addresses) -> None:
        """Links in the content, files first: menus stand on every page and are the whole portal's matter."""
        links = zip(page.links, targets, strict=False)
        wanted = [target for link, target in links if link[3] == _CONTENT and target.rank != Rank.ASSET]
        wanted.sort(key=lambda target: target.kind not in {"attachment", "image"})
        for target in list(dict.fromkeys(wanted))[: self._spot.links]:
            self._leave.give(target, "link", addresses)
