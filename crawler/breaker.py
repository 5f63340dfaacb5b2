"""A host that answers nothing is not asked for ever: what remains of it stays unseen, and is said to be."""

from collections import Counter
from dataclasses import dataclass, field

from crawler.facts import FailureKind
from crawler.failures import is_silence
from crawler.targets import State, Target, TargetRegistry

HOST_DOWN = "host-down"
"""Reason of addresses whose host gave no answer to any of many others."""

PATIENCE = 20
"""Addresses in a row that get no answer before the host counts as down."""


@dataclass(slots=True)
class Breaker:
    """Counts silence by host. Not for the portal's own host, whose silence makes the run void."""

    _silent: Counter[str] = field(default_factory=Counter)
    _tripped: set[str] = field(default_factory=set)

    def refuse(self, target: Target) -> str | None:
        """``host-down`` for an address not asked yet whose host is down; second looks at the others go on."""
        if self._silent[target.host] < PATIENCE:
            return None
        self._tripped.add(target.host)
        return HOST_DOWN

    def note(self, host: str, failure: FailureKind | None) -> bool:
        """Count how a host answered; True: one that was given up is back."""
        if failure is not None and is_silence(failure):
            self._silent[host] += 1
            return False
        if self._silent[host]:
            del self._silent[host]
        if host not in self._tripped:
            return False
        self._tripped.discard(host)
        return True

    def left(self, registry: TargetRegistry, host: str) -> list[Target]:
        """What was not asked for of ``host`` while it was down."""
        return [target for target in registry if target.host == host and is_left(target)]

    def restore(self, target: Target) -> None:
        """Take up that an interrupted run had given up the host of ``target``."""
        self._tripped.add(target.host)
        self._silent[target.host] = PATIENCE


def is_left(target: Target) -> bool:
    return target.state is State.SKIPPED and target.reason == HOST_DOWN
