"""The bench's own server answers as a portal's server does."""

import http.client
from urllib.parse import urlsplit

import pytest

from bench.server import serve


@pytest.fixture
def connection(tmp_path):
    folder = tmp_path / "portal"
    folder.mkdir()
    (folder / "index.html").write_text("<title>首页</title>", encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    with serve(folder, prefer_nginx=False) as base:
        parts = urlsplit(base)
        client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        yield client
        client.close()


def ask(connection, path, method="GET", **headers):
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


def test_a_folder_answers_with_its_index_page(connection):
    answer, body = ask(connection, "/")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html"
    assert "首页" in body.decode()


def test_an_unchanged_page_asked_for_again_is_not_sent_again(connection):
    answer, _ = ask(connection, "/")
    again, body = ask(connection, "/", If_None_Match=answer.headers["ETag"])
    assert (again.status, body) == (304, b"")
    by_date, _ = ask(connection, "/", If_Modified_Since=answer.headers["Last-Modified"])
    assert by_date.status == 304


def test_head_sends_no_body_and_the_connection_stays_usable(connection):
    answer, body = ask(connection, "/", method="HEAD")
    assert (answer.status, body) == (200, b"")
    assert ask(connection, "/")[0].status == 200


@pytest.mark.parametrize("path", ["/missing.html", "/../secret.html", "/%2e%2e/secret.html"])
def test_what_is_not_in_the_folder_is_not_found(connection, path):
    assert ask(connection, path)[0].status == 404
