"""Pages of 单位 that open and have nothing: only what every look shows counts."""

import pytest

from crawler.assembly.gone import gone_for
from crawler.facts import PageFacts, PageKind, SameAs

URL = "http://www.yunmeng.gov.cn/bm/tjj/"
HOME = "今日要闻 部门动态 通知公告 政务公开 办事服务 互动交流 走进云梦 2026年11月20日"


def page(text: str, kind: PageKind = PageKind.ERROR_PAGE, same_as: SameAs | None = None) -> PageFacts:
    return PageFacts(url=URL, fetched_at="2026-11-20T10:00:00+08:00", kind=kind, text=text, same_as=same_as)


@pytest.mark.parametrize(
    ("first", "again", "reason"),
    [
        ("您访问的页面不存在", ["您访问的页面不存在"], "error_page"),
        ("您访问的页面不存在", [], ""),
        ("系统维护中，页面找不到，请稍后再试", ["系统维护中，页面找不到，请稍后再试"], ""),
        ("服务器内部错误", ["服务器内部错误"], ""),
    ],
    ids=["gone twice", "looked at once", "out of order for now", "a fault of the server"],
)
def test_a_page_that_says_it_is_gone_is_believed_when_it_says_so_twice(first: str, again: list[str], reason: str) -> None:
    assert gone_for(page(first), [page(text) for text in again]) == reason


def test_a_page_that_recovered_is_not_gone() -> None:
    assert gone_for(page("您访问的页面不存在"), [page("机构职能", PageKind.DEPARTMENT)]) == ""


@pytest.mark.parametrize(
    ("again", "reason"),
    [(HOME.replace("20日", "21日"), "same-as-home"), ("机构职能 政策文件 财政预决算", "")],
    ids=["the same once more", "its own contents"],
)
def test_what_shows_the_home_page_does_so_at_each_look(again: str, reason: str) -> None:
    same = SameAs(what="home", url="http://www.yunmeng.gov.cn/", certain=True)
    assert gone_for(page(HOME, same_as=same), [page(again, PageKind.OTHER)]) == reason
