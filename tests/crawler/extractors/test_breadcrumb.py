"""Breadcrumbs in the ways they are written."""

import pytest

from tests.crawler.extractors.written import FOOT, facts_of

HOME = "http://www.yunmeng.gov.cn/"
FIRST, SECOND, THIRD = '<a href="/">首页</a>', '<a href="/zwgk/">政务公开</a>', '<a href="/zwgk/tzgg/">通知公告</a>'
MARKED = [f'<a class="CurrChnlCls"{anchor[2:]}' for anchor in (FIRST, SECOND, THIRD)]
TRAILS = [
    f'<div class="wz">当前位置：{FIRST}&nbsp;&gt;&nbsp;{SECOND}&nbsp;&gt;&nbsp;{THIRD}</div>',
    f"<p>您现在所在的位置：{FIRST}›{SECOND}›{THIRD}</p>",
    f"<div><span>您的位置:</span> {FIRST} >> {SECOND} >> {THIRD}</div>",
    f'<ol class="am-breadcrumb"><li>{FIRST}</li><li>{SECOND}</li><li>{THIRD}</li></ol>',
    f'<table><tr><td class="dqwz">当前位置：</td><td>{FIRST} > {SECOND} > {THIRD}</td></tr></table>',
    f'<div class="path">{" > ".join(MARKED)}</div>',
    f'<div class="k3">{FIRST} &gt;&gt; {SECOND} &gt;&gt; {THIRD}</div>',
    f"<div><span>{FIRST} » </span><span>{SECOND} » </span><span>{THIRD}</span></div>",
]


def page(trail: str) -> str:
    return f"<html><head><title>x</title></head><body>{trail}<div><h1>通知公告</h1><p>正文正文。</p></div>{FOOT}</body></html>"


@pytest.mark.parametrize("trail", TRAILS)
def test_a_trail_is_read_with_its_links(trail: str) -> None:
    crumbs = facts_of(page(trail)).breadcrumb
    assert [crumb.text for crumb in crumbs] == ["首页", "政务公开", "通知公告"]
    assert [crumb.url for crumb in crumbs] == [HOME, f"{HOME}zwgk/", f"{HOME}zwgk/tzgg/"]


def test_a_last_part_without_link_is_a_crumb_too() -> None:
    crumbs = facts_of(
        page('<div>当前位置：<a href="/">首页</a> > <a href="/zwgk/">政务公开</a> > 通知公告 > 正文</div>')
    ).breadcrumb
    assert [(crumb.text, crumb.url is None) for crumb in crumbs] == [
        ("首页", False),
        ("政务公开", False),
        ("通知公告", True),
        ("正文", True),
    ]


def test_a_page_without_trail_has_none() -> None:
    assert facts_of(page("<div><a href='/'>首页</a> <a href='/a/'>新闻</a></div>")).breadcrumb == ()


def test_a_menu_that_begins_with_home_is_no_trail() -> None:
    """Arrows stand between the steps of a trail, not in a menu."""
    for sign in ("|", " ", "　", "·"):
        assert facts_of(page(f'<div class="k3">{sign.join((FIRST, SECOND, THIRD))}</div>')).breadcrumb == ()
    steps = f"<p>网上办理：打开 {FIRST} > 政务服务 > 我要办，按提示填写。</p>"
    assert facts_of(page(steps)).breadcrumb == ()
