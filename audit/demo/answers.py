"""What a demo address answers: values that the server plays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"

PORTAL_HOST = "portal.demo.example"
"""Stands for the portal's own host in bodies and headers; the server puts in its real address."""

OUTSIDE_DOMAIN = "outside.demo.example"
"""Hosts below it stand for other people's hosts: ``city.outside.demo.example``."""

CLOSED_HOST = "closed"
"""The one outside host whose port refuses connections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How an answer is given."""

    delay: float = 0
    """Seconds before the first byte."""
    close: bool = False
    """The connection is closed without a byte."""
    head_refused: bool = False
    """HEAD gets 405, GET the answer."""
    stream: int = 0
    """Bytes to send instead of a body."""
    first: tuple["Answer", ...] = ()
    """Given, in order, to the first requests; only then the answer itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    modified: str = ""
    """``Last-Modified``, an HTTP date; empty: none is sent."""
    behaviour: Behaviour = Behaviour()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request to a live section."""

    path: str
    query: str
    nth: int
    """Number of requests to the section so far, this one included: what makes session ids differ."""


LiveSection = Callable[[Question], Answer | None]
"""Pages without end that cannot be stored: calendars, session ids, search. None: 404."""


def outside_url(path: str) -> str:
    """``//city/library/`` as an address with the stand-in host."""
    host, _, rest = path.removeprefix("//").partition("/")
    return f"http://{host}.{OUTSIDE_DOMAIN}/{rest}"
