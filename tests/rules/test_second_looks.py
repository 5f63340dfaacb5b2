"""What a shipped rule may call stale was looked at twice: the crawl's days lie below the rules' periods."""

from crawler.vocabulary import load
from rules.loader import load_packs

DAYS_OF_A_MONTH = 30


def test_no_shipped_period_is_shorter_than_the_age_that_makes_us_look_twice() -> None:
    words = load("assembly")
    days, by_item = words["second_look_days"], words["second_look_item_days"]
    seen = 0
    for rule in (rule for pack in load_packs(None) for rule in pack.rules):
        params = rule.params
        if rule.check == "column-freshness":
            limit = params.max_age_days or params.max_age_months * DAYS_OF_A_MONTH
            for column_type in params.column_types:
                seen += 1
                assert days.get(column_type, days["default"]) < limit, (rule.id, column_type)
        elif rule.check == "catalogue-freshness":
            seen += 1
            assert days["default"] < params.max_age_days, rule.id
        elif rule.check == "statutory-item-freshness":
            for period in params.periods:
                for item in period.items:
                    seen += 1
                    assert by_item[item] < period.max_age_days, (rule.id, item)
    assert seen > 20


def test_a_list_that_may_be_called_undated_is_looked_at_twice() -> None:
    (rule,) = (rule for pack in load_packs(None) for rule in pack.rules if rule.check == "column-undated")
    assert set(load("assembly")["never_undated"]) <= set(rule.params.except_types)
