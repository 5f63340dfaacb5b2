"""Judging a part of a portal: what lies outside is untested, never missing."""

from datetime import date

import pytest

from audit.part import Part, PartFacts
from audit.part_judging import COMPARING, OF_THE_HOME_PAGE, applies, evaluate_part
from crawler.addresses import page_key
from crawler.facts import DepartmentFacts, ListState, MemoryFacts, UnitKind
from rules.factories import HOST, make_column, make_department, make_link, make_page, make_portal
from rules.loader import load_packs
from rules.model import Outcome, Subject
from rules.registry import checks

AS_OF = date(2026, 11, 20)
DRAWN, OTHER = "财政局", "民政局"


def portal() -> MemoryFacts:
    """Two 单位 without any column, a stale column of each, and a page with a typo and a dead link in either folder."""
    folders = {DRAWN: f"{HOST}/czj/", OTHER: f"{HOST}/mzj/"}
    return MemoryFacts(
        portal=make_portal(),
        department_list=tuple(
            make_department(name=name, url=url, url_prefixes=(url,), columns=["regulations"]) for name, url in folders.items()
        ),
        column_list=tuple(
            make_column(
                name="指南",
                url=f"{url}zn/",
                column_type="guide",
                department=name,
                text="指" * 400,
                updated={"value": "2020-01-01"},
            )
            for name, url in folders.items()
        ),
        page_list=tuple(make_page(url=f"{url}1.html", kind="article", title={"value": "测试"}) for url in folders.values()),
        link_list=tuple(
            make_link(url=f"{url}gone.html", tries=[404, 404, 404], found_on=(f"{url}1.html",), department=name)
            for name, url in folders.items()
        ),
    )


def _unlinked() -> DepartmentFacts:
    return make_department(name=OTHER, url=None, reached=False, listed_for_disclosure=True)


def key(path: str) -> str:
    return page_key(f"{HOST}{path}")


SAMPLE = Part(kind="sample", units=(DRAWN,), pages=(key("/czj/1.html"),))


def test_nothing_outside_a_sample_is_found_at_fault_and_each_of_its_units_says_so() -> None:
    evaluation = evaluate_part(portal(), load_packs(None), AS_OF, SAMPLE)
    assert {finding.department for finding in evaluation.findings if "mzj" in finding.url or finding.department == OTHER} == set()
    assert {finding.rule for finding in evaluation.findings if finding.department == DRAWN} >= {
        "missing-guide-column", "outdated-guide", "placeholder-text", "dead-link",
    }  # fmt: skip
    said = {question.rule: question for question in evaluation.open_questions if question.department == OTHER}
    assert said["missing-guide-column"].outcome is Outcome.UNTESTED
    assert "抽样没有抽中" in said["missing-guide-column"].message
    assert evaluation.tally["missing-guide-column", OTHER] == {Outcome.UNTESTED: 1}


def test_a_unit_without_a_link_that_was_not_drawn_is_not_accused() -> None:
    facts = MemoryFacts(portal=make_portal(), department_list=(_unlinked(),))
    whole = evaluate_part(facts, load_packs(None), AS_OF, Part(kind="sample", units=(OTHER,)))
    assert "missing-department-page" in {finding.rule for finding in whole.findings}
    assert not evaluate_part(facts, load_packs(None), AS_OF, Part(kind="sample")).findings


def test_rules_that_walk_through_the_portal_are_untested_on_a_part() -> None:
    evaluation = evaluate_part(portal(), load_packs(None), AS_OF, SAMPLE)
    said = {question.rule for question in evaluation.open_questions if question.outcome is Outcome.UNTESTED}
    assert {"missing-public-institution-topic", "missing-catalogue-field", "stale-homepage"} <= said


def test_a_page_is_judged_by_rules_of_pages_and_links_alone() -> None:
    part = Part(kind="page", units=(DRAWN,), pages=(key("/czj/1.html"),))
    evaluation = evaluate_part(portal(), load_packs(None), AS_OF, part)
    assert {finding.rule for finding in evaluation.findings} == {"placeholder-text", "dead-link"}
    subjects = {checks()[rule.check].subject for pack in load_packs(None) for rule in pack.rules if applies(rule, part)}
    assert subjects == {Subject.PAGE, Subject.LINK}


def test_a_column_is_judged_with_the_rules_of_its_unit_that_read_it() -> None:
    part = Part(kind="column", units=(DRAWN,), columns=(key("/czj/zn/"),), column_type="guide")
    rules = {rule.id for pack in load_packs(None) for rule in pack.rules if applies(rule, part)}
    assert "missing-application-channel" in rules
    assert not rules & {"missing-guide-column", "missing-annual-report", "missing-department-page"}
    assert "outdated-guide" in {finding.rule for finding in evaluate_part(portal(), load_packs(None), AS_OF, part).findings}


def test_more_columns_than_were_read_leave_rules_of_absence_out() -> None:
    rules = [rule for pack in load_packs(None) for rule in pack.rules]
    whole, cut = (Part(kind="unit", units=(DRAWN,), bounded=bounded) for bounded in (False, True))
    left = {rule.id for rule in rules if applies(rule, whole)} - {rule.id for rule in rules if applies(rule, cut)}
    assert "missing-statutory-item" in left
    assert "missing-guide-column" not in left


def test_columns_outside_a_part_keep_their_entries_for_comparison() -> None:
    facts = MemoryFacts(
        portal=make_portal(),
        department_list=(make_department(name="县政府", kind=UnitKind.GOVERNMENT), make_department(name=DRAWN)),
        column_list=(
            make_column(name="年报", column_type="annual_report", department="县政府", entries=[{"title": "财政局2025年年报"}]),
            make_column(name="要闻", column_type="news", department=None),
        ),
    )
    seen = list(PartFacts(facts, Part(kind="unit", units=(DRAWN,))).columns())
    assert [(column.name, column.state, len(column.entries)) for column in seen] == [("年报", ListState.UNTESTED, 1)]


def test_links_that_the_part_left_out_are_no_open_questions() -> None:
    part = Part(kind="page", pages=(key("/a.html"),))
    facts = MemoryFacts(
        portal=make_portal(),
        link_list=tuple(
            make_link(url=f"{HOST}/{reason}", tries=[], untested_reason=reason, found_on=(f"{HOST}/a.html",))
            for reason in ("spot-check", "robots")
        ),
    )
    assert [link.untested_reason for link in PartFacts(facts, part).links()] == ["robots"]


def test_the_same_facts_give_the_same_evaluation() -> None:
    assert evaluate_part(portal(), load_packs(None), AS_OF, SAMPLE) == evaluate_part(portal(), load_packs(None), AS_OF, SAMPLE)


def test_a_part_is_stored_and_read_again() -> None:
    assert Part.of({"part": {**SAMPLE.stored(), "units": [DRAWN], "pages": list(SAMPLE.pages)}}) == SAMPLE
    assert Part.of({}) is None


@pytest.mark.parametrize("names", [OF_THE_HOME_PAGE, COMPARING])
def test_the_checks_named_here_exist(names: frozenset[str]) -> None:
    assert names <= set(checks())


def test_every_check_on_the_portal_is_of_the_home_page_or_known_to_need_the_whole() -> None:
    whole = {"catalogue-fields", "homepage-freshness", "institution-topic", "institution-units", "new-media-account"}
    on_portal = {name for name, check in checks().items() if check.subject is Subject.PORTAL}
    assert on_portal == OF_THE_HOME_PAGE | whole
