"""Spellings of addresses."""

import pytest

from rules.addresses import canonical, folder_of, host_of


@pytest.mark.parametrize(
    "url",
    [
        "http://www.shili.example/a/",
        "https://www.shili.example/a/",
        "http://shili.example/a/index.html",
        "http://WWW.Shili.Example:80/a/index.shtml",
        "https://shili.example:443/a/default.jsp",
    ],
)
def test_one_page_has_one_spelling(url: str) -> None:
    assert canonical(url) == "shili.example/a/"


def test_path_query_and_fragment_tell_pages_apart() -> None:
    urls = [
        "http://x.example/A",
        "http://x.example/a",
        "http://x.example/a?x=1",
        "http://x.example/a#1",
        "http://x.example:8080/a",
    ]
    assert len({canonical(url) for url in urls}) == len(urls)


def test_a_host_without_path_is_its_root() -> None:
    assert canonical("http://x.example") == canonical("http://x.example/") == "x.example/"


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("http://www.x.example/xxgk/gsgg/2018-07-23/10172.html", "x.example/xxgk/gsgg/"),
        ("http://x.example/zwgk/202607/t20260701_1.html", "x.example/zwgk/"),
        ("http://x.example/10172.html", "x.example/"),
        ("http://x.example/a/b/c.html?d=/e/f", "x.example/a/b/"),
        ("http://x.example/a/b/c/d/e.html", "x.example/a/b/"),
        ("http://x.example/bm/czj/index.html", "x.example/bm/"),
        ("http://x.example/bm/czj/", "x.example/bm/"),
        ("http://x.example/", "x.example/"),
    ],
)
def test_the_folder_of_a_target_stops_before_dates_and_numbers(url: str, folder: str) -> None:
    assert folder_of(url, 2) == folder


def test_hosts_fold_www_case_and_default_ports() -> None:
    assert host_of("HTTPS://user@WWW.X.example:443/a") == "x.example"
    assert host_of("http://[broken") == ""
