"""The catalogue of rule ids against what is shipped."""

import re

from rules.catalogue import catalogue
from rules.loader import load_packs


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
