"""Writing a set of files into a folder: all of them or none, never half a file."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from reports.errors import OutputUnwritable

GENERATOR = '<meta name="generator" content="zhaocuo">'
"""Stands in the head of every page of ours: only such pages may be cleared away."""
HEAD_BYTES = 1024

Writer = Callable[[Path], None]
"""Writes one file to the path it is given."""


def write_set(out: Path, files: Mapping[str, Writer]) -> None:
    """Write ``files`` (path below ``out`` → writer) in the mapping's order, each moved into its place when all are written.

    Scorecards of an earlier rendering that are not in ``files`` are removed: they would pass for current ones.
    Raises :class:`OutputUnwritable` and leaves earlier files as they were when anything cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zhaocuo-", dir=out) as scratch:
            for name, write in files.items():
                target = Path(scratch) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                write(target)
            _refuse_folders(out, files)
            for name in files:
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(scratch) / name).replace(out / name)
        _clear(out, files)
    except OSError as error:
        raise OutputUnwritable(f"报告写不到 {out}（{error.strerror or error}），请换一个可写的文件夹或腾出磁盘空间。") from error


def text_writer(make: Callable[[], str]) -> Writer:
    """A writer of a text that is made only when its turn comes: several may be large."""

    def write(path: Path) -> None:
        path.write_text(make(), encoding="utf-8", newline="\n")

    return write


def _refuse_folders(out: Path, files: Mapping[str, Writer]) -> None:
    """A folder where a file must go fails only at the move, after others were moved: look before."""
    for name in files:
        if (out / name).is_dir():
            raise IsADirectoryError(21, f"{name} 是一个文件夹", name)
        parent = (out / name).parent
        if parent.exists() and not (parent.is_dir() and os.access(parent, os.W_OK)):
            raise NotADirectoryError(20, f"{parent.name} 不是可写的文件夹", str(parent))


def _clear(out: Path, files: Mapping[str, Writer]) -> None:
    for page in out.glob("departments/*.html"):
        if f"departments/{page.name}" not in files and page.is_file():
            with page.open("rb") as opened:
                ours = GENERATOR.encode() in opened.read(HEAD_BYTES)
            if ours:
                page.unlink()
