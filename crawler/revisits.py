"""Which addresses of an earlier run may wait: looked at as often as they change, and never later than the rules need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from crawler.carry_over import CarryOver
from crawler.facts import ListState, PageFacts, PageKind
from crawler.fetching import Reply, is_document
from crawler.store import FactsStore, PageRecord
from crawler.store.looks import Look
from crawler.targets import State, Target
from crawler.vocabulary import load

_MANDATORY = frozenset({PageKind.GUIDE, PageKind.ANNUAL_REPORT})
_LISTS = frozenset({PageKind.LIST, PageKind.COLUMN, PageKind.DEPARTMENT})
_LISTED = frozenset({ListState.ENTRIES, ListState.EMPTY, ListState.NOTE})


@dataclass(slots=True, kw_only=True)
class Revisits:
    """Decides from what an earlier run stored; nothing is remembered here that a killed run would lose."""

    store: FactsStore
    earlier: CarryOver
    most_days: float
    """No address waits longer."""
    now: Callable[[], datetime]
    _words: Mapping[str, Any] = field(default_factory=lambda: load("revisits"))
    _foreign_hosts: set[str] = field(default_factory=set)
    _fresh: dict[str, Look] = field(default_factory=dict)

    def keep(self) -> None:
        """From now on, have what is noted stored with each batch."""
        self.store.before_commit(self._write)

    def _write(self) -> None:
        if self._fresh:
            self.store.remember_looks(self._fresh)
            self._fresh.clear()

    def waits(self, target: Target) -> Look | None:
        """The last look at ``target`` when it is not due for another; None: it is due."""
        look = self.earlier.store.look(target.key) if self.earlier.same_readers and not target.tries else None
        if look is None or self.earlier.store.is_named(target.key):
            return None
        kind = self._kind(target)
        if kind is None or (kind == "outlink" and self._is_first_of_host(target)):
            return None
        due = (
            datetime.fromisoformat(look.at)
            + timedelta(days=self._days(kind, target.key, look.unchanged))
            - timedelta(hours=self._words["slack_hours"])
        )
        return look if self.now() < due else None

    def _days(self, kind: str, key: str, unchanged: int) -> float:
        """How long an address waits after so many looks without a change.

        Its first wait of each length ends on any of the days up to that length, which one its address decides: what was looked
        at in one night would come back in one night for ever.
        """
        waits = self._words["wait_days"][kind]
        days = min(float(waits[min(unchanged, len(waits)) - 1]), self.most_days)
        if unchanged > len(waits):
            return days
        return days - crc32(f"{unchanged} {key}".encode()) % max(int(days), 1)

    def carried(self, target: Target, look: Look) -> None:
        """Note that ``target`` was not asked for: its last look stays what it was."""
        self._fresh[target.key] = look

    def looked(self, target: Target, reply: Reply, body_hash: str, record: PageRecord | None) -> None:
        """Note what a look at ``target`` showed beside the earlier one."""
        if target.state is not State.FETCHED or not self.earlier.is_same(target, reply, body_hash, record):
            return
        before = self.earlier.store.look(target.key)
        unchanged = 1 if before is None else before.unchanged + 1
        self._fresh[target.key] = Look(at=reply.at.isoformat(timespec="seconds"), unchanged=unchanged)

    def _is_first_of_host(self, target: Target) -> bool:
        """Whether a foreign host is asked for nothing else yet: whether hosts can be reached shows on those that were asked."""
        is_first = target.host not in self._foreign_hosts
        self._foreign_hosts.add(target.host)
        return is_first

    def _kind(self, target: Target) -> str | None:
        """Name of the row of ``wait_days``; None: such an address does not wait."""
        if target.request is not None or target.part_of is not None:
            return None
        if not target.internal:
            return "outlink"
        if target.kind != "page":
            return "attachment" if is_document(target) else "asset"
        page = self.earlier.page(target)
        return None if page is None else self._kind_of_page(target, page)

    def _kind_of_page(self, target: Target, page: PageFacts) -> str | None:
        if page.kind in _LISTS or page.list_state in _LISTED:
            return "list" if target.root is not None and self._is_unchanged(target.root) else None
        if page.list_state is ListState.SCRIPTED or self._is_young(page):
            return None
        if page.kind in _MANDATORY:
            return "mandatory"
        return {PageKind.ARTICLE: "article", PageKind.OTHER: "page"}.get(page.kind)

    def _is_unchanged(self, root: str) -> bool:
        """Whether this run saw the first page of a list as it was: then its further pages have not moved on."""
        return root in self._fresh or self.store.look(root) is not None

    def _is_young(self, page: PageFacts) -> bool:
        published = page.published.value
        if not published:
            return False
        youngest = self.now().date() - timedelta(days=self._words["young_days"])
        return published[:10] >= youngest.isoformat()
