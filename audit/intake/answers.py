"""整改链接表: what a 单位 fills into the sheet it was given, as a reply; and what the ledger wrote there itself."""

from datetime import datetime

from audit.intake.rows import Row
from audit.intake.standing import RESULT, columns_of
from audit.intake.vocabulary import vocabulary
from audit.ledger.states import Role, State, Verb, after
from audit.ledger.views import Actor, Deed, TicketView

_FILLED = ("measures", "result", "proof")
UNNAMED = "承办单位"


def _known(ticket: TicketView, name: str) -> set[str]:
    """What the ledger says in this column or said earlier: a sheet that was given out weeks ago answers nothing anew."""
    replies = [event for event in ticket.events if event.verb is Verb.REPLY]
    earlier = {"measures": {event.note for event in replies}, "proof": {event.proof for event in replies}}
    return {"", columns_of(ticket).get(name, ""), *(_results(ticket) if name == "result" else earlier[name])}


def _results(ticket: TicketView) -> set[str]:
    """Words of 整改结果 that are no news: all of ours, and 已整改 where the ledger has that already."""
    mended = vocabulary().mended
    waiting = ticket.state in {State.OPEN, State.RETURNED, State.REJECTED, State.APPEALED}
    return {text for text in RESULT.values() if text not in mended} | (set() if waiting else set(mended))


def answer_of(row: Row, ticket: TicketView, at: datetime) -> Deed | None:
    """The reply that ``row`` holds; None when it says nothing that the ledger does not say.

    Raises :class:`~audit.errors.TransitionRefused` when the ticket takes no reply in its state.
    """
    said = {name: row.text(name) for name in _FILLED if row.text(name) not in _known(ticket, name)}
    if not said:
        return None
    after(Verb.REPLY, Role.UNIT, ticket.state)
    names = vocabulary().names
    measures = said.get("measures") or row.text("measures")
    note = (
        "；".join(part for part in (measures, f"{names['result']}：{said['result']}" if "result" in said else "") if part)
        or f"{names['proof']}见下。"
    )
    who = ticket.responsible or ticket.department or UNNAMED
    return Deed(verb=Verb.REPLY, by=Actor(name=who, role=Role.UNIT), at=at, note=note, proof=row.text("proof"))
