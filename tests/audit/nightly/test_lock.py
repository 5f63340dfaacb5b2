"""One night at a time; a lock nobody holds any more stops nobody."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.errors import NightBusy, OutputUnwritable
from audit.nightly.lock import LOCK_NAME, only_one

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def test_a_second_night_is_refused_with_who_holds_the_first(tmp_path: Path) -> None:
    with only_one(tmp_path, NOW), pytest.raises(NightBusy, match="2026-11-20 02:30"), only_one(tmp_path, NOW):
        pytest.fail("two nights at once")
    with only_one(tmp_path, NOW):
        pass


def test_another_data_folder_is_another_night(tmp_path: Path) -> None:
    with only_one(tmp_path / "a", NOW), only_one(tmp_path / "b", NOW):
        pass


def test_what_a_killed_night_left_is_no_obstacle(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom datetime import datetime\nfrom pathlib import Path\nfrom audit.nightly.lock import only_one\n"
        f"with only_one(Path({str(tmp_path)!r}), datetime.now()): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert (tmp_path / LOCK_NAME).is_file()
    with only_one(tmp_path, NOW):
        pass


def test_while_audits_of_a_killed_night_run_no_other_begins(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys\nfrom datetime import datetime\nfrom pathlib import Path\n"
        "from audit.nightly.lock import only_one\n"
        f"with only_one(Path({str(tmp_path)!r}), datetime.now()) as lock:\n"
        "    print(subprocess.Popen([sys.executable, '-c', 'input()'], pass_fds=[lock]).pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)"
    )
    night = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert night.wait() == -9
    with pytest.raises(NightBusy), only_one(tmp_path, NOW):
        pytest.fail("its audit still runs")
    assert night.stdin is not None
    night.stdin.close()  # the audit ends
    deadline = time.monotonic() + 10
    while True:
        try:
            with only_one(tmp_path, NOW):
                return
        except NightBusy:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputUnwritable), only_one(tmp_path / "file", NOW):
        pytest.fail("a file is no folder")
