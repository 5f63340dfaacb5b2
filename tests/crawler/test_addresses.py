"""Addresses: resolving and keys; the quick way agrees with the one by the book."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from crawler.addresses import (
    MAX_URL_LENGTH,
    _resolve_any,
    _resolve_plain,
    _url_key,
    host_of,
    is_plain,
    page_key,
    resolve,
    url_key,
)

BASE = "http://www.yunmeng.gov.cn/zwgk/tzgg/index.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./202611/t1.html", "http://www.yunmeng.gov.cn/zwgk/tzgg/202611/t1.html"),
        ("../../a.html", "http://www.yunmeng.gov.cn/a.html"),
        ("../../../../a.html", "http://www.yunmeng.gov.cn/a.html"),
        ("/a/?b=1&c=2#top", "http://www.yunmeng.gov.cn/a/?b=1&c=2"),
        ("?page=2", "http://www.yunmeng.gov.cn/zwgk/tzgg/index.html?page=2"),
        ("//other.gov.cn/a", "http://other.gov.cn/a"),
        ("HTTP://Other.GOV.cn:80/a", "http://other.gov.cn/a"),
        ("https://other.gov.cn:8443/a", "https://other.gov.cn:8443/a"),
        (" a\n.html ", "http://www.yunmeng.gov.cn/zwgk/tzgg/a.html"),
        ("..\\b\\c.html", "http://www.yunmeng.gov.cn/zwgk/b/c.html"),
        ("附件.pdf", "http://www.yunmeng.gov.cn/zwgk/tzgg/%E9%99%84%E4%BB%B6.pdf"),
    ],
)
def test_addresses_are_made_absolute(href: str, url: str) -> None:
    assert resolve(href, BASE) == url


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "#a",
        "javascript:;",
        "JavaScript:void(0)",
        "mailto:a@b.cn",
        "tel:110",
        "data:x",
        "http://[a",
        "a" * 3000,
    ],
)
def test_what_opens_no_page_has_no_address(href: str) -> None:
    assert resolve(href, BASE) is None
    assert len("a" * 3000) > MAX_URL_LENGTH


@given(
    href=st.text(alphabet="ab./-_?=&#%2F:~,+@!AZ09", max_size=30),
    base=st.sampled_from(
        [BASE, "http://a.gov.cn", "http://a.gov.cn:8080/x/y", "https://a.gov.cn//x//y/", "http://a.gov.cn/b?q=/c/d"]
    ),
)
@example(href="a//b", base=BASE)
@example(href="x?", base=BASE)
@example(href="http://a.gov.cn:443/x", base=BASE)
@example(href="a/../b", base=BASE)
def test_the_quick_way_agrees_with_the_one_by_the_book(href: str, base: str) -> None:
    if href and href[0] != "#":
        quick = _resolve_plain(href, base)
        assert quick is None or quick == _resolve_any(href, base)


@given(rest=st.text(alphabet="ab./-_?=&#%2F4E:~,+@! []中\\|", max_size=20))
@example(rest="b?q=%E4%B8&p=/x:y")
@example(rest="b#c")
def test_what_counts_as_plain_is_asked_for_as_it_is_written(rest: str) -> None:
    url = f"http://www.a.gov.cn:8080/{rest}"
    assert not is_plain(url) or safe_url_string(url) == url


def test_most_addresses_are_plain() -> None:
    assert is_plain("http://www.a.gov.cn/zwgk/t20260101_1.html?id=1")
    assert not is_plain("http://www.a.gov.cn/公开/")
    assert not is_plain("/zwgk/")


def test_one_page_has_one_key() -> None:
    same = ["http://www.a.gov.cn/b/index.html", "https://a.gov.cn/b/", "http://a.gov.cn:80/b/index.shtml"]
    assert {page_key(url) for url in same} == {"a.gov.cn/b/"}
    assert url_key("http://a.gov.cn/x;jsessionid=1?b=2&a=1") == url_key("http://a.gov.cn/x?a=1&b=2&JSESSIONID=7")
    assert host_of("http://www.a.gov.cn:8080/x") == "a.gov.cn:8080"


@given(
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["www.a.gov.cn", "a.gov.cn", "WWW.a.gov.cn", "127.0.0.1", "www.gov.cn.", "a_b.cn", "u@a.cn"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":80808", ":"]),
    st.lists(
        st.sampled_from(["/", "a", "..", ".", "%41", "%e4", "中", ";jsessionid=1", "index.html", "~", "//", "?", "#", "a=1", "&"])
    ),
)
def test_addresses_in_plain_form_have_the_key_that_they_have_by_the_book(
    scheme: str, host: str, port: str, rest: list[str]
) -> None:
    url = f"{scheme}://{host}{port}{''.join(['/', *rest]) if rest else ''}"
    try:
        by_the_book = _url_key(url)
    except ValueError:
        return
    assert url_key(url) == by_the_book
