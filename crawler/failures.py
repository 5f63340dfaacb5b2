"""Why a fetch gave no page: one table of what each kind means, how often it is tried again, and what may be said of it.

Exceptions are read as kinds in ``fetch_errors``.
"""

from dataclasses import dataclass

from crawler.facts import FailureKind

MAX_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What follows from one kind of failure."""

    tries: int = MAX_TRIES
    """Looks in all, spread over the run, the last at its end; 2 where a person would be let in, 1 where we refused to ask."""
    accusable: bool = True
    """Whether an address may ever be said not to open over it: what the rules' ``dead_failures`` name (a test holds it).

    False: it may be meant for us alone, be our own doing, or be something that a browser copes with.
    """
    silence: bool = False
    """No answer of the host at all."""
    line: bool = False
    """May be our own line's fault rather than one page's: many of them put the run in doubt."""


_HEALS = Treatment()
_OURS = Treatment(tries=1, accusable=False)
_REFUSED_TO_US = Treatment(tries=2, accusable=False)
_SILENT = Treatment(silence=True, line=True)
_UNCLEAR = Treatment(accusable=False)

TREATMENTS: dict[FailureKind, Treatment] = {
    FailureKind.DNS: _SILENT,
    FailureKind.REFUSED: _SILENT,
    FailureKind.RESET: _SILENT,
    FailureKind.TIMEOUT_CONNECT: _SILENT,
    FailureKind.TIMEOUT_READ: _SILENT,
    FailureKind.NOT_FOUND: _HEALS,
    FailureKind.SERVER_ERROR: _HEALS,
    # Old browsers speak old TLS, and shrug at broken lengths, encodings and forwards.
    FailureKind.TLS: Treatment(accusable=False, silence=True, line=True),
    FailureKind.TRUNCATED: Treatment(accusable=False, line=True),
    FailureKind.PROXY: Treatment(accusable=False, silence=True, line=True),
    FailureKind.BAD_ENCODING: _UNCLEAR,
    FailureKind.CLIENT_ERROR: _UNCLEAR,
    FailureKind.REDIRECT_INVALID: _UNCLEAR,
    FailureKind.OTHER: _UNCLEAR,
    # A trap for robots that a browser with its cookies never sees.
    FailureKind.REDIRECT_LOOP: _UNCLEAR,
    # List data from elsewhere is none of the portal's; its page says whether the list can be read.
    FailureKind.REDIRECT_FOREIGN: Treatment(tries=2, accusable=False),
    FailureKind.BLOCKED: _REFUSED_TO_US,
    FailureKind.LOGIN: _REFUSED_TO_US,
    FailureKind.TOO_LARGE: Treatment(tries=2, accusable=False),
    FailureKind.ROBOTS: _OURS,
    FailureKind.PRIVATE: _OURS,
}
"""Every kind of failure."""

_REFUSALS = frozenset({401, 403, 405, 412, 429, 521})
"""Statuses that say no to whoever asks as we do; they change the treatment of their kind."""

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


def treatment(kind: FailureKind, status: int | None) -> Treatment:
    """What follows from a failure with this status, None: there was no answer."""
    found = TREATMENTS[kind]
    return _REFUSED_TO_US if status in _REFUSALS and found.tries > _REFUSED_TO_US.tries else found


def tries_due(kind: FailureKind, status: int | None) -> int:
    """How many times in all an address with this failure is asked for."""
    return treatment(kind, status).tries


def is_silence(kind: FailureKind) -> bool:
    """Whether the host gave no answer at all."""
    return TREATMENTS[kind].silence


def is_our_line(kind: FailureKind | None, status: int | None) -> bool:
    """Whether this failure may be our own line's or proxy's fault rather than one page's."""
    return (kind is not None and TREATMENTS[kind].line) or (status is not None and status >= 500)


def is_confirmed(kind: FailureKind, status: int | None, tries: int, *, final: bool) -> bool:
    """Whether an address may be said not to open: seen three times, the last at the end, and not by a refusal of ours."""
    return treatment(kind, status).accusable and final and tries >= MAX_TRIES
