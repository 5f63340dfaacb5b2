"""What a list says of a ticket: 整改措施, 整改结果, 整改后链接, 复查结论, 销号时间."""

from collections.abc import Mapping

from audit.ledger.states import State, Verb
from audit.ledger.views import EventView, TicketView

RESULT = {
    State.OPEN: "未整改",
    State.REPLIED: "已整改，待复查",
    State.RECHECKED: "已整改",
    State.CLOSED: "已整改",
    State.RETURNED: "再次出现，未整改",
    State.APPEALED: "申诉中",
    State.REJECTED: "申诉已驳回，未整改",
}
CONCLUSION = {Verb.PASS: "合格", Verb.FAIL: "不合格", Verb.RETURN: "复发", Verb.RETIRE: "规则已改，不再是问题"}


def columns_of(ticket: TicketView) -> Mapping[str, str]:
    """By field of ``headings.yaml``; what has not happened yet is left out."""
    reply = _last(ticket, Verb.REPLY)
    checked = _last(ticket, *CONCLUSION)
    waived = f"豁免至 {ticket.waiver.until}" if ticket.state is State.WAIVED and ticket.waiver else "豁免"
    columns = {
        "measures": reply.note if reply else "",
        "result": RESULT.get(ticket.state, waived),
        "proof": reply.proof if reply else "",
        "recheck_time": checked.at.date().isoformat() if checked else "",
        "rechecker": checked.by if checked else "",
        "conclusion": CONCLUSION[checked.verb] if checked else "",
        "closed": ticket.closed_on.isoformat() if ticket.closed_on else "",
    }
    return {name: text for name, text in columns.items() if text}


def _last(ticket: TicketView, *verbs: Verb) -> EventView | None:
    return next((event for event in reversed(ticket.events) if event.verb in verbs), None)
