"""Addresses as rules see them: what failed, what was not asked for, what shows something else, and who refers to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from crawler.addresses import page_key, url_key
from crawler.facts import FailureKind, LinkFacts, PageFacts, PageKind, SameAs, Shown
from crawler.home_words import names_article, speaks_of_home
from crawler.store.reader import End, FactsReader
from crawler.store.referrers import Referrers, ReferrerScan
from crawler.targets import State

OUTSIDE_UNREACHABLE = "outside-unreachable"
"""Reason of outlinks that failed while our own line reached no foreign host."""


class LinkReader(FactsReader):
    """Reads links, each distinct address once."""

    def referrers(self, url: str) -> Referrers:
        """Pages that refer to ``url``, whatever became of it."""
        self._database.catch_up()
        row = self._one("SELECT id FROM target WHERE key = ?", (url_key(url),))
        if row is None:
            return Referrers()
        return self._scan({row[0]}).run().get(row[0], Referrers())

    def referrers_of(self, urls: Iterable[str]) -> dict[str, Referrers]:
        """The same for many addresses in one pass; one that nobody refers to is absent."""
        self._database.catch_up()
        numbers = {row[0]: url for url in urls if (row := self._one("SELECT id FROM target WHERE key = ?", (url_key(url),)))}
        return {numbers[number]: found for number, found in self._scan(numbers).run().items()}

    def targets(self, owner: Callable[[str], str | None] | None = None) -> Iterator[LinkFacts]:
        """Addresses that some page refers to and that did not open, or were never asked for; ordered by address."""
        self._database.catch_up()
        ends: dict[int, End] = {}
        for row in self._sql.execute(
            "SELECT id, state, reason, url, alias FROM target WHERE state != ?", (State.FETCHED,)
        ).fetchall():
            end = self._follow(row)
            if end[1] != State.FETCHED:
                ends[row[0]] = end
        scan = self._scan(ends.keys())
        found = scan.run(owner)
        unreachable = self._database.get_meta("outside_reachable") is False
        for number in self._in_order(found):
            link = self._link(number, ends[number], found[number], scan.pages)
            if unreachable and not link.internal and link.tries:
                link = replace(link, untested_reason=OUTSIDE_UNREACHABLE)
            yield link

    def shown_links(self, owner: Callable[[str], str | None] | None = None) -> Iterator[LinkFacts]:
        """Addresses that opened and show something to look at: foreign pages, error pages with a good status; by address."""
        self._database.catch_up()
        rows = self._sql.execute(
            "SELECT target, url, outside FROM page WHERE part_of IS NULL AND (outside = 1 OR kind = ?) ORDER BY url, target",
            (PageKind.ERROR_PAGE,),
        ).fetchall()
        scan = self._scan({number for number, _, _ in rows})
        found = scan.run(owner)
        for number, url, outside in rows:
            seen = found.get(number)
            if seen is None:
                continue
            (blob,) = self._sql.execute("SELECT facts FROM page WHERE target = ?", (number,)).fetchone()
            page = self._whole(blob)
            yield replace(
                _referred(url, seen, scan.pages), internal=not outside, tries=self._tries(number), shows=self._shown_by(page)
            )

    def forwarded_home(self, owner: Callable[[str], str | None] | None = None) -> Iterator[LinkFacts]:
        """Addresses of articles of the portal that forward to its home page; by address."""
        self._database.catch_up()
        home_keys = frozenset(self._database.get_meta("home_keys", []))
        rows = self._sql.execute(
            "SELECT id, state, reason, url, alias FROM target "
            "WHERE state = ? AND internal = 1 AND request IS NULL ORDER BY url, id",
            (State.REDIRECTED,),
        ).fetchall()
        homes = {row[0]: end[3] for row in rows if names_article(row[3]) and page_key((end := self._follow(row))[3]) in home_keys}
        scan = self._scan(homes)
        found = scan.run(owner)
        for number, _, _, url, _ in rows:
            seen = found.get(number)
            if number not in homes or seen is None or speaks_of_home(seen.text):
                continue
            yield replace(
                _referred(url, seen, scan.pages),
                tries=self._tries(number),
                final_url=homes[number],
                shows=Shown(kind=PageKind.HOME, status=200, same_as=SameAs(what="home", url=homes[number], certain=True)),
            )

    def _shown_by(self, page: PageFacts) -> Shown:
        again = sum(1 for later in self.sightings(page.url) if later.page_title == page.page_title)
        return Shown(
            kind=page.kind,
            status=page.status,
            title=page.page_title[:200],
            keywords=" ".join(value for name in ("Keywords", "Description") if (value := page.tags.get(name)))[:500],
            text=page.text[:300],
            times_seen=1 + again,
            same_as=page.same_as,
        )

    def _scan(self, wanted: Any) -> ReferrerScan:
        return ReferrerScan(self._sql, frozenset(wanted), frozenset(self._database.get_meta("home_keys", [])))

    def _in_order(self, found: dict[int, Referrers]) -> Iterator[int]:
        for (number,) in self._sql.execute(
            "SELECT id FROM target WHERE state != ? ORDER BY url, id", (State.FETCHED,)
        ).fetchall():
            if number in found:
                yield number

    def _link(self, number: int, end: End, seen: Referrers, pages: int) -> LinkFacts:
        url, kind, internal = self._sql.execute("SELECT url, kind, internal FROM target WHERE id = ?", (number,)).fetchone()
        failed = end[1] == State.FAILED
        tries = self._tries(end[0]) or self._tries(number)
        if failed and end[2] in {FailureKind.LOGIN, FailureKind.REDIRECT_LOOP}:
            # Each step answered; that the way leads to a login or round in a circle shows only at its end.
            tries = tuple(replace(attempt, failure=attempt.failure or FailureKind(end[2])) for attempt in tries)
        return replace(
            _referred(url, seen, pages),
            kind=kind,
            internal=bool(internal),
            tries=tries if failed else (),
            final_url=end[3] if end[0] != number else "",
            untested_reason="" if failed else end[2] or "unvisited",
        )


def _referred(url: str, seen: Referrers, pages: int) -> LinkFacts:
    """A link as those see it that refer to it; ``pages`` is how many were scanned."""
    return LinkFacts(
        url=url,
        found_on=tuple(seen.samples),
        found_on_count=seen.count,
        text=seen.text,
        on_home=seen.on_home,
        in_template=seen.in_template(pages),
        template=seen.template,
        department=next(iter(seen.owners)) if len(seen.owners) == 1 else None,
    )
