"""When a run cannot be trusted, and when outlinks cannot."""

from crawler.facts import FailureKind as Kind
from crawler.health import WINDOW, RunHealth


def test_more_than_half_failing_first_looks_raise_the_alarm() -> None:
    health = RunHealth()
    for number in range(WINDOW):
        health.note_inside(Kind.RESET if number % 2 else None, None)
    assert health.alarm() is None
    health.note_inside(Kind.RESET, None)
    assert health.alarm() == "line"
    health.all_clear()
    assert health.alarm() is None


def test_a_few_failures_at_the_start_raise_none() -> None:
    health = RunHealth()
    for _ in range(WINDOW - 1):
        health.note_inside(Kind.TIMEOUT_READ, None)
    assert health.alarm() is None


def test_dead_links_raise_none() -> None:
    health = RunHealth()
    for _ in range(WINDOW):
        health.note_inside(Kind.NOT_FOUND, 404)
    assert health.alarm() is None


def test_blocks_are_told_from_a_broken_line() -> None:
    health = RunHealth()
    for _ in range(WINDOW):
        health.note_inside(Kind.BLOCKED, 412)
    assert health.alarm() == "blocked"


def test_outside_is_out_of_reach_when_nearly_all_hosts_fail_alike() -> None:
    health = RunHealth()
    for number in range(10):
        health.note_outside(f"host{number}", Kind.SERVER_ERROR, 502)
    assert health.outside_reachable() is False


def test_hosts_that_fail_each_in_their_own_way_are_their_own_fault() -> None:
    health = RunHealth()
    kinds = [Kind.DNS, Kind.RESET, Kind.TLS, Kind.NOT_FOUND, Kind.REFUSED, Kind.TIMEOUT_READ]
    for number, kind in enumerate(kinds):
        health.note_outside(f"host{number}", kind, None)
    assert health.outside_reachable() is True


def test_one_answer_of_a_host_is_enough_for_it() -> None:
    health = RunHealth()
    for number in range(9):
        health.note_outside(f"host{number}", Kind.DNS, None)
    health.note_outside("host0", None, 200)
    health.note_outside("host0", Kind.DNS, None)
    assert health.outside_reachable() is True


def test_too_few_hosts_say_nothing() -> None:
    health = RunHealth()
    assert health.outside_reachable() is None
    for number in range(4):
        health.note_outside(f"host{number}", Kind.TLS if number else Kind.DNS, None)
    assert health.outside_reachable() is None


def test_no_foreign_host_is_accused_when_not_one_could_be_connected_to() -> None:
    health = RunHealth()
    health.note_outside("pucha.example", Kind.DNS, None)
    health.note_outside("bszs.example", Kind.SERVER_ERROR, 502)
    assert health.outside_reachable() is False
