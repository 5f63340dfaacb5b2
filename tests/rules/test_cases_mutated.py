"""Every shipped case that fires, with its ground taken away: what was not seen, or seen once, is never accused."""

from dataclasses import replace

import pytest

from crawler.facts import ListState, MemoryFacts
from rules.cases import Case, read_cases
from rules.engine import evaluate
from rules.loader import load_pack, without_rules
from rules.model import Outcome, Pack, Subject
from rules.shipped import PACKS_FOLDER, shipped_packs

PACKS = {name: load_pack(PACKS_FOLDER / name) for name in shipped_packs()}
CASES = [(PACKS[name], case) for name in PACKS for case in read_cases(PACKS_FOLDER / name)[0]]
FIRING = [(pack, case) for pack, case in CASES if case.fires]
SUBJECTS = {rule.id: rule.subject for pack in PACKS.values() for rule in pack.rules}

FACT_LISTS = ("department_list", "column_list", "page_list", "link_list", "attachment_list")


def on(*subjects: Subject) -> list[tuple[Pack, Case]]:
    return [(pack, case) for pack, case in FIRING if SUBJECTS[case.rule] in subjects]


def named(cases: list[tuple[Pack, Case]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("pack", "case"), cases, ids=[f"{case.rule}: {case.name}" for _, case in cases])


def accused(pack: Pack, case: Case, facts: MemoryFacts) -> list[str]:
    """Addresses that the case's rule accuses of a fault in ``facts``; leads count as well."""
    return [finding.url for finding in evaluate(facts, [without_rules(pack, [case.rule])], case.as_of).findings]


@named(FIRING)
def test_with_its_fault_it_fires_and_in_a_void_run_it_does_not(pack: Pack, case: Case) -> None:
    assert accused(pack, case, case.facts)
    assert accused(pack, case, replace(case.facts, run=replace(case.facts.run, void="线路不通。"))) == []


@named(FIRING)
def test_when_nothing_of_the_portal_was_read_it_does_not_fire(pack: Pack, case: Case) -> None:
    portal = replace(case.facts.portal, home=None, xxgk_entry=None, xxgk_url=None, sampled=(), new_media=None)
    run = replace(case.facts.run, pages_fetched=0, unknown_pages=None, availability=None)
    assert accused(pack, case, MemoryFacts(portal=portal, run=run)) == []


@named(on(Subject.COLUMN))
def test_columns_that_were_not_opened_are_not_accused(pack: Pack, case: Case) -> None:
    unseen = tuple(
        replace(column, state=ListState.UNTESTED, untested_reason="robots", entries=(), newest=None, text="", pages_read=0)
        for column in case.facts.column_list
    )
    assert accused(pack, case, replace(case.facts, column_list=unseen)) == []


@named([(pack, case) for pack, case in on(Subject.COLUMN) if Outcome.FAILED in {each.outcome for each in case.expect}])
def test_columns_that_were_seen_once_are_not_accused(pack: Pack, case: Case) -> None:
    once = tuple(replace(column, times_seen=1) for column in case.facts.column_list)
    assert accused(pack, case, replace(case.facts, column_list=once)) == []


@named(on(Subject.DEPARTMENT))
def test_units_whose_pages_were_not_looked_at_are_not_accused(pack: Pack, case: Case) -> None:
    unseen = tuple(
        replace(unit, url=unit.url or f"{unit.listed_on}unread/", reached=None, unreached_reason="robots", columns={})
        for unit in case.facts.department_list
    )
    facts = replace(case.facts, department_list=unseen, column_list=(), page_list=())
    assert accused(pack, case, facts) == []


@named([(pack, case) for pack, case in on(Subject.LINK) if case.facts.link_list])
def test_targets_that_nobody_asked_for_are_not_accused(pack: Pack, case: Case) -> None:
    unasked = tuple(replace(link, tries=(), shows=None, untested_reason="budget") for link in case.facts.link_list)
    assert accused(pack, case, replace(case.facts, link_list=unasked, attachment_list=())) == []


@pytest.mark.parametrize("rule_id", sorted(SUBJECTS))
def test_beside_each_fault_stand_the_same_facts_without_it(rule_id: str) -> None:
    """A pair of cases, one that fires and one that does not, about the same kinds of subjects."""
    kinds: dict[bool, set[frozenset[str]]] = {True: set(), False: set()}
    for _, case in CASES:
        if case.rule == rule_id:
            kinds[case.fires].add(frozenset(name for name in FACT_LISTS if getattr(case.facts, name)))
    assert kinds[True] & kinds[False], "no quiet case has facts of the kinds that a firing one has"
