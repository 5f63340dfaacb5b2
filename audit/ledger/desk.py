"""What people do with a ticket: each verb checks the table of states, and leaves one event."""

from collections.abc import Sequence
from datetime import date, datetime

from audit.deadlines import DeadlineRules
from audit.errors import UsageInvalid
from audit.ledger.hosts import host_of
from audit.ledger.models import ADDRESS, TEXT, Department, Event, Portal, Ticket, Waiver
from audit.ledger.reading import ticket_row
from audit.ledger.states import LATE_STATES, State, Verb, after
from audit.ledger.views import Actor, Deed, NewTicket

_SETTLED = (State.CLOSED, State.RECHECKED, State.WAIVED)
_BATCH = 500
"""Rows a statement."""

_NOTE_NEEDED = {
    Verb.REPLY: "反馈要写明怎样整改的（--text）。",
    Verb.APPEAL: "申诉要写明理由（--reason）。",
    Verb.WAIVE: "豁免要写明理由（--reason）。",
    Verb.REJECT: "驳回要写明理由（--reason）。",
    Verb.REVOKE: "撤销豁免要写明理由（--reason）。",
}


def act(number: str, deed: Deed, deadlines: DeadlineRules) -> Ticket:
    """Do ``deed`` to the ticket, inside the caller's transaction.

    Raises :class:`~audit.errors.TicketNotFound`, :class:`~audit.errors.TransitionRefused`, or :class:`UsageInvalid` when the deed
    lacks its reason, its person or its last day.
    """
    _check(deed)
    row = ticket_row(number, lock=True)
    before = State(row.state)
    row.state = after(deed.verb, deed.by.role, before).value
    if deed.verb is Verb.WAIVE and deed.until is not None:
        _end_waivers(row, deed.at.date())
        Waiver.objects.create(ticket=row, reason=deed.note, by=deed.by.name, granted_at=deed.at, until=deed.until)
    elif before is State.WAIVED and row.state != State.WAIVED:
        _end_waivers(row, deed.at.date())
    if row.state == State.CLOSED:
        row.closed_on = deed.at.date()
    elif before is State.CLOSED:
        row.closed_on = None
    if before in _SETTLED and State(row.state) in LATE_STATES:
        _restart(row, deed.at.date(), deadlines)
    row.save(update_fields=["state", "closed_on", "received", "due", "due_provisional"])
    _record(row, before.value, deed)
    return row


def _restart(row: Ticket, day: date, deadlines: DeadlineRules) -> None:
    """The 承办单位 has to mend it anew: working days are counted again."""
    row.received = day
    if row.due_days is not None:
        deadline = deadlines.calendar.due_after(day, row.due_days)
        row.due, row.due_provisional = deadline.day, deadline.provisional


def _check(deed: Deed) -> None:
    if not deed.by.name.strip():
        raise UsageInvalid("请用 --by 写明办理人。")
    if deed.verb in _NOTE_NEEDED and not deed.note.strip():
        raise UsageInvalid(_NOTE_NEEDED[deed.verb])
    if len(deed.note) > TEXT:
        raise UsageInvalid(f"说明最多 {TEXT} 个字，现在有 {len(deed.note)} 个，请缩短。")
    if deed.verb is Verb.WAIVE:
        if deed.until is None:
            raise UsageInvalid("豁免要写明最后一天（--until）。")
        if deed.until < deed.at.date():
            raise UsageInvalid(f"豁免的最后一天 {deed.until} 已经过去，请改为今天或以后的日子。")


def _end_waivers(row: Ticket, day: date) -> None:
    row.waivers.filter(ended__isnull=True).update(ended=day)


def _record(row: Ticket, before: str, deed: Deed) -> None:
    _event(row, before, deed).save()


def _event(row: Ticket, before: str, deed: Deed) -> Event:
    return Event(
        ticket=row,
        at=deed.at,
        by=deed.by.name,
        role=deed.by.role.value,
        verb=deed.verb.value,
        before=before,
        after=row.state,
        note=deed.note[:TEXT],
        proof=deed.proof[:ADDRESS],
        run=deed.run,
    )


def register(new: NewTicket, by: Actor, at: datetime, deadlines: DeadlineRules) -> Ticket:
    """Enter what a person reports, inside the caller's transaction; 单位 and portal are entered when they are new."""
    return register_all([new], by, at, deadlines)[0]


def register_all(news: Sequence[NewTicket], by: Actor, at: datetime, deadlines: DeadlineRules) -> list[Ticket]:
    """Like :func:`register` for a whole list, in its order: every portal and 单位 is looked up once."""
    portals = {url: portal_row(url) for url in dict.fromkeys(new.portal_url for new in news)}
    places = dict.fromkeys((new.portal_url, new.department) for new in news)
    units = {place: department_row(portals[place[0]], place[1]) for place in places}
    rows = [_ticket(new, portals[new.portal_url], units[new.portal_url, new.department], deadlines) for new in news]
    Ticket.objects.bulk_create(rows, batch_size=_BATCH)
    deeds = (Deed(verb=Verb.REGISTER, by=by, at=at, note=new.note) for new in news)
    Event.objects.bulk_create([_event(row, "", deed) for row, deed in zip(rows, deeds, strict=True)], batch_size=_BATCH)
    return rows


def _ticket(new: NewTicket, portal: Portal, unit: Department | None, deadlines: DeadlineRules) -> Ticket:
    days = deadlines.period(new.source).due_days if new.due_days is None else new.due_days
    deadline = None if new.due else deadlines.calendar.due_after(new.received, days)
    return Ticket(
        portal=portal,
        department=unit,
        state=State.OPEN.value,
        source=new.source,
        source_number=new.source_number,
        rule=new.rule,
        rule_title=new.rule_title[:255],
        url=new.url[:ADDRESS],
        subject=new.subject[:TEXT],
        message=new.message[:TEXT],
        details=dict(new.details),
        received=new.received,
        due=deadline.day if deadline else new.due,
        due_days=days if deadline else None,
        due_provisional=deadline.provisional if deadline else False,
        first_seen=new.received,
    )


def portal_row(url: str, name: str = "") -> Portal:
    """The portal at ``url``, entered when it is new."""
    row, _ = Portal.objects.get_or_create(host=host_of(url), defaults={"url": url[:ADDRESS], "name": name[:255]})
    return row


def department_row(portal: Portal, name: str | None) -> Department | None:
    """The 单位 that bears or bore ``name``, entered when it is new; None for the portal itself."""
    if not name:
        return None
    rows = list(portal.departments.all())
    found = next((row for row in rows if row.name == name), None) or next((row for row in rows if name in row.aliases), None)
    return found or Department.objects.create(portal=portal, name=name[:255])
