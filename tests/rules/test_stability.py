"""A pack's selection, points and thresholds do not change unnoticed: ledgers and published scores rest on them."""

import difflib
from dataclasses import replace

import pytest

from rules.loader import load_pack
from rules.shipped import PACKS_FOLDER, shipped_packs
from tests.rules.stability import GOLDEN, golden_of, main, snapshot

ACCEPT = """
{name} judges otherwise than before. If that is what you want:
  1. .venv/bin/python -m tests.rules.stability {name}
  2. name each changed rule under Rules of the topmost version in CHANGELOG.md, with what it was and what it is
  3. commit both with the change itself
If it is not, undo it: people's scores hang on these lines.
"""


@pytest.mark.parametrize("name", shipped_packs())
def test_a_pack_judges_as_it_did(name: str) -> None:
    assert golden_of(name).is_file(), ACCEPT.format(name=name)
    before = golden_of(name).read_text(encoding="utf-8").splitlines()
    now = snapshot(load_pack(PACKS_FOLDER / name)).splitlines()
    changed = [line for line in difflib.unified_diff(before, now, "before", "now", lineterm="", n=0) if line[:2] != "@@"]
    assert changed == [], "\n".join([*changed, ACCEPT.format(name=name)])


def test_no_pack_went_away() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(shipped_packs())


def test_a_changed_threshold_point_or_selection_is_one_changed_line() -> None:
    pack = load_pack(PACKS_FOLDER / "portal-2019")
    rule = next(rule for rule in pack.rules if rule.id == "stale-news-column")
    others = tuple(each for each in pack.rules if each is not rule)
    later = replace(pack, rules=(*others, replace(rule, raw_params={**rule.raw_params, "max_age_days": 15})))
    assert _changed(snapshot(pack), snapshot(later)) == ["rule stale-news-column, max_age_days: 15"]
    cheaper = replace(pack, clauses=(replace(pack.clauses[0], fail_at=2), *pack.clauses[1:]))
    assert len(_changed(snapshot(pack), snapshot(cheaper))) == 1
    assert _changed(snapshot(replace(pack, rules=others)), snapshot(pack))[0].startswith("rule stale-news-column: ")


def test_a_changed_word_in_a_long_list_shows() -> None:
    pack = load_pack(PACKS_FOLDER / "grassroots-catalogue")
    rule = next(rule for rule in pack.rules if rule.id == "missing-catalogue-field")
    fields = rule.raw_params["fields"]
    other = replace(rule, raw_params={**rule.raw_params, "fields": [*fields[:-1], {"name": "城管", "words": ["城管"]}]})
    assert len(_changed(snapshot(replace(pack, rules=(rule,))), snapshot(replace(pack, rules=(other,))))) == 1


def test_words_for_people_may_change_freely() -> None:
    pack = load_pack(PACKS_FOLDER / "privacy")
    reworded = tuple(replace(rule, rationale="换一种说法。", title="另一个名称") for rule in pack.rules)
    assert snapshot(replace(pack, rules=reworded)) == snapshot(pack)


def test_nothing_is_accepted_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["portal-2018"]) == 2
    assert "which packs?" in capsys.readouterr().err


def _changed(before: str, now: str) -> list[str]:
    return [line for line in now.splitlines() if line not in set(before.splitlines())]
