"""指南: the date it gives for itself, in head, text or 落款."""

from collections.abc import Callable

import pytest

from crawler.extractors.document import Document
from crawler.extractors.guide_dates import guide_date
from tests.crawler.extractors.written import facts_of, page_of

TEXT = (
    "<p>为了更好地提供政府信息公开服务，根据《中华人民共和国政府信息公开条例》（2019年4月3日国务院令第711号修订），编制本指南。</p>"
    "<p>一、信息分类和编排体系。本机关主动公开的信息按年度编排。</p><p>二、获取方式。公民、法人可以登录云梦县人民政府网站查阅。</p>"
)

Parse = Callable[..., Document]


def guide(extra: str, info: str = "", before: str = "") -> str:
    return page_of(
        f'<div class="nr"><h1>云梦县政府信息公开指南{before}</h1>{info}<div class="TRS_Editor">{TEXT}{extra}</div></div>',
        title="政府信息公开指南-云梦县人民政府",
        head='<meta name="ColumnName" content="政府信息公开指南">',
    )


@pytest.mark.parametrize(
    ("extra", "value", "strategy"),
    [
        ("<p>本指南更新于2026年9月23日。</p>", "2026-09-23", "text"),
        ("<p>本指南更新日期：2026-09-23</p>", "2026-09-23", "text"),
        ("<p>（更新日期：2026.9.23）</p>", "2026-09-23", "text"),
        ("<p>最近修订时间为2026年9月23日</p>", "2026-09-23", "text"),
        ("<p>云梦县林业局</p><p>二〇二六年九月二十三日修订</p>", "2026-09-23", "text"),
        ("<p>（2026年3月修订）</p>", "2026-03-31", "month"),
        ("<p>编制日期：2026-09-23</p>", "2026-09-23", "text"),
        ("<p>本指南自2026年9月23日起执行。</p>", "2026-09-23", "text"),
        ("<p>云梦县人民政府办公室 2026年9月23日印发</p>", "2026-09-23", "text"),
        ("<p>云梦县林业局</p><p>2026年9月23日</p>", "2026-09-23", "signature"),
        ("<p>本指南2024年1月2日编制，2026年9月23日更新。</p>", "2026-09-23", "text"),
    ],
)
def test_the_text_tells_when_it_was_updated(extra: str, value: str, strategy: str) -> None:
    read = facts_of(guide(extra), url="http://www.yunmeng.gov.cn/xxgkzn/").updated
    assert (read.value, read.strategy, read.where) == (value, strategy, "body")


@pytest.mark.parametrize("extra", ["", "<p>本指南每年更新一次。</p>", "<p>办公时间：上午8:00-12:00</p>"])
def test_a_cited_law_or_a_promise_is_no_update_date(extra: str) -> None:
    assert facts_of(guide(extra), url="http://www.yunmeng.gov.cn/xxgkzn/").updated.value is None


def test_the_later_of_head_and_text_counts() -> None:
    page = guide("<p>本指南更新日期：2026-09-23</p>", info="<div>发布时间：2021-09-07 更新时间：2022-01-05</div>")
    facts = facts_of(page, url="http://www.yunmeng.gov.cn/xxgkzn/")
    assert (facts.published.value, facts.updated.value) == ("2021-09-07", "2026-09-23")


def test_a_month_that_is_not_over_is_no_later_than_the_fetch() -> None:
    read = facts_of(guide("<p>（2026年11月修订）</p>"), url="http://www.yunmeng.gov.cn/xxgkzn/").updated
    assert (read.value, read.strategy) == ("2026-11-20", "month")


def test_other_articles_take_no_update_date_from_their_text() -> None:
    page = guide("<p>本办法更新于2026年9月23日。</p>").replace("指南", "制度")
    assert facts_of(page, url="http://www.yunmeng.gov.cn/xxgkzd/").updated.value is None


@pytest.mark.parametrize(("lead", "value"), [("更新于 ", "2026-05-20"), ("上午开门时间 ", None)])
def test_a_guide_may_leave_its_year_to_the_time_element(parse: Parse, lead: str, value: str | None) -> None:
    doc = parse(
        f"<main><p>{lead}<time datetime='2026-05-20T10:00:00+08:00'>5月20日</time></p><p>编成这份指南，方便公众。</p></main>"
    )
    assert guide_date(doc.outline.text, doc).value == value
