"""Which rule speaks of a target, and what its tries prove."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts import FailureKind, LinkFacts, Try
from rules.factories import make_link
from rules.links import LinkDuty, Verdict, duty_of, verdict_of

DEAD = frozenset(
    {
        FailureKind.NOT_FOUND,
        FailureKind.SERVER_ERROR,
        FailureKind.DNS,
        FailureKind.REFUSED,
        FailureKind.RESET,
        FailureKind.TIMEOUT_CONNECT,
        FailureKind.TIMEOUT_READ,
    }
)


def verdict(tries: list[Any]) -> tuple[Verdict, str]:
    return verdict_of(make_link(tries=tries), dead_failures=DEAD, unclear_statuses=frozenset({403, 521}), min_tries=3)


@pytest.mark.parametrize(
    ("link", "duty"),
    [
        ({"kind": "page", "on_home": True}, LinkDuty.HOMEPAGE),
        ({"kind": "page", "on_home": True, "internal": False}, LinkDuty.HOMEPAGE),
        ({"kind": "page"}, LinkDuty.INTERNAL),
        ({"kind": "page", "internal": False}, LinkDuty.EXTERNAL),
        ({"kind": "attachment", "on_home": True}, LinkDuty.ATTACHMENT),
        ({"kind": "image", "on_home": True, "internal": False}, LinkDuty.IMAGE),
        ({"kind": "css", "on_home": True}, LinkDuty.INTERNAL),
        ({"kind": "script", "internal": False}, None),
        ({"kind": "other", "internal": False}, LinkDuty.EXTERNAL),
    ],
)
def test_every_target_belongs_to_one_rule_at_most(link: dict[str, Any], duty: LinkDuty | None) -> None:
    assert duty_of(make_link(**link)) is duty


@pytest.mark.parametrize("kind", list(FailureKind))
def test_only_the_listed_ways_of_failing_prove_a_dead_link(kind: FailureKind) -> None:
    expected = Verdict.DEAD if kind in DEAD else Verdict.UNCLEAR
    assert verdict([kind.value] * 3)[0] is expected


def test_a_status_that_proves_nothing_counts_for_nothing_whatever_it_was_filed_under() -> None:
    assert verdict([521, 521, 521]) == (Verdict.UNCLEAR, "unclear-answer")


def test_an_attempt_without_status_and_failure_proves_nothing() -> None:
    assert verdict([{}, {}, {}])[0] is Verdict.UNCLEAR


TRIES = st.builds(
    Try,
    at=st.just("2026-11-20T09:00:00+08:00"),
    status=st.sampled_from([None, 200, 301, 403, 404, 500]),
    failure=st.sampled_from([None, *FailureKind]),
    final=st.booleans(),
)


@given(st.lists(TRIES, max_size=6))
def test_no_history_with_one_success_or_one_refusal_is_ever_dead(tries: list[Try]) -> None:
    link = LinkFacts(url="http://x.example/", tries=tuple(tries))
    said, _ = verdict_of(link, dead_failures=DEAD, unclear_statuses=frozenset({403}), min_tries=3)
    if said is Verdict.DEAD:
        assert len(tries) >= 3
        assert tries[-1].final
        assert all(attempt.failure in DEAD and attempt.status != 403 for attempt in tries)
