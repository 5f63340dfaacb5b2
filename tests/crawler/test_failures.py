"""Every way of failing has a kind, and each kind its number of looks."""

import zlib

import pytest
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
from twisted.internet import error as network
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseNeverReceived

from crawler.facts import FailureKind as Kind
from crawler.failures import TREATMENTS, is_confirmed, is_our_line, of_status, tries_due
from crawler.fetch_errors import PrivateTarget, RobotsForbidden, of_exception


def failed(reason: BaseException) -> DownloadFailedError:
    """As the downloader raises it: its own error, caused by Twisted's list of reasons."""
    error = DownloadFailedError("failed")
    error.__cause__ = ResponseNeverReceived([Failure(reason)])
    return error


def caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


def kind(error: BaseException, **seen: bool) -> Kind:
    return of_exception(error, **({"proxied": False, "headers_seen": False, "answered_before": False} | seen))[0]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CannotResolveHostError(), Kind.DNS),
        (DownloadConnectionRefusedError(), Kind.REFUSED),
        (failed(network.ConnectionLost()), Kind.RESET),
        (failed(network.ConnectionDone()), Kind.RESET),
        (failed(TlsError([("SSL routines", "", "wrong version number")])), Kind.TLS),
        (caused(DownloadFailedError(), ParseError([Failure(ValueError())], b"")), Kind.OTHER),
        (ResponseDataLossError(), Kind.TRUNCATED),
        (DownloadCancelledError(), Kind.TOO_LARGE),
        (IgnoreRequest("bomb"), Kind.TOO_LARGE),
        (RobotsForbidden(), Kind.ROBOTS),
        (PrivateTarget(), Kind.PRIVATE),
        (TunnelError("503"), Kind.PROXY),
        (UnsupportedURLSchemeError(), Kind.OTHER),
        (network.NoRouteError(), Kind.REFUSED),
        (ValueError("invalid hostname: 中"), Kind.DNS),
        (caused(DownloadTimeoutError(), network.TimeoutError()), Kind.TIMEOUT_CONNECT),
        (DownloadTimeoutError(), Kind.TIMEOUT_CONNECT),
        (RuntimeError("something new"), Kind.OTHER),
    ],
)
def test_exceptions_become_kinds(error: BaseException, expected: Kind) -> None:
    assert kind(error) is expected


def test_silence_of_a_host_that_spoke_before_is_slowness() -> None:
    assert kind(DownloadTimeoutError(), answered_before=True) is Kind.TIMEOUT_READ
    assert kind(DownloadTimeoutError(), headers_seen=True) is Kind.TIMEOUT_READ
    assert kind(DownloadTimeoutError(), proxied=True) is Kind.TIMEOUT_READ


@pytest.mark.parametrize("error", [zlib.error("bad"), EOFError(), OSError("Not a gzipped file")])
def test_a_body_that_cannot_be_unpacked_is_badly_encoded(error: BaseException) -> None:
    assert kind(error, headers_seen=True) is Kind.BAD_ENCODING


@pytest.mark.parametrize("error", [CannotResolveHostError(), DownloadConnectionRefusedError()])
def test_behind_a_proxy_no_connection_is_the_proxys_fault(error: BaseException) -> None:
    assert kind(error, proxied=True) is Kind.PROXY


def test_the_detail_names_what_happened_in_one_line() -> None:
    detail = of_exception(failed(network.ConnectionLost()), proxied=False, headers_seen=False, answered_before=False)[1]
    assert detail == "DownloadFailedError < ResponseNeverReceived < ConnectionLost"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, None),
        (204, None),
        (304, None),
        (404, Kind.NOT_FOUND),
        (410, Kind.NOT_FOUND),
        (400, Kind.CLIENT_ERROR),
        (401, Kind.LOGIN),
        (403, Kind.CLIENT_ERROR),
        (407, Kind.PROXY),
        (412, Kind.BLOCKED),
        (429, Kind.BLOCKED),
        (521, Kind.BLOCKED),
        (500, Kind.SERVER_ERROR),
        (599, Kind.SERVER_ERROR),
    ],
)
def test_statuses_become_kinds(status: int, expected: Kind | None) -> None:
    assert of_status(status) is expected


def test_every_kind_has_its_treatment() -> None:
    assert TREATMENTS.keys() == set(Kind)
    for found in TREATMENTS.values():
        assert found.tries in {1, 2, 3}
        assert found.tries == 3 or not found.accusable


def test_what_heals_is_looked_at_three_times_and_refusals_twice() -> None:
    assert {tries_due(one, None) for one in (Kind.DNS, Kind.RESET, Kind.TIMEOUT_READ, Kind.SERVER_ERROR, Kind.NOT_FOUND)} == {3}
    assert {tries_due(Kind.CLIENT_ERROR, status) for status in (403, 405)} == {2}
    assert {tries_due(one, None) for one in (Kind.ROBOTS, Kind.PRIVATE)} == {1}


def test_only_three_looks_the_last_at_the_end_confirm_a_failure() -> None:
    assert is_confirmed(Kind.NOT_FOUND, 404, 3, final=True)
    assert not is_confirmed(Kind.NOT_FOUND, 404, 2, final=True)
    assert not is_confirmed(Kind.NOT_FOUND, 404, 3, final=False)


@pytest.mark.parametrize(
    ("kind_", "status"), [(Kind.BLOCKED, 412), (Kind.CLIENT_ERROR, 403), (Kind.LOGIN, 302), (Kind.PROXY, None)]
)
def test_what_may_be_meant_for_us_alone_is_never_confirmed(kind_: Kind, status: int | None) -> None:
    assert not is_confirmed(kind_, status, 3, final=True)


def test_a_missing_page_says_nothing_about_our_line() -> None:
    assert not is_our_line(Kind.NOT_FOUND, 404)
    assert is_our_line(Kind.DNS, None)
    assert is_our_line(Kind.SERVER_ERROR, 502)
