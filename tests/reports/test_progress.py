"""整改进展."""

from typing import Any

from reports.progress import Ledger, Progress, make_progress
from reports.result import FixedLine, TicketEvent, TicketLine, Unit
from tests.reports.factories import AS_OF, make_finding, make_result, make_unit


def make_ticket(**words: Any) -> TicketLine:
    fields = {
        "id": "T-0001",
        "fingerprint": "f",
        "rule": "outdated-guide",
        "department": "松湖县教育局",
        "state": "待整改",
        "source": "audit",
        "due": "2026-12-04",
    }
    return TicketLine(**(fields | words))


def make_fixed(**words: Any) -> FixedLine:
    return FixedLine(**({"rule": "dead-link", "rule_title": "链接打不开", "fingerprint": "d"} | words))


def progress(unit: Unit, *tickets: TicketLine) -> Progress:
    return make_progress(unit, Ledger.of(make_result(unit, tickets=tickets)), AS_OF)


def test_without_an_earlier_run_and_without_a_ledger_there_is_nothing_to_say() -> None:
    found = progress(make_unit(findings=(make_finding(),)))
    assert (found.counts, found.fixed, found.tickets) == ((), (), ())


def test_only_problems_are_counted_and_what_was_mended_beside_them() -> None:
    findings = (
        make_finding(change="new"),
        make_finding(change="still"),
        make_finding(change="reopened"),
        make_finding(change="new", outcome="lead"),
        make_finding(change="new", outcome="waived"),
    )
    found = progress(make_unit(findings=findings, fixed=(make_fixed(),)))
    assert found.counts == (
        ("new", "新增", 1),
        ("reopened", "复发", 1),
        ("still", "仍未整改", 1),
        ("fixed", "已整改", 1),
    )


def test_open_tickets_of_the_unit_that_no_line_stands_for_are_listed_by_day() -> None:
    unit = make_unit(findings=(make_finding(ticket="T-0001"),), fixed=(make_fixed(ticket="T-0002"),))
    found = progress(
        unit,
        make_ticket(id="T-0001"),
        make_ticket(id="T-0002"),
        make_ticket(id="T-0003", state="销号"),
        make_ticket(id="T-0004", department="松湖县财政局"),
        make_ticket(id="T-0005", due=None),
        make_ticket(id="T-0006", due="2026-11-18", history=(TicketEvent(at=AS_OF, state="待整改", note="请复查。"),)),
        make_ticket(id="T-0007", due="2026-11-19", state="申诉中"),
    )
    assert [(row.id, row.due, row.overdue, row.note) for row in found.tickets] == [
        ("T-0006", "2026-11-18", True, "请复查。"),
        ("T-0007", "2026-11-19", False, ""),
        ("T-0005", "", False, ""),
    ]


def test_tickets_of_nobody_are_the_portals() -> None:
    portal = make_unit(kind="portal", name="松湖县人民政府")
    assert [row.id for row in progress(portal, make_ticket(department=None)).tickets] == ["T-0001"]
    assert progress(make_unit(), make_ticket(department=None)).tickets == ()


def test_a_ticket_takes_its_title_from_a_rule_the_result_speaks_of() -> None:
    unit = make_unit(findings=(make_finding(rule="outdated-guide", rule_title="指南一年内未更新"),))
    assert progress(unit, make_ticket()).tickets[0].title == "指南一年内未更新"
    assert progress(make_unit(), make_ticket()).tickets[0].title == "outdated-guide"


def test_what_does_not_fit_is_counted() -> None:
    unit = make_unit(fixed=tuple(make_fixed(message="话" * 300) for _ in range(2000)))
    found = progress(unit, *(make_ticket(id=f"T-{n}") for n in range(2000)))
    assert found.fixed
    assert found.tickets
    assert len(found.fixed) < found.fixed_total == 2000
    assert len(found.tickets) < found.tickets_total == 2000
