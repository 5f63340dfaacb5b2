"""What a crawl of a part of a portal is asked to look at, and how it keeps to that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawler.facts import MANDATORY_ROLES
from crawler.store.page_record import PageRecord
from crawler.targets import State, Target

SPOT = "spot-check"
"""Reason of addresses that a spot check leaves out."""

SAMPLE = "sample"
"""Reason of addresses that were not drawn."""

META = "focus"
"""Under which the store keeps the addresses of the pages that were looked at for their own sake."""

READ_THROUGH = frozenset({"guide", "annual_report"})
"""Columns whose entries are what their rules are about."""


class Addresses(Protocol):
    """What a focus asks of the crawl's discovery."""

    def known(self, url: str) -> Target | None:
        """The target of an address that some page named."""

    def again(self, target: Target) -> None:
        """Let a target wait to be asked for."""


class Focus(Protocol):
    """Keeps a crawl to its part."""

    whole_home: bool
    """The home page itself is looked at: what is asked of the portal at the end is asked."""
    bounded: bool
    """There was more that its rules ask for than may be looked at: nothing is missing for certain."""

    def refuse(self, target: Target) -> str | None:
        """Reason for which a waiting target is left out; None: it is looked at."""

    def learn(self, page: PageRecord, parent: Target, targets: Sequence[Target], addresses: Addresses) -> None:
        """A page was read; ``targets`` are those of its links, in their order."""

    def looked_at(self) -> list[str]:
        """Addresses of the pages read for their own sake, sorted."""


@dataclass(slots=True)
class ListLeave:
    """How much of one list may still be read."""

    pages: int
    entries: int


class Leave:
    """Targets that may be asked for, each with the part it plays."""

    def __init__(self) -> None:
        self._roles: dict[int, str] = {}
        self._targets: dict[int, Target] = {}

    def __len__(self) -> int:
        return len(self._roles)

    def count(self, role: str) -> int:
        return sum(known == role for known in self._roles.values())

    def give(self, target: Target, role: str, addresses: Addresses) -> None:
        """Let ``target`` be asked for; one that was left out before waits again. The first role stays."""
        if target.id in self._roles:
            return
        self.note(target, role)
        if target.state is State.SKIPPED and target.reason in {SPOT, SAMPLE}:
            addresses.again(target)

    def note(self, target: Target, role: str) -> None:
        """Remember what a target is that is about to be asked for."""
        self._roles.setdefault(target.id, role)
        self._targets.setdefault(target.id, target)

    def role(self, target: Target) -> str:
        """Its part, or that of an address that forwards to it; ``""``: it has no leave."""
        own = self._roles.get(target.id)
        if own is not None:
            return own
        return next((self._roles[number] for number, known in self._targets.items() if known.alias is target), "")


def offers_unit(page: PageRecord) -> bool:
    """Whether a page looks like the front page of a 单位: it offers three of the four columns and is none of them."""
    own = {page.gist.url, page.gist.final_url}
    roles = {kind for kind, _ in page.gist.columns if kind in MANDATORY_ROLES}
    inside = any(kind in MANDATORY_ROLES and url in own for kind, url in page.gist.columns)
    return len(roles) >= 3 and not inside and not page.gist.is_dated_article


def targets_of(urls: Iterable[str], addresses: Addresses) -> list[Target]:
    """Targets of the addresses in their order, each once; files of the portal and foreign ones included."""
    found = (addresses.known(url) for url in urls)
    return list(dict.fromkeys(target for target in found if target is not None))
