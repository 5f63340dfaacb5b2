"""A report set on loopback: its own files, to its own machine, and nothing else."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from audit.errors import UsageInvalid
from audit.serving import HOST, make_server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    folder = tmp_path / "out"
    (folder / "departments").mkdir(parents=True)
    (folder / "index.html").write_text("<p>总览</p>", encoding="utf-8")
    (folder / ".hidden").write_text("x")
    (tmp_path / "secret.txt").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with make_server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, path: str, host: str = "") -> HTTPResponse:
    connection = HTTPConnection(HOST, port)
    connection.request("GET", path, headers={"Host": host or f"{HOST}:{port}"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_the_overview_opens_and_is_not_cached(port: int) -> None:
    response = ask(port, "/")
    assert (response.status, response.getheader("Cache-Control")) == (200, "no-store")


@pytest.mark.parametrize("path", ["/departments/", "/.hidden", "/link.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/none.html"])
def test_nothing_else_is_served(port: int, path: str) -> None:
    assert ask(port, path).status == 404


def test_a_foreign_name_for_this_machine_is_refused(port: int) -> None:
    assert ask(port, "/", host="evil.example").status == 403


def test_a_taken_port_is_one_sentence(port: int, tmp_path: Path) -> None:
    with pytest.raises(UsageInvalid, match=str(port)):
        make_server(tmp_path, port)
