"""Writing all of a set or nothing."""

import errno
import os
from pathlib import Path

import pytest

from reports.errors import OutputUnwritable
from reports.files import Writer, text_writer, write_set

PAGE = '<!doctype html><html lang="zh-CN"><head><meta name="generator" content="zhaocuo"></head></html>'


def writing(text: str) -> Writer:
    return text_writer(lambda: text)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_missing_folders_are_made_and_no_scratch_stays(tmp_path: Path) -> None:
    write_set(tmp_path / "a" / "b", {"departments/x.html": writing("x"), "index.html": writing("y")})
    assert names(tmp_path / "a" / "b") == {"departments", "departments/x.html", "index.html"}


def test_a_file_in_the_place_of_the_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputUnwritable, match=r"^报告写不到 .*。$") as raised:
        write_set(tmp_path / "out", {"index.html": writing("x")})
    assert "\n" not in str(raised.value)
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("blocker", ["index.html/", "departments"])
def test_something_in_the_way_is_refused_before_anything_moves(tmp_path: Path, blocker: str) -> None:
    (tmp_path / "run.json").write_text("old")
    if blocker.endswith("/"):
        (tmp_path / blocker).mkdir()
    else:
        (tmp_path / blocker).write_text("in the way")
    files = {"run.json": writing("new"), "departments/x.html": writing("x"), "index.html": writing("y")}
    with pytest.raises(OutputUnwritable):
        write_set(tmp_path, files)
    assert (tmp_path / "run.json").read_text() == "old"


def test_a_full_disk_leaves_the_earlier_report_as_it_was(tmp_path: Path) -> None:
    write_set(tmp_path, {"run.json": writing("old"), "index.html": writing("old")})

    def full(path: Path) -> None:
        path.write_text("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OutputUnwritable, match="磁盘空间"):
        write_set(tmp_path, {"run.json": writing("new"), "index.html": full})
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == {"run.json": "old", "index.html": "old"}


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkdtemp", denied)
    with pytest.raises(OutputUnwritable):
        write_set(tmp_path, {"index.html": writing("x")})


def test_an_error_of_ours_is_not_hidden_and_leaves_nothing(tmp_path: Path) -> None:
    def broken(path: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_set(tmp_path, {"index.html": broken})
    assert names(tmp_path) == set()


def test_scorecards_of_an_earlier_rendering_go_and_other_peoples_files_stay(tmp_path: Path) -> None:
    write_set(tmp_path, {"departments/gone.html": writing(PAGE)})
    (tmp_path / "departments" / "notes.html").write_text("<p>mine</p>")
    (tmp_path / "departments" / "notes.txt").write_text(PAGE)
    write_set(tmp_path, {"departments/here.html": writing(PAGE)})
    assert {path.name for path in (tmp_path / "departments").iterdir()} == {"here.html", "notes.html", "notes.txt"}


def test_line_ends_are_the_same_on_every_system(tmp_path: Path) -> None:
    writing("a\nb\n")(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"a\nb\n"
