"""Whether the run itself can be trusted: our own line, a firewall, the way to hosts outside."""

from collections import Counter, deque
from dataclasses import dataclass, field

from crawler.facts import FailureKind
from crawler.failures import is_our_line

WINDOW = 50
"""First looks at addresses of the portal that are watched together."""

MIN_ASKED = 25
"""Looks of which half must fail, however few of a window were really asked for."""

MIN_FOREIGN_HOSTS = 5
UNREACHED_SHARE = 0.9

_NO_LINE = frozenset({FailureKind.DNS, FailureKind.REFUSED, FailureKind.TIMEOUT_CONNECT, FailureKind.PROXY})
_GATEWAY = frozenset({502, 503, 504})


@dataclass(slots=True)
class RunHealth:
    """Failure rates; ``void`` holds the reason (Chinese) once the run cannot be trusted."""

    void: str | None = None
    _recent: deque[str] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _foreign: dict[str, str] = field(default_factory=dict)
    """Foreign host → its best answer: ``ok``, ``line`` (no connection came about), ``own`` (it failed in its own way)."""

    def note_inside(self, kind: FailureKind | None, status: int | None) -> None:
        """Count a first look at an address of the portal; later looks fail more often by nature and are not counted."""
        if kind is FailureKind.BLOCKED:
            self._recent.append("blocked")
        elif is_our_line(kind, status):
            self._recent.append("line")
        else:
            self._recent.append("ok")

    def note_carried(self) -> None:
        """Count an address of the portal that was not due: it answered when it was last asked for."""
        self._recent.append("carried")

    def alarm(self) -> str | None:
        """``line`` or ``blocked`` when more than half of the last looks ended so; the caller asks the home page then."""
        if len(self._recent) < WINDOW:
            return None
        counts = Counter(self._recent)
        if counts["blocked"] * 2 > WINDOW:
            return "blocked"
        # What was not asked for hides nothing of our own line; a few failures alone are no reason to doubt it.
        asked = WINDOW - counts["carried"]
        return "line" if counts["line"] * 2 > max(asked, MIN_ASKED) else None

    def all_clear(self) -> None:
        """The home page answered: begin a new window."""
        self._recent.clear()

    def note_outside(self, host: str, kind: FailureKind | None, status: int | None) -> None:
        manner = "ok" if kind is None else "own"
        # One cause shows in several ways: a proxy without a way out says 502 for http and refuses the tunnel for https.
        if kind in _NO_LINE or (kind is FailureKind.SERVER_ERROR and status in _GATEWAY):
            manner = "line"
        if self._foreign.get(host) != "ok":
            self._foreign[host] = manner

    def outside_reachable(self) -> bool | None:
        """False: to none, or of many to hardly any foreign host, a connection came about: our line may be the cause.

        None: none was asked, or too few answered in too many ways.
        """
        counts = Counter(self._foreign.values())
        asked = counts.total()
        if asked and counts["line"] == asked:
            return False
        if asked >= MIN_FOREIGN_HOSTS and counts["line"] >= UNREACHED_SHARE * asked:
            return False
        return True if counts["ok"] or asked >= MIN_FOREIGN_HOSTS else None
