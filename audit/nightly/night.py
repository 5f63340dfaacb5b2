"""One night from start to end: lock, audits, summary, retention."""

import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from audit.clock import now
from audit.errors import AuditError
from audit.folders import check_output
from audit.nightly.ending import PortalNight, portal_night, stamp
from audit.nightly.lock import only_one
from audit.nightly.pool import Job, JobEnd, audit_command, run_pool
from audit.nightly.portals import NightPortal, read_portals
from audit.nightly.retention import Keep, deletable, delete, known_runs
from audit.nightly.summary import FILE_NAME, NightSummary, write_summary
from audit.terminal import duration, say

LOGS = "nightly"


@dataclass(frozen=True, slots=True, kw_only=True)
class NightOptions:
    """Words of ``zhaocuo nightly``; None: not given."""

    portals: Path
    data: Path
    out: Path
    jobs: int
    hours: float | None = None
    """Time limit of every portal, in the place of the file's."""
    as_of: date | None = None
    full: bool = False
    allow_private: bool = False
    keep: Keep = field(default_factory=Keep)


OpenTicketRuns = Callable[[Path, datetime], frozenset[str]]
"""Names of the runs that hold the evidence of tickets that are not closed."""


def run_night(options: NightOptions, open_ticket_runs: OpenTicketRuns) -> NightSummary:
    """Audit every portal of the file, write ``nightly.json``, delete what need not be kept.

    Raises :class:`AuditError` before anything ran: a faulty file, a folder that cannot be written, another night under way.
    """
    portals = read_portals(options.portals)
    check_output(options.out)
    started = now()
    with only_one(options.data, started) as lock:
        logs = _log_folder(options.data, started)
        jobs = [Job(portal=portal, command=_command(portal, options), log=logs / f"{portal.slug}.log") for portal in portals]
        before = {portal.slug: stamp(options.out / portal.slug) for portal in portals}
        teller = _Teller(len(jobs))
        ends = run_pool(_limited(jobs, options.hours), at_once=options.jobs, inherit=(lock,), tell=teller)
        nights = tuple(_night(end, options.out, before) for end in ends)
        deleted, remarks = _retain(options, portals, open_ticket_runs)
        summary = NightSummary(started=started, finished=now(), portals=nights, deleted_runs=deleted, remarks=remarks)
        write_summary(summary, options.out / FILE_NAME)
    return summary


def _command(portal: NightPortal, options: NightOptions) -> tuple[str, ...]:
    words = ["--data", str(options.data), "--out", str(options.out / portal.slug)]
    if options.as_of is not None:
        words += ["--as-of", options.as_of.isoformat()]
    words += [word for word, given in (("--full", options.full), ("--allow-private", options.allow_private)) if given]
    return audit_command(portal, words)


def _limited(jobs: list[Job], hours: float | None) -> list[Job]:
    return jobs if hours is None else [replace(job, portal=replace(job.portal, hours=hours)) for job in jobs]


def _log_folder(data: Path, started: datetime) -> Path:
    """``<data>/nightly/<time>``, readable by nobody else: logs name addresses and faults."""
    folder = data / LOGS / f"{started:%Y%m%dT%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
    folder.chmod(stat.S_IRWXU)
    return folder


def _night(end: JobEnd, out: Path, before: dict[str, int]) -> PortalNight:
    slug = end.job.portal.slug
    return portal_night(end, out / slug, before[slug])


def _retain(
    options: NightOptions, portals: tuple[NightPortal, ...], open_ticket_runs: OpenTicketRuns
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the runs deleted, and what is to be said of it. When the ledger cannot be asked, nothing is deleted."""
    if options.keep.everything:
        return (), ()
    moment = now()
    try:
        protected = open_ticket_runs(options.data, moment)
    except AuditError as error:
        return (), (f"没有清理运行目录，因为查不到哪些还要留作证据：{error}",)
    runs = known_runs(options.data, frozenset(portal.host for portal in portals), moment)
    gone, refused = delete(deletable(runs, options.keep, protected, moment), options.data)
    said = (f"按保留设置删除了 {len(gone)} 个旧的运行目录。",) if gone else ()
    return tuple(gone), (*said, *refused)


class _Teller:
    """A line on stderr when an audit starts and when it ends."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0

    def __call__(self, job: Job, end: JobEnd | None) -> None:
        if end is None:
            say(f"开始检查 {job.portal.name}（{job.portal.url}）。")
            return
        self._done += 1
        how = "超时" if end.timed_out else "中途停止" if end.stopped else f"退出码 {end.exit_code}"
        say(f"[{self._done}/{self._total}] {job.portal.name} 结束（{how}），用时 {duration(end.seconds)}。")
