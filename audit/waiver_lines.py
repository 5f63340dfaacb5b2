"""豁免 on the cards: what each waiver came to in a run."""

from collections.abc import Collection
from datetime import date
from typing import Literal

from audit.ledger.states import State, Verb
from audit.ledger.views import TicketView, WaiverView
from reports.result import WaiverLine

_SETTLING = frozenset({Verb.PASS, Verb.CLOSE, Verb.RETIRE})


def waiver_line(ticket: TicketView, covered: Collection[str], as_of: date) -> WaiverLine | None:
    """What the ticket's last waiver came to; None: it never had one, or nothing is to be said of it any more.

    ``covered``: numbers of the tickets whose faults this run found and a waiver hid.
    """
    waiver = ticket.waiver
    state = _state(ticket, waiver, covered, as_of) if waiver is not None else None
    if waiver is None or state is None:
        return None
    return WaiverLine(
        state=state,
        ticket=ticket.number,
        rule=ticket.rule,
        rule_title=ticket.rule_title,
        url=ticket.url,
        subject=ticket.subject,
        message=ticket.message,
        reason=waiver.reason,
        by=waiver.by,
        granted=waiver.granted_at.date().isoformat(),
        until=waiver.until.isoformat(),
    )


def _state(
    ticket: TicketView, waiver: WaiverView, covered: Collection[str], as_of: date
) -> Literal["used", "unused", "expired"] | None:
    if ticket.state is State.WAIVED:
        if ticket.number in covered:
            return "used"
        return "unused" if waiver.until >= as_of else "expired"
    return "expired" if _ran_out(ticket) else None


def _ran_out(ticket: TicketView) -> bool:
    """The last waiver ended with its last day, and the problem has stood ever since."""
    verbs = [event.verb for event in ticket.events]
    if Verb.EXPIRE not in verbs:
        return False
    after = verbs[len(verbs) - 1 - verbs[::-1].index(Verb.EXPIRE) :]
    return Verb.WAIVE not in after and not _SETTLING & set(after)
