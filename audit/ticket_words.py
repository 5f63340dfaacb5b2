"""``zhaocuo tickets``: lists, stories and receipts as plain lines."""

from collections.abc import Iterable, Iterator
from datetime import date

from audit.deadlines import DeadlineRules, Standing
from audit.ledger.states import LATE_STATES, State
from audit.ledger.views import EventView, TicketView
from audit.wording import plain

MAX_MESSAGE = 60
"""Characters of a message in a list."""


def list_lines(tickets: Iterable[TicketView], deadlines: DeadlineRules, today: date) -> Iterator[str]:
    """One line a ticket: number, state, last day, 单位, what it is."""
    for ticket in tickets:
        what = ticket.rule_title or ticket.message
        where = ticket.department or ticket.portal_name or ticket.portal_host
        yield plain(
            f"{ticket.number}  {ticket.state}  {due_words(ticket, deadlines, today)}  {where}  {what[:MAX_MESSAGE]}  {ticket.url}"
        )


def due_words(ticket: TicketView, deadlines: DeadlineRules, today: date) -> str:
    """The last day, and where the ticket stands against it."""
    if ticket.state is State.WAIVED and ticket.waiver is not None:
        return f"豁免到 {ticket.waiver.until}"
    if ticket.state is State.CLOSED:
        return f"{ticket.closed_on} 销号"
    if ticket.due is None:
        return "没有期限"
    said = f"期限 {ticket.due}" + ("（暂定）" if ticket.due_provisional else "")
    return said + (_lateness(ticket, ticket.due, deadlines, today) if ticket.state in LATE_STATES else "")


def _lateness(ticket: TicketView, due: date, deadlines: DeadlineRules, today: date) -> str:
    match deadlines.standing(due, today, source=ticket.source):
        case Standing.OVERDUE:
            return f" 超期 {deadlines.overdue_days(due, today)} 个工作日"
        case Standing.DUE_SOON:
            return " 即将超期"
        case _:
            return ""


def story(ticket: TicketView, deadlines: DeadlineRules, today: date) -> Iterator[str]:
    """Everything about one ticket, its history as a story."""
    yield plain(f"{ticket.number}  {ticket.state}  {due_words(ticket, deadlines, today)}")
    facts = {
        "门户": f"{ticket.portal_name} {ticket.portal_url}".strip(),
        "责任单位": _unit(ticket),
        "来源": f"{deadlines.period(ticket.source).title} {ticket.source_number}".strip(),
        "问题": ticket.message,
        "规则": f"{ticket.rule_title}（{ticket.rule}）" if ticket.rule else "",
        "条款": f"{ticket.pack} {ticket.clause}".strip(),
        "网址": ticket.url,
        "位置": ticket.subject if ticket.subject != ticket.url else "",
        "涉及": f"{ticket.count} 处，例如 {'、'.join(ticket.samples[:3])}" if ticket.count > 1 else "",
        "出现在": "、".join(ticket.found_on[:3]),
        "首次发现": str(ticket.first_seen or ""),
        "最近一次看到": f"{ticket.last_seen}（运行 {ticket.seen_run}）" if ticket.last_seen else "",
        "指纹": ticket.fingerprint,
    }
    yield from (plain(f"  {name}：{said}") for name, said in facts.items() if said)
    if ticket.waiver is not None and ticket.waiver.ended is None:
        used = f"，最近一次用上是 {ticket.waiver.used_on}" if ticket.waiver.used_on else "，还没有用上过"
        yield plain(f"  豁免：到 {ticket.waiver.until}，{ticket.waiver.by}，{ticket.waiver.reason}{used}")
    yield "  经过："
    yield from (plain(f"    {line}") for event in ticket.events for line in event_lines(event))


def _unit(ticket: TicketView) -> str:
    contact = "，".join(filter(None, (ticket.responsible, ticket.contact)))
    name = ticket.department or "门户主办单位"
    return f"{name}（责任人 {contact}）" if contact else name


def event_lines(event: EventView) -> Iterator[str]:
    """``2026-11-20 09:00  待整改 → 已反馈  承办单位 李某：反馈。…``"""
    way = f"{event.before} → {event.after}" if event.before is not None and event.before is not event.after else str(event.after)
    said = event.note if event.note.endswith(("。", "！", "？")) or not event.note else f"{event.note}。"
    yield f"{event.at:%Y-%m-%d %H:%M}  {way}  {event.role} {event.by}：{event.verb}。{said}"
    if event.proof:
        yield f"  佐证：{event.proof}"
    if event.run:
        yield f"  依据：运行 {event.run}"
