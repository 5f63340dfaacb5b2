"""Processes that read pages: how they begin, and the line to them."""

import multiprocessing
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from crawler.reader_process import serve
from crawler.reading import Readers

_NAME = "zhaocuo-reader"


@dataclass(frozen=True, slots=True)
class Hired:
    """A reader that was started; it says ``ready`` when it has loaded the extractors."""

    pipe: Connection
    process: BaseProcess


def hire(readers: Readers) -> Hired:
    """A reader from scratch: it loads the extractors by itself, which takes half a second."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, readers), name=_NAME, daemon=True)
    process.start()
    theirs.close()
    return Hired(ours, process)


def hire_ahead(count: int, private: Sequence[Connection] = ()) -> tuple[Hired, ...]:
    """Readers that take over the extractors from this process, ``()`` where that is not possible.

    To be called before this process starts a thread or loads Scrapy. ``private`` are lines of this process that are none of
    the readers' business: whoever listens there must hear when this process ends.
    """
    if not count or sys.platform != "linux":
        return ()
    readers = Readers.real()
    context = multiprocessing.get_context("fork")
    hired: list[Hired] = []
    for _ in range(count):
        ours, theirs = context.Pipe()
        closed = (*private, ours, *(each.pipe for each in hired))
        process = context.Process(target=_serve_alone, args=(theirs, readers, closed), name=_NAME, daemon=True)
        process.start()
        theirs.close()
        hired.append(Hired(ours, process))
    return tuple(hired)


def _serve_alone(pipe: Connection, readers: Readers, closed: Sequence[Connection]) -> None:
    for line in closed:
        line.close()
    serve(pipe, readers)
