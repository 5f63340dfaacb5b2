"""The catalogue of rule ids against what is shipped."""

import re

from rules.catalogue import catalogue
from rules.describe import list_rules, planned_rules
from rules.loader import load_packs

REMAINDER: dict[str, str] = {}
"""Ids not judged yet, and what each waits for. One that is shipped leaves this list in the commit that ships it."""


def test_what_is_still_planned_is_known_by_name() -> None:
    planned = {rule_id for rule_id, entry in catalogue().items() if entry.planned}
    assert planned - REMAINDER.keys() == set(), "planned and not in REMAINDER: say what it waits for"
    assert REMAINDER.keys() - planned == set(), "shipped: take it out of REMAINDER, and name it in CHANGELOG.md under Rules"


def test_the_list_of_rules_and_what_is_planned_are_the_catalogue() -> None:
    rows = [*list_rules(load_packs()), *planned_rules(catalogue())]
    assert sorted(row.id for row in rows) == sorted(catalogue())
    assert {row.id: row.pack for row in rows} == {rule_id: entry.pack for rule_id, entry in catalogue().items()}


def test_a_planned_rule_says_that_a_person_judges_it() -> None:
    for row in planned_rules(catalogue()):
        assert (row.kind, row.title) == ("待人工核对", "程序还不能判断，由人工核对。")


def test_a_planned_rule_leaves_no_automated_clause_behind() -> None:
    """Where the clause's machine part is missing, the pack must not claim to judge all of it."""
    for pack in load_packs():
        named = {rule for clause in pack.clauses for rule in clause.rules}
        assert not named & REMAINDER.keys()


def test_every_shipped_rule_stands_in_the_catalogue_as_it_is() -> None:
    for pack in load_packs():
        for rule in pack.rules:
            entry = catalogue()[rule.id]
            assert (entry.pack, entry.subject, entry.outcome, entry.since) == (pack.id, rule.subject, rule.outcome, rule.since)


def test_everything_else_in_the_catalogue_is_planned() -> None:
    shipped = {rule.id for pack in load_packs() for rule in pack.rules}
    for rule_id, entry in catalogue().items():
        assert entry.planned is (rule_id not in shipped), rule_id
        assert bool(entry.since) is (rule_id in shipped), rule_id


def test_ids_name_the_failing_state_in_kebab_case() -> None:
    for rule_id in catalogue():
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule_id)
        assert not rule_id.startswith("no-")


def test_the_catalogue_is_that_of_the_rule_book(shared_dir: object) -> None:
    from pathlib import Path

    text = (Path(str(shared_dir)) / "rules.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(("| `", "`"))]
    rows += [text[text.index("## Pack `accessibility`") :]]
    named = {
        found
        for row in rows
        for found in re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`", row.split("|")[1] if row[0] == "|" else row)
    }
    packs = set(re.findall(r"## Pack `([a-z0-9-]+)`", text))
    assert named - packs - {"manual", "failed"} == set(catalogue())
