"""The course of one crawl: home page, all that follows, second and third looks at what failed, a last look home."""

from dataclasses import asdict, dataclass

from crawler.discovery import BUDGET, Discovery
from crawler.dispatch import Dispatch
from crawler.facts import FailureKind
from crawler.failures import MAX_TRIES, tries_due
from crawler.focus import META as FOCUS
from crawler.home_page import HomePage
from crawler.rendering import Rendering
from crawler.resuming import Course
from crawler.scope import Scope
from crawler.sightings import Sightings
from crawler.site_search import SiteSearch
from crawler.soft_errors import ELSEWHERE, ask_elsewhere, ask_for_unknown
from crawler.soft_errors import META as UNKNOWN_PAGES
from crawler.store.codec import to_json
from crawler.store.portal_answers import SITE_SEARCH, TRANSPORT
from crawler.targets import Rank, State, Target
from crawler.transport import Transport, look_up

VOID = "void"
"""Reason of addresses that a run, once it could not be trusted, did not come to."""

MAX_RENDERINGS = 4
"""Rounds with the browser: what it draws may lead to further pages that only it can draw."""

MAX_ROUNDS = 20
"""Rounds of second and third looks: pages that open late bring new addresses, which fail in their turn, but not for ever."""

WORTH_FILLING = 1.5
"""Seconds of a pause in which second sightings of pages are begun; what comes to light after it is sighted at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Runs the whole crawl; everything it needs is made by the spider."""

    dispatch: Dispatch
    discovery: Discovery
    scope: Scope
    sightings: Sightings
    rendering: Rendering | None = None
    """Draws what a script fills; None: nobody does."""

    async def run(self) -> None:
        """The crawl from start to end; afterwards every address is decided."""
        dispatch = self.dispatch
        course = Course(dispatch=dispatch, discovery=self.discovery, scope=self.scope)
        course.restore()
        if self.rendering is not None:
            self.rendering.resume()
        course.keep()
        home = await HomePage(dispatch=dispatch, discovery=self.discovery, scope=self.scope).open()
        if home is not None and dispatch.options.max_pages > 1:
            await dispatch.line.at_start()
            for url in dispatch.options.seeds:
                self.discovery.start(url, Rank.COLUMN)
            dispatch.enter("crawl")
            await dispatch.drain()
            await self._look_again()
            await self._render()
            await self._read_attachments()
            if not dispatch.stopped() and dispatch.overview is None:
                await self._confirm(home)
        if dispatch.focus is not None:
            kept = {"pages": dispatch.focus.looked_at(), "bounded": dispatch.focus.bounded}
            dispatch.store.set_meta(FOCUS, kept)
        dispatch.enter("close")
        dispatch.leave_rest(VOID if dispatch.health.void else dispatch.closed_reason() or BUDGET)
        dispatch.visits.settle_redirects()

    async def _confirm(self, home: Target) -> None:
        """Second sightings, what is asked of the portal as a whole, and a last look home."""
        await self.sightings.pages()
        await self.sightings.attachments()
        if self.dispatch.focus is None or self.dispatch.focus.whole_home:
            await self._ask_for_unknown(home)
            await self._look_at_transport(home)
            await self._ask_the_search(home)
        await self.sightings.home(home)

    # -- second and third looks -----------------------------------------------------------------------------------------

    async def _look_again(self) -> None:
        """The second looks that were not due before the queue was empty, then the third ones, until nothing new comes of them."""
        second, third = self.dispatch.options.look_pauses
        for _ in range(MAX_ROUNDS):
            if self.dispatch.stopped():
                return
            if due := self._due(1):
                await self._round("second", due, second)
            elif due := self._due(2):
                if self.dispatch.rest_left(due, third) >= WORTH_FILLING and self.dispatch.overview is None:
                    await self.sightings.pages()
                await self._round("third", due, third)
            else:
                return

    async def _round(self, name: str, due: list[Target], pause: float) -> None:
        dispatch = self.dispatch
        dispatch.tell(now=True)
        await dispatch.rest_since(due, pause)
        dispatch.visits.last_look = name == "third"
        for target in due:
            self.discovery.again(target)
        dispatch.enter(name)
        await dispatch.drain()
        dispatch.visits.last_look = False

    def _due(self, tries: int) -> list[Target]:
        """Targets due for another look: after one try the ordinary failures, after two also refusals and blocks."""
        store = self.dispatch.store
        failed = [target for target in store.registry if target.state is State.FAILED and target.tries < MAX_TRIES]
        due = []
        for target in failed:
            status, final = store.last_look(target.id)
            wanted = tries_due(FailureKind(target.reason), status)
            # A failure that changed its kind may have had its looks, and none of them at the end.
            missing = target.tries < wanted or (wanted > 1 and not final)
            if (target.tries == 1 and wanted == MAX_TRIES) if tries == 1 else missing:
                due.append(target)
        return due

    async def _render(self) -> None:
        """Draw what is filled by scripts and read on from there."""
        dispatch = self.dispatch
        if self.rendering is None or dispatch.overview is not None:
            return
        for _ in range(MAX_RENDERINGS):
            if dispatch.stopped():
                return
            dispatch.enter("browser")
            if not await self.rendering.round(dispatch.stopped):
                return
            dispatch.enter("crawl")
            await dispatch.drain()
            await self._look_again()

    # -- what belongs to the end ----------------------------------------------------------------------------------------

    async def _read_attachments(self) -> None:
        """Wait until the attachments are read that were fetched beside the pages."""
        if self.dispatch.visits.desk is not None:
            self.dispatch.enter("attachments")
            await self.dispatch.visits.desk.finish()

    async def _ask_for_unknown(self, home: Target) -> None:
        """Addresses that nobody made: a portal that answers them with a page hides its dead links."""
        store = self.dispatch.store
        if not self.dispatch.stopped() and store.get_meta(UNKNOWN_PAGES) is None:
            found = await ask_for_unknown(self.dispatch.visits, home.url, set(store.get_meta("home_keys", [])))
            store.set_meta(UNKNOWN_PAGES, [asdict(page) for page in found])
        if not self.dispatch.stopped() and store.get_meta(ELSEWHERE) is None:
            store.set_meta(ELSEWHERE, [asdict(page) for page in await ask_elsewhere(self.dispatch.visits, home.url)])

    async def _look_at_transport(self, home: Target) -> None:
        """How the portal's own host is reached: https, certificate, IPv6."""
        dispatch = self.dispatch
        if not dispatch.stopped() and dispatch.store.get_meta(TRANSPORT) is None:
            transport = Transport(fetcher=dispatch.visits.fetcher, pause=dispatch.options.look_pauses[0], lookup=look_up)
            dispatch.store.set_meta(TRANSPORT, asdict(await transport.look(home.url)))

    async def _ask_the_search(self, home: Target) -> None:
        """The portal's own search for a few titles: nothing of it belongs to the crawl."""
        dispatch, store = self.dispatch, self.dispatch.store
        page = store.page(home.url)
        if not dispatch.stopped() and page is not None and store.get_meta(SITE_SEARCH) is None:
            search = SiteSearch(visits=dispatch.visits, pause=dispatch.options.look_pauses[0], today=dispatch.now().date())
            store.set_meta(SITE_SEARCH, to_json(await search.look(page)))
