"""The table of states: what leads where, and who may do it."""

import pytest

from audit.errors import TransitionRefused
from audit.ledger.states import STEPS, UNSETTLED, Role, State, Verb, after

LEGAL = [
    ("反馈", "承办单位", "待整改", "已反馈"),
    ("反馈", "承办单位", "复发", "已反馈"),
    ("反馈", "承办单位", "驳回", "已反馈"),
    ("申诉", "承办单位", "待整改", "申诉中"),
    ("申诉", "承办单位", "已反馈", "申诉中"),
    ("豁免", "督办方", "申诉中", "豁免"),
    ("豁免", "督办方", "豁免", "豁免"),
    ("驳回", "督办方", "申诉中", "驳回"),
    ("复查合格", "程序", "待整改", "复查通过"),
    ("复查合格", "督办方", "已反馈", "复查通过"),
    ("复查合格", "程序", "申诉中", "复查通过"),
    ("复查未通过", "程序", "已反馈", "待整改"),
    ("复查未通过", "督办方", "复查通过", "复发"),
    ("复查未通过", "督办方", "申诉中", "申诉中"),
    ("销号", "程序", "复查通过", "销号"),
    ("销号", "督办方", "复查通过", "销号"),
    ("复发", "程序", "销号", "复发"),
    ("豁免到期", "程序", "豁免", "待整改"),
]

REFUSED = [
    ("销号", "督办方", "待整改"),
    ("销号", "督办方", "已反馈"),
    ("销号", "承办单位", "复查通过"),
    ("反馈", "督办方", "待整改"),
    ("反馈", "承办单位", "销号"),
    ("反馈", "承办单位", "复查通过"),
    ("申诉", "承办单位", "豁免"),
    ("豁免", "承办单位", "申诉中"),
    ("豁免", "程序", "待整改"),
    ("驳回", "督办方", "待整改"),
    ("复查合格", "承办单位", "待整改"),
    ("复发", "程序", "待整改"),
]


@pytest.mark.parametrize(("verb", "role", "before", "then"), LEGAL)
def test_a_step_of_the_table(verb, role, before, then):
    assert after(Verb(verb), Role(role), State(before)) is State(then)


@pytest.mark.parametrize(("verb", "role", "before"), REFUSED)
def test_a_step_that_is_refused_with_a_sentence(verb, role, before):
    with pytest.raises(TransitionRefused) as refused:
        after(Verb(verb), Role(role), State(before))
    assert str(refused.value).endswith("。")


def test_nothing_closes_that_was_not_rechecked():
    """规则变更 is the one exception: what nobody asks for any more is no problem."""
    closing = {step.verb: step.before for step in STEPS if step.after is State.CLOSED}
    assert closing == {Verb.CLOSE: (State.RECHECKED,), Verb.RETIRE: UNSETTLED}


def test_a_unit_never_settles_its_own_ticket():
    for step in STEPS:
        if Role.UNIT in step.roles:
            assert step.after not in {State.RECHECKED, State.CLOSED, State.WAIVED}


def test_every_state_can_be_reached_and_left():
    left = {state for step in STEPS for state in step.before}
    reached = {step.after for step in STEPS}
    assert left == set(State)
    assert reached >= set(State)
