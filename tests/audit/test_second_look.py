"""What counts as looked at again, and what does not: every case in which a ticket might close wrongly has its name here."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from audit.ledger.account import RuleInForce, Subject
from audit.part_judging import PASSED_BY_ALL
from audit.second_look import StoredLook
from crawler.addresses import url_key
from crawler.facts import ExtractedPage, FailureKind, Link, ListState, PageFacts, PageKind, PortalFacts, Try
from crawler.store import FACTS_NAME, Answer, FactsStore
from crawler.store.looks import Look
from rules.addresses import canonical
from rules.model import Look as Said
from rules.model import Outcome
from rules.registry import checks

HOST = "http://www.qianhe.gov.cn"
RULES = {
    "dead-link": RuleInForce(title="死链", check="dead-link", kind="link", digest=""),
    "soft-404": RuleInForce(title="伪装的死链", check="target-disguised", kind="link", digest=""),
    "empty-article": RuleInForce(title="空文章", check="article-body", kind="page", digest=""),
    "stale-news-column": RuleInForce(title="动态不更新", check="column-freshness", kind="column", digest=""),
    "missing-column-label": RuleInForce(title="缺标签", check="page-labels", kind="page", digest=""),
}
DEAD = f"{HOST}/a/1.html"
LIST = f"{HOST}/a/"


@pytest.fixture
def store(tmp_path):
    with FactsStore.create(tmp_path / FACTS_NAME) as opened:
        yield opened


def page(store: FactsStore, url: str, *links: str, **facts: object) -> None:
    store.add_page(ExtractedPage(facts=PageFacts(url=url, **facts), links=tuple(Link(url=each, text="某") for each in links)))


def fails(store: FactsStore, url: str, *, status: int = 404, kind: FailureKind = FailureKind.NOT_FOUND, tries: int = 3) -> None:
    for number in range(tries):
        attempt = Try(at="2026-11-22T10:00:00+08:00", status=status, failure=kind, final=number == 2, capture="")
        store.add_try(url, "page", attempt)


def opens(store: FactsStore, url: str) -> None:
    store.add_answer(store.registry.get(url) or store.registry.add(url), Answer(status=200))
    store.add_try(url, "page", Try(at="2026-11-22T10:00:00+08:00", status=200))


def subject(rule: str, url: str, **words: object) -> Subject:
    return Subject(
        **{
            "rule": rule,
            "kind": RULES[rule].kind,
            "departments": frozenset({None}),
            "url": url,
            "name": "首页 › 动态",
            "key": "",
            "is_group": False,
            "samples": (),
            "found_on": (),
            "found_on_count": 0,
            **words,
        }
    )


def seen(store: FactsStore, about: Subject, said: Mapping[str, list[Said]] | None = None, *, rules: object = None) -> str:
    looks = {(about.rule, place): frozenset(look) for place, look in (said or {}).items()}
    answer = StoredLook(store, looks, RULES if rules is None else rules).at(about)
    assert answer.state == "failing" or answer.note.endswith("。")
    return answer.state


def look(outcome: str, key: str = "", department: str | None = None) -> Said:
    return Said(outcome=Outcome(outcome), department=department, key=key)


def test_what_was_not_due_closes_nothing_and_fails_as_before(store):
    store.set_meta("started", "2026-11-22T02:00:00+08:00")
    page(store, DEAD)
    store.remember_looks({url_key(DEAD): Look(at="2026-11-20T02:00:00+08:00", unchanged=2)})
    about = subject("empty-article", DEAD)
    assert seen(store, about, {canonical(DEAD): [look("passed")]}) == "unseen"
    assert seen(store, about, {canonical(DEAD): [look("failed")]}) == "failing"
    store.remember_looks({url_key(DEAD): Look(at="2026-11-22T02:10:00+08:00", unchanged=3)})
    assert seen(store, about, {canonical(DEAD): [look("passed")]}) == "fine"


def test_a_page_that_was_not_due_does_not_say_that_it_names_a_dead_link_no_longer(store):
    store.set_meta("started", "2026-11-22T02:00:00+08:00")
    page(store, LIST, f"{HOST}/a/2.html")
    about = subject("dead-link", DEAD, found_on=(LIST,), found_on_count=1)
    assert seen(store, about) == "fine"
    store.remember_looks({url_key(LIST): Look(at="2026-11-20T02:00:00+08:00", unchanged=2)})
    assert seen(store, about) == "unseen"


# -- what is fine by itself: all that a run that was cut off may close --------------------------------------------------


def itself(store: FactsStore, about: Subject, *outcomes: str, rules: object = RULES) -> bool:
    looks = {(about.rule, canonical(about.url)): frozenset(map(look, outcomes))} if outcomes else {}
    answer = StoredLook(store, looks, rules).at(about)
    assert answer.state == "fine"
    return answer.itself


def test_a_page_or_column_that_was_read_and_passed_is_fine_by_itself(store):
    page(store, DEAD)
    page(store, LIST)
    assert itself(store, subject("empty-article", DEAD), "passed")
    assert itself(store, subject("stale-news-column", LIST), "passed")


def test_what_passed_though_its_own_page_was_not_read_is_not(store):
    assert not itself(store, subject("stale-news-column", LIST), "passed")


@pytest.mark.parametrize("check", ["page-repetition", "validity-expired", "document-links"])
def test_what_passed_because_no_other_page_spoke_against_it_is_not(store, check):
    page(store, DEAD)
    rules = RULES | {"empty-article": replace(RULES["empty-article"], check=check)}
    assert not itself(store, subject("empty-article", DEAD), "passed", rules=rules)


def test_one_of_several_faults_of_a_page_that_is_not_found_any_more_is_not(store):
    page(store, DEAD)
    about = subject("missing-column-label", DEAD, key="ColumnName")
    looks = {(about.rule, canonical(DEAD)): frozenset({look("failed", key="ColumnType")})}
    assert StoredLook(store, looks, RULES).at(about).itself is False


def test_a_link_that_opened_is_and_one_that_nobody_names_any_more_is_not(store):
    page(store, LIST, f"{HOST}/a/2.html")
    about = subject("dead-link", DEAD, found_on=(LIST,), found_on_count=1)
    assert not itself(store, about)
    opens(store, DEAD)
    assert itself(store, about)


def test_a_page_that_is_gone_and_a_group_whose_samples_are_fine_are_not(store):
    fails(store, DEAD)
    assert not itself(store, subject("empty-article", DEAD))
    page(store, LIST)
    looks = {("empty-article", canonical(LIST)): frozenset({look("passed")})}
    group = subject("empty-article", LIST, is_group=True, samples=(LIST,))
    assert (seen(store, group, {canonical(LIST): [look("passed")]}), StoredLook(store, looks, RULES).at(group).itself) == (
        "fine", False,
    )  # fmt: skip


def test_every_check_that_compares_pages_was_asked_whether_its_pass_stands_alone():
    """A new one is looked at by a person first: does it pass a page because of what others say, or of the page itself?"""
    surveys = {check.name for check in checks().values() if check.survey is not None}
    assert surveys - PASSED_BY_ALL == {"article-body", "article-head-value", "message-answer", "page-labels", "validity-label"}
    assert set(checks()) >= PASSED_BY_ALL


# -- what the rule said -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([look("passed")], "fine"),
        ([look("failed")], "failing"),
        ([look("waived")], "failing"),
        ([look("lead")], "failing"),
        ([look("passed"), look("failed")], "failing"),
        ([look("passed"), look("untested")], "unseen"),
        ([look("cant_tell")], "unseen"),
        ([look("error")], "unseen"),
        ([look("inapplicable")], "unseen"),
        ([look("passed"), look("inapplicable")], "fine"),
        ([look("failed", key="另一项")], "unseen"),
    ],
)
def test_a_subject_is_fine_only_when_its_rule_said_so_and_nothing_against_it(store, looks, state):
    assert seen(store, subject("empty-article", DEAD), {canonical(DEAD): looks}) == state


def test_one_label_is_mended_while_another_of_the_same_page_is_not(store):
    said = {canonical(DEAD): [look("failed", key="ColumnType")]}
    assert seen(store, subject("missing-column-label", DEAD, key="ColumnName"), said) == "fine"
    assert seen(store, subject("missing-column-label", DEAD, key="ColumnType"), said) == "failing"


def test_what_was_said_of_another_unit_at_the_same_address_says_nothing(store):
    about = subject("stale-news-column", LIST, departments=frozenset({"甲局", "甲局旧名"}))
    assert seen(store, about, {canonical(LIST): [look("passed", department="乙局")]}) == "unseen"
    assert seen(store, about, {canonical(LIST): [look("passed", department="甲局旧名")]}) == "fine"


def test_a_rule_that_is_not_in_force_says_nothing(store):
    assert seen(store, subject("empty-article", DEAD), {canonical(DEAD): [look("passed")]}, rules={}) == "unseen"


# -- links --------------------------------------------------------------------------------------------------------------


def test_a_link_that_opens_again_is_fine(store):
    page(store, LIST, DEAD)
    opens(store, DEAD)
    assert seen(store, subject("dead-link", DEAD)) == "fine"


def test_that_it_opens_does_not_answer_what_it_shows(store):
    page(store, LIST, DEAD)
    opens(store, DEAD)
    assert seen(store, subject("soft-404", DEAD)) == "unseen"
    page(store, DEAD, kind=PageKind.ARTICLE)
    assert seen(store, subject("soft-404", DEAD)) == "fine"


@pytest.mark.parametrize("kind", [PageKind.ERROR_PAGE, PageKind.BLOCK_PAGE, PageKind.LOGIN])
def test_a_link_that_opens_an_error_page_is_not_mended(store, kind):
    page(store, LIST, DEAD)
    page(store, DEAD, kind=kind)
    assert seen(store, subject("dead-link", DEAD)) == "unseen"


def test_a_link_that_is_forwarded_to_the_home_page_is_not_mended(store):
    home = PageFacts(url=f"{HOST}/", kind=PageKind.HOME)
    page(store, home.url, LIST, kind=PageKind.HOME)
    page(store, LIST, DEAD)
    store.save_assembly(PortalFacts(url=home.url, home=home), [], [])
    target = store.registry.get(DEAD)
    target.alias = store.registry.get(home.url)
    from crawler.targets import State

    store.registry.decide(target, State.REDIRECTED)
    store.flush()
    assert seen(store, subject("dead-link", DEAD)) == "unseen"


def test_a_link_nobody_names_any_more_is_gone_when_all_who_named_it_were_read_again(store):
    page(store, LIST, f"{HOST}/b/")
    page(store, f"{HOST}/b/", LIST)
    named = subject("dead-link", DEAD, found_on=(LIST, f"{HOST}/b/"), found_on_count=2)
    assert seen(store, named) == "fine"


@pytest.mark.parametrize(
    "why",
    ["not read", "unknown", "an error page", "a list that a script fills", "half drawn", "no links at all"],
)
def test_a_link_is_not_gone_while_one_who_named_it_was_not_read_whole(store, why):
    page(store, LIST, f"{HOST}/b/")
    other = f"{HOST}/b/"
    if why == "an error page":
        page(store, other, LIST, kind=PageKind.ERROR_PAGE)
    elif why == "a list that a script fills":
        page(store, other, LIST, list_state=ListState.SCRIPTED)
    elif why == "half drawn":
        page(store, other, LIST, rendered="partly")
    elif why == "no links at all":
        page(store, other)
    elif why == "unknown":
        other = f"{HOST}/c/"
    assert seen(store, subject("dead-link", DEAD, found_on=(LIST, other))) == "unseen"


def test_a_link_is_not_gone_when_nobody_knows_who_named_it(store):
    page(store, LIST, f"{HOST}/b/")
    assert seen(store, subject("dead-link", DEAD)) == "unseen"
    assert seen(store, subject("dead-link", DEAD, found_on=(DEAD,))) == "unseen"


def test_a_link_that_another_page_names_now_is_not_gone(store):
    page(store, LIST, f"{HOST}/b/")
    page(store, f"{HOST}/b/", DEAD)
    assert seen(store, subject("dead-link", DEAD, found_on=(LIST,))) == "unseen"


def test_a_page_that_named_it_and_is_deleted_names_nothing(store):
    page(store, LIST, f"{HOST}/b/")
    fails(store, f"{HOST}/b/")
    assert seen(store, subject("dead-link", DEAD, found_on=(LIST, f"{HOST}/b/"))) == "fine"


# -- pages --------------------------------------------------------------------------------------------------------------


def test_a_page_that_was_taken_down_has_no_fault(store):
    fails(store, DEAD)
    assert seen(store, subject("empty-article", DEAD)) == "fine"


@pytest.mark.parametrize(
    ("status", "kind", "tries"),
    [
        (503, FailureKind.SERVER_ERROR, 3),
        (403, FailureKind.BLOCKED, 3),
        (None, FailureKind.TIMEOUT_CONNECT, 3),
        (404, FailureKind.NOT_FOUND, 1),
    ],
)
def test_a_page_that_merely_does_not_open_was_not_taken_down(store, status, kind, tries):
    fails(store, DEAD, status=status, kind=kind, tries=tries)
    assert seen(store, subject("empty-article", DEAD)) == "unseen"


# -- columns, groups ----------------------------------------------------------------------------------------------------


def test_a_column_that_is_gone_is_fine_only_where_its_namesake_passes(store):
    page(store, f"{HOST}/", f"{HOST}/new/")
    about = subject("stale-news-column", LIST, found_on=(f"{HOST}/",))
    assert seen(store, about) == "unseen"
    assert seen(store, about, {"name:首页 › 动态": [look("passed")]}) == "fine"
    assert seen(store, about, {"name:首页 › 动态": [look("passed"), look("cant_tell")]}) == "unseen"


def test_a_namesake_that_passes_says_nothing_of_a_column_that_is_still_named(store):
    page(store, f"{HOST}/", f"{HOST}/new/", LIST)
    about = subject("stale-news-column", LIST, found_on=(f"{HOST}/",))
    assert seen(store, about, {"name:首页 › 动态": [look("passed")]}) == "unseen"


def test_a_group_is_fine_when_all_its_samples_are(store):
    samples = tuple(f"{HOST}/a/{number}.html" for number in range(3))
    about = replace(subject("missing-column-label", samples[0], key="ColumnName"), is_group=True, samples=samples)
    said = {canonical(url): [look("passed")] for url in samples}
    assert seen(store, about, said) == "fine"
    assert seen(store, about, dict(list(said.items())[:2])) == "unseen"
    assert seen(store, about, said | {canonical(samples[1]): [look("failed", key="ColumnName")]}) == "unseen"
    assert seen(store, replace(about, samples=())) == "unseen"
