"""Which database the ledger is: ``<data>/ledger.sqlite``, or the PostgreSQL that ``ZHAOCUO_DATABASE_URL`` names."""

import os
from pathlib import Path
from typing import Any

from audit.errors import LedgerUnusable

VARIABLE = "ZHAOCUO_DATABASE_URL"
NAME = "ledger.sqlite"
PATIENCE_SECONDS = 120
"""How long a writer waits for another: merging a hundred thousand findings takes a good part of a minute."""

Description = dict[str, Any]


def describe(data: Path) -> Description:
    """Django's description of the database for ``data``; raises :class:`LedgerUnusable` for an address that is none."""
    url = os.environ.get(VARIABLE, "").strip()
    return _postgresql(url) if url else _sqlite(data / NAME)


def _sqlite(path: Path) -> Description:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": PATIENCE_SECONDS,
            # Read-then-write under SQLite's default starts as a reader and is refused when it wants to write.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;",
        },
    }


def _postgresql(url: str) -> Description:
    try:
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  extra `postgres`
    except ImportError as error:
        raise LedgerUnusable(f"{VARIABLE} 指定了 PostgreSQL，但没有安装驱动，请安装 zhaocuo[postgres]。") from error
    if not url.startswith(("postgresql://", "postgres://")):
        raise LedgerUnusable(f"{VARIABLE} 应是 postgresql://用户:密码@主机:端口/数据库 这样的地址，请改正或去掉它。")
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except Exception as error:
        # The text of the exception would repeat the password.
        raise LedgerUnusable(f"{VARIABLE} 不是可用的 PostgreSQL 地址，请检查写法。") from error
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    named = {ours: parts.pop(theirs, "") for ours, theirs in names.items()}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": parts}


def use(description: Description) -> None:
    """Make Django speak to this database; the first call sets Django up, which takes a good half second."""
    import django  # noqa: PLC0415  see above
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured:
        settings.configure(
            DATABASES={"default": description},
            INSTALLED_APPS=["audit.ledger"],
            USE_TZ=True,
            TIME_ZONE="Asia/Shanghai",
            LANGUAGE_CODE="zh-hans",
            LOGGING_CONFIG=None,
            SECRET_KEY="",
        )
        django.setup()
    from django.db import connections  # noqa: PLC0415  asks for the settings

    release()
    connections.settings["default"] = connections.configure_settings({"default": description})["default"]


def release() -> None:
    """Close this process's connection."""
    from django.db import connections  # noqa: PLC0415

    if "default" in {connection.alias for connection in connections.all(initialized_only=True)}:
        connections["default"].close()
        del connections["default"]


def is_sqlite(description: Description) -> bool:
    return str(description["ENGINE"]).endswith("sqlite3")
