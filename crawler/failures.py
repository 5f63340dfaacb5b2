"""Why a fetch gave no page, and how often each kind is tried again. Exceptions are read in ``fetch_errors``."""

from crawler.facts import FailureKind

MAX_TRIES = 3

TRANSPORT = frozenset(
    {
        FailureKind.DNS,
        FailureKind.REFUSED,
        FailureKind.RESET,
        FailureKind.TIMEOUT_CONNECT,
        FailureKind.TIMEOUT_READ,
        FailureKind.TLS,
        FailureKind.TRUNCATED,
        FailureKind.PROXY,
    }
)
"""No answer, or half of one: the portal's fault or our line's, which only counting can tell."""

_NEVER_AGAIN = frozenset({FailureKind.ROBOTS, FailureKind.PRIVATE})
_ONCE_MORE = frozenset({FailureKind.BLOCKED, FailureKind.LOGIN, FailureKind.TOO_LARGE})
_UNSURE = frozenset({FailureKind.PROXY, FailureKind.REDIRECT_LOOP})
"""May be the proxy's doing, or a trap for robots that a browser with its cookies never sees."""

_REFUSALS = frozenset({401, 403, 405, 412, 429, 521})
_CHALLENGES = frozenset({412, 429, 521})
"""Statuses by which firewalls answer what they take for a robot; nobody sees them in a browser."""


def of_status(status: int) -> FailureKind | None:
    """Kind of failure a status stands for; None: it is an answer. Redirects are looked at elsewhere."""
    if status < 400:
        return None
    if status in {404, 410}:
        return FailureKind.NOT_FOUND
    if status in _CHALLENGES:
        return FailureKind.BLOCKED
    if status == 407:
        return FailureKind.PROXY
    if status == 401:
        return FailureKind.LOGIN
    return FailureKind.SERVER_ERROR if status >= 500 else FailureKind.CLIENT_ERROR


def tries_due(kind: FailureKind, status: int | None) -> int:
    """How many times in all an address with this failure is asked for: 3, or 2 where a person would be let in."""
    if kind in _NEVER_AGAIN:
        return 1
    if kind in _ONCE_MORE or status in _REFUSALS:
        return 2
    return MAX_TRIES


def is_our_line(kind: FailureKind | None, status: int | None) -> bool:
    """Whether this failure may be our own line's or proxy's fault rather than one page's."""
    return kind in TRANSPORT or (status is not None and status >= 500)


def is_confirmed(kind: FailureKind, status: int | None, tries: int, *, final: bool) -> bool:
    """Whether an address may be said not to open: seen three times, the last at the end, and not by a refusal of ours."""
    if kind in _NEVER_AGAIN | _ONCE_MORE | _UNSURE or status in _REFUSALS:
        return False
    return final and tries >= MAX_TRIES
