"""Signals of Scrapy's, sent straight to those who listen."""

import inspect
import logging
from collections.abc import Callable
from typing import Any

from scrapy.exceptions import StopDownload
from scrapy.signalmanager import SignalManager
from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

_Listener = tuple[Callable[..., Any], frozenset[str] | None]
"""Who listens, and the words it takes; None: whatever comes."""


class StraightSignals(SignalManager):
    """The signals of one crawl, all of whose listeners are connected here and stay.

    Scrapy sends half a dozen signals for every answer, most of which nobody hears, and looks anew each time for those who
    might: a twentieth of what a request costs.
    """

    def __init__(self, sender: Any) -> None:
        super().__init__(sender)
        self._listeners: dict[Any, list[_Listener]] = {}

    def connect(self, receiver: Any, signal: Any, **kwargs: Any) -> None:
        super().connect(receiver, signal, **kwargs)
        self._listeners.setdefault(signal, []).append((receiver, _words_of(receiver)))

    def disconnect(self, receiver: Any, signal: Any, **kwargs: Any) -> None:
        super().disconnect(receiver, signal, **kwargs)
        self._listeners[signal] = [listener for listener in self._listeners.get(signal, ()) if listener[0] != receiver]

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy does it: what a listener raises is logged and handed back."""
        listeners = self._listeners.get(signal)
        if not listeners:
            return []
        words = {"sender": self.sender, "signal": signal} | kwargs
        return [(receiver, _answer(receiver, taken, words)) for receiver, taken in listeners]


def _answer(receiver: Callable[..., Any], taken: frozenset[str] | None, words: dict[str, Any]) -> Any:
    try:
        return receiver(**(words if taken is None else {name: words[name] for name in taken if name in words}))
    except StopDownload:
        return Failure()  # type: ignore[no-untyped-call]  # Twisted has no types here
    except Exception:
        logger.exception("signal/failed receiver=%r", receiver)
        return Failure()  # type: ignore[no-untyped-call]


def _words_of(receiver: Callable[..., Any]) -> frozenset[str] | None:
    parameters = inspect.signature(receiver).parameters.values()
    if any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters):
        return None
    return frozenset(each.name for each in parameters)
