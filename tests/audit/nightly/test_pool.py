"""The pool: side by side and bounded, one that fails or hangs harms no other, nothing is left running."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from audit.nightly.pool import Job, JobEnd, audit_command, run_pool
from audit.nightly.portals import NightPortal

HOUR = 3600


def portal(name: str, seconds: float = 60) -> NightPortal:
    return NightPortal(name=name, slug=name, target="http://a.cn/", url="http://a.cn/", hours=seconds / HOUR)


def job(tmp_path: Path, name: str, code: str) -> Job:
    return Job(portal=portal(name), command=(sys.executable, "-c", code), log=tmp_path / f"{name}.log")


def limited_job(tmp_path: Path, name: str, script: str, seconds: float) -> Job:
    """A shell script: it has begun long before its time is up, also on a machine that is too busy to start a Python by then."""
    return Job(portal=portal(name, seconds), command=("/bin/sh", "-c", script), log=tmp_path / f"{name}.log")


def silent(_: Job, __: JobEnd | None) -> None:
    return


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


def test_each_end_stands_for_its_own_job(tmp_path: Path) -> None:
    jobs = [job(tmp_path, str(code), f"raise SystemExit({code})") for code in (0, 1, 4)]
    jobs.append(job(tmp_path, "killed", "import os; os.kill(os.getpid(), 9)"))
    ends = run_pool(jobs, at_once=2, tell=silent)
    assert [(end.job.portal.name, end.exit_code) for end in ends] == [("0", 0), ("1", 1), ("4", 4), ("killed", -9)]
    assert not any(end.timed_out or end.stopped for end in ends)


def test_no_more_run_at_once_than_allowed(tmp_path: Path) -> None:
    running, most = 0, 0

    def count(_: Job, end: JobEnd | None) -> None:
        nonlocal running, most
        running += 1 if end is None else -1
        most = max(most, running)

    run_pool([job(tmp_path, str(n), "import time; time.sleep(0.2)") for n in range(6)], at_once=3, tell=count)
    assert (running, most) == (0, 3)


def test_one_that_hangs_is_ended_and_the_others_are_done(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    stubborn = limited_job(tmp_path, "stubborn", f"trap '' INT; sleep 600 & echo $! > '{pid}'; wait", seconds=3)
    ends = run_pool([stubborn, job(tmp_path, "good", "pass")], at_once=2, tell=silent, grace=0.3)
    assert (ends[0].timed_out, ends[0].exit_code) == (True, -signal.SIGKILL)
    assert (ends[1].timed_out, ends[1].exit_code) == (False, 0)
    assert gone(int(pid.read_text()))  # its children as well


def test_one_that_is_told_to_end_may_store_what_it_has(tmp_path: Path) -> None:
    polite = limited_job(tmp_path, "polite", "trap 'echo stored; exit 130' INT; sleep 600 & wait", seconds=2)
    end = run_pool([polite], at_once=1, tell=silent)[0]
    assert (end.timed_out, end.exit_code, end.job.log.read_text().strip()) == (True, 130, "stored")


def test_what_a_crashed_audit_leaves_behind_is_ended(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    leaving = (
        "import os, subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(pid)!r}, 'w').write(str(child.pid))\nos._exit(70)"
    )
    assert run_pool([job(tmp_path, "leaving", leaving)], at_once=1, tell=silent)[0].exit_code == 70
    assert gone(int(pid.read_text()))


def test_a_program_that_is_not_there_is_an_end_like_any_other(tmp_path: Path) -> None:
    missing = Job(portal=portal("x"), command=(str(tmp_path / "none"),), log=tmp_path / "x.log")
    ends = run_pool([missing, job(tmp_path, "good", "pass")], at_once=1, tell=silent)
    assert [end.exit_code for end in ends] == [None, 0]
    assert "没有能够启动" in missing.log.read_text(encoding="utf-8")


def test_a_night_that_is_ended_ends_its_audits_and_starts_no_more(tmp_path: Path) -> None:
    def stop_soon(_: Job, end: JobEnd | None) -> None:
        if end is None:
            threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()

    jobs = [job(tmp_path, name, "import time; time.sleep(600)") for name in ("first", "second")]
    ends = run_pool(jobs, at_once=1, tell=stop_soon)
    assert [end.stopped for end in ends] == [True, True]
    assert [end.exit_code is None for end in ends] == [False, True]


def test_the_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    end = run_pool([job(tmp_path, "x", "print('网址')")], at_once=1, tell=silent)[0]
    assert end.job.log.stat().st_mode & 0o777 == 0o600


def test_a_folder_called_audit_in_the_working_directory_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "__main__.py").write_text("print('wrong')")
    command = audit_command(portal("x"), ["--help"])
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "检查一个门户" in said


@pytest.mark.parametrize("name", ["fd"])
def test_audits_hold_the_nights_lock(tmp_path: Path, name: str) -> None:
    handle = os.open(tmp_path / name, os.O_RDWR | os.O_CREAT)
    try:
        code = f"import os; print(os.fstat({handle}).st_ino)"
        end = run_pool([job(tmp_path, "x", code)], at_once=1, inherit=(handle,), tell=silent)[0]
        assert end.job.log.read_text().strip() == str(os.fstat(handle).st_ino)
    finally:
        os.close(handle)
