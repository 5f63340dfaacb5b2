"""Which form of a home page asks the portal's own search, and whether it can be asked as it stands."""

from datetime import UTC, datetime

import pytest

from crawler.extractors.document import Document
from crawler.extractors.search_form import extract_search_forms
from crawler.facts import SearchForm

HOME = "http://www.luhe.example/"


def forms(markup: str) -> tuple[SearchForm, ...]:
    return extract_search_forms(Document(f"<html><body>{markup}</body></html>", HOME, datetime(2026, 11, 20, tzinfo=UTC)))


def test_a_plain_form_with_its_hidden_fields() -> None:
    assert forms('<form action="/ss/" method="GET"><input type="hidden" name="siteId" value="3"><input name="q"></form>') == (
        SearchForm(action=f"{HOME}ss/", field="q", hidden=(("siteId", "3"),)),
    )


def test_a_form_that_posts_says_so() -> None:
    assert forms('<form action="/search.do" method="post"><input name="q"></form>')[0].method == "post"


@pytest.mark.parametrize(
    "markup",
    [
        '<form action="/search" onsubmit="return go()"><input name="q"></form>',
        '<form action="/search"><input name="q"><input type="button" value="搜索" onclick="go()"></form>',
        '<form action="javascript:;"><input name="q" placeholder="请输入搜索内容"></form>',
        '<form action="/search"><input placeholder="搜索"></form>',
        '<form action="/search"><input name="q"><select name="area"><option>全部</option></select></form>',
    ],
    ids=["onsubmit", "button", "no address", "field without name", "a choice"],
)
def test_what_a_script_sends_or_a_visitor_chooses_is_scripted(markup: str) -> None:
    assert [form.scripted for form in forms(markup)] == [True]


@pytest.mark.parametrize(
    "markup",
    [
        '<form action="/login"><input name="user"><input type="password" name="word"></form>',
        '<form action="/weather"><input name="city"></form>',
        '<form action="http://www.other.example/search"><input name="q"></form>',
        '<form action="/search"><input name="from"><input name="to"></form>',
        "<p>搜索</p>",
    ],
    ids=["login", "another question", "another host", "two fields", "no form"],
)
def test_other_forms_are_none(markup: str) -> None:
    assert forms(markup) == ()


def test_a_hundred_thousand_fields_are_no_burden() -> None:
    assert len(forms('<form action="/search">' + '<input type="hidden" name="a" value="b">' * 20_000 + "</form>")) == 0
