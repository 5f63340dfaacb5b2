"""The ledger's schema made, checked and brought up to date; what stood there before is put aside first."""

import fcntl
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from audit.errors import LedgerUnusable
from audit.ledger.database import VARIABLE, Description, is_sqlite

APP = "ledger"
_LOCK_NUMBER = 0x7A68616F  # "zhao": PostgreSQL's advisory locks are numbers
_MARK = ".upgrading"
"""Stands beside the database while it is brought up to date: an upgrade that was cut off can be told."""
_UPGRADING = "zhaocuo: upgrading"
"""The same on PostgreSQL, as the comment of Django's list of steps."""

Say = Callable[[str], None]


def bring_up_to_date(description: Description, now: datetime, say: Say) -> None:
    """Make or migrate the schema of the database in use.

    Raises :class:`LedgerUnusable` for a file that is broken, foreign, or of a newer program; nothing is changed then.
    """
    path = Path(description["NAME"]) if is_sqlite(description) else None
    if path is not None:
        _check_file(path)
    if not _missing_steps():
        return
    with _alone(path):
        steps = _missing_steps()
        if not steps:
            return
        begun_before = _begun_before(path)
        backup = _back_up(path, now) if path is not None and _is_in_use() else None
        if backup is not None:
            say(f"台账要升级，升级前的备份在 {backup}。")
        elif path is None and _is_in_use():
            say("台账要升级；PostgreSQL 由数据库管理员备份（pg_dump），程序不另作备份。")
        if begun_before:
            say("上一次台账升级中途停了，台账仍是完整的，现在接着升级。")
        _migrate(path)


def _missing_steps() -> int:
    """Steps still to take; raises :class:`LedgerUnusable` when the database is ahead of the program."""
    from django.db import connection  # noqa: PLC0415  asks for the settings
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    ours = {key for key in executor.loader.disk_migrations if key[0] == APP}
    applied = {key for key in executor.loader.applied_migrations if key[0] == APP}
    if applied - ours:
        newest = max(name for _, name in applied - ours)
        raise LedgerUnusable(f"{_place(connection)} 是更新版本的程序建立的（{newest}），请升级 zhaocuo 后再使用。")
    if not applied and _foreign_tables(connection):
        raise LedgerUnusable(f"{_place(connection)} 里是别的程序的数据，不是整改台账，请换一个数据目录或数据库。")
    return len(ours - applied)


def _foreign_tables(connection: Any) -> bool:
    """A database of ours holds nothing before its first step but Django's own list of steps."""
    return is_sqlite(connection.settings_dict) and bool(set(connection.introspection.table_names()) - {"django_migrations"})


def _place(connection: Any) -> str:
    """The database as people know it, without a password."""
    described = connection.settings_dict
    return str(described["NAME"]) if is_sqlite(described) else f"{VARIABLE} 指定的数据库 {described['NAME']}"


def _is_in_use() -> bool:
    from django.db import connection  # noqa: PLC0415

    return "django_migrations" in connection.introspection.table_names()


def _migrate(path: Path | None) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    executor.recorder.ensure_schema()
    _mark(path, upgrading=True)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == APP])
    _mark(path, upgrading=False)


def _mark(path: Path | None, *, upgrading: bool) -> None:
    if path is None:
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute("COMMENT ON TABLE django_migrations IS %s", [_UPGRADING if upgrading else None])
        return
    mark = path.with_name(path.name + _MARK)
    if upgrading:
        mark.touch()
    else:
        mark.unlink(missing_ok=True)


def _begun_before(path: Path | None) -> bool:
    if not _is_in_use():
        return False
    if path is not None:
        return path.with_name(path.name + _MARK).exists()
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass)")
        return bool(cursor.fetchone() == (_UPGRADING,))


def _check_file(path: Path) -> None:
    """Make the file when it is missing, for its owner alone; refuse what is no SQLite database."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise LedgerUnusable(f"台账 {path} 无法读写（{error.strerror}），请检查数据目录的权限。") from error
    if head and head != b"SQLite format 3\0":
        raise LedgerUnusable(f"{path} 不是整改台账，或者已经损坏，请移走它，或从备份恢复。")


def _back_up(path: Path, now: datetime) -> Path:
    """A consistent copy beside the database, made while others may be reading."""
    target = path.with_name(f"{path.stem}-升级前-{now:%Y%m%dT%H%M%S}{path.suffix}")
    draft = target.with_name(target.name + ".draft")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR))
    source, copy = sqlite3.connect(path), sqlite3.connect(draft)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    draft.replace(target)
    return target


@contextmanager
def _alone(path: Path | None) -> Iterator[None]:
    """One process at a time brings a ledger up to date; the others wait and find it done."""
    if path is None:
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
        return
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
