"""接下来要做的."""

from typing import Any

import pytest

from reports.due import MAX_NEXT, Agenda
from reports.result import DueSoonLine
from reports.view import make_method, make_scorecard
from tests.reports.factories import HOST, bad_unit, make_column, make_finding, make_result, make_unit, rich_result


def agenda(**words: Any) -> Agenda:
    result = make_result(make_unit(**words))
    return make_scorecard(result.units[0], result, make_method(result)).agenda


def ticket(**words: Any) -> DueSoonLine:
    return DueSoonLine(**({"kind": "ticket", "title": "有错字", "url": f"{HOST}/a", "due": "2026-11-23", "days_left": 3} | words))


def test_problems_columns_and_tickets_are_joined_by_day() -> None:
    result = rich_result()
    shown = make_scorecard(bad_unit(), result, make_method(result)).agenda
    assert [(item.day, item.text, item.left, item.target) for item in shown.items] == [
        ("2026-11-18", "栏目没有内容", "已超期 2 天", "F-0f0f0f0f"),
        ("2026-11-19", "招生页面有错字", "已超期 1 天", "progress"),
        ("2026-11-23", "栏目“工作动态”应有新内容", "还剩 3 天", "columns"),
        ("2026-12-04", "没有年报栏目", "还剩 14 天", "F-5c5c5c5c"),
        ("2026-12-04", "法定栏目没有内容", "还剩 14 天", "F-3a9c01d2"),
    ]
    assert [item.tone for item in shown.items] == ["late", "late", "soon", "later", "later"]


def test_a_day_that_may_still_move_says_so() -> None:
    assert agenda(findings=(make_finding(due_provisional=True),)).items[0].note == "期限暂定"


def test_a_column_the_audit_warns_of_is_not_listed_twice() -> None:
    column = make_column(newest="2026-11-09", age_days=11, max_age_days=14, status="due-soon")
    warning = DueSoonLine(kind="column", title=column.name, url=column.url, due="2026-11-23", days_left=3)
    assert len(agenda(columns=(column,)).items) == 1
    assert len(agenda(columns=(column,), due_soon=(warning,)).items) == 1


def test_a_ticket_whose_problem_is_on_the_card_is_not_listed_twice() -> None:
    finding = make_finding(due="2026-11-23")
    assert len(agenda(findings=(finding,), due_soon=(ticket(url=finding.url),)).items) == 1
    assert len(agenda(findings=(finding,), due_soon=(ticket(),)).items) == 2


def test_a_ticket_without_a_place_of_its_own_leads_to_the_findings() -> None:
    assert agenda(due_soon=(ticket(),)).items[0].target == "findings"


def test_problems_of_one_rule_and_day_are_one_line() -> None:
    found = agenda(findings=tuple(make_finding(number=f"F-{n}", fingerprint=str(n)) for n in range(3)))
    assert [(item.text, item.target) for item in found.items] == [("法定栏目没有内容（3 处）", "F-0")]


@pytest.mark.parametrize(
    "words", [{"outcome": "lead"}, {"outcome": "waived"}, {"due": None}, {"ticket_state": "申诉中"}, {"ticket_state": "已反馈"}]
)
def test_nothing_is_asked_for_without_a_problem_and_a_day(words: dict[str, Any]) -> None:
    assert agenda(findings=(make_finding(**words),)).items == ()


def test_what_is_not_listed_is_counted() -> None:
    found = agenda(
        findings=tuple(make_finding(rule=f"r{n}", rule_title=f"问题{n}", number=f"F-{n}", fingerprint=str(n)) for n in range(9))
    )
    assert (len(found.items), found.total) == (MAX_NEXT, 9)
