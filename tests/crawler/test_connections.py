"""Connections that are kept for the next request: not those that the server closed behind its last answer."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.web.client import HTTPConnectionPool
from twisted.web.http_headers import Headers

from crawler.connections import OncePool

KEY = ("http", "www.example.gov.cn", 80)


class Kept:
    """A quiet connection of the pool, as Twisted keeps it."""

    state = "QUIESCENT"

    def __init__(self, line: socket.socket) -> None:
        self.transport = SimpleNamespace(socket=line, loseConnection=line.close)


def pool_of(*kept: Kept) -> tuple[Any, Any]:
    pool = HTTPConnectionPool(None, persistent=True)
    pool.__class__ = OncePool
    pool.retryAutomatically = False
    pool._connections[KEY] = list(kept)
    pool._timeouts.update((one, SimpleNamespace(cancel=lambda: None)) for one in kept)
    pool._newConnection = lambda *_: "new"
    return pool, pool.getConnection(KEY, None)


@pytest.fixture
def lines():
    pairs = [socket.socketpair() for _ in range(2)]
    for pair in pairs:
        pair[0].setblocking(False)
    yield pairs
    for pair in pairs:
        for line in pair:
            line.close()


def test_a_connection_that_the_server_closed_is_passed_over(lines) -> None:
    (closed, server), (open_still, _) = lines
    server.close()
    first, second = Kept(closed), Kept(open_still)
    pool, given = pool_of(first, second)
    assert given.result is second
    assert first not in pool._timeouts
    assert closed.fileno() == -1


def test_where_all_are_closed_a_new_one_is_opened(lines) -> None:
    for _, server in lines:
        server.close()
    _, given = pool_of(*(Kept(ours) for ours, _ in lines))
    assert given == "new"


def test_a_goodbye_that_is_still_to_be_read_is_left_to_twisted(lines) -> None:
    (ours, server), _ = lines
    server.send(b"\x15")
    kept = Kept(ours)
    assert pool_of(kept)[1].result is kept


@pytest.mark.parametrize(
    ("minor", "said", "kept"),
    [
        (1, [], True),
        (1, [b"Keep-Alive"], True),
        (1, [b"Close"], False),
        (1, [b"upgrade, close"], False),
        (0, [], False),
        (0, [b"Keep-Alive"], True),
    ],
)
def test_a_connection_behind_whose_answer_the_server_closes_is_not_kept(lines, minor: int, said: list[bytes], kept: bool) -> None:
    """A home page that a server of HTTP/1.0 forwards was said to be down: its goal was asked for on a line about to close."""
    (ours, _), _ = lines
    one = Kept(ours)
    one._parser = SimpleNamespace(
        connHeaders=Headers({b"connection": said}), response=SimpleNamespace(version=(b"HTTP", 1, minor))
    )
    pool, _ = pool_of()
    pool._reactor = SimpleNamespace(callLater=lambda *_: SimpleNamespace(cancel=lambda: None))
    pool._putConnection(KEY, one)
    assert (pool._connections[KEY] == [one], ours.fileno() != -1) == (kept, kept)
