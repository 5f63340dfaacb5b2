"""The store of one run: what the crawl writes, the assembly completes, and rules read (``SiteFacts``)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from crawler.assembly.owners import Owners
from crawler.assembly.source import Fate
from crawler.facts import AttachmentFacts, ColumnFacts, DepartmentFacts, FailureKind, LinkFacts, PortalFacts, RunFacts
from crawler.failures import is_confirmed
from crawler.store.attachment_rows import AttachmentRows
from crawler.store.codec import ColumnListing, from_json, pack, to_json, unpack
from crawler.store.course_rows import CourseRows
from crawler.store.database import Database
from crawler.store.kept_pages import KeptPages
from crawler.store.link_reader import LinkReader
from crawler.store.looks import LookRows
from crawler.store.reader import RENDERING
from crawler.store.writer import FactsWriter
from crawler.targets import State

T = TypeVar("T", PortalFacts, DepartmentFacts, ColumnFacts, ColumnListing)

FACTS_NAME = "facts.sqlite"

UNVISITED = "unvisited"
"""Reason of addresses that an interrupted run did not come to."""


class FactsStore(LinkReader, KeptPages, FactsWriter, AttachmentRows, CourseRows, LookRows):
    """One run's facts. Use it as a context manager: closing it writes the last batch."""

    def __init__(self, database: Database) -> None:
        LinkReader.__init__(self, database)
        FactsWriter.__init__(self, database)
        self._portal: PortalFacts | None = None
        self._departments: tuple[DepartmentFacts, ...] | None = None
        self._owners: Owners | None = None

    @classmethod
    def create(cls, path: Path) -> Self:
        """An empty store, or the one that an interrupted run left at ``path``, ready to go on with."""
        return cls(Database(path, create=True))

    @classmethod
    def open(cls, path: Path) -> Self:
        """A stored run, to be read or completed; raises :class:`crawler.errors.StoreInvalid`."""
        return cls(Database(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def flush(self) -> None:
        """Make everything written so far durable and visible to other readers."""
        self._database.commit()

    def unit(self) -> AbstractContextManager[None]:
        """What is written inside survives a kill whole or not at all: an answer never without the page that it brought."""
        return self._database.unit()

    def set_meta(self, name: str, value: object) -> None:
        """Keep a JSON value under a name."""
        self._database.set_meta(name, value)

    def get_meta(self, name: str, default: Any = None) -> Any:
        return self._database.get_meta(name, default)

    def state(self) -> object:
        """Equal as long as no page, look, try or drawing was added: what the pages say together is then the same."""
        return self._changes, self.get_meta(RENDERING)

    def fate(self, url: str) -> Fate:
        """What became of an address; a failure counts as such only when it was seen often enough, and at the end."""
        opened, reason = self.outcome(url)
        if opened is False:
            tries = self.end_tries(url)
            last = tries[-1] if tries else None
            if last is None or not is_confirmed(FailureKind(reason), last.status, len(tries), final=last.final):
                return Fate(opened=None, reason=reason)
        return Fate(opened=opened, reason=reason)

    # -- the run as a whole ---------------------------------------------------------------------------------------------

    def reconcile(self) -> tuple[int, Mapping[str, int], Mapping[str, int]]:
        """Fetched, skipped by reason, failed by kind: with every redirect counted as what it leads to, their sum is all."""
        self.flush()
        skipped: Counter[str] = Counter()
        failures: Counter[str] = Counter()
        fetched = 0
        for row in self._sql.execute("SELECT id, state, reason, url, alias FROM target").fetchall():
            _, state, reason, _ = self._follow(row)
            match State(state):
                case State.FETCHED:
                    fetched += 1
                case State.FAILED:
                    failures[reason] += 1
                case State.SKIPPED:
                    skipped[reason] += 1
                case State.QUEUED | State.ACTIVE | State.REDIRECTED:
                    skipped[UNVISITED] += 1
        return fetched, dict(sorted(skipped.items())), dict(sorted(failures.items()))

    def save_run(self, run: RunFacts) -> None:
        self._database.set_meta("run", to_json(run))
        self.flush()

    def run_facts(self) -> RunFacts:
        """How the crawl went; counted from what is stored when it never came to its end."""
        stored = self.get_meta("run")
        if stored is not None:
            return from_json(RunFacts, stored)
        fetched, skipped, failures = self.reconcile()
        return RunFacts(
            started=self.get_meta("started", ""),
            discovered=fetched + sum(skipped.values()) + sum(failures.values()),
            fetched=fetched,
            pages_fetched=self.count_pages(),
            skipped=skipped,
            failures=failures,
            void="抓取没有完成，事实不全。",
        )

    # -- what the assembly made of it -----------------------------------------------------------------------------------

    def save_assembly(self, portal: PortalFacts, departments: Iterable[DepartmentFacts], columns: Iterable[ColumnFacts]) -> None:
        """Store what rules read; an earlier assembly of the same run is replaced."""
        self._database.begin()
        self._sql.execute("DELETE FROM assembled")
        parts: tuple[tuple[str, Iterable[object]], ...] = (("portal", [portal]), ("department", departments), ("column", columns))
        for part, values in parts:
            for number, value in enumerate(values):
                self._database.write("INSERT INTO assembled VALUES (?, ?, ?)", (part, number, pack(value)))
        self._portal = None
        self._departments = None
        self._owners = None
        self.flush()

    def _assembled(self, part: str, kind: type[T]) -> Iterator[T]:
        numbers = self._sql.execute("SELECT number FROM assembled WHERE part = ? ORDER BY number", (part,)).fetchall()
        for (number,) in numbers:
            (facts,) = self._sql.execute("SELECT facts FROM assembled WHERE part = ? AND number = ?", (part, number)).fetchone()
            yield unpack(kind, facts)

    # -- SiteFacts ------------------------------------------------------------------------------------------------------

    @property
    def portal(self) -> PortalFacts:
        if self._portal is None:
            self._portal = next(self._assembled("portal", PortalFacts), PortalFacts(url=self.get_meta("start_url", "")))
        return self._portal

    @property
    def run(self) -> RunFacts:
        return self.run_facts()

    def departments(self) -> Sequence[DepartmentFacts]:
        if self._departments is None:
            self._departments = tuple(self._assembled("department", DepartmentFacts))
        return self._departments

    def columns(self) -> Iterator[ColumnFacts]:
        return self._assembled("column", ColumnFacts)

    def links(self) -> Iterator[LinkFacts]:
        """Addresses that did not open, were never asked for, or show something to look at, each with its one owner."""
        yield from self.targets(self.owner)
        yield from self.shown_links(self.owner)
        yield from self.forwarded_home(self.owner)

    def attachments(self) -> Iterator[AttachmentFacts]:
        """Attachments of the portal's own hosts, each with the 单位 that owns all pages that refer to it."""
        return self.read_attachments(self.owner)

    def owner(self, url: str) -> str | None:
        if self._owners is None:
            self._owners = Owners(self.departments(), self._assembled("column", ColumnListing))
        return self._owners.owner(url)
