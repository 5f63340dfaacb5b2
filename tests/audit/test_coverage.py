"""How much of the portal a run looked at."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from audit.coverage import coverage_of
from audit.ledger.account import Coverage
from crawler.facts import RunFacts
from rules.factories import make_department


def coverage(
    *, units: int = 1, pages: int = 10, void: str | None = None, skipped: Mapping[str, int] | None = None, **settings: object
) -> tuple[Coverage, str]:
    facts = SimpleNamespace(
        run=RunFacts(pages_fetched=pages, void=void, skipped=dict(skipped or {})),
        departments=lambda: [make_department(name=f"局{number}") for number in range(units)],
        columns=lambda: iter(()),
    )
    return coverage_of(facts, settings)


def test_a_run_that_saw_all_it_found_is_complete_and_says_nothing() -> None:
    assert coverage(skipped={"robots": 3, "foreign": 9}) == (Coverage.COMPLETE, "")


@pytest.mark.parametrize(
    ("reason", "said"), [("budget", "达到了页数上限"), ("unvisited", "没有抓取完"), ("window", "到了不允许检查的时段")]
)
def test_a_run_that_a_limit_ended_early_was_cut_off(reason: str, said: str) -> None:
    assert coverage(skipped={reason: 1}) == (Coverage.CUT_OFF, f"本次{said}，没有看全。")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"void": "首页被拦截。"}, Coverage.VOID),
        ({"pages": 0}, Coverage.EMPTY),
        ({"units": 0}, Coverage.EMPTY),
        ({"departments": ["财政局"]}, Coverage.PARTIAL),
        ({"part": {"kind": "sample"}}, Coverage.PARTIAL),
    ],
)
def test_what_saw_less_by_its_own_or_nothing_stays_so_when_a_limit_ended_it_too(words, expected) -> None:
    found, why = coverage(skipped={"budget": 5}, **words)
    assert (found, why[-1]) == (expected, "。")
