"""Taking up an interrupted crawl: what only lived in memory is put back, so that the rest goes as if nothing had happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.addresses import host_of
from crawler.breaker import is_left
from crawler.discovery import Discovery
from crawler.dispatch import Dispatch
from crawler.overview import REASON as OVERVIEW
from crawler.scope import Scope
from crawler.store.page_record import gist_of
from crawler.targets import State
from crawler.visits import is_read_as_page

TRAPS = "trap"
COUNTERS = "counters"
HOSTS = "hosts"


@dataclass(slots=True, kw_only=True)
class Course:
    """Remembers the course of a crawl batch by batch, and restores it; on a fresh run there is nothing to restore."""

    dispatch: Dispatch
    discovery: Discovery
    scope: Scope
    _hosts: frozenset[str] = field(default=frozenset())
    _counted: Mapping[str, object] = field(default_factory=dict)

    def keep(self) -> None:
        """From now on, have everything stored that a crawl taken up again must know."""
        self.dispatch.store.before_commit(self._write)

    def _write(self) -> None:
        store = self.dispatch.store
        if changes := self.dispatch.traps.changes():
            store.remember(TRAPS, changes)
        if self._hosts != self.scope.hosts:
            self._hosts = frozenset(self.scope.hosts)
            store.set_meta(HOSTS, sorted(self._hosts))
        counted = self.dispatch.counters.counted()
        if counted != self._counted:
            self._counted = counted
            store.set_meta(COUNTERS, counted)

    def restore(self) -> None:
        """Put back what an interrupted run knew, and let wait again what it had not come to."""
        dispatch, store = self.dispatch, self.dispatch.store
        for url in store.get_meta("portal_urls", []):
            self.scope.admit_portal(url)
        self.scope.hosts.update(store.get_meta(HOSTS, []))
        dispatch.counters.restore(store.get_meta(COUNTERS, {}))
        dispatch.traps.restore(store.recall(TRAPS))
        dispatch.visits.restore(store.login_pages())
        for url, failure, status in store.foreign_tries():
            dispatch.health.note_outside(host_of(url), failure, status)
        self._learn_departments()
        self._restore_targets()
        if dispatch.visits.desk is not None:
            dispatch.visits.desk.resume()

    def _restore_targets(self) -> None:
        """What waited for its first look waits again; what waited for another look has failed until that look is due."""
        dispatch, registry = self.dispatch, self.dispatch.store.registry
        failures = dispatch.store.last_failures()
        for target in registry:
            if target.state is State.SKIPPED and target.reason == OVERVIEW and dispatch.overview is None:
                # An overview that is crawled on: what it left out is due now.
                registry.decide(target, State.QUEUED)
            if target.state is State.QUEUED and target.id in failures:
                registry.decide(target, State.FAILED, failures[target.id])
            elif target.state is State.QUEUED:
                dispatch.frontier.push(target, dispatch.clock())
            elif is_left(target):
                dispatch.breaker.restore(target)
            elif target.state is State.FETCHED and is_read_as_page(target):
                dispatch.count_begun(target)
            if not target.internal and target.state is not State.SKIPPED:
                self.discovery.count_foreign(target)

    def _learn_departments(self) -> None:
        """Which address belongs to which 单位, from the pages read so far."""
        dispatch = self.dispatch
        if dispatch.options.departments:
            for page in dispatch.store.pages():
                dispatch.departments.learn(gist_of(page).units)
