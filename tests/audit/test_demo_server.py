import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from threading import Thread
from urllib.parse import quote, urlsplit

import pytest

from audit.demo import DEMO_AS_OF
from audit.demo.portal import DemoPortal, build_portal
from audit.demo.server import OUTSIDE_HOSTS, DemoServer, serve

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", *OUTSIDE_HOSTS.values()])


@pytest.fixture(scope="module")
def portal() -> DemoPortal:
    return build_portal(DEMO_AS_OF)


@pytest.fixture
def server(portal: DemoPortal) -> Iterator[DemoServer]:
    with DemoServer(portal) as running:
        yield running


class Reply:
    def __init__(self, response: http.client.HTTPResponse, body: bytes) -> None:
        self.status, self.headers, self.body = response.status, response.headers, body


def ask(url: str, method: str = "GET", headers: dict[str, str] | None = None) -> Reply:
    parts = urlsplit(url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)) as connection:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers or {})
        response = connection.getresponse()
        return Reply(response, response.read())


def statuses(server: DemoServer, path: str, times: int) -> list[int | None]:
    """Statuses of successive requests, None where the connection was closed without an answer."""
    found: list[int | None] = []
    for _ in range(times):
        try:
            found.append(ask(server.base_url + path).status)
        except (http.client.RemoteDisconnected, ConnectionResetError):
            found.append(None)
    return found


def outside_address(server: DemoServer, page: str, text: str) -> str:
    """Address behind the link of that text."""
    body = ask(server.base_url + page).body.decode()
    found = re.search(rf'<a href="(http://[^"]+)"[^>]*>{text}</a>', body)
    assert found is not None
    return found[1]


def test_every_stored_page_is_served_with_its_status(server: DemoServer, portal: DemoPortal) -> None:
    parts = urlsplit(server.base_url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)) as connection:
        for path, answer in portal.pages.items():
            if answer.behaviour.stream or answer.behaviour.close or answer.behaviour.delay or answer.behaviour.first:
                continue
            connection.request("GET", quote(path))
            response = connection.getresponse()
            body = response.read()
            assert response.status == answer.status, path
            assert response.headers["Content-Length"] == str(len(body)), path


def test_no_stand_in_host_leaves_the_server(server: DemoServer) -> None:
    for page in ("", "zwgk/zfxxgk/", "fwdh/"):
        assert b"demo.example" not in ask(server.base_url + page).body


def test_a_folder_without_slash_moves_and_index_html_is_the_folder(server: DemoServer) -> None:
    moved = ask(f"{server.base_url}xwzx/jcyw")
    assert (moved.status, moved.headers["Location"]) == (301, "/xwzx/jcyw/")
    assert ask(f"{server.base_url}xwzx/jcyw/index.html").body == ask(f"{server.base_url}xwzx/jcyw/").body


def test_an_address_that_links_lead_to_and_that_is_not_there_answers_404_with_a_page(server: DemoServer) -> None:
    missing = ask(f"{server.base_url}ztzl/cjgywm/")
    assert missing.status == 404
    assert "页面不存在" in missing.body.decode()


def test_an_address_nobody_ever_named_is_sent_home_as_if_nothing_were_wrong(server: DemoServer) -> None:
    sent = ask(f"{server.base_url}xwzx/no-such-page.html")
    assert (sent.status, sent.headers["Location"]) == (302, "/")


def test_robots_txt_forbids_the_inner_folder(server: DemoServer) -> None:
    assert b"Disallow: /neibu/" in ask(f"{server.base_url}robots.txt").body


def test_an_unchanged_page_answers_304_by_tag_and_by_date(server: DemoServer) -> None:
    first = ask(f"{server.base_url}xwzx/jcyw/")
    for headers in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = ask(f"{server.base_url}xwzx/jcyw/", headers=headers)
        assert (again.status, again.body) == (304, b"")
    other = ask(
        f"{server.base_url}xwzx/jcyw/", headers={"If-None-Match": '"other"', "If-Modified-Since": first.headers["Last-Modified"]}
    )
    assert other.status == 200


def test_gb2312_pages_do_not_name_their_encoding_in_the_header(server: DemoServer) -> None:
    assert ask(f"{server.base_url}sjfb/").headers["Content-Type"] == "text/html"


def test_passing_failures_heal(server: DemoServer) -> None:
    assert statuses(server, "bmcx/flaky.html", 4) == [503, 503, 200, 200]
    assert statuses(server, "bmcx/heal.html", 2) == [None, 200]
    assert statuses(server, "bmcx/busy.html", 2) == [429, 200]


def test_lasting_failures_last(server: DemoServer) -> None:
    assert statuses(server, "bmcx/gongjiao.html", 4) == [500] * 4
    assert statuses(server, "bmcx/yaodian.html", 3) == [None] * 3
    assert statuses(server, "bmcx/waf.html", 2) == [403] * 2
    assert statuses(server, "zwgk/zcwj/2019/jz-0412.html", 2) == [410] * 2


