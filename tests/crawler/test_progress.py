"""What the terminal is told, and how often."""

from crawler.progress import PHASES, Counters, Progress


def test_reports_come_at_most_twice_a_second_and_at_once_when_asked() -> None:
    told: list[Progress] = []
    moments = iter([0.0, 0.1, 0.2, 0.6, 0.7])
    counters = Counters(report=told.append, clock=lambda: next(moments))
    for pages in range(4):
        counters.tell(lambda pages=pages: Progress(pages=pages))
    counters.tell(lambda: Progress(pages=99), now=True)
    assert [one.pages for one in told] == [0, 3, 99]


def test_nobody_listening_costs_no_snapshot() -> None:
    def never() -> Progress:
        raise AssertionError("no snapshot is due")

    Counters().tell(never, now=True)


def test_every_phase_has_a_name() -> None:
    assert all(Progress(phase=phase).phase_name == name for phase, name in PHASES.items())
