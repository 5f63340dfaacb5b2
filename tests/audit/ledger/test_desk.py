"""What people do with tickets, on both databases."""

from datetime import date

import pytest

from audit.errors import AuditError, TicketNotFound, TransitionRefused, UsageInvalid
from audit.ledger.states import State, Verb
from audit.ledger.views import Deed, TicketQuery
from tests.audit.ledger.ledgers import CLERK, HOME, INSPECTOR, at, complaint


def registered(ledger, **words):
    return ledger.register(complaint(**words), INSPECTOR, at("2026-11-20"))


def test_a_complaint_is_entered_with_its_last_day_in_working_days(ledger):
    ticket = registered(ledger)
    assert (ticket.number, ticket.state, ticket.department) == ("T000001", State.OPEN, "财政局")
    assert (ticket.received, ticket.due, ticket.due_provisional) == (date(2026, 11, 20), date(2026, 11, 25), False)
    assert [(event.verb, event.before, event.after, event.by) for event in ticket.events] == [
        (Verb.REGISTER, None, State.OPEN, "王科长")
    ]


def test_a_day_that_the_list_sets_is_kept(ledger):
    assert registered(ledger, due=date(2026, 12, 4)).due == date(2026, 12, 4)


def test_the_whole_way_of_a_ticket_reads_as_a_story(ledger):
    number = registered(ledger).number
    ledger.act(number, Deed(verb=Verb.REPLY, by=CLERK, at=at("2026-11-21"), note="已更换链接。", proof=f"{HOME}czj/new.html"))
    ledger.act(number, Deed(verb=Verb.FAIL, by=INSPECTOR, at=at("2026-11-22"), note="仍打不开。"))
    ledger.act(number, Deed(verb=Verb.REPLY, by=CLERK, at=at("2026-11-23"), note="这次真的换了。"))
    ledger.act(number, Deed(verb=Verb.PASS, by=INSPECTOR, at=at("2026-11-24"), note="已打开。"))
    ticket = ledger.act(number, Deed(verb=Verb.CLOSE, by=INSPECTOR, at=at("2026-11-24", 10)))
    assert [event.after.value for event in ticket.events] == [
        "待整改", "已反馈", "待整改", "已反馈", "复查通过", "销号",
    ]  # fmt: skip
    assert ticket.events[1].proof == f"{HOME}czj/new.html"
    assert ticket.closed_on == date(2026, 11, 24)
    assert ticket.events[0].at == at("2026-11-20")


def test_an_appeal_ends_in_a_waiver_with_reason_person_and_last_day(ledger):
    number = registered(ledger).number
    ledger.act(number, Deed(verb=Verb.APPEAL, by=CLERK, at=at("2026-11-21"), note="该栏目依法不公开。"))
    waived = ledger.act(
        number, Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-22"), note="情况属实。", until=date(2027, 3, 31))
    )
    assert waived.state is State.WAIVED
    assert (waived.waiver.reason, waived.waiver.by, waived.waiver.until, waived.waiver.ended) == (
        "情况属实。", "王科长", date(2027, 3, 31), None,
    )  # fmt: skip
    revoked = ledger.act(number, Deed(verb=Verb.REVOKE, by=INSPECTOR, at=at("2026-11-23"), note="情况有变。"))
    assert (revoked.state, revoked.waiver.ended) == (State.OPEN, date(2026, 11, 23))


@pytest.mark.parametrize(
    "deed",
    [
        Deed(verb=Verb.REPLY, by=CLERK, at=at("2026-11-21")),
        Deed(verb=Verb.APPEAL, by=CLERK, at=at("2026-11-21"), note=" "),
        Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-21"), note="理由"),
        Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-21"), note="理由", until=date(2026, 11, 20)),
        Deed(verb=Verb.REPLY, by=CLERK, at=at("2026-11-21"), note="字" * 4_001),
        Deed(verb=Verb.CLOSE, by=INSPECTOR, at=at("2026-11-21")),
    ],
)
def test_a_deed_that_lacks_something_leaves_no_trace(ledger, deed):
    number = registered(ledger).number
    with pytest.raises((UsageInvalid, TransitionRefused)) as refused:
        ledger.act(number, deed)
    assert str(refused.value).endswith("。")
    ticket = ledger.ticket(number)
    assert (ticket.state, len(ticket.events), ticket.waiver) == (State.OPEN, 1, None)


@pytest.mark.parametrize("number", ["T000999", "", "abc", "T-1", "９", "9" * 40])
def test_an_unknown_number_is_one_sentence(ledger, number):
    with pytest.raises(TicketNotFound):
        ledger.ticket(number)


@pytest.mark.parametrize("number", ["T000001", "t1", "1", " T000001 "])
def test_a_number_may_be_written_short(ledger, number):
    registered(ledger)
    assert ledger.ticket(number).number == "T000001"


def test_an_import_that_fails_half_way_enters_nothing(ledger):
    def half_way():
        with ledger.atomic():
            registered(ledger)
            registered(ledger, department="民政局")
            ledger.ticket("T000077")

    with pytest.raises(AuditError):
        half_way()
    assert (ledger.count(), ledger.departments(HOME)) == (0, ())


def test_tickets_are_found_by_what_people_ask_for(ledger):
    first, second = registered(ledger), registered(ledger, department="民政局", source="evaluation", url=f"{HOME}mzj/")
    ledger.act(second.number, Deed(verb=Verb.REPLY, by=CLERK, at=at("2026-11-21"), note="已改。"))
    asked = {
        "department": TicketQuery(department="民政局"),
        "state": TicketQuery(states=(State.REPLIED,)),
        "source": TicketQuery(source="evaluation"),
        "url": TicketQuery(url=f"{HOME}mzj/"),
    }
    assert {name: [ticket.number for ticket in ledger.tickets(query)] for name, query in asked.items()} == {
        name: [second.number] for name in asked
    }
    assert [ticket.number for ticket in ledger.tickets(TicketQuery(portal_url="https://qianhe.gov.cn"))] == [
        first.number, second.number,
    ]  # fmt: skip
    assert not list(ledger.tickets(TicketQuery(portal_url="http://other.gov.cn/")))


def test_a_person_responsible_stands_on_the_tickets_of_the_unit(ledger):
    number = registered(ledger).number
    ledger.set_contact(HOME, "财政局", responsible="赵主任", contact="0000-1234567")
    ticket = ledger.ticket(number)
    assert (ticket.responsible, ticket.contact) == ("赵主任", "0000-1234567")


def test_history_cannot_be_rewritten(ledger):
    from django.db import DatabaseError, connection, transaction

    from audit.ledger.models import AppendOnlyError, Event

    registered(ledger)
    event = Event.objects.get()
    event.note = "改写"
    for forbidden in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(note="改写")):
        with pytest.raises(AppendOnlyError):
            forbidden()
    for statement in ("UPDATE ledger_event SET note = 'x'", "DELETE FROM ledger_event"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Event.objects.get().note == ""
