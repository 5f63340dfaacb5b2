"""Which run folders may go: limits, and what is never deleted whatever the limits say."""

import json
import os
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from audit.folders import FACTS_NAME, RESULT_NAME, SETTINGS_NAME, list_runs
from audit.nightly.retention import DOOMED, Keep, deletable, delete, known_runs
from reports.result import AuditResult, PortalLine

NOW = datetime(2026, 11, 20, 6, tzinfo=timezone(timedelta(hours=8)))
HOSTS = frozenset({"a.gov.cn", "b.gov.cn"})


def make_run(
    data: Path,
    name: str,
    age_days: float,
    *,
    host: str = "a.gov.cn",
    result: bool = True,
    void: str | None = None,
    kind: str = "runs",
    **settings: object,
) -> None:
    folder = data / kind / name
    folder.mkdir(parents=True)
    (folder / SETTINGS_NAME).write_text(json.dumps({"start_url": f"http://{host}/", **settings}))
    (folder / FACTS_NAME).touch()
    if result:
        line = PortalLine(name=host, url=f"http://{host}/")
        made = AuditResult(portal=line, as_of="2026-11-20", started="", finished="", void=void)
        (folder / RESULT_NAME).write_text(made.model_dump_json(by_alias=True))
    moment = (NOW - timedelta(days=age_days)).timestamp()
    os.utime(folder / FACTS_NAME, (moment, moment))


def doomed(data: Path, keep: Keep, protected: frozenset[str] = frozenset()) -> list[str]:
    return sorted(run.folder.name for run in deletable(known_runs(data, HOSTS, NOW), keep, protected, NOW))


@pytest.fixture
def nights(tmp_path: Path) -> Path:
    """Five nights of one portal, one of another."""
    for age in range(5):
        make_run(tmp_path, f"night-{age}", age)
    make_run(tmp_path, "other", 400, host="b.gov.cn")
    return tmp_path


@pytest.mark.parametrize(
    ("keep", "gone"),
    [
        (Keep(), []),
        (Keep(runs=3), ["night-3", "night-4"]),
        (Keep(runs=5), []),
        (Keep(runs=9), []),
        (Keep(days=2), ["night-3", "night-4"]),  # a run of exactly two days stays
        (Keep(runs=1, days=3), ["night-4"]),  # both must let it go
        (Keep(runs=4, days=1), ["night-4"]),
    ],
)
def test_limits_count_for_each_portal(nights: Path, keep: Keep, gone: list[str]) -> None:
    assert doomed(nights, keep) == gone


def test_evidence_of_open_tickets_stays(nights: Path) -> None:
    assert doomed(nights, Keep(runs=1), frozenset({"night-4"})) == ["night-1", "night-2", "night-3"]


def test_the_newest_trustworthy_run_stays_behind_newer_void_and_unfinished_ones(tmp_path: Path) -> None:
    make_run(tmp_path, "unfinished", 3, result=False)
    make_run(tmp_path, "void-1", 4, void="线路不正常。")
    make_run(tmp_path, "void-2", 5, void="线路不正常。")
    make_run(tmp_path, "good", 100)
    make_run(tmp_path, "older", 101)
    assert doomed(tmp_path, Keep(runs=1)) == ["older", "void-2"]
    assert doomed(tmp_path, Keep(days=1)) == ["older", "unfinished", "void-1", "void-2"]


def test_an_unfinished_run_that_may_still_be_running_stays(tmp_path: Path) -> None:
    make_run(tmp_path, "new", 0)
    make_run(tmp_path, "running", 1.9, result=False)
    make_run(tmp_path, "left", 2.1, result=False)
    assert doomed(tmp_path, Keep(days=1)) == ["left"]


def test_spot_checks_and_samples_go_with_the_nights_of_their_time(nights: Path) -> None:
    for age in (0.5, 2.5, 3.5):
        make_run(nights, f"check-{age}", age, kind="checks", part={"kind": "page"})
        make_run(nights, f"sample-{age}", age, sample={"seed": 1})
    make_run(nights, "checking", 1.5, kind="checks", result=False)
    parts = {Keep(runs=3): 2.5, Keep(days=3): 3.5, Keep(runs=2, days=3): 3.5}
    for keep, first in parts.items():
        gone = [name for name in doomed(nights, keep) if not name.startswith("night")]
        assert gone == sorted(f"{kind}-{age}" for kind in ("check", "sample") for age in (2.5, 3.5) if age >= first), keep
    assert "check-3.5" not in doomed(nights, Keep(runs=3), frozenset({"check-3.5"}))


def test_a_newer_sample_never_takes_the_place_of_a_night(tmp_path: Path) -> None:
    make_run(tmp_path, "night", 9)
    make_run(tmp_path, "sample", 1, sample={"seed": 1}, part={"kind": "sample"})
    make_run(tmp_path, "check", 2, kind="checks")
    assert doomed(tmp_path, Keep(runs=1)) == []
    assert doomed(tmp_path, Keep(days=3)) == []


def test_a_spot_check_is_deleted_from_its_own_folder_and_so_is_what_a_crash_left_there(nights: Path) -> None:
    make_run(nights, "check", 9, kind="checks")
    (nights / "checks" / f"{DOOMED}check-0").mkdir()
    gone, refused = delete(deletable(known_runs(nights, HOSTS, NOW), Keep(days=5), frozenset(), NOW), nights)
    assert (gone, refused, list((nights / "checks").iterdir())) == (["check"], [], [])


def test_other_portals_and_foreign_folders_are_left_alone(tmp_path: Path) -> None:
    make_run(tmp_path, "foreign", 900, host="c.gov.cn")
    make_run(tmp_path, "broken", 900)
    (tmp_path / "runs" / "broken" / SETTINGS_NAME).write_text("{")
    make_run(tmp_path, "newest", 1)
    assert doomed(tmp_path, Keep(days=1)) == []


def test_deleting_leaves_the_others_whole_and_sweeps_what_a_crash_left(nights: Path) -> None:
    half = nights / "runs" / f"{DOOMED}night-9"
    half.mkdir()
    (half / FACTS_NAME).touch()
    assert "night-9" not in [run.name for run in list_runs(nights)]
    gone, refused = delete(deletable(known_runs(nights, HOSTS, NOW), Keep(runs=3), frozenset(), NOW), nights)
    assert (sorted(gone), refused) == (["night-3", "night-4"], [])
    assert sorted(path.name for path in (nights / "runs").iterdir()) == ["night-0", "night-1", "night-2", "other"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may delete everything")
def test_a_folder_that_cannot_be_deleted_is_told_and_the_rest_goes(nights: Path) -> None:
    (nights / "runs").chmod(stat.S_IRUSR | stat.S_IXUSR)
    gone, refused = delete(deletable(known_runs(nights, HOSTS, NOW), Keep(runs=3), frozenset(), NOW), nights)
    (nights / "runs").chmod(stat.S_IRWXU)
    assert gone == []
    assert len(refused) == 2


def test_no_runs_at_all_is_fine(tmp_path: Path) -> None:
    assert doomed(tmp_path, Keep(runs=1)) == []
    assert delete([], tmp_path) == ([], [])
