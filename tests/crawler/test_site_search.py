"""What the answers of a portal's search say, and which titles it is asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extractors.page import extract_page
from crawler.facts import PageFacts, SearchFacts, SearchForm, SearchTry
from crawler.site_search import read_answer, usable_form
from crawler.store.codec import to_json
from crawler.store.page_record import record_of
from crawler.store.portal_answers import search_of

AT = datetime(2026, 11, 20, tzinfo=UTC)
TITLE = "关于做好2026年秋季农机购置补贴申领工作的通知"
ARTICLE = "http://www.luhe.example/zwgk/tzgg/t20261008_1.html"
FORM = SearchForm(action="http://www.luhe.example/ss/", field="q")
TRY = SearchTry(title=TITLE, url=ARTICLE, asked="http://www.luhe.example/ss/?q=x", status=200)
ECHO = f"<p>您搜索的是：{TITLE}</p>"


def answered(body: str) -> SearchTry:
    page = f"<html><head><title>站内搜索</title></head><body><div class='content'>{body}</div></body></html>"
    return read_answer(TRY, record_of(extract_page(page.encode(), TRY.asked, fetched_at=AT)), FORM)


def test_a_link_to_the_article_is_found_whatever_its_words() -> None:
    assert answered(ECHO + f'<ul><li><a href="{ARTICLE}">关于做好…</a></li></ul>').found is True


def test_a_result_with_the_title_is_found_also_through_a_counting_address() -> None:
    link = f'<a href="/visit/link.do?url=abc">{TITLE[:10]}<em>{TITLE[10:14]}</em>{TITLE[14:]}</a>'
    assert answered(ECHO + link).found is True


def test_the_echo_of_the_question_is_no_result() -> None:
    said = answered(ECHO + "<p>为您找到相关结果0条</p>")
    assert (said.found, said.none_at_all) == (False, True)


def test_a_link_that_asks_the_same_question_again_is_no_result() -> None:
    assert answered(f'<p><a href="/ss/?q=x&sort=date">{TITLE}</a></p><p>没有找到相关结果</p>').found is False


def test_other_results_without_the_title_are_not_found() -> None:
    said = answered(ECHO + '<p>共找到 12 条结果</p><ul><li><a href="/a1.html">农机安全生产检查工作简报第一期</a></li></ul>')
    assert (said.found, said.none_at_all) == (False, False)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (ECHO, "search-unclear"),
        ("<p>为您找到相关结果0条</p>", "search-unclear"),
        (ECHO + "<p>请输入验证码后继续搜索，为您找到相关结果0条</p>", "search-captcha"),
        (ECHO + f"<p>共找到 3 条结果</p><p>{TITLE}</p>", "search-unclear"),
        (ECHO + "<p>共找到 10 条结果</p><script>$('#list').load('/api')</script>" + f"<div>{TITLE}</div>", "search-unclear"),
    ],
    ids=["no word of results", "question did not arrive", "captcha", "a result without a link", "rows beside a script"],
)
def test_an_answer_that_does_not_tell_accuses_nobody(body: str, reason: str) -> None:
    said = answered(body)
    assert (said.found, said.reason) == (None, reason)


def test_a_tenth_or_hundredth_result_is_not_none_at_all() -> None:
    assert answered(ECHO + "<p>为您找到相关结果10条</p>").none_at_all is False


@pytest.mark.parametrize(
    ("forms", "reason"),
    [
        (None, "not-collected"),
        ((), "no-search-form"),
        ((replace(FORM, method="post"),), "search-scripted"),
        ((replace(FORM, scripted=True),), "search-scripted"),
        ((replace(FORM, hidden=(("siteId", ""),)),), "search-scripted"),
    ],
)
def test_what_cannot_be_asked_as_it_stands_is_not_asked(forms: tuple[SearchForm, ...] | None, reason: str) -> None:
    assert usable_form(PageFacts(url="http://www.luhe.example/", search_forms=forms)) == (None, reason)


def test_facts_come_back_from_the_store_as_they_were() -> None:
    facts = SearchFacts(form=replace(FORM, hidden=(("siteId", "3"),)), tried=(replace(TRY, found=False),))
    assert search_of(to_json(facts)) == facts
    assert search_of(None) is None
