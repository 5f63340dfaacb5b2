"""What the downloader raised, read as a kind of failure."""

import zlib
from collections.abc import Iterator

from OpenSSL.SSL import Error as TlsError
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed, SSLError, TCPTimedOutError
from twisted.internet.error import TimeoutError as ConnectTimeout
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseNeverReceived
from twisted.web.client import ResponseFailed

from crawler.facts import FailureKind


class RobotsForbidden(IgnoreRequest):
    """robots.txt of the host forbids this address; it was not asked for."""


class PrivateTarget(IgnoreRequest):
    """The host is, or resolves to, a private or loopback address; it was not asked for."""


def of_exception(error: BaseException, *, proxied: bool, headers_seen: bool, answered_before: bool) -> tuple[FailureKind, str]:
    """Kind and detail (English, for the record) of what the downloader raised.

    ``headers_seen``: the answer had begun. ``answered_before``: this host has answered earlier in the run, so a silent
    connection is slow rather than absent.
    """
    # Behind a proxy the connection is the proxy's and stands: silence is the portal's.
    kind = _kind_of(error, headers_seen=headers_seen, answered_before=answered_before or proxied)
    if proxied and kind in {FailureKind.REFUSED, FailureKind.DNS, FailureKind.TIMEOUT_CONNECT}:
        kind = FailureKind.PROXY
    return kind, describe(error)


_OWN_KINDS: tuple[tuple[tuple[type[BaseException], ...], FailureKind], ...] = (
    ((RobotsForbidden,), FailureKind.ROBOTS),
    ((PrivateTarget,), FailureKind.PRIVATE),
    ((TunnelError,), FailureKind.PROXY),
    # The size limit is the only thing of ours that cancels a download or drops an answer.
    ((DownloadCancelledError, IgnoreRequest), FailureKind.TOO_LARGE),
    ((CannotResolveHostError,), FailureKind.DNS),
    ((DownloadConnectionRefusedError,), FailureKind.REFUSED),
    ((ResponseDataLossError,), FailureKind.TRUNCATED),
    ((UnsupportedURLSchemeError,), FailureKind.OTHER),
)

_CAUSES: tuple[tuple[tuple[type[BaseException], ...], FailureKind], ...] = (
    ((TlsError, SSLError), FailureKind.TLS),
    ((ParseError,), FailureKind.OTHER),
    ((ConnectTimeout, TCPTimedOutError), FailureKind.TIMEOUT_CONNECT),
    ((ResponseNeverReceived, ConnectionClosed), FailureKind.RESET),
    ((ConnectError,), FailureKind.REFUSED),
    ((DownloadFailedError, ResponseFailed), FailureKind.RESET),
)


def _kind_of(error: BaseException, *, headers_seen: bool, answered_before: bool) -> FailureKind:
    for types, kind in _OWN_KINDS:
        if isinstance(error, types):
            return kind
    if isinstance(error, DownloadTimeoutError):
        connecting = any(isinstance(cause, ConnectTimeout | TCPTimedOutError) for cause in causes(error))
        absent = connecting or not (headers_seen or answered_before)
        return FailureKind.TIMEOUT_CONNECT if absent else FailureKind.TIMEOUT_READ
    if headers_seen and isinstance(error, EOFError | OSError | zlib.error):
        return FailureKind.BAD_ENCODING
    if isinstance(error, ValueError) and "hostname" in str(error):
        return FailureKind.DNS
    found = list(causes(error))
    return next((kind for types, kind in _CAUSES if any(isinstance(cause, types) for cause in found)), FailureKind.OTHER)


def causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and everything that led to it: Python's chain, and Twisted's lists of reasons."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if one.__cause__ is not None:
            waiting.append(one.__cause__)
        waiting += [
            reason.value
            for reason in getattr(one, "reasons", None) or ()
            if isinstance(reason, Failure) and reason.value is not None
        ]


def describe(error: BaseException) -> str:
    """One line for the record: the names of what went wrong, without addresses of memory or pages of text."""
    names = dict.fromkeys(type(cause).__name__ for cause in causes(error))
    return " < ".join(names)[:200]