def test_too_many_requests_say_when_to_come_back(server: DemoServer) -> None:
    assert ask(f"{server.base_url}bmcx/limit.html").headers["Retry-After"] == "1"


def test_head_is_refused_where_get_is_fine(server: DemoServer) -> None:
    assert ask(f"{server.base_url}bmcx/nohead.html", "HEAD").status == 405
    assert ask(f"{server.base_url}bmcx/nohead.html").status == 200
    assert ask(f"{server.base_url}bmcx/biaoge.xlsx", "HEAD").status == 405


def test_head_of_a_page_has_its_length_and_no_body(server: DemoServer) -> None:
    head = ask(server.base_url, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) > 1000


def test_redirects_lead_on_within_the_portal_and_outside(server: DemoServer) -> None:
    assert ask(f"{server.base_url}bmcx/old.html").status == 301
    assert ask(f"{server.base_url}bmcx/hop1.html").headers["Location"] == "/bmcx/hop2.html"
    moved = ask(outside_address(server, "fwdh/", "市图书馆"))
    assert moved.status == 302
    assert ask(moved.headers["Location"]).status == 200


def test_the_huge_file_comes_in_a_stream_that_may_be_left(server: DemoServer) -> None:
    parts = urlsplit(server.base_url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)) as connection:
        connection.request("GET", "/download/gongbao.zip")
        response = connection.getresponse()
        assert response.headers["Content-Length"] == str(200 * 1024 * 1024)
        assert response.read(65_536).startswith(b"PK")
        response.close()
    assert ask(server.base_url).status == 200


def test_other_hosts_answer_refuse_or_know_nothing(server: DemoServer) -> None:
    home = urlsplit(server.base_url).netloc
    alive = outside_address(server, "", "市政务服务网")
    assert urlsplit(alive).netloc != home
    assert ask(alive).status == 200
    assert ask(outside_address(server, "", "掌上办事大厅")).status == 404
    assert ask(outside_address(server, "fwdh/", "省内部系统")).status == 401


def test_the_closed_port_refuses(server: DemoServer) -> None:
    page = next(path for path in server.portal.pages if path.startswith("/zwgk/zfxxgk/bm/fgj/fd/xzzf/2"))
    newest = max(
        path for path in server.portal.pages if path.startswith(page.rpartition("/t")[0][:-6]) and path.endswith(".html")
    )
    address = outside_address(server, newest.removeprefix("/"), "公共资源交易平台")
    with pytest.raises(ConnectionRefusedError):
        ask(address)


def test_the_calendar_never_ends(server: DemoServer) -> None:
    path, seen = "rili/", set()
    for _ in range(30):
        seen.add(path)
        body = ask(server.base_url + path).body.decode()
        path = re.findall(r'href="/(rili/[^"]+)"', body)[-1]
    assert len(seen) == 30


def test_session_ids_change_with_every_answer_and_mean_the_same_page(server: DemoServer) -> None:
    first, second = (re.findall(rb";jsessionid=([0-9A-F]+)", ask(f"{server.base_url}xxcx/").body)[0] for _ in range(2))
    assert first != second
    pages = {ask(f"{server.base_url}xxcx/item1.html;jsessionid={session.decode()}").status for session in (first, second)}
    assert pages == {200}


def test_the_search_finds_titles_and_shows_nobodys_markup(server: DemoServer) -> None:
    found = ask(f"{server.base_url}ss/?q={quote('防灾减灾')}").body.decode()
    assert "/zwgk/tzgg/" in found or "/xwzx/" in found
    assert "<script>alert" not in ask(f"{server.base_url}ss/?q={quote('<script>alert(1)</script>')}").body.decode()


def test_requests_are_counted_by_method_and_path(server: DemoServer) -> None:
    ask(f"{server.base_url}neibu/jiaocai/2024.html")
    ask(server.base_url, "HEAD")
    assert server.asked == {"GET /neibu/jiaocai/2024.html": 1, "HEAD /": 1}


def test_leaving_the_server_does_not_wait_for_a_slow_answer(portal: DemoPortal) -> None:
    with DemoServer(portal) as server:
        base_url = server.base_url
        asking = Thread(target=statuses, args=(server, "bmcx/slow.html", 1))
        asking.start()
        while not server.asked:
            pass
    asking.join(timeout=20)
    assert not asking.is_alive()
    parts = urlsplit(base_url)
    with (
        pytest.raises(ConnectionRefusedError),
        closing(socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5)),
    ):
        pass


def test_serve_gives_the_home_address(portal: DemoPortal) -> None:
    with serve(portal) as base_url:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", base_url)
        assert ask(base_url).status == 200


def test_a_taken_port_is_an_error_and_leaves_nothing_behind(portal: DemoPortal) -> None:
    with serve(portal) as base_url:
        port = urlsplit(base_url).port
        assert port is not None
        with pytest.raises(OSError, match="in use"), serve(portal, port):
            pass
        assert ask(base_url).status == 200
