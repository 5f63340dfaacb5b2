"""问题排查—整改—复查—销号: the states of a ticket, and who may lead it from which to which, as one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from audit.errors import TransitionRefused


class State(StrEnum):
    """Where a ticket stands; the words are those of ``tickets.json``."""

    OPEN = "待整改"
    REPLIED = "已反馈"
    RECHECKED = "复查通过"
    CLOSED = "销号"
    RETURNED = "复发"
    APPEALED = "申诉中"
    WAIVED = "豁免"
    REJECTED = "驳回"


class Role(StrEnum):
    """Who acts on a ticket."""

    MACHINE = "程序"
    UNIT = "承办单位"
    SUPERVISOR = "督办方"


class Verb(StrEnum):
    """What is done to a ticket; each is an event of its history."""

    OPEN = "发现"
    REGISTER = "登记"
    REPLY = "反馈"
    APPEAL = "申诉"
    PASS = "复查合格"  # noqa: S105  no password
    FAIL = "复查未通过"
    CLOSE = "销号"
    RETURN = "复发"
    WAIVE = "豁免"
    REJECT = "驳回"
    REVOKE = "撤销豁免"
    EXPIRE = "豁免到期"
    RETIRE = "规则已改，不再是问题"
    RESUME = "规则已改，又是问题"
    MOVE = "地址变更"
    RENAME = "单位更名"
    RESCHEDULE = "期限重算"


class Source(StrEnum):
    """Where a ticket came from: the keys of ``deadlines.yaml``, which may name further ones."""

    AUDIT = "audit"
    CITIZEN = "zhaocuo"
    EVALUATION = "evaluation"


MENDING = (State.OPEN, State.RETURNED, State.REJECTED, State.REPLIED)
"""The fault stands, and the 承办单位 has to mend it."""
UNSETTLED = (*MENDING, State.APPEALED, State.WAIVED, State.RECHECKED)
"""Everything but 销号."""
LATE_STATES = (State.OPEN, State.RETURNED, State.REJECTED)
"""Whoever has not answered may be late; a reply, an appeal and a waiver stop the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the table."""

    verb: Verb
    roles: tuple[Role, ...]
    before: tuple[State, ...]
    """() : the ticket begins."""
    after: State | None
    """None: the state stays as it is."""


_WATCHERS = (Role.MACHINE, Role.SUPERVISOR)

STEPS: tuple[Step, ...] = (
    Step(verb=Verb.OPEN, roles=(Role.MACHINE,), before=(), after=State.OPEN),
    Step(verb=Verb.REGISTER, roles=(Role.SUPERVISOR,), before=(), after=State.OPEN),
    Step(verb=Verb.REPLY, roles=(Role.UNIT,), before=MENDING, after=State.REPLIED),
    Step(verb=Verb.APPEAL, roles=(Role.UNIT,), before=MENDING, after=State.APPEALED),
    Step(verb=Verb.PASS, roles=_WATCHERS, before=(*MENDING, State.APPEALED, State.WAIVED), after=State.RECHECKED),
    Step(verb=Verb.FAIL, roles=_WATCHERS, before=(State.REPLIED,), after=State.OPEN),
    Step(verb=Verb.FAIL, roles=_WATCHERS, before=(State.RECHECKED,), after=State.RETURNED),
    Step(
        verb=Verb.FAIL,
        roles=_WATCHERS,
        before=(State.OPEN, State.RETURNED, State.REJECTED, State.APPEALED, State.WAIVED),
        after=None,
    ),
    Step(verb=Verb.CLOSE, roles=_WATCHERS, before=(State.RECHECKED,), after=State.CLOSED),
    Step(verb=Verb.RETURN, roles=_WATCHERS, before=(State.RECHECKED, State.CLOSED), after=State.RETURNED),
    Step(verb=Verb.WAIVE, roles=(Role.SUPERVISOR,), before=(*MENDING, State.APPEALED, State.WAIVED), after=State.WAIVED),
    Step(verb=Verb.REJECT, roles=(Role.SUPERVISOR,), before=(State.APPEALED, State.REPLIED), after=State.REJECTED),
    Step(verb=Verb.REVOKE, roles=(Role.SUPERVISOR,), before=(State.WAIVED,), after=State.OPEN),
    Step(verb=Verb.EXPIRE, roles=(Role.MACHINE,), before=(State.WAIVED,), after=State.OPEN),
    Step(verb=Verb.RETIRE, roles=(Role.MACHINE,), before=UNSETTLED, after=State.CLOSED),
    Step(verb=Verb.RESUME, roles=(Role.MACHINE,), before=(State.CLOSED,), after=State.OPEN),
    *(Step(verb=verb, roles=_WATCHERS, before=UNSETTLED, after=None) for verb in (Verb.MOVE, Verb.RENAME, Verb.RESCHEDULE)),
)


@cache
def after(verb: Verb, role: Role, before: State) -> State:
    """State in which ``role`` leaves a ticket by ``verb``; raises :class:`TransitionRefused` with what is possible."""
    if all(role not in step.roles for step in STEPS if step.verb is verb):
        who = "、".join(dict.fromkeys(each for step in STEPS if step.verb is verb for each in step.roles))
        raise TransitionRefused(f"“{verb}”由{who}办理，{role}不能办理。")
    for step in STEPS:
        if step.verb is verb and role in step.roles and before in step.before:
            return before if step.after is None else step.after
    possible = "、".join(_verbs_from(before, role)) or "无"
    raise TransitionRefused(f"整改单现在是“{before}”，不能{verb}；{role}现在可以办理的有：{possible}。")


def _verbs_from(state: State, role: Role) -> Iterable[str]:
    return dict.fromkeys(step.verb.value for step in STEPS if state in step.before and role in step.roles)
