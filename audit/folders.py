"""Where audits live: the data folder and the run folders in it."""

import json
import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from audit.errors import OutputUnwritable, RunNotFound

DEFAULT_DATA = Path("zhaocuo-data")
DEFAULT_OUT = Path("zhaocuo-report")

RUNS, CHECKS = "runs", "checks"
"""Below the data folder: audits, which history and ledger know, and spot checks, which they do not."""

FACTS_NAME = "facts.sqlite"
CAPTURES_NAME = "captures.warc.gz"
SETTINGS_NAME = "settings.json"
RESULT_NAME = "result.json"
SCREENSHOTS_NAME = "screenshots"

DEADLINES_NAME = "deadlines.yaml"
"""In the data folder: the operator's corrections of the calendar."""

LEDGER_POLICY_NAME = "ledger.yaml"
"""In the data folder: how its ledger is kept."""

SAMPLE_SETTING = "sample"
"""Under which a run's settings keep what was drawn."""

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFolder:
    """One audit on disk: complete in itself, confidential (it holds what the pages held), mode 0700."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def facts(self) -> Path:
        return self.path / FACTS_NAME

    @property
    def captures(self) -> Path:
        return self.path / CAPTURES_NAME

    @property
    def result(self) -> Path:
        return self.path / RESULT_NAME

    def read_settings(self) -> dict[str, object]:
        """Settings the run was started with; raises :class:`RunNotFound` when they cannot be read."""
        try:
            data = json.loads((self.path / SETTINGS_NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RunNotFound(f"{self.path} 不是完整的运行目录（缺少或损坏 {SETTINGS_NAME}），请检查路径。") from error
        return dict(data)

    def write_settings(self, settings: dict[str, object]) -> None:
        """Write the settings atomically."""
        target = self.path / SETTINGS_NAME
        draft = target.with_suffix(".draft")
        draft.write_text(json.dumps(settings, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        draft.chmod(stat.S_IRUSR | stat.S_IWUSR)
        draft.replace(target)


def new_run(data: Path, url: str, now: datetime, kind: str = RUNS) -> RunFolder:
    """Make the folder of a new run: ``<data>/runs/<host>-<time>-<random>``; of a spot check below ``checks``.

    Raises :class:`OutputUnwritable` when ``data`` cannot be made or written.
    """
    parts = urlsplit(url)
    host = _UNSAFE.sub("-", parts.netloc or "portal")[:60]
    path = data / kind / f"{host}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
    try:
        (data / kind).mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700)
        share_key(data, path)
    except OSError as error:
        raise OutputUnwritable(f"数据目录 {data} 无法写入（{reason(error)}），请换一个目录或修改权限。") from error
    return RunFolder(path=path)


def share_key(data: Path, run: Path) -> None:
    """Give a run the data folder's key for personal numbers: the same number has the same mark every night."""
    from crawler.personal.guard import run_key  # noqa: PLC0415  loads word lists that most commands can do without

    run_key(run, shared=run_key(data))


def check_output(out: Path) -> None:
    """Make ``out`` and prove that it can be written, before hours are spent on a crawl.

    Raises :class:`OutputUnwritable`.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f".zhaocuo-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputUnwritable(f"输出目录 {out} 无法写入（{reason(error)}），请换一个目录或修改权限。") from error


def find_run(data: Path, name: str) -> RunFolder:
    """The run called ``name``: a path, a folder name in ``data``, or ``latest``.

    Raises :class:`RunNotFound`.
    """
    if name == "latest":
        runs = list(list_runs(data))
        if not runs:
            raise RunNotFound(f"{data} 里还没有任何运行，请先执行 zhaocuo audit。")
        return runs[-1]
    for path in (Path(name), data / RUNS / name, data / CHECKS / name):
        if (path / FACTS_NAME).is_file():
            return RunFolder(path=path.resolve())
    raise RunNotFound(f"找不到运行 {name}（看过 {Path(name)} 和 {data / RUNS / name}），用 zhaocuo runs list 查看已有的运行。")


def list_runs(data: Path, kind: str = RUNS) -> Iterator[RunFolder]:
    """All audits below ``data``, or with ``CHECKS`` all spot checks, oldest first; nothing that is being deleted (a dot)."""
    root = data / kind
    if root.is_dir():
        entries = (entry for entry in os.scandir(root) if not entry.name.startswith(".") and entry.is_dir())
        found = [entry for entry in entries if Path(entry.path, FACTS_NAME).is_file()]
        for entry in sorted(found, key=lambda entry: (Path(entry.path, FACTS_NAME).stat().st_mtime, entry.name)):
            yield RunFolder(path=Path(entry.path))


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where the common causes allow it."""
    known = {
        13: "没有权限",
        17: "同名文件已存在",
        20: "路径中有一段是文件而不是目录",
        21: "这是一个目录",
        28: "磁盘已满",
        30: "只读文件系统",
        36: "文件名太长",
    }
    return known.get(error.errno or 0, error.strerror or "系统拒绝")
