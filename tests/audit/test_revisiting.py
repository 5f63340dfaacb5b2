"""No address waits longer than a rule can."""

from audit.revisiting import longest_wait
from crawler.vocabulary import load
from rules.loader import load_packs


def test_the_shortest_period_of_the_shipped_rules_bounds_every_wait() -> None:
    # 首页 and 动态要闻: two weeks.
    assert longest_wait(load_packs(None)) == 14
    assert max(max(days) for days in load("revisits")["wait_days"].values()) < 14


def test_periods_of_single_items_count_and_packs_without_a_period_bound_nothing() -> None:
    (platform,) = load_packs(("xxgk-platform",))
    assert longest_wait([platform]) == 60
    assert longest_wait(load_packs(("privacy",))) is None
    assert longest_wait([]) is None
