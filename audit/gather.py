"""From an address to stored facts: the crawl in a process of its own, then the assembly."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from audit.errors import AuditError, PortalUnreachable
from audit.folders import RunFolder
from crawler.errors import CrawlerError
from crawler.garbage import look_rarely
from crawler.options import CrawlOptions
from crawler.pins import Pins
from crawler.progress import Progress
from crawler.summary import CrawlSummary

ProgressReport = Callable[[Progress], None]


def crawl(options: CrawlOptions, run: RunFolder, report: ProgressReport | None = None) -> CrawlSummary:
    """Crawl into ``run``.

    In a child process: a reactor can run once per process, and a parser that crashes must not take the audit with it.
    Raises :class:`PortalUnreachable` or :class:`AuditError`.
    """
    _watch_over_nothing()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(options, run.path, theirs), name="zhaocuo-crawl")
    child.start()
    theirs.close()
    outcome: CrawlSummary | str | None = None
    try:
        while True:
            try:
                message = ours.recv()
            except EOFError:
                break
            if isinstance(message, Progress):
                if report is not None:
                    report(message)
            else:
                outcome = message
    except KeyboardInterrupt:
        child.join(timeout=30)
        raise
    finally:
        child.join(timeout=30)
        if child.is_alive():
            child.terminate()
    if isinstance(outcome, str):
        raise AuditError(outcome)
    if outcome is None:
        raise AuditError(f"抓取进程意外结束（退出码 {child.exitcode}），已抓到的内容保存在 {run.path}，详情见其中的 crawl.log。")
    return outcome


def _watch_over_nothing() -> None:
    """Let no process be started that only waits for shared memory and semaphores to be forgotten: we use neither.

    It would hold 12 MiB for as long as the crawl lasts. Each process that ``multiprocessing`` starts knows the watcher by
    one descriptor; this one leads nowhere, and is handed on to the processes that the crawl starts.
    """
    tracker: Any = resource_tracker._resource_tracker  # noqa: SLF001  there is no other way to say so
    if tracker._fd is None:  # noqa: SLF001
        tracker._fd = os.open(os.devnull, os.O_WRONLY)  # noqa: SLF001


def _child(options: CrawlOptions, folder: Path, pipe: Connection) -> None:
    from crawler.hiring import hire_ahead  # noqa: PLC0415  the extractors, which only this process and its readers need

    look_rarely()
    hired = hire_ahead(options.reading_processes, private=[pipe])

    from crawler.crawl import run_crawl  # noqa: PLC0415  Scrapy, which only this process needs

    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    try:
        pipe.send(run_crawl(options, folder, pipe.send, hired=hired))
    except CrawlerError as error:
        pipe.send(str(error))
    except BrokenPipeError:
        return  # the audit was ended from outside; what was fetched is stored
    finally:
        pipe.close()


def _end_with_parent() -> None:
    """A crawl whose audit was killed ends at once, as if killed too: nobody would take its results, and it holds the folder."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


__all__ = ["CrawlOptions", "CrawlSummary", "Pins", "PortalUnreachable", "crawl"]
