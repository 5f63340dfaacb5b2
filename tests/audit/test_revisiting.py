"""No address waits longer than a rule can."""

import json
from pathlib import Path

from audit.revisiting import longest_wait
from crawler.vocabulary import load
from rules.loader import load_packs
from rules.shipped import shipped_packs, shipped_params


def test_the_shortest_period_of_the_shipped_rules_bounds_every_wait() -> None:
    # 首页 and 动态要闻: two weeks.
    assert longest_wait(()) == longest_wait(("all",)) == 14
    assert max(max(days) for days in load("revisits")["wait_days"].values()) < 14


def test_periods_of_single_items_count_and_packs_without_a_period_bound_nothing() -> None:
    assert longest_wait(("xxgk-platform",)) == 60
    assert longest_wait(("privacy",)) is None


def test_the_periods_of_a_local_pack_count() -> None:
    local = Path(__file__).parents[2] / "examples" / "local-pack"
    assert longest_wait((str(local),)) == 7


def test_parameters_read_without_the_packs_are_those_of_the_packs() -> None:
    for name in shipped_packs():
        (pack,) = load_packs((name,))
        of_packs = [json.dumps(dict(rule.raw_params), sort_keys=True) for rule in pack.rules]
        assert sorted(of_packs) == sorted(json.dumps(params, sort_keys=True) for params in shipped_params((name,)))
