"""The crawl and the rules agree on what may be called dead."""

from crawler.failures import TREATMENTS
from rules.loader import load_packs


def test_the_rules_call_dead_exactly_what_the_crawl_confirms() -> None:
    named = {
        kind
        for pack in load_packs(None)
        for rule in pack.rules
        if rule.check == "dead-link"
        for kind in rule.params.dead_failures
    }
    assert named == {kind for kind, treatment in TREATMENTS.items() if treatment.accusable}
