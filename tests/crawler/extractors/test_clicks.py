"""Elements that open a fixed address on a click are links."""

from collections.abc import Callable

import pytest

from crawler.extractors.anchors import anchors
from crawler.extractors.document import Document
from crawler.extractors.hidden_links import extract_hidden_links

Parse = Callable[..., Document]


def opened(doc: Document) -> list[tuple[str, str | None]]:
    return [(anchor.text, anchor.url) for anchor in anchors(doc).values() if anchor.text.startswith("县")]


@pytest.mark.parametrize(
    "content",
    [
        "<ul><li onclick=\"location.href='/bm/czj/'\">县财政局</li></ul>",
        "<div onclick=\"window.open('/bm/czj/')\"><span>县财政局</span></div>",
        "<table><tr onclick=\"window.location='/bm/czj/';\"><td></td><td>县财政局</td></tr></table>",
        "<a href='javascript:;' onclick=\"window.open('/bm/czj/','_blank')\">县财政局</a>",
        "<a onclick=\"location.assign('/bm/czj/');return false\">县财政局</a>",
        "<img alt='县财政局' src='a.png' onclick=\"location.href='/bm/czj/'\">",
        "<a href='javascript:;' onclick=\"openUnit('/bm/czj/')\">县财政局</a>",
        "<a href=\"javascript:openUnit('/bm/czj/', 1);\">县财政局</a>",
        "<a href=\"javascript:window.open('/bm/czj/')\">县财政局</a>",
        "<li onclick=\"return site.go('/bm/czj/');\">县财政局</li>",
    ],
)
def test_what_opens_a_fixed_address_is_a_link(parse: Parse, content: str) -> None:
    assert opened(parse(content)) == [("县财政局", "http://www.yunxi.gov.cn/bm/czj/")]


@pytest.mark.parametrize(
    "content",
    [
        "<li onclick=\"location.href='/bm/' + id\">县财政局</li>",
        "<li onclick=\"show('czj')\">县财政局</li>",
        "<a onclick=\"location.href='#'\">县财政局</a>",
        "<a href=\"javascript:openUnit('/bm/' + code)\">县财政局</a>",
        "<a href=\"javascript:openUnit('czj')\">县财政局</a>",
        "<a href=\"javascript:addFavorite('/bm/czj/', '县财政局')\">县财政局</a>",
        "<a href=\"javascript:void(0)\" onclick=\"if (ok) { openUnit('/bm/czj/') } else { warn('/') }\">县财政局</a>",
    ],
)
def test_addresses_that_a_script_puts_together_are_left_alone(parse: Parse, content: str) -> None:
    assert all(url is None for _, url in opened(parse(content)))


def test_an_element_around_links_of_its_own_stays_what_it_is(parse: Parse) -> None:
    doc = parse("<div onclick=\"location.href='/x/'\"><a href='/bm/czj/'>县财政局</a><a href='/bm/jyj/'>县教育局</a></div>")
    assert [url for _, url in opened(doc)] == ["http://www.yunxi.gov.cn/bm/czj/", "http://www.yunxi.gov.cn/bm/jyj/"]


def test_what_only_a_click_opens_is_no_hidden_link(parse: Parse) -> None:
    """A floating picture that a script shows later: no search engine follows it."""
    box = "<div style='position:absolute;left:-900px'><{}>优惠活动</{}></div>"
    clicked = box.format("span onclick=\"window.open('http://www.shop-xyz.com/')\"", "span")
    planted = box.format("a href='http://www.shop-xyz.com/'", "a")
    assert extract_hidden_links(parse(clicked)) == ()
    assert len(extract_hidden_links(parse(planted))) == 1
