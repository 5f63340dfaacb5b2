"""Progress: plain lines where there is no terminal, nothing a page says can steer it."""

import io

from audit.terminal import ProgressDisplay, RateMeter, duration, line
from crawler.progress import Progress


def test_without_a_terminal_each_phase_is_one_plain_line() -> None:
    stream = io.StringIO()
    with ProgressDisplay("www.example.gov.cn", stream) as display:
        for pages in range(5):
            display(Progress(phase="crawl", pages=pages, fetched=pages))
        display(Progress(phase="third", pages=5, fetched=5))
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert "www.example.gov.cn" in lines[0]
    assert "\x1b" not in stream.getvalue()


def test_a_hostile_host_name_cannot_send_escapes() -> None:
    assert "\x1b" not in line(Progress(), RateMeter(), "a\x1b[2Jb\u202e")


def test_the_rate_is_of_the_last_seconds() -> None:
    meter = RateMeter()
    for second in range(60):
        meter.add(second, 100 if second < 30 else 100 + (second - 30) * 5)
    assert meter.rate == 5
    assert meter.seconds_left(50) == 10


def test_nothing_is_said_of_time_before_anything_moved() -> None:
    meter = RateMeter()
    meter.add(0, 0)
    assert meter.seconds_left(10) is None
    assert duration(None) == "未知"


def test_durations_read_like_durations() -> None:
    assert [duration(seconds) for seconds in (5, 65, 3_700)] == ["5 秒", "1 分 5 秒", "1 小时 1 分"]
