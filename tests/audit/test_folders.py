"""Run folders: made private, found by name, refused with one sentence."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.errors import OutputUnwritable, RunNotFound
from audit.folders import check_output, find_run, list_runs, new_run

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


def test_a_run_folder_is_private_and_named_after_host_and_time(tmp_path: Path) -> None:
    run = new_run(tmp_path, "http://www.example.gov.cn/a", NOON)
    assert stat.S_IMODE(run.path.stat().st_mode) == 0o700
    assert run.name.startswith("www.example.gov.cn-20261120T120000-")


def test_a_hostile_host_cannot_leave_the_data_folder(tmp_path: Path) -> None:
    run = new_run(tmp_path, "http://..%2f..%2fetc/../x", NOON)
    assert run.path.parent == tmp_path / "runs"


def test_settings_come_back_and_a_broken_file_is_one_sentence(tmp_path: Path) -> None:
    run = new_run(tmp_path, "http://a.cn/", NOON)
    run.write_settings({"start_url": "http://a.cn/"})
    assert run.read_settings() == {"start_url": "http://a.cn/"}
    (run.path / "settings.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunNotFound, match="不是完整的运行目录"):
        run.read_settings()


def test_runs_are_found_by_name_by_path_and_as_latest(tmp_path: Path) -> None:
    first = new_run(tmp_path, "http://a.cn/", NOON)
    second = new_run(tmp_path, "http://a.cn/", NOON)
    for age, run in ((2_000_000, first), (3_000_000, second)):
        run.facts.touch()
        os.utime(run.facts, (age, age))
    assert [run.name for run in list_runs(tmp_path)] == [first.name, second.name]
    assert find_run(tmp_path, "latest").name == second.name
    assert find_run(tmp_path, first.name).path.name == first.name
    assert find_run(tmp_path, str(first.path)).path.name == first.name
    with pytest.raises(RunNotFound, match="找不到运行"):
        find_run(tmp_path, "no-such-run")


@pytest.mark.parametrize("blocked", ["file", "below-file"])
def test_an_output_that_is_a_file_is_refused_with_one_sentence(tmp_path: Path, blocked: str) -> None:
    (tmp_path / "x").touch()
    out = tmp_path / "x" if blocked == "file" else tmp_path / "x" / "y"
    with pytest.raises(OutputUnwritable, match="无法写入"):
        check_output(out)
