"""The SQLite file of one run: opened, versioned, written in batches."""

import json
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from crawler.errors import StoreInvalid

SCHEMA_VERSION = 3
_READABLE = (1, 2, SCHEMA_VERSION)
"""They differ in how values are packed, each of which tells its form: a file that is written to is of the newest from then on."""
_MADE_LATER = "CREATE TABLE IF NOT EXISTS menu (id INTEGER PRIMARY KEY, links BLOB NOT NULL)"
"""What files of earlier versions lack, as in ``schema.sql``."""
BATCH_WRITES = 200
BATCH_SECONDS = 1.0
"""A crash loses at most one batch; its addresses are asked for again on resume."""

_PRAGMAS = (
    # Of a new file: a packed page takes most of the usual 4 KiB, so that a third of each would stay empty.
    "PRAGMA page_size = 16384",
    "PRAGMA journal_mode = WAL",
    # With WAL, NORMAL survives a kill -9; a power cut may lose the last batches, never the file.
    "PRAGMA synchronous = NORMAL",
    "PRAGMA wal_autocheckpoint = 250",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA busy_timeout = 20000",
)


class Database:
    """One connection, one writer. Writes gather in a transaction until :meth:`wrote` finds the batch full."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Raises :class:`StoreInvalid` when the file is missing, no facts file, or of another version."""
        self.path = path
        if not create and not path.is_file():
            raise StoreInvalid(f"{path} 不存在，请检查运行目录。")
        if create:
            path.touch(mode=stat.S_IRUSR | stat.S_IWUSR, exist_ok=True)
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        # The reactor may read in one thread what another wrote: never two at once.
        self.sql = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.catch_up: Callable[[], None] = lambda: None
        """Lets a reader see what the writer still holds in memory; nothing is made durable by it."""
        self.before_commit: list[Callable[[], None]] = []
        """What others hold in memory and what must reach the disk together with the pages."""
        self._writes = 0
        self._units = 0
        self._since = monotonic()
        try:
            for pragma in _PRAGMAS:
                self.sql.execute(pragma)
            self._version = version = self.sql.execute("PRAGMA user_version").fetchone()[0]
            if create and version == 0:
                self._make()
            elif version not in _READABLE:
                raise StoreInvalid(
                    f"{path} 的版本是 {version}，本程序只读版本 {SCHEMA_VERSION} 及更早的，请用相应版本的程序打开。"
                )
        except sqlite3.DatabaseError as error:
            self.sql.close()
            raise StoreInvalid(f"{path} 不是完好的事实库（{error}），请重新抓取。") from error

    def _make(self) -> None:
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        self.sql.executescript(f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        self._version = SCHEMA_VERSION

    def write(self, statement: str, values: tuple[Any, ...]) -> None:
        self.begin()
        self.sql.execute(statement, values)

    def begin(self) -> None:
        if not self.sql.in_transaction:
            self.sql.execute("BEGIN IMMEDIATE")
            if self._version != SCHEMA_VERSION:
                self.sql.execute(_MADE_LATER)
                self.sql.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                self._version = SCHEMA_VERSION
            self._since = monotonic()
            self._writes = 0

    @contextmanager
    def unit(self) -> Iterator[None]:
        """What is written inside reaches the disk together or not at all; nothing may wait inside."""
        self._units += 1
        try:
            yield
        finally:
            self._units -= 1
            self._commit_when_due()

    def wrote(self) -> None:
        """Count one piece of work, and commit when enough came together or enough time went by."""
        self._writes += 1
        self._commit_when_due()

    def _commit_when_due(self) -> None:
        due = self._writes >= BATCH_WRITES or monotonic() - self._since >= BATCH_SECONDS
        if due and not self._units and self.sql.in_transaction:
            self.commit()

    def commit(self) -> None:
        self.catch_up()
        for write in self.before_commit:
            write()
        if self.sql.in_transaction:
            self.sql.execute("COMMIT")

    def close(self) -> None:
        self.commit()
        self.sql.close()

    def has_table(self, name: str) -> bool:
        """False for a run of an earlier version, which kept no such thing."""
        return self.sql.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None

    def set_meta(self, name: str, value: object) -> None:
        """Keep a JSON value under a name."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False, sort_keys=True)))

    def get_meta(self, name: str, default: Any = None) -> Any:
        row = self.sql.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row[0])
