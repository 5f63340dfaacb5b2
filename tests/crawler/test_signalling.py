"""Signals reach who listens, as Scrapy's own manager brings them, and cost nothing where nobody does."""

from typing import Any

from pydispatch import dispatcher
from scrapy import signals
from scrapy.exceptions import StopDownload
from scrapy.signalmanager import SignalManager
from twisted.python.failure import Failure

from crawler.signalling import StraightSignals


class _Listener:
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def of_request(self, request: str) -> str:
        self.heard.append(request)
        return "heard"

    def of_anything(self, **words: Any) -> None:
        self.heard.append(sorted(words))

    def stops(self, data: bytes) -> None:
        raise StopDownload(fail=False)

    def breaks(self) -> None:
        raise ValueError("ours")


def test_a_listener_gets_the_words_it_takes_and_no_others():
    sent, listener = StraightSignals(object()), _Listener()
    sent.connect(listener.of_request, signal=signals.headers_received)
    assert sent.send_catch_log(signals.headers_received, request="one", headers={}, spider=None) == [
        (listener.of_request, "heard")
    ]
    assert listener.heard == ["one"]


def test_nobody_is_asked_for_a_signal_that_nobody_hears(monkeypatch):
    sent = StraightSignals(object())
    monkeypatch.setattr(dispatcher, "getAllReceivers", None)
    assert sent.send_catch_log(signals.response_downloaded, request="one") == []


def test_whoever_takes_everything_gets_the_same_words_as_from_scrapy():
    ours, theirs = _Listener(), _Listener()
    for manager, listener in ((StraightSignals(object()), ours), (SignalManager(object()), theirs)):
        manager.connect(listener.of_anything, signal=signals.bytes_received)
        manager.send_catch_log(signals.bytes_received, data=b"", request="one", spider=None)
    assert ours.heard == theirs.heard != []


def test_a_wish_to_stop_and_a_mistake_are_handed_back_and_others_still_hear():
    sent, listener = StraightSignals(object()), _Listener()
    for receiver in (listener.stops, listener.breaks, listener.of_request):
        sent.connect(receiver, signal=signals.bytes_received)
    answers = [answer for _, answer in sent.send_catch_log(signals.bytes_received, data=b"x", request="one")]
    assert [type(answer.value) if isinstance(answer, Failure) else answer for answer in answers] == [
        StopDownload,
        ValueError,
        "heard",
    ]


def test_a_listener_that_left_hears_nothing():
    sent, listener = StraightSignals(object()), _Listener()
    sent.connect(listener.of_request, signal=signals.headers_received)
    sent.disconnect(listener.of_request, signal=signals.headers_received)
    assert sent.send_catch_log(signals.headers_received, request="one") == []
    assert listener.heard == []
