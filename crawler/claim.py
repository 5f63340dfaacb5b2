"""A run folder belongs to one crawl at a time."""

import asyncio
import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from crawler.errors import OptionsInvalid

PATIENCE = 10.0
"""Seconds a crawl that was killed has to die: its folder may be taken up at once by the next."""

_STEP = 0.1


async def claim(folder: Path) -> AbstractContextManager[None]:
    """Lock ``folder`` until the context ends, or this process does; raises :class:`OptionsInvalid` when another has it."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    waited = 0.0
    while not _locked(number):
        if waited >= PATIENCE:
            os.close(number)
            raise OptionsInvalid(f"{folder} 正由另一个进程抓取，请等它结束后再试。")
        await asyncio.sleep(_STEP)
        waited += _STEP
    return _held(number)


def _locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _held(number: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(number)
