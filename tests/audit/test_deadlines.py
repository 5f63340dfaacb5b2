"""Deadlines against the State Council's 2026 calendar and the years it has not announced."""

from datetime import date

from audit.deadlines import due_after


def test_weekends_do_not_count() -> None:
    assert due_after(date(2026, 11, 20), 3).day == date(2026, 11, 25)  # a Friday: Mon, Tue, Wed


def test_national_day_is_skipped_and_make_up_days_count() -> None:
    # 2026: 1 to 7 October off, Saturday 10 October worked.
    deadline = due_after(date(2026, 9, 30), 3)
    assert (deadline.day, deadline.provisional) == (date(2026, 10, 10), False)


def test_a_deadline_in_a_year_not_yet_announced_is_provisional_and_does_not_raise() -> None:
    deadline = due_after(date(2030, 12, 27), 5)
    assert deadline.provisional
    assert deadline.day > date(2031, 1, 2)  # 1 January is off in every year


def test_no_days_is_the_day_itself() -> None:
    assert due_after(date(2026, 11, 20), 0).day == date(2026, 11, 20)
