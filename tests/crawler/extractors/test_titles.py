"""Titles: the tag, the visible heading, <title> without the site's name."""

import pytest

from crawler.extractors.titles import site_name_of, without_site_name
from tests.crawler.extractors.written import BODY, FOOT, TITLE, article, facts_of, page_of

INFO = "<div>发布时间：2026-11-03 来源：县林业局</div>"
SITE = "云梦县人民政府门户网站"


def test_the_tag_comes_first() -> None:
    read = facts_of(article(INFO, head=f'<meta name="ArticleTitle" content=" {TITLE}\n">')).title
    assert (read.value, read.strategy) == (TITLE, "tag")


def test_a_tag_that_is_cut_gives_way_to_the_heading() -> None:
    read = facts_of(article(INFO, head=f'<meta name="ArticleTitle" content="{TITLE[:8]}...">')).title
    assert (read.value, read.strategy) == (TITLE, "heading")


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>{TITLE}</h1>",
        f'<div class="arti_title">{TITLE}</div>',
        f'<div class="z9"><span>{TITLE}</span></div>',
        f'<td class="bt">{TITLE[:6]}<br>{TITLE[6:]}</td>',
        f"<h2>{TITLE} <small>( 2026-11-03)</small></h2>",
        f'<p class="q" title="{TITLE}">{TITLE[:7]}...</p>',
    ],
)
def test_the_visible_heading_is_confirmed_by_title(heading: str) -> None:
    page = page_of(
        f'<table><tr>{heading}</tr></table>{INFO}<div class="TRS_Editor">{BODY}</div>', title=f"{TITLE}_通知公告_{SITE}"
    )
    assert facts_of(page).title.value == TITLE


@pytest.mark.parametrize("site", ["", SITE, "首页", "云梦县人民政府"])
def test_a_heading_with_a_date_below_is_the_title_when_title_says_nothing(site: str) -> None:
    page = page_of(f'<div class="tit">{TITLE}</div>{INFO}<div class="k">{BODY}</div>', title=site)
    assert facts_of(page).title.value == TITLE


def test_the_first_row_of_a_list_is_no_title() -> None:
    rows = "".join(
        f'<li><h3><a href="{n}.html">关于第{n}件事项的通知</a></h3><span>2026-11-0{n}</span></li>' for n in range(1, 7)
    )
    page = page_of(f'<h2 class="lm_tit">通知公告</h2><ul>{rows}</ul>', title=SITE)
    assert facts_of(page, url="http://www.yunmeng.gov.cn/zwgk/tzgg/").title.value == "通知公告"


def test_the_head_blocks_title_serves_when_nothing_else_does() -> None:
    block = f"<table><tr><td>索引号：</td><td>A1B2C3/2026-00001</td></tr><tr><td>名 称：</td><td>{TITLE}</td></tr></table>"
    page = page_of(f'{block}{INFO}<div class="TRS_Editor">{BODY}</div>', title="")
    assert facts_of(page).title.value == TITLE


def test_markup_pasted_into_title_is_dropped() -> None:
    page = article(INFO).replace(f"<title>{TITLE}", f'<title><h1 style="margin: 0"><b>{TITLE}</b></h1>')
    facts = facts_of(page)
    assert facts.page_title == f"{TITLE}-云梦县人民政府"
    assert facts.title.value == TITLE


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        (f"{TITLE}-云梦县人民政府", TITLE),
        (f"{TITLE}_通知公告_{SITE}", TITLE),
        (f"{TITLE} - 通知公告 - 云梦县人民政府 -", TITLE),
        (f"{TITLE}__云梦县林业局", TITLE),
        (f"{TITLE} 通知公告 {SITE}", TITLE),
        ("2019-2020年度报告", "2019-2020年度报告"),
        ("通知公告-云梦县人民政府", "通知公告"),
        ("云梦县人民政府-通知公告", "云梦县人民政府-通知公告"),
        (SITE, SITE),
        ("", ""),
    ],
)
def test_names_of_site_and_column_are_taken_off_the_end(whole: str, short: str) -> None:
    names = ["云梦县人民政府", "通知公告", SITE]
    assert without_site_name(whole, names) == short


def test_a_title_behind_the_sites_name_is_found_by_its_heading() -> None:
    page = page_of(f'<div class="a">{TITLE}</div><div class="b">{BODY}</div>', title=f"{SITE}-通知公告-{TITLE}")
    assert facts_of(page).title.value == TITLE


def test_a_column_whose_title_is_only_the_site_is_named_by_its_breadcrumb() -> None:
    assert facts_of(page_of("<p>暂无</p>", title=SITE), url="http://www.yunmeng.gov.cn/tzgg/").title.value == "通知公告"


def test_a_column_without_title_and_breadcrumb_is_named_by_its_tag() -> None:
    page = f'<html><head><meta name="ColumnName" content="统计信息"></head><body><p>正文</p>{FOOT}</body></html>'
    assert facts_of(page).title.value == "统计信息"


def test_an_empty_page_has_no_title() -> None:
    read = facts_of("").title
    assert (read.value, read.strategy) == (None, "")


def test_the_sites_name_is_found_in_title_when_no_tag_gives_it() -> None:
    assert site_name_of(f"{TITLE}_通知公告_{SITE}") == SITE
    assert site_name_of(f"{TITLE}-关于政府") is None
    assert facts_of(article(INFO)).site_name == "云梦县人民政府"
    assert facts_of(article(INFO, head='<meta name="SiteName" content="云梦政府网">')).site_name == "云梦政府网"


def test_page_title_is_cut_at_a_length_no_real_title_has() -> None:
    facts = facts_of(f"<title>{'长' * 5000}</title>")
    assert len(facts.page_title) == 300
