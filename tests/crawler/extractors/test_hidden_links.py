"""Hidden links: every way of hiding is found, and nothing that pages hide for good reasons is accused."""

import pytest

from crawler.extractors.hidden_links import extract_hidden_links, is_foreign, site_of
from crawler.facts import HiddenLink
from tests.crawler.extractors.written import doc_of

SPAM = '<a href="http://www.anlian-shop.com/">家装建材</a>'


def hidden(body: str, head: str = "") -> tuple[HiddenLink, ...]:
    return extract_hidden_links(doc_of(f"<html><head>{head}</head><body><p>正文。</p>{body}</body></html>"))


@pytest.mark.parametrize(
    ("how", "body"),
    [
        ("display", f'<div style="display: none">{SPAM}</div>'),
        ("visibility", f'<p style="visibility:hidden">{SPAM}</p>'),
        ("offscreen", f'<div style="position:absolute;left:-9999px;top:0">{SPAM}</div>'),
        ("offscreen", f'<div style="text-indent:-999em">{SPAM}</div>'),
        ("size", f'<div style="width:1px;height:1px;overflow:hidden">{SPAM}</div>'),
        ("size", f'<div style="height:0;overflow:hidden">{SPAM}</div>'),
        ("font", f'<div style="font-size:0px">{SPAM}</div>'),
        ("opacity", f'<div style="opacity:0">{SPAM}</div>'),
        ("colour", f'<div style="color:#fff;background:#FFFFFF">{SPAM}</div>'),
        ("colour", '<div style="background:#ffffff"><a style="color:#fff" href="http://www.anlian-shop.com/">家装</a></div>'),
        (
            "colour",
            '<p bgcolor="#FFFFFF"><a href="http://www.anlian-shop.com/"><font color="white">家装</font></a></p>',
        ),
        (
            "visibility",
            f'<div class="tab-box"><div class="Subcolumn"><p>文</p><span style="visibility:hidden">{SPAM}</span></div></div>',
        ),
        ("marquee", f'<marquee width="1" height="1">{SPAM}</marquee>'),
        ("hidden", f"<div hidden>{SPAM}</div>"),
        ("size", f'<div style="transform: scale(0)">{SPAM}</div>'),
        ("size", f'<div style="position:absolute; clip: rect(0 0 0 0)">{SPAM}</div>'),
        (
            "display",
            f"<script>document.write('<div style=\"display:none\">');</script>{SPAM}<script>document.write('</div>');</script>",
        ),
        ("offscreen", '<a style="position:fixed;left:-5000px" href="http://www.anlian-shop.com/">家装</a>'),
    ],
)
def test_every_way_of_hiding_is_found(how: str, body: str) -> None:
    (found,) = hidden(body)
    assert (found.url, found.how, found.doubt) == ("http://www.anlian-shop.com/", how, "")


def test_a_script_hides_by_id_as_it_is_read_and_a_function_when_it_is_called() -> None:
    spam = SPAM.replace("家装建材", "网上赌场")
    (found,) = hidden(f'<div id="qzx">{spam}</div><script>document.getElementById("qzx").style.display="none";</script>')
    assert (found.how, found.doubt) == ("display", "")
    assert hidden(f'<div id="qzx">{spam}</div><script>$("#qzx").hide();</script>')
    assert not hidden(f'<div id="qzx">{spam}</div><script>function off(){{$("#qzx").hide();}}</script>')
    assert not hidden(f"<script>document.write(\"<div style='color:red'>\");</script>{spam}")


def test_a_rule_of_the_pages_own_sheet_hides_as_well() -> None:
    (found,) = hidden(f'<div class="qzx">{SPAM}</div>', "<style>/* x */ .a, .qzx { position:absolute; left:-3000px }</style>")
    assert (found.how, found.doubt) == ("offscreen", "")


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{SPAM}</div>",
        f'<div style="display:none"><a href="/zwgk/">政务公开</a>{SPAM}</div>',
        '<div style="display:none"><a href="http://www.gov.cn/">中国政府网</a></div>',
        '<div style="left:-9999px"><a href="http://weibo.com/x">微博</a></div>',
        '<div style="left:-9999px"><a href="http://zwfw.shengji.gov.cn/">政务服务网</a></div>',
        f"<!-- <div style='display:none'>{SPAM}</div> -->",
        f'<div style="color:#333;background:#fff">{SPAM}</div>',
        f'<div style="height:100px;overflow:hidden">{SPAM}</div>',
        f'<div style="margin-left:-15px">{SPAM}</div>',
        f'<div style="opacity:0.5">{SPAM}</div>',
        '<div style="background:#fff"><div class="blue"><a style="color:#fff" href="http://www.anlian-shop.com/">家装</a></div></div>',
    ],
)
def test_what_can_be_seen_or_belongs_to_the_site_is_none(body: str) -> None:
    assert hidden(body) == ()


@pytest.mark.parametrize(
    ("doubt", "body"),
    [
        ("named", f'<ul class="submenu" style="display:none"><li>{SPAM}</li></ul>'),
        ("named", f'<div class="mobile" style="display:none">{SPAM}</div>'),
        ("named", f'<div id="share" style="left:-999px">{SPAM}</div>'),
        ("named", f'<div class="tabs"><div style="display:none">{SPAM}</div></div>'),
        ("named", f'<div class="tabs"><ul><li>甲</li></ul><div>{SPAM}</div><div style="visibility:hidden">{SPAM}</div></div>'),
        ("toggled", f'<div id="boxa" style="display:none">{SPAM}</div><script>show("boxa")</script>'),
    ],
)
def test_menus_phones_share_boxes_and_tabs_are_doubted(doubt: str, body: str) -> None:
    assert [link.doubt for link in hidden(body)] == [doubt]


def test_gambling_words_take_the_doubt_away() -> None:
    (found,) = hidden('<div class="menu" style="display:none"><a href="http://www.anlian-shop.com/">澳门博彩</a></div>')
    assert found.doubt == ""


def test_what_a_sheet_hides_on_phones_only_is_not_hidden() -> None:
    assert hidden(f'<div class="pc">{SPAM}</div>', "<style>@media (max-width:600px){ .pc{display:none} .b{top:0} }</style>") == ()


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.yunmeng.gov.cn", "yunmeng.gov.cn"),
        ("a.b.shop.com", "shop.com"),
        ("x.com.cn", "x.com.cn"),
        ("localhost", "localhost"),
    ],
)
def test_sites_are_known_by_the_name_they_are_registered_under(host: str, site: str) -> None:
    assert site_of(host) == site


def test_a_subdomain_of_the_site_is_not_foreign() -> None:
    assert not is_foreign("http://zfxxgk.yunmeng.gov.cn/", "yunmeng.gov.cn")
    assert is_foreign("http://www.shop.com/", "yunmeng.gov.cn")


def test_ten_thousand_hidden_links_and_a_broken_sheet_are_read_in_one_go() -> None:
    sheet = "<style>" + "@media x {" * 2_000 + ".a{display:none" * 5_000 + "</style>"
    body = '<div style="left:-9999px">' + SPAM * 300 + "</div>" + f'<p style="display:none">{SPAM}</p>' * 10_000
    assert len(hidden(body, sheet)) == 50
