"""From a page to the addresses it knows: which are new, what they are, in what order they are due."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.addresses import host_of, url_key
from crawler.department_filter import DepartmentFilter
from crawler.facts import MANDATORY_ROLES, DataRequest, PageKind
from crawler.focus.model import Focus
from crawler.frontier import Frontier
from crawler.scope import Scope, kind_of_address, kind_of_link
from crawler.store.page_record import Gist, PageRecord, PlainLink
from crawler.targets import Rank, State, Target, TargetRegistry, data_key
from crawler.traps import DEPTH, TrapGuard, shape, shape_of

BUDGET = "budget"
FORM = "form"
"""Reason of addresses that only a form leads to: nobody opens them without filling it in."""

_COMPLETING = frozenset({"frame", "iframe", "data"})
"""Elements whose target is a piece of the page, not another page."""

_BY_KIND = {"attachment": Rank.FILE, "image": Rank.FILE, "css": Rank.ASSET, "script": Rank.ASSET, "other": Rank.ASSET}
_LANDING = frozenset({PageKind.HOME, PageKind.COLUMN, PageKind.DEPARTMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeLimits:
    """How many foreign addresses are probed; the rest is skipped with the reason ``budget``."""

    in_all: int = 20_000
    per_host: int = 500


class Discovery:
    """Takes up new addresses into the registry and the frontier.

    ``detach`` is told of a stored piece of a page that turned out to be a page in its own right.
    """

    def __init__(
        self,
        *,
        registry: TargetRegistry,
        frontier: Frontier,
        scope: Scope,
        traps: TrapGuard,
        departments: DepartmentFilter,
        clock: Callable[[], float],
        detach: Callable[[Target], None],
        limits: ProbeLimits | None = None,
        focus: Focus | None = None,
    ) -> None:
        self._registry = registry
        self._frontier = frontier
        self._scope = scope
        self._traps = traps
        self._departments = departments
        self._clock = clock
        self._detach = detach
        self._limits = limits or ProbeLimits()
        self._focus = focus
        self._foreign: Counter[str] = Counter()
        self._foreign_in_all = 0
        self._fresh = 0
        self.only_this_page = False
        """A spot check: nothing that the page leads to is asked for."""

    def links_of(self, page: PageRecord, parent: Target) -> tuple[list[Target], int]:
        """Targets of the page's links, in their order, and how many new addresses of another shape the page led to."""
        gist = page.gist
        self._fresh = 0
        self._admit_hosts(gist)
        self._departments.learn(gist.units)
        ranks = _ranks(gist)
        landing = gist.kind in _LANDING
        # Before the links: a menu may also link to the file that fills its list.
        for request in page.data_requests:
            self._data_request(request, parent, (gist.part_of or gist.url).partition("#")[0])
        targets = [self._link(link, parent, gist.url, ranks.get(link[0]), landing=landing) for link in page.links]
        for url in _written_by_script(gist):
            if self._registry.get(url) is None:
                self._take_up(url, kind_of_address(url), parent, ranks.get(url, Rank.PAGE))
        if self._focus is not None:
            self._focus.learn(page, parent, targets, self)
        return targets, self._fresh

    def known(self, url: str) -> Target | None:
        """The target of an address that some page named."""
        return self._registry.get(url)

    def start(self, url: str, rank: Rank = Rank.HOME) -> Target:
        """The target of an address the crawl begins with; it waits in the frontier unless it was decided before."""
        target = self._registry.get(url)
        if target is None:
            target = self._registry.add(url, internal=True, rank=rank)
            self._frontier.push(target, self._clock())
        return target

    def hop(self, url: str, parent: Target) -> Target:
        """The target that ``parent`` forwards to, as urgent as ``parent`` itself."""
        target = self._registry.get(url)
        if target is None:
            kind = parent.kind if parent.kind != "page" else kind_of_address(url)
            target = self._take_up(url, kind, parent, Rank(parent.rank))
            target.hops = parent.hops + 1
        elif target.state is State.QUEUED and parent.rank < target.rank and target.internal:
            self._frontier.promote(target, parent.rank, self._clock())
        return target

    def again(self, target: Target) -> None:
        """Let a target that failed wait for its next try."""
        self._registry.decide(target, State.QUEUED)
        self._frontier.push(target, self._clock())

    # -- one link -------------------------------------------------------------------------------------------------------

    def _link(self, link: PlainLink, parent: Target, page_url: str, hint: Rank | None, *, landing: bool) -> Target:
        url, words, element, place = link
        target = self._registry.get(url)
        if target is None:
            rank = hint if hint is not None else _rank(element, place, landing=landing)
            target = self._take_up(url, kind_of_link(url, element, words), parent, rank)
            if element in _COMPLETING and target.internal and target.kind == "page":
                target.part_of = page_url
        elif target.state is State.QUEUED or target.state is State.SKIPPED or target.inbred or target.part_of is not None:
            self._meet_again(target, element, parent, hint)
        return target

    def _meet_again(self, target: Target, element: str, parent: Target, hint: Rank | None) -> None:
        """A known address stands on another page: it may be more urgent, or less of a trap, than it seemed."""
        if target.request is not None:
            return
        if target.part_of is not None and element not in _COMPLETING and element != "form":
            target.part_of = None
            self._registry.touch(target)
            self._detach(target)
        was_inbred = target.inbred
        if was_inbred and (hint is Rank.LIST or shape_of(parent) != shape_of(target)):
            target.inbred = False
            self._registry.touch(target)
        if hint is Rank.LIST and target.root is None and target.state is State.QUEUED:
            root = parent.root or parent.key
            target.root = root if root != target.key else None
        if target.state is State.SKIPPED:
            self._rescue(target, kind_of_link(target.url, element), parent, hint, was_inbred=was_inbred)
        elif (
            target.state is State.QUEUED and hint is not None and hint < target.rank and target.internal and target.kind == "page"
        ):
            self._frontier.promote(target, hint, self._clock())

    def _rescue(self, target: Target, kind: str, parent: Target, hint: Rank | None, *, was_inbred: bool) -> None:
        if target.reason == FORM and kind != FORM:
            target.kind = kind
            target.rank = _due(hint if hint is not None else Rank.PAGE, kind, internal=target.internal)
        elif target.reason == DEPTH and parent.depth + 1 < target.depth:
            target.depth = parent.depth + 1
        elif not (was_inbred and not target.inbred):
            return
        reason = self._refuse(target)
        if reason is None:
            self.again(target)
        else:
            self._registry.decide(target, State.SKIPPED, reason)

    def _take_up(self, url: str, kind: str, parent: Target, rank: Rank) -> Target:
        """A new target, waiting or refused."""
        internal = self._scope.holds(url) or (kind == "attachment" and self._scope.keeps_files(url))
        continues = rank is Rank.LIST
        target = self._registry.add(
            url,
            kind="other" if kind == FORM else kind,
            internal=internal,
            rank=_due(rank, kind, internal=internal),
            depth=parent.depth + (0 if continues else 1),
        )
        same_shape = internal and shape(url, target.host) == shape_of(parent)
        if continues:
            target.root = parent.root or parent.key
        else:
            target.inbred = same_shape and kind == "page"
        if not same_shape and target.rank != Rank.ASSET:
            self._fresh += 1
        reason = FORM if kind == FORM else self._refuse(target)
        if reason is None:
            self._frontier.push(target, self._clock())
        else:
            self._registry.decide(target, State.SKIPPED, reason)
        return target

    def _refuse(self, target: Target) -> str | None:
        """Reason for which a new address is not asked for at all."""
        if self.only_this_page:
            return BUDGET
        if target.internal:
            if target.root is not None:
                return self._traps.refuse_list_page(target.root)
            return self._traps.refuse_address(target.url, target.depth) if target.kind == "page" else None
        if self._foreign[target.host] >= self._limits.per_host or self._foreign_in_all >= self._limits.in_all:
            return BUDGET
        self.count_foreign(target)
        return None

    def count_foreign(self, target: Target) -> None:
        """Count a foreign address against the limits."""
        self._foreign[target.host] += 1
        self._foreign_in_all += 1

    def _data_request(self, request: DataRequest, parent: Target, page_url: str) -> None:
        """Data of a list, asked for at the page's own host only."""
        key = data_key(request)
        target = self._registry.by_key(key)
        if host_of(request.url) != parent.host or (target is not None and (target.request is not None or target.kind == "page")):
            return
        if target is None:
            target = self._registry.add(request.url, key=key, kind="other", rank=Rank.LIST, depth=parent.depth)
        else:
            # It was taken for a file of no interest.
            self._registry.decide(target, State.QUEUED)
            target.rank = Rank.LIST
        target.request = request
        target.part_of = page_url
        target.root = parent.root or url_key(page_url)
        reason = BUDGET if self.only_this_page else self._traps.refuse_list_page(target.root)
        if reason is None:
            self._frontier.push(target, self._clock())
        else:
            self._registry.decide(target, State.SKIPPED, reason)

    def _admit_hosts(self, gist: Gist) -> None:
        """Hosts of 单位 and of the 专栏, below the portal's own domain, become the portal's."""
        named = [url for _, url in gist.units]
        named += [url for column_type, url in gist.columns if column_type == "xxgk_entry"]
        for url in named:
            host = self._scope.admit_named(url)
            if host is not None:
                self._adopt(host)

    def _adopt(self, host: str) -> None:
        """What was to be probed only is read now; what was probed already is asked for once more, as a page."""
        for target in list(self._registry):
            if target.host != host or target.internal:
                continue
            target.internal = True
            target.rank = _due(Rank.PAGE, target.kind, internal=True)
            if target.kind == "page" and target.state in {State.QUEUED, State.FETCHED, State.SKIPPED}:
                self.again(target)
            else:
                self._registry.touch(target)


