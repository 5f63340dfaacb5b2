"""Folding of groups, long lists of open questions."""

from datetime import date
from typing import Any

import pytest

from crawler.facts import MemoryFacts
from rules.engine import evaluate
from rules.factories import make_facts
from rules.loader import load_packs, without_rules
from rules.model import Evaluation, Outcome
from rules.outcomes import OPEN_LINES, fingerprint

DAY = date(2026, 11, 20)


def dead_links(*described: dict[str, Any], rule: str = "dead-link") -> Evaluation:
    packs = [without_rules(pack, [rule]) for pack in load_packs(["portal-2019"])]
    return evaluate(make_facts({"links": list(described)}), packs, DAY)


def link(path: str, **more: Any) -> dict[str, Any]:
    return {"url": f"http://x.example{path}", "tries": [404, 404, 404], "found_on": [f"http://x.example/p{path}"], **more}


def test_two_hundred_dead_links_are_two_hundred_findings() -> None:
    found = dead_links(*(link(f"/a/{n}.html") for n in range(200)))
    assert len(found.findings) == 200
    assert {finding.count for finding in found.findings} == {1}


def test_one_more_and_they_are_told_by_the_section_they_lie_in() -> None:
    found = dead_links(*(link(f"/{'ab'[n % 2]}/2018-07-{n % 28 + 1:02}/{n}.html") for n in range(201)))
    assert [(finding.group, finding.count, len(finding.samples)) for finding in found.findings] == [
        ("x.example/a/", 101, 10),
        ("x.example/b/", 100, 10),
    ]
    assert found.findings[0].message.startswith("x.example/a/ 下有 101 个站内链接打不开")
    assert found.tally == {("dead-link", None): {Outcome.FAILED: 201}}
    assert len(found.findings[0].found_on) == 20
    assert found.findings[0].samples == tuple(sorted(found.findings[0].samples))


def test_a_section_with_one_dead_link_keeps_the_words_and_the_print_of_a_single_one() -> None:
    alone = link("/c/1.html")
    single = dead_links(alone).findings[0]
    among = next(f for f in dead_links(*(link(f"/a/{n}.html") for n in range(300)), alone).findings if "/c/" in f.url)
    assert (among.fingerprint, among.message, among.samples) == (single.fingerprint, single.message, ())


def test_groups_never_mix_units() -> None:
    found = dead_links(*(link(f"/a/{n}.html", department="甲局" if n % 2 else "乙局") for n in range(300)))
    assert {(finding.department, finding.count) for finding in found.findings} == {("甲局", 150), ("乙局", 150)}


def test_the_group_has_a_print_of_its_own_that_does_not_hang_on_its_members() -> None:
    first = dead_links(*(link(f"/a/{n}.html") for n in range(300))).findings[0]
    second = dead_links(*(link(f"/a/{n}.html") for n in range(50, 400))).findings[0]
    assert first.fingerprint == second.fingerprint == fingerprint("dead-link", None, "group:x.example/a/", "")


def test_ten_thousand_links_to_dead_foreign_hosts_stay_readable() -> None:
    described = [
        {"url": f"http://h{n % 40}.example/{n}", "internal": False, "tries": ["dns", "dns", "dns"]} for n in range(10_000)
    ]
    found = dead_links(*described, rule="dead-outlink")
    assert len(found.findings) == 40
    assert sum(finding.count for finding in found.findings) == 10_000


@pytest.mark.parametrize("number", [OPEN_LINES, OPEN_LINES + 1, 5_000])
def test_long_lists_of_open_questions_end_in_one_line_for_the_rest(number: int) -> None:
    found = dead_links(*({"url": f"http://x.example/{n}", "tries": [403, 403, 403]} for n in range(number)))
    questions = found.open_questions
    assert sum(question.count for question in questions) == number
    assert len(questions) == min(number, OPEN_LINES + 1)
    if number > OPEN_LINES:
        assert f"另有 {number - OPEN_LINES} 处" in questions[-1].message
    assert found.tally == {("dead-link", None): {Outcome.CANT_TELL: number}}


def test_top_level_columns_are_marked_for_the_clause_that_counts_only_them() -> None:
    facts = make_facts({"columns": [{"column_type": "news", "entries": ["2020-02-01", "2020-01-01"], "top_level": True}]})
    packs = [without_rules(pack, ["stale-news-column"]) for pack in load_packs(["portal-2019"])]
    assert [finding.top_level for finding in evaluate(facts, packs, DAY).findings] == [True]
    counts = {clause.id: clause.counts for clause in packs[0].clauses}
    assert counts["veto-stale-news-policy"] == "top_level"


def test_evidence_and_places_are_bounded() -> None:
    found = dead_links(link("/a", tries=[404] * 40, found_on=[f"http://x.example/{n}" for n in range(90)], found_on_count=9_000))
    finding = found.findings[0]
    assert (len(finding.evidence), len(finding.found_on), finding.found_on_count) == (10, 20, 9_000)


def test_no_facts_at_all_raise_nothing() -> None:
    evaluation = evaluate(MemoryFacts(portal=make_facts({"portal": {"home": None}}).portal), load_packs(), DAY)
    assert evaluation.findings == ()
    assert evaluation.errors == ()
