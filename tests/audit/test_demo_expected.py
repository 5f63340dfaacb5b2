from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit.demo import DEMO_AS_OF
from audit.demo.answers import Question
from audit.demo.expected import MustFind, bare_name, compare, load_expected
from audit.demo.plan import load_plan
from audit.demo.portal import build_portal
from audit.demo.unit_map import unit_folder

BASE = "http://127.0.0.1:18080/"
CATALOGUE = Path(__file__).parents[2] / "rules" / "catalogue.yaml"


def finding_for(line: MustFind) -> dict[str, Any]:
    """A finding that meets ``line`` in every point."""
    if line.path is None:
        url = BASE
    elif line.path.startswith("//"):
        url = f"http://127.0.0.2:18081/{line.path.removeprefix('//').partition('/')[2]}"
    else:
        url = BASE + line.path.removeprefix("/")
    return {
        "rule": line.rule,
        "outcome": line.outcome,
        "department": line.department,
        "url": url,
        "message": f"{line.says}有问题。",
    }


@pytest.fixture
def perfect() -> list[Mapping[str, Any]]:
    return [finding_for(line) for line in load_expected().must_find]


def test_a_perfect_audit_holds(perfect: list[Mapping[str, Any]]) -> None:
    comparison = compare(perfect, BASE)
    assert comparison.holds
    assert not comparison.report()


def test_a_finding_that_is_not_there_is_missing(perfect: list[Mapping[str, Any]]) -> None:
    gone = perfect.pop()
    comparison = compare(perfect, BASE)
    assert [line.rule for line in comparison.missing] == [gone["rule"]]
    assert "missing" in comparison.report()


def test_a_second_finding_of_the_same_fault_is_unexpected(perfect: list[Mapping[str, Any]]) -> None:
    comparison = compare([*perfect, perfect[0]], BASE)
    assert comparison.unexpected == (perfect[0],)


def test_a_finding_on_another_unit_is_unexpected_and_leaves_the_line_missing(perfect: list[Mapping[str, Any]]) -> None:
    place = next(n for n, finding in enumerate(perfect) if finding["rule"] == "missing-guide-column")
    perfect[place] = {**perfect[place], "department": "霁川县发展和改革局"}
    comparison = compare(perfect, BASE)
    assert [line.rule for line in comparison.missing] == ["missing-guide-column"]
    assert [finding["department"] for finding in comparison.unexpected] == ["霁川县发展和改革局"]


def test_a_lead_where_an_accusation_belongs_is_not_enough(perfect: list[Mapping[str, Any]]) -> None:
    place = next(n for n, finding in enumerate(perfect) if finding["rule"] == "outdated-guide")
    perfect[place] = {**perfect[place], "outcome": "lead"}
    comparison = compare(perfect, BASE)
    assert [line.rule for line in comparison.missing] == ["outdated-guide"]
    assert len(comparison.unexpected) == 1


def test_a_finding_in_a_trap_is_named_with_the_reason(perfect: list[Mapping[str, Any]]) -> None:
    trapped = {
        "rule": "dead-link",
        "outcome": "failed",
        "department": None,
        "url": f"{BASE}bmcx/flaky.html",
        "message": "打不开。",
    }
    comparison = compare([*perfect, trapped], BASE)
    assert [(trap.why, finding["url"]) for trap, finding in comparison.traps] == [("503 twice", trapped["url"])]
    assert not comparison.unexpected
    assert not comparison.holds


def test_a_quoted_address_is_the_address(perfect: list[Mapping[str, Any]]) -> None:
    quoted = f"{BASE}bmcx/%E5%8A%9E%E4%BA%8B%20%E5%A4%A7%E5%8E%85.html"
    trapped = {"rule": "dead-link", "outcome": "failed", "department": None, "url": quoted}
    assert len(compare([*perfect, trapped], BASE).traps) == 1


def test_a_second_view_of_a_fault_is_allowed(perfect: list[Mapping[str, Any]]) -> None:
    view = {"rule": "dead-link", "outcome": "failed", "department": None, "url": f"{BASE}zwgk/zfxxgk/bm/yjj/"}
    assert compare([*perfect, view], BASE).holds


