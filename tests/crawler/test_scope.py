"""What belongs to the portal, and what an address is."""

import pytest

from crawler.magic import magic_of
from crawler.scope import Scope, is_login_address, kind_of_address, kind_of_answer, kind_of_link

PORTAL = "http://www.example.gov.cn/"


def test_www_and_the_bare_host_are_one() -> None:
    scope = Scope(PORTAL)
    assert scope.holds("https://example.gov.cn/x")
    assert not scope.holds("http://czj.example.gov.cn/")


def test_a_named_host_below_the_domain_comes_in_once() -> None:
    scope = Scope(PORTAL)
    assert scope.admit_named("http://czj.example.gov.cn/xxgk/") == "czj.example.gov.cn"
    assert scope.admit_named("http://czj.example.gov.cn/") is None
    assert scope.holds("http://czj.example.gov.cn/any.html")


@pytest.mark.parametrize("url", ["http://www.other.gov.cn/", "http://notexample.gov.cn/", "http://gov.cn/", "http://10.0.0.1/"])
def test_other_hosts_stay_outside_however_often_they_are_named(url: str) -> None:
    assert Scope(PORTAL).admit_named(url) is None


def test_a_portal_without_a_name_has_no_hosts_below() -> None:
    assert Scope("http://127.0.0.1:8080/").domains == set()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/a.html", "page"),
        ("/a.SHTML", "page"),
        ("/col/col1/", "page"),
        ("/public/column/123", "page"),
        ("/a.jsp?file=x.pdf", "page"),
        ("/P020.PDF", "attachment"),
        ("/报告.docx?v=1", "attachment"),
        ("/1.2.OFD", "attachment"),
        ("/a.JPG", "image"),
        ("/a.css", "css"),
        ("/a.min.js", "script"),
        ("/feed.xml", "other"),
    ],
)
def test_the_ending_says_what_an_address_is(path: str, kind: str) -> None:
    assert kind_of_address(f"http://example.gov.cn{path}") == kind


def test_the_element_says_it_first() -> None:
    assert kind_of_link("http://x.cn/pic?id=1", "img") == "image"
    assert kind_of_link("http://x.cn/a", "script") == "script"
    assert kind_of_link("http://x.cn/search", "form") == "form"
    assert kind_of_link("http://x.cn/a.pdf", "iframe") == "attachment"
    assert kind_of_link("http://x.cn/_content/download.jsp?id=7", "a", "征地红线图.pdf") == "attachment"
    assert kind_of_link("http://x.cn/_content/download.jsp?id=7", "a", "下载中心") == "page"
    assert kind_of_link("http://x.cn/view.jsp?id=7", "a", "征地红线图.pdf") == "page"


@pytest.mark.parametrize(
    ("content_type", "body", "guess", "kind"),
    [
        ("text/html; charset=gbk", b"", "page", "page"),
        (None, b"<!DOCTYPE html><html>", "page", "page"),
        ("text/plain", b"\xef\xbb\xbf \n<HTML><body>", "page", "page"),
        ("application/octet-stream", b"%PDF-1.7", "page", "attachment"),
        ("application/pdf", b"%PDF-1.7", "page", "attachment"),
        ("image/png", b"\x89PNG\r\n\x1a\n", "page", "image"),
        ("application/json", b"{}", "page", "other"),
        ("text/css", b"", "css", "css"),
        ("text/html", b"<html>", "attachment", "page"),
        ("application/vnd.ms-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attachment", "attachment"),
        (None, b"", "page", "other"),
    ],
)
def test_the_answer_says_it_last(content_type: str | None, body: bytes, guess: str, kind: str) -> None:
    assert kind_of_answer(content_type, body, guess) == kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04zz", "zip"),
        (b"%PDF-1.4", "pdf"),
        (b"\x00\x00\x00\x18ftypmp42", "mp4"),
        (b"<html>", "html"),
        (b"", ""),
        (b"abc", ""),
    ],
)
def test_first_bytes_tell_the_type_of_a_file(data: bytes, name: str) -> None:
    assert magic_of(data) == name


@pytest.mark.parametrize("path", ["/login.html", "/user/Login.jsp?back=1", "/sso/auth", "/cas/login"])
def test_login_addresses_are_told_by_a_whole_word(path: str) -> None:
    assert is_login_address(f"http://example.gov.cn{path}")


@pytest.mark.parametrize("path", ["/blogin.html", "/zwgk/login-guide.html", "/castle/", "/news.html?to=login"])
def test_words_that_only_contain_login_are_none(path: str) -> None:
    assert not is_login_address(f"http://example.gov.cn{path}")
