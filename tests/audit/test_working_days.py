"""Working days against the State Council's calendar, the years it has not announced, and the operator's own file."""

from datetime import date, timedelta

import holidays
import pytest

from audit.working_days import OFFICIAL, WorkCalendar


def test_weekends_do_not_count() -> None:
    assert OFFICIAL.due_after(date(2026, 11, 20), 3).day == date(2026, 11, 25)  # a Friday: Mon, Tue, Wed


def test_national_day_is_skipped_and_make_up_days_count() -> None:
    # 2026: 1 to 7 October off, Saturday 10 October worked.
    deadline = OFFICIAL.due_after(date(2026, 9, 30), 3)
    assert (deadline.day, deadline.provisional) == (date(2026, 10, 10), False)


def test_no_days_is_the_day_itself() -> None:
    assert OFFICIAL.due_after(date(2026, 11, 20), 0).day == date(2026, 11, 20)


def test_what_is_received_on_a_day_off_has_its_first_day_on_the_next_working_day() -> None:
    assert OFFICIAL.due_after(date(2026, 11, 21), 1).day == date(2026, 11, 23)  # Saturday, then Monday


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_announced_years_is_as_another_library_has_it(year: int) -> None:
    oracle = holidays.country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    differing = [day for day in days if OFFICIAL.is_working(day)[0] != oracle.is_working_day(day)]
    assert differing == []


def test_a_deadline_in_a_year_not_yet_announced_is_provisional_and_does_not_raise() -> None:
    deadline = OFFICIAL.due_after(date(2030, 12, 27), 5)
    assert deadline.provisional
    assert deadline.day > date(2031, 1, 2)  # 1 January is off in every year


@pytest.mark.parametrize(("day", "firm"), [(date(2026, 12, 28), True), (date(2026, 12, 29), False), (date(2027, 1, 4), False)])
def test_the_last_days_of_december_wait_for_the_next_years_announcement(day: date, firm: bool) -> None:
    assert OFFICIAL.is_working(day) == (True, firm)


def test_december_is_firm_once_the_next_year_is_announced() -> None:
    assert WorkCalendar(announced_years=frozenset({2027})).is_working(date(2026, 12, 29)) == (True, True)
    assert OFFICIAL.is_working(date(2025, 12, 31)) == (True, True)


def test_the_operators_days_win_over_both_libraries() -> None:
    calendar = WorkCalendar(
        holidays=frozenset({date(2026, 4, 20), date(2027, 2, 5)}),
        workdays=frozenset({date(2026, 11, 21)}),
    )
    assert calendar.is_working(date(2026, 4, 20)) == (False, True)  # 三月三
    assert calendar.is_working(date(2026, 11, 21)) == (True, True)  # a Saturday
    assert calendar.is_working(date(2027, 2, 5)) == (False, True)
    assert calendar.is_working(date(2027, 2, 4))[1] is False  # the rest of that year is as unknown as before


def test_a_year_the_operator_announced_is_firm() -> None:
    calendar = WorkCalendar(announced_years=frozenset({2027}), workdays=frozenset({date(2027, 2, 20)}))
    assert calendar.is_working(date(2027, 2, 20)) == (True, True)
    assert calendar.is_working(date(2027, 1, 1)) == (False, True)  # statutory, though the file does not repeat it
    assert calendar.is_working(date(2027, 3, 1)) == (True, True)


def test_working_days_between_count_the_end_and_not_the_start() -> None:
    assert OFFICIAL.between(date(2026, 11, 20), date(2026, 11, 25)) == 3
    assert OFFICIAL.between(date(2026, 11, 25), date(2026, 11, 20)) == -3
    assert OFFICIAL.between(date(2026, 11, 21), date(2026, 11, 22)) == 0


def test_a_calendar_without_working_days_ends() -> None:
    every_day = frozenset(date(2026, 1, 1) + timedelta(days=number) for number in range(5_000))
    with pytest.raises(ValueError, match="no 1 working days"):
        WorkCalendar(holidays=every_day).due_after(date(2026, 1, 1), 1)