def test_rules_that_the_table_does_not_cover_do_not_count(perfect: list[Mapping[str, Any]]) -> None:
    other = {"rule": "missing-https", "outcome": "failed", "department": None, "url": BASE}
    assert compare([*perfect, other], BASE).holds


def test_rules_that_are_not_shipped_yet_are_not_missed(perfect: list[Mapping[str, Any]]) -> None:
    shipped = {"dead-link", "dead-image"}
    found = [finding for finding in perfect if finding["rule"] in shipped]
    assert compare(found, BASE, shipped=shipped).holds
    assert not compare(found, BASE).holds


def test_an_internal_address_does_not_stand_for_an_outside_one(perfect: list[Mapping[str, Any]]) -> None:
    place = next(n for n, finding in enumerate(perfect) if finding["rule"] == "dead-outlink")
    path = str(perfect[place]["url"]).partition(":18081/")[2]
    perfect[place] = {**perfect[place], "url": BASE + path}
    assert len(compare(perfect, BASE).missing) == 1


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("霁川县财政局", "财政局"),
        ("县财政局", "财政局"),
        ("财政局", "财政局"),
        ("鹭汀镇人民政府", "鹭汀镇"),
        ("听松街道办事处", "听松街道"),
        ("霁川县人民政府", ""),
        (None, ""),
        ("霁川县人民政府办公室", "办公室"),
        ("县政府办公室", "办公室"),
    ],
)
def test_a_unit_is_known_under_its_short_and_long_names(written: str | None, bare: str) -> None:
    assert bare_name(written) == bare


def test_the_table_speaks_of_addresses_and_units_that_are_there() -> None:
    portal = build_portal(DEMO_AS_OF)
    table = load_expected()
    names = {load_plan().government.name, *(unit.name for unit in load_plan().units)}
    seeded = {link.path for link in load_plan().links}
    seeded |= {unit_folder(unit) for unit in load_plan().units if unit.page == "dead"}
    for line in (*table.must_find, *table.must_not_find, *table.may_find):
        assert line.department is None or line.department in names, line
        for path in line.paths:
            known = path in portal.pages or path in portal.outside or path in seeded
            question = Question(path=path, query="", nth=1)
            assert known or any(section(question) for folder, section in portal.live.items() if path.startswith(folder)), line


def test_every_odd_address_of_the_plan_stands_in_the_table() -> None:
    told = {path for line in (*load_expected().must_find, *load_expected().must_not_find) for path in line.paths}
    odd = {
        link.path
        for link in load_plan().links
        if link.shows != "nothing" and link.answer and link.answer != type(link.answer)(page=True)
    }
    assert odd - told == set()


def test_every_rule_of_the_catalogue_is_covered_or_has_a_reason_why_it_cannot_show() -> None:
    table = load_expected()
    catalogue = set(YAML(typ="safe").load(CATALOGUE)["rules"])
    assert set(table.covers) | set(table.cannot_show) == catalogue
    assert set(table.covers) & set(table.cannot_show) == set()
    assert len(set(table.covers)) == len(table.covers)
    assert all(len(reason) > 20 for reason in table.cannot_show.values())


def test_every_covered_rule_must_be_found_at_least_once() -> None:
    table = load_expected()
    assert set(table.covers) - {line.rule for line in table.must_find} == set()
    named = {rule for line in (*table.must_find, *table.may_find) for rule in line.rule_ids}
    assert named <= set(table.covers)


def test_a_finding_that_names_the_page_of_a_trap_is_not_the_one_expected(perfect: list[Mapping[str, Any]]) -> None:
    place = next(n for n, finding in enumerate(perfect) if finding["rule"] == "missing-icp-record")
    perfect[place] = {**perfect[place], "evidence": [{"url": BASE}]}
    assert [line.rule for line in compare(perfect, BASE).missing] == ["missing-icp-record"]


def test_a_finding_without_the_words_of_its_line_is_another_one(perfect: list[Mapping[str, Any]]) -> None:
    place = next(n for n, finding in enumerate(perfect) if finding["rule"] == "missing-catalogue-field")
    perfect[place] = {**perfect[place], "message": "别的领域。"}
    comparison = compare(perfect, BASE)
    assert [line.rule for line in comparison.missing] == ["missing-catalogue-field"]
    assert len(comparison.unexpected) == 1