def _ranks(gist: Gist) -> dict[str, Rank]:
    """Addresses of which the page says more than their place on it."""
    ranks = dict.fromkeys(gist.entries, Rank.ARTICLE)
    ranks.update(dict.fromkeys(gist.pager, Rank.LIST))
    for column_type, url in gist.columns:
        rank = Rank.UNIT if column_type in MANDATORY_ROLES else Rank.COLUMN
        ranks[url] = min(ranks.get(url, rank), Rank.XXGK_ENTRY if column_type == "xxgk_entry" else rank)
    for _, url in gist.units:
        ranks[url] = min(ranks.get(url, Rank.UNIT), Rank.UNIT)
    return ranks


def _written_by_script(gist: Gist) -> Iterator[str]:
    """Addresses the page knows without a link to them: nobody is accused when one does not open."""
    yield from gist.pager
    if gist.forwards_to:
        yield gist.forwards_to
    yield from (url for _, url in gist.units)
    yield from (url for _, url in gist.columns)
    yield from gist.entries


def _rank(element: str, place: str, *, landing: bool) -> Rank:
    if element in _COMPLETING:
        return Rank.COLUMN
    return Rank.MENU if landing or place in {"head", "nav"} else Rank.PAGE


def _due(rank: Rank, kind: str, *, internal: bool) -> Rank:
    """Rank of what is not read as a page of the portal: files, foreign addresses, style sheets."""
    by_kind = _BY_KIND.get(kind)
    if by_kind is Rank.ASSET or internal:
        return rank if by_kind is None else by_kind
    return Rank.OUTSIDE
