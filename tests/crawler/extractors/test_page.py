"""One whole page: all facts together, and pages that mean harm."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.facts import ListState, PageKind
from tests.crawler.extractors.written import BODY, FOOT, NOW, TITLE, URL, article, facts_of, page_of, read_page

INFO = "<div>发布时间：2026-11-03 09:15 来源：县林业局</div>"
ROWS = "".join(f'<li><a href="{n}.html">关于第{n}件事项的通知</a><span>2026-11-0{n}</span></li>' for n in range(1, 9))
HEAD = (
    '<meta name="SiteName" content="云梦县人民政府"><meta name="SiteDomain" content="www.yunmeng.gov.cn">'
    '<meta name="SiteIDCode" content="4209230001"><meta name="ColumnName" content="通知公告">'
)


def test_an_article_gives_all_its_facts() -> None:
    page = read_page(article(INFO, head=HEAD), capture="<urn:uuid:1>", depth=3)
    facts = page.facts
    assert (facts.url, facts.final_url, facts.status, facts.depth, facts.capture) == (URL, URL, 200, 3, "<urn:uuid:1>")
    assert (facts.kind, facts.title.value, facts.published.value) == (PageKind.ARTICLE, TITLE, "2026-11-03T09:15+08:00")
    assert (facts.encoding, facts.declared_encoding) == ("utf-8", "utf-8")
    assert facts.fetched_at == "2026-11-20T10:00:00+08:00"
    assert (facts.site_name, facts.content_source.value) == ("云梦县人民政府", "县林业局")
    assert facts.tags["SiteIDCode"] == facts.site_id_code.footer == "4209230001"
    assert [crumb.text for crumb in facts.breadcrumb] == ["首页", "政务公开", "通知公告"]
    assert (facts.entries, facts.newest, facts.pager.kind) == (None, None, "none")
    assert facts.text_length == len(facts.text) > 100
    assert facts.text_hash
    assert facts.template
    assert {link.place for link in page.links} >= {"head", "nav"}


def test_a_list_gives_its_entries_and_no_date_of_its_own() -> None:
    page = page_of(f'<div class="list"><ul>{ROWS}</ul></div>', title="通知公告-云梦县人民政府", head=HEAD)
    facts = facts_of(page, url="http://www.yunmeng.gov.cn/zwgk/tzgg/")
    assert (facts.kind, facts.list_state, facts.newest) == (PageKind.LIST, ListState.ENTRIES, "2026-11-08")
    assert facts.entries is not None
    assert len(facts.entries) == 8
    assert facts.published.value is None


def test_an_articles_related_links_are_no_list() -> None:
    facts = facts_of(article(INFO, body=f"{BODY}<div class='xgwz'><h4>相关文件</h4><ul>{ROWS}</ul></div>"))
    assert (facts.kind, facts.entries) == (PageKind.ARTICLE, None)


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-16"])
def test_a_page_in_another_encoding_reads_the_same(codec: str) -> None:
    facts = facts_of(article(INFO).replace('<meta charset="utf-8">', "").encode(codec))
    assert (facts.title.value, facts.published.value, facts.site_id_code.footer) == (
        TITLE,
        "2026-11-03T09:15+08:00",
        "4209230001",
    )


def test_old_pages_in_capitals_without_quotes_are_read() -> None:
    page = (
        f"<HTML><HEAD><TITLE>{TITLE}</TITLE><META content='text/html; charset=gb2312' http-equiv=Content-Type></HEAD>"
        f"<BODY bgColor=#fff><CENTER><TABLE width=700><TR><TD align=middle><FONT size=5><B>{TITLE}</B></FONT></TD></TR>"
        f"<TR><TD>发布时间：2006-5-12 来源：县统计局</TD></TR><TR><TD class=k>{BODY}</TD></TR></TABLE></CENTER></BODY></HTML>"
    )
    facts = facts_of(page.encode("gbk"))
    assert (facts.kind, facts.title.value, facts.published.value) == (PageKind.ARTICLE, TITLE, "2006-05-12")
    assert (facts.encoding, facts.declared_encoding) == ("gb18030", "gb18030")


def test_the_same_page_is_read_the_same_twice() -> None:
    assert read_page(article(INFO)) == read_page(article(INFO))


START = "<html><head><title>通知公告</title></head><body>"
HOSTILE = {
    "many-rows": START + "<li><a href='a.html'>关于某事的通知</a><span>2026-01-02</span></li>" * 10_000,
    "many-links": START + "<a href=x>x</a>" * 30_000,
    "one-long-line": START + "<div class=TRS_Editor>" + "县政府召开会议2026年1月2日时间：" * 20_000,
    "long-class": f"{START}<div class='{'nav_a-' * 100_000}'>x</div>",
    "deep-blocks": START + "<div class=header>" * 5_000 + "<h1>标题</h1>",
    "deep-menus": START + '<div class="nav top">' * 1_900 + "<a href=a>x</a>" * 3_000,
    "nul": "\x00" * 10_000 + START + "<h1>\x00标\x00题</h1>",
    "entities": START + "&#0;&#x110000;&#xD800;&nbsp;&bogus;&#99999999999;" * 3_000,
    "labels": START + "发布时间：来源：索引号：" * 20_000,
    "label-cells": START + "<table>" + "<tr><td>索引号</td><td>发布机构</td><td>文号</td></tr>" * 3_000,
    "positions": START + "<div>" * 500 + "当前位置：" * 20_000,
    "marks": START + "<p>ICP备 网站标识码</p>" * 5_000,
    "headings": START + "<h1>标题标题标题</h1><p>2026-01-02</p>" * 3_000,
    "scripts": START + '<script>document.write("a.pdf")</script>' * 3_000,
    "quotes": f"{START}<script>{chr(34) * 200_000}{'.pdf' * 20_000}</script>",
    "locations": f"{START}<script>{'location.href=' * 20_000}</script>",
    "open-script": START + '<script>document.write("' + "<" * 100_000,
    "comments": START + "<!--" * 20_000,
    "mail-like": START + "<div class=foot>主办单位 " + "联系" * 20_000 + "a." * 50_000,
    "frames": "<frameset>" + "<frame src=a>" * 3_000,
    "cells": START + "<table><tr><td>" * 2_000,
    "random": bytes(random.Random(1).randrange(256) for _ in range(50_000)),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_page_raises_or_takes_long(body: str | bytes) -> None:
    """The suite's time limit stands in for a clock: anything quadratic would not come back in time."""
    facts = facts_of(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"))
    assert facts.kind in PageKind
    assert facts.text_length <= 20_000


MIXED = (
    "<div class='footer'>|</div>|<h1>|</h1>|<table><tr><td>|</td>|<ul>|<li><a href='a.html'>|</a>|</li>|<script>|</script>"
    "|<!--|-->|<title>|</title>|<meta name='PubDate' content='2026'>|<br>|&#x3000;|\x00|\t"
)
WORDS = f"{TITLE}|{FOOT}|发布时间：|2026-11-03|索引号|来源：|当前位置：|【|】|new Date()|。".split("|")


@given(st.lists(st.sampled_from(MIXED.split("|") + WORDS), max_size=40))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_no_mixture_of_parts_raises(parts: list[str]) -> None:
    facts = facts_of("".join(parts))
    assert facts.fetched_at.startswith(NOW.date().isoformat())


@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    assert facts_of(body).url == URL
