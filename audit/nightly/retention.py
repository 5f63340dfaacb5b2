"""保留: which run folders may go. They hold what the pages held, so none is kept longer than it is needed."""

import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from audit.errors import RunNotFound
from audit.folders import CAPTURES_NAME, CHECKS, FACTS_NAME, RUNS, SAMPLE_SETTING, RunFolder, list_runs, reason
from audit.part import SETTING as PART_SETTING
from reports.result import ResultInvalid, read_result

DOOMED = ".deleting-"
"""A folder is renamed before it is deleted: what a crash leaves half deleted is never taken for a run."""
IN_USE = timedelta(hours=48)
"""An unfinished run that was written to so recently may still be running, or be resumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What is kept of each portal: a run goes when every given limit lets it go.

    Spot checks and samples are nobody's night: they go with the nights of their time, and never in the place of one.
    """

    runs: int | None = None
    """The newest so many finished runs."""
    days: int | None = None
    """All runs no older than so many days."""

    @property
    def everything(self) -> bool:
        return self.runs is None and self.days is None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRun:
    """A run folder with what decides its fate."""

    folder: RunFolder
    host: str
    touched: datetime
    finished: bool
    trustworthy: bool
    """Finished and not void."""
    whole: bool = True
    """False: a spot check or a sample, with which no night is compared."""


def known_runs(data: Path, hosts: frozenset[str], now: datetime) -> list[KnownRun]:
    """Runs of the given hosts, newest first; folders that say no start address are nobody's and are left alone."""
    found = []
    for folder in (*list_runs(data), *list_runs(data, CHECKS)):
        try:
            settings = folder.read_settings()
        except RunNotFound:
            continue
        host = urlsplit(str(settings.get("start_url"))).netloc.lower()
        if host in hosts:
            whole = folder.path.parent.name != CHECKS and not settings.keys() & {SAMPLE_SETTING, PART_SETTING}
            found.append(_known(folder, host, now, whole=whole))
    return sorted(found, key=lambda run: (run.touched, run.folder.name), reverse=True)


def _known(folder: RunFolder, host: str, now: datetime, *, whole: bool) -> KnownRun:
    try:
        result = read_result(folder.result)
    except ResultInvalid:
        result = None
    paths = (folder.path / name for name in (FACTS_NAME, f"{FACTS_NAME}-wal", CAPTURES_NAME))
    touched = max((path.stat().st_mtime for path in paths if path.exists()), default=now.timestamp())
    return KnownRun(
        folder=folder,
        host=host,
        touched=datetime.fromtimestamp(touched, now.tzinfo),
        finished=result is not None,
        trustworthy=result is not None and result.void is None,
        whole=whole,
    )


def deletable(runs: Iterable[KnownRun], keep: Keep, protected: frozenset[str], now: datetime) -> list[KnownRun]:
    """Which of ``runs`` (newest first) may go.

    Never: runs in ``protected`` (evidence of open tickets), the newest trustworthy run of a portal (the next night is compared
    with it and carries its pages over), and unfinished runs that may still be running.
    """
    if keep.everything:
        return []
    by_host: dict[str, list[KnownRun]] = defaultdict(list)
    for run in runs:
        by_host[run.host].append(run)
    return [run for of_host in by_host.values() for run in _deletable(of_host, keep, protected, now)]


def _deletable(runs: list[KnownRun], keep: Keep, protected: frozenset[str], now: datetime) -> list[KnownRun]:
    spared = set(protected)
    spared.update(run.folder.name for run in [run for run in runs if run.trustworthy and run.whole][:1])
    spared.update(run.folder.name for run in runs if not run.finished and now - run.touched < IN_USE)
    if keep.runs is not None:
        kept = [run for run in runs if run.finished and run.whole][: keep.runs]
        oldest = kept[-1].touched if kept else None
        spared.update(run.folder.name for run in runs if run in kept or (oldest is not None and run.touched >= oldest))
        if len(kept) < keep.runs:  # fewer nights than are to be kept: nothing is old
            spared.update(run.folder.name for run in runs)
    if keep.days is not None:
        spared.update(run.folder.name for run in runs if now - run.touched <= timedelta(days=keep.days))
    return [run for run in runs if run.folder.name not in spared]


def delete(runs: Iterable[KnownRun], data: Path) -> tuple[list[str], list[str]]:
    """Delete the folders; names of those that are gone, and a sentence for each that would not go."""
    gone, refused = [], []
    for run in runs:
        doomed = run.folder.path.with_name(f"{DOOMED}{run.folder.name}")
        try:
            run.folder.path.rename(doomed)
            gone.append(run.folder.name)
        except OSError as error:
            refused.append(f"运行目录 {run.folder.name} 没能删除（{reason(error)}），请检查权限后手工删除。")
    refused += _sweep(data)
    return gone, refused


def _sweep(data: Path) -> list[str]:
    """Everything that is marked for deletion, also what an earlier night did not get through with."""
    refused = []
    for doomed in sorted(found for kind in (RUNS, CHECKS) for found in (data / kind).glob(f"{DOOMED}*")):
        try:
            shutil.rmtree(doomed)
        except OSError as error:
            refused.append(f"{doomed} 没能删净（{reason(error)}），请检查权限后手工删除。")
    return refused
