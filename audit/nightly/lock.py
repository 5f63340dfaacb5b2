"""One night at a time on one data folder."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from audit.errors import NightBusy, OutputUnwritable
from audit.folders import reason

LOCK_NAME = "nightly.lock"


@contextmanager
def only_one(data: Path, now: datetime) -> Iterator[int]:
    """Hold the data folder's lock; gives its file descriptor, which audits inherit.

    The system frees the lock when the last process that holds the descriptor is gone: after a ``kill -9`` of the night nothing is
    left to clean up, yet no second night begins while orphaned audits still run. Raises :class:`NightBusy`.
    """
    path = data / LOCK_NAME
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
    except OSError as error:
        raise OutputUnwritable(f"数据目录 {data} 无法写入（{reason(error)}），请换一个目录或修改权限。") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "不详"
            raise NightBusy(f"另一次 zhaocuo nightly 还在使用 {data}（{holder}），这一次不开始。") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"进程 {os.getpid()}，{now:%Y-%m-%d %H:%M} 开始".encode(), 0)
        yield handle
    finally:
        os.close(handle)
