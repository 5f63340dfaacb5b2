"""Elements that open a fixed address on a click are links."""

from collections.abc import Callable

import pytest

from crawler.extractors.anchors import anchors
from crawler.extractors.document import Document
from crawler.extractors.hidden_links import extract_hidden_links
from crawler.extractors.unit_links import extract_unit_links

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


OPENS = "<script>$('[data-url]').click(function(){ var u = $(this).data('url'); window.open(u); });</script>"
LOADS = "<script>$('[data-href]').click(function(){ $('#list').load($(this).attr('data-href')); });</script>"
UNITS = ["县财政局", "县教育局", "县水利局"]


@pytest.mark.parametrize(
    "content",
    [
        "<ul><li data-href='/bm/czj/'>县财政局</li></ul>",
        "<div data-link='/bm/czj/'><span>县财政局</span></div>",
        "<a href='javascript:;' data-href='/bm/czj/'>县财政局</a>",
        f"<span data-url='/bm/czj/'>县财政局</span>{OPENS}",
        f"<a href='#' data-url='/bm/czj/'>县财政局</a>{OPENS}",
        "<script>function go(e){location.href = e.dataset.url}</script><p data-url='/bm/czj/'>县财政局</p>",
    ],
)
def test_an_address_in_an_attribute_is_a_link_by_its_name_or_where_a_script_opens_it(parse: Parse, content: str) -> None:
    assert opened(parse(content)) == [("县财政局", "http://www.yunxi.gov.cn/bm/czj/")]


@pytest.mark.parametrize(
    "content",
    [
        "<li data-url='/bm/czj/'>县财政局</li>",
        "<li data-href='/bm/czj.json'>县财政局</li>",
        "<li data-href='http://www.shop-xyz.com/bm/'>县财政局</li>",
        f"<li data-href='/bm/czj/'>县财政局</li>{LOADS}",
        "<div data-href='/bm/czj/'><a href='/bm/jyj/'>教育</a></div>",
        "".join(f"<li data-url='/api/dept/{n}'>{name}</li>" for n, name in enumerate(UNITS)),
        "".join(f"<li data-href='/bm/{n}/'>{name}</li>" for n, name in enumerate(UNITS)) + LOADS,
    ],
)
def test_an_address_that_a_script_may_load_into_the_page_is_no_link(parse: Parse, content: str) -> None:
    assert all(url is None for _, url in opened(parse(content)))


@pytest.mark.parametrize(
    "item",
    [
        "<li data-url='/bm/{n}/'>{name}</li>",
        "<li><a href='javascript:;' data-url='/bm/{n}/'>{name}</a></li>",
        "<li data-link='/bm/{n}/'><a href='javascript:;'>{name}</a></li>",
        "<div data-url='/bm/{n}.html'><b>{name}</b></div>",
    ],
)
def test_addresses_in_attributes_of_a_list_of_units_are_links(parse: Parse, item: str) -> None:
    doc = parse("<ul>" + "".join(item.format(n=n, name=name) for n, name in enumerate(UNITS)) + "</ul>")
    assert [unit.name for unit in extract_unit_links(doc)] == UNITS
    assert [url for _, url in opened(doc)] == [unit.url for unit in extract_unit_links(doc)]
