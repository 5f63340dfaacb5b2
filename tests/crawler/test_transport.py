"""What the portal's host says of https, its certificate and IPv6."""

import asyncio
import socket
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from crawler.facts import FailureKind, TransportFacts
from crawler.fetching import Fetcher, Reply
from crawler.store.portal_answers import transport_of
from crawler.transport import Lookup, Transport, look_up

AT = datetime(2026, 11, 20, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
HOME = "http://www.luhe.example/"


class Answers:
    """Gives the prepared replies in turn and notes what was asked."""

    def __init__(self, *replies: dict[str, Any]) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []

    async def ask(self, target: Any, *, probe: bool) -> Reply:
        assert probe
        self.asked.append(target.url)
        return Reply(url=target.url, at=AT, **self.replies.pop(0))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.transport.getproxies", dict)


def found(answers: Answers, home: str = HOME, lookup: Lookup = lambda _host, _family: True) -> TransportFacts:
    transport = Transport(fetcher=cast("Fetcher", answers), pause=0, lookup=lookup)
    return asyncio.run(transport.look(home))


def test_a_home_page_that_answers_over_https_has_https_and_the_end_of_its_certificate() -> None:
    answers = Answers({"status": 200, "certificate_expires": AT})
    facts = found(answers)
    assert (facts.https, facts.certificate_expires) == (True, "2026-11-20")
    assert answers.asked == ["https://www.luhe.example/"]


@pytest.mark.parametrize("failure", ["refused", "reset", "tls", "timeout-connect", "timeout-read"])
def test_https_is_missing_only_after_two_looks(failure: str) -> None:
    facts = found(Answers({"failure": FailureKind(failure)}, {"failure": FailureKind(failure)}))
    assert (facts.https, facts.https_reason, facts.https_tries) == (False, failure, 2)


def test_what_opens_the_second_time_is_not_missing() -> None:
    assert found(Answers({"failure": FailureKind.REFUSED}, {"status": 200})).https is True


def test_a_second_look_that_proves_nothing_leaves_it_open() -> None:
    facts = found(Answers({"failure": FailureKind.REFUSED}, {"failure": FailureKind.PROXY}))
    assert (facts.https, facts.https_reason) == (None, "proxy")


def test_a_forward_to_plain_http_of_the_same_host_is_no_https() -> None:
    back = {"status": 301, "location": HOME}
    facts = found(Answers(back, back))
    assert (facts.https, facts.https_reason) == (False, "plain-forward")


def test_a_forward_within_https_is_https() -> None:
    assert found(Answers({"status": 302, "location": "https://www.luhe.example/index.html"})).https is True


@pytest.mark.parametrize(
    ("status", "failure"),
    [(403, "4xx"), (404, "not-found"), (502, "5xx"), (None, "proxy"), (None, "dns"), (None, "robots"), (None, "private-address")],
)
def test_a_refusal_or_our_own_line_proves_nothing(status: int | None, failure: str) -> None:
    facts = found(Answers({"status": status, "failure": FailureKind(failure)}))
    assert facts.https is None
    assert facts.https_reason == (failure if status is None else "unclear-https")


@pytest.mark.parametrize("home", ["http://127.0.0.1/", "http://10.1.2.3/", "http://localhost/", "http://www.luhe.example:8080/"])
def test_nothing_is_asked_of_our_own_network_or_of_a_special_port(home: str) -> None:
    answers = Answers()
    facts = found(answers, home)
    assert answers.asked == []
    assert (facts.https, facts.certificate_expires, facts.has_aaaa) == (None, None, None)


def test_no_ipv6_address_in_two_look_ups_is_none() -> None:
    facts = found(Answers({"status": 200}), lookup=lambda _host, family: family == socket.AF_INET)
    assert facts.has_aaaa is False


def test_a_resolver_that_knows_neither_address_proves_nothing() -> None:
    facts = found(Answers({"status": 200}), lookup=lambda _host, _family: False)
    assert (facts.has_aaaa, facts.aaaa_reason) == (None, "unclear-dns")


def test_look_ups_that_differ_prove_what_was_seen() -> None:
    answers = iter([False, True])
    assert found(Answers({"status": 200}), lookup=lambda _host, _family: next(answers)).has_aaaa is True


def test_behind_a_proxy_nothing_is_asked_and_no_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.transport.getproxies", lambda: {"http": "http://127.0.0.1:3128"})
    monkeypatch.setattr("crawler.transport.proxy_bypass", lambda _host: False)
    answers = Answers()
    facts = found(answers, lookup=lambda _host, _family: pytest.fail("looked up"))
    assert answers.asked == []
    assert (facts.https, facts.https_reason, facts.has_aaaa, facts.aaaa_reason) == (None, "proxied", None, "proxied")


@pytest.mark.parametrize(
    ("address", "verdict"),
    [("2001:da8::1", True), ("64:ff9b::cb00:7105", None), ("::ffff:203.0.113.5", None), ("fe80::1", None)],
)
def test_an_address_made_up_by_our_own_network_is_none(
    monkeypatch: pytest.MonkeyPatch, address: str, verdict: bool | None
) -> None:
    entry = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 443, 0, 0))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: [entry])
    assert look_up("www.luhe.example", socket.AF_INET6) is verdict


@pytest.mark.parametrize(("error", "verdict"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, None), (socket.EAI_FAIL, None)])
def test_a_resolver_that_fails_says_nothing(monkeypatch: pytest.MonkeyPatch, error: int, verdict: bool | None) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise socket.gaierror(error, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert look_up("www.luhe.example", socket.AF_INET6) is verdict


def test_facts_come_back_from_the_store_as_they_were() -> None:
    facts = TransportFacts(https=True, certificate_expires="2026-12-01", has_aaaa=False)
    assert transport_of(asdict(facts)) == facts
    assert transport_of(None) is None
