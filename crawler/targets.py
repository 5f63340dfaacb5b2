"""Every address the crawl knows, each once, and what became of it."""

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from sys import intern

from crawler.addresses import host_of, url_key
from crawler.facts import DataRequest

MAX_HOPS = 10
"""Redirects followed from one address to the next; a browser gives up at about twenty, a clerk earlier."""


class State(IntEnum):
    """What became of an address."""

    QUEUED = 0
    ACTIVE = 1
    FETCHED = 2
    FAILED = 3
    SKIPPED = 4
    REDIRECTED = 5
    """It forwards to another address and shares that one's fate."""


class Rank(IntEnum):
    """Order of fetching: what the mandatory columns need comes first, what is only probed comes last."""

    HOME = 0
    XXGK_ENTRY = 1
    UNIT = 2
    """Pages of 单位 and the four mandatory columns."""
    LIST = 3
    """Further pages of a list, and the data that fills one."""
    COLUMN = 4
    """Other columns known by their names, and frames."""
    MENU = 5
    ARTICLE = 6
    PAGE = 7
    FILE = 8
    """Attachments and pictures."""
    OUTSIDE = 9
    ASSET = 10
    """Style sheets and scripts."""


class Target:
    """One address. Mutable and slim: a large portal has several hundred thousand."""

    __slots__ = (
        "alias",
        "depth",
        "final_url",
        "hops",
        "host",
        "id",
        "inbred",
        "internal",
        "key",
        "kind",
        "looked_at",
        "part_of",
        "rank",
        "reason",
        "request",
        "root",
        "shape",
        "state",
        "tries",
        "url",
    )

    def __init__(self, number: int, key: str, url: str, *, kind: str, internal: bool, rank: int, depth: int) -> None:
        self.id = number
        self.key = key
        self.url = url
        self.host = intern(host_of(url))
        self.kind = kind
        """``page attachment image script css other``, as in ``LinkFacts``."""
        self.internal = internal
        self.rank = rank
        self.depth = depth
        self.state = State.QUEUED
        self.reason = ""
        """Why it was skipped, or the kind of its failure."""
        self.tries = 0
        self.looked_at = 0.0
        """When the last try ended, on the monotonic clock; 0: long ago, or never."""
        self.alias: Target | None = None
        """Where it forwards to."""
        self.hops = 0
        """Redirects that led here."""
        self.final_url = ""
        self.part_of: str | None = None
        """Address of the page that this answer completes."""
        self.request: DataRequest | None = None
        """How to ask for list data; None: a plain GET."""
        self.root: str | None = None
        """Key of the first page of the list that this one continues."""
        self.inbred = False
        """Known only from pages of its own shape (calendar, filter)."""
        self.shape: str | None = None

    def end(self) -> "Target":
        """The address this one forwards to in the end; itself when it does not, or when it runs in a circle."""
        seen = {self.id}
        here = self
        while here.state is State.REDIRECTED and here.alias is not None:
            here = here.alias
            if here.id in seen:
                return self
            seen.add(here.id)
        return here


def data_key(request: DataRequest) -> str:
    """Key of a request for list data: the same address with another body is another request."""
    key = url_key(request.url)
    if request.method == "GET" and not request.body:
        return key
    return f"{key} {request.method} {request.body}"


class TargetRegistry:
    """Address key → target; knows which targets changed since the store last wrote them."""

    def __init__(self) -> None:
        self._by_key: dict[str, Target] = {}
        self._by_id: list[Target] = []
        self.dirty: dict[int, Target] = {}
        self.counts: Counter[State] = Counter()
        """Number of targets by their own state, redirects not resolved."""

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Target]:
        return iter(self._by_id)

    def get(self, url: str) -> Target | None:
        return self._by_key.get(url_key(url))

    def by_key(self, key: str) -> Target | None:
        return self._by_key.get(key)

    def by_id(self, number: int) -> Target:
        return self._by_id[number - 1]

    def add(
        self,
        url: str,
        *,
        key: str | None = None,
        kind: str = "page",
        internal: bool = True,
        rank: int = Rank.PAGE,
        depth: int = 0,
    ) -> Target:
        """A new target for an address that is not known yet."""
        key = url_key(url) if key is None else key
        target = Target(len(self._by_id) + 1, key, url, kind=kind, internal=internal, rank=rank, depth=depth)
        self._by_key[key] = target
        self._by_id.append(target)
        self.counts[State.QUEUED] += 1
        self.dirty[target.id] = target
        return target

    def restore(self, target: Target) -> None:
        """Take up a stored target; they must come in the order of their numbers."""
        self._by_key[target.key] = target
        self._by_id.append(target)
        self.counts[target.state] += 1

    def decide(self, target: Target, state: State, reason: str = "") -> None:
        self.counts[target.state] -= 1
        self.counts[state] += 1
        target.state = state
        target.reason = reason
        self.dirty[target.id] = target

    def start(self, target: Target) -> None:
        """The target is under way; not written to disk: after a crash it waits again."""
        self.counts[target.state] -= 1
        self.counts[State.ACTIVE] += 1
        target.state = State.ACTIVE

    def touch(self, target: Target) -> None:
        """Note that a field other than the state changed."""
        self.dirty[target.id] = target
