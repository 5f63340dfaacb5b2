"""Connections that are kept for the next request: not those that the server closed behind its last answer."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.web.client import HTTPConnectionPool

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
