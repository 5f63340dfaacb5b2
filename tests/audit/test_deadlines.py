"""Periods by source, the operator's deadlines.yaml, and where a ticket stands against its last day."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from audit.deadlines import Standing, load_deadlines
from audit.errors import DeadlinesInvalid
from audit.folders import DEADLINES_NAME

FRIDAY = date(2026, 11, 20)


def test_each_source_has_its_own_period() -> None:
    rules = load_deadlines()
    assert rules.due(FRIDAY, source="zhaocuo").day == date(2026, 11, 25)
    assert rules.due(FRIDAY, source="audit").day == date(2026, 12, 4)
    assert rules.due(FRIDAY, source="audit", due_days=20).day == date(2026, 12, 18)  # a rule's own goes before
    assert rules.due(FRIDAY, source="evaluation", due_days=0).day == FRIDAY
    assert rules.period("a source nobody knows") == rules.period("audit")


@pytest.mark.parametrize(
    ("today", "standing", "overdue"),
    [
        (date(2026, 11, 23), Standing.IN_TIME, 0),  # two working days left
        (date(2026, 11, 24), Standing.DUE_SOON, 0),  # 第二天
        (date(2026, 11, 25), Standing.DUE_SOON, 0),  # the last day is in time
        (date(2026, 11, 26), Standing.OVERDUE, 1),
        (date(2026, 11, 29), Standing.OVERDUE, 2),  # a Sunday
    ],
)
def test_a_citizens_report_of_friday_has_three_working_days(today: date, standing: Standing, overdue: int) -> None:
    rules = load_deadlines()
    due = rules.due(FRIDAY, source="zhaocuo").day
    assert (rules.standing(due, today, source="zhaocuo"), rules.overdue_days(due, today)) == (standing, overdue)


def test_the_operators_file_corrects_calendar_and_periods(tmp_path: Path) -> None:
    (tmp_path / DEADLINES_NAME).write_text(
        "schema: zhaocuo.deadlines/1\nholidays: [2026-11-23]\nworkdays: [2026-11-21]\nannounced_years: [2027]\n"
        "sources:\n  zhaocuo: {due_days: 2}\n  hotline: {title: 12345热线, due_days: 5, warn_days: 1}\n",
        encoding="utf-8",
    )
    rules = load_deadlines(tmp_path)
    assert rules.corrected
    assert rules.due(FRIDAY, source="zhaocuo").day == date(2026, 11, 24)  # Saturday worked, Monday off
    assert rules.period("zhaocuo").title == "我为政府网站找错"
    assert rules.period("hotline").due_days == 5
    assert not rules.due(date(2026, 12, 28), source="evaluation").provisional


def test_the_shipped_example_is_good(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parents[2] / "examples" / "nightly" / DEADLINES_NAME, tmp_path)
    assert load_deadlines(tmp_path).period("hotline").due_days == 5


def test_without_a_file_the_shipped_figures_stand(tmp_path: Path) -> None:
    assert load_deadlines(tmp_path) == load_deadlines()


def test_every_mistake_of_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / DEADLINES_NAME
    path.write_text(
        "schema: zhaocuo.deadlines/1\nholydays: [2026-11-23]\nworkdays: [明天]\nsources:\n  zhaocuo: {due_days: 9999}\n", "utf-8"
    )
    with pytest.raises(DeadlinesInvalid) as caught:
        load_deadlines(tmp_path)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[-2] for line in lines] == ["2", "3", "5"]
    assert "holidays" in lines[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("holidays: [2026-11-23]\nworkdays: [2026-11-23]\n", "既写成休息日又写成工作日"),
        ("sources: {hotline: {due_days: 5}}\n", "请写全"),
    ],
)
def test_a_file_at_odds_with_itself_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / DEADLINES_NAME).write_text("schema: zhaocuo.deadlines/1\n" + text, encoding="utf-8")
    with pytest.raises(DeadlinesInvalid, match=said):
        load_deadlines(tmp_path)
