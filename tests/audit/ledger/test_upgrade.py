"""The database made, checked and brought up to date."""

import sqlite3
import stat
import subprocess
import sys

import pytest

from audit.errors import LedgerUnusable
from audit.ledger.database import VARIABLE
from audit.ledger.ledger import Ledger
from tests.audit.ledger.ledgers import INSPECTOR, at, complaint

NOW = at("2026-11-20")


def fill(folder):
    with Ledger.open(folder, NOW) as ledger:
        return ledger.register(complaint(), INSPECTOR, NOW).number


def sql(folder, *statements):
    connection = sqlite3.connect(folder / "ledger.sqlite")
    rows = [connection.execute(statement).fetchall() for statement in statements]
    connection.commit()
    connection.close()
    return rows[-1]


def test_a_new_ledger_is_made_for_its_owner_alone(tmp_path, sqlite_only):
    said = []
    with Ledger.open(tmp_path / "new" / "data", NOW, said.append) as ledger:
        assert ledger.count() == 0
    file = tmp_path / "new" / "data" / "ledger.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sql(file.parent, "PRAGMA journal_mode") == [("wal",)]
    assert said == []


def test_opening_again_changes_nothing(tmp_path, sqlite_only):
    number = fill(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    with Ledger.open(tmp_path, NOW) as ledger:
        assert ledger.ticket(number).number == number
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_newer_database_is_refused_with_one_sentence(database_url, tmp_path):
    fill(tmp_path)
    with Ledger.open(tmp_path, NOW):
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder

        MigrationRecorder(connection).record_applied("ledger", "0999_of_tomorrow")
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(tmp_path, NOW)
    assert "请升级 zhaocuo" in str(refused.value)
    assert str(refused.value).count("。") == 1


@pytest.mark.parametrize("content", [b"not a database at all, just some text", b"SQLite format 3\0" + b"\xff" * 4_096])
def test_a_broken_file_is_refused_and_left_alone(tmp_path, sqlite_only, content):
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(tmp_path, NOW)
    assert str(refused.value).count("。") == 1
    assert (tmp_path / "ledger.sqlite").read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path, sqlite_only):
    sql(tmp_path, "CREATE TABLE customers (name TEXT)")
    with pytest.raises(LedgerUnusable, match="别的程序"):
        Ledger.open(tmp_path, NOW)
    assert sql(tmp_path, "SELECT name FROM sqlite_master") == [("customers",)]


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path, sqlite_only):
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(LedgerUnusable):
        Ledger.open(tmp_path, NOW)


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "postgresql://u:p@[::1/db", "postgresql://u:secret@127.0.0.1:1/db?connect_timeout=1"]
)
def test_an_address_that_leads_nowhere_is_one_sentence_without_the_password(tmp_path, monkeypatch, url):
    monkeypatch.setenv(VARIABLE, url)
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(tmp_path, NOW)
    assert "secret" not in str(refused.value)
    assert str(refused.value).endswith("。")


def step_back(folder):
    """The ledger as a program that knew the first step alone left it."""
    sql(
        folder,
        "DROP TABLE ledger_listrow",
        "DROP TABLE ledger_problemlist",
        "DROP TRIGGER ledger_event_no_UPDATE",
        "DROP TRIGGER ledger_event_no_DELETE",
        "DELETE FROM django_migrations WHERE name IN ('0002_append_only', '0003_lists')",
    )


def test_what_stood_there_is_put_aside_before_an_upgrade(tmp_path, sqlite_only):
    number = fill(tmp_path)
    step_back(tmp_path)
    said = []
    with Ledger.open(tmp_path, NOW, said.append) as ledger:
        assert ledger.ticket(number)
    (backup,) = tmp_path.glob("ledger-升级前-*.sqlite")
    assert len(said) == 1
    assert str(backup) in said[0]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT COUNT(*) FROM ledger_ticket").fetchone() == (1,)
    assert copy.execute("SELECT COUNT(*) FROM django_migrations WHERE app = 'ledger'").fetchone() == (1,)
    copy.close()


KILLED_WHILE_MIGRATING = """
import os, signal, sys
from pathlib import Path
from django.db.migrations.executor import MigrationExecutor
from audit.ledger.ledger import Ledger
from tests.audit.ledger.ledgers import at
real = MigrationExecutor.apply_migration
def dying(self, state, migration, *args, **words):
    from django.db.migrations.operations.special import RunPython
    inner = RunPython.database_forwards
    def half(operation, label, editor, *rest):
        inner(operation, label, editor, *rest)
        os.kill(os.getpid(), signal.SIGKILL)
    RunPython.database_forwards = half
    return real(self, state, migration, *args, **words)
MigrationExecutor.apply_migration = dying
Ledger.open(Path(sys.argv[1]), at("2026-11-20"))
"""


@pytest.mark.parametrize("with_tickets", [True, False])
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_kill_in_the_midst_of_an_upgrade_of_postgresql_leaves_it_whole_and_the_next_one_says_so(
    tmp_path, database_url, with_tickets
):
    psycopg = pytest.importorskip("psycopg")

    def ask(*statements):
        with psycopg.connect(database_url, autocommit=True) as connection:
            found = [connection.execute(statement) for statement in statements]
            return found[-1].fetchone()[0] if found[-1].description else None

    def step_back():
        ask(
            "DROP TABLE ledger_listrow, ledger_problemlist",
            "DROP FUNCTION ledger_event_append_only CASCADE",
            "DELETE FROM django_migrations WHERE name IN ('0002_append_only', '0003_lists')",
        )

    if with_tickets:
        fill(tmp_path)
        step_back()
    died = subprocess.run([sys.executable, "-c", KILLED_WHILE_MIGRATING, str(tmp_path)], check=False, timeout=120)
    assert died.returncode == -9
    assert ask("SELECT COUNT(*) FROM django_migrations WHERE app = 'ledger'") == 1
    assert ask("SELECT COUNT(*) FROM pg_proc WHERE proname = 'ledger_event_append_only'") == 0
    said = []
    with Ledger.open(tmp_path, NOW, said.append) as ledger:
        assert ledger.count() == (1 if with_tickets else 0)
    assert any("中途停了" in sentence for sentence in said)
    assert ask("SELECT COUNT(*) FROM pg_trigger WHERE tgname LIKE 'ledger_event_no_%'") == 2
    step_back()
    said.clear()
    Ledger.open(tmp_path, NOW, said.append).close()
    assert [sentence for sentence in said if "中途停了" in sentence] == []


@pytest.mark.parametrize("with_tickets", [True, False])
def test_a_kill_in_the_midst_of_an_upgrade_leaves_it_whole_and_the_next_one_says_so(tmp_path, sqlite_only, with_tickets):
    if with_tickets:
        fill(tmp_path)
        step_back(tmp_path)
    died = subprocess.run([sys.executable, "-c", KILLED_WHILE_MIGRATING, str(tmp_path)], check=False, timeout=120)
    assert died.returncode == -9
    assert sql(tmp_path, "PRAGMA integrity_check") == [("ok",)]
    assert sql(tmp_path, "SELECT name FROM sqlite_master WHERE type = 'trigger'") == []
    said = []
    with Ledger.open(tmp_path, NOW, said.append) as ledger:
        assert ledger.count() == (1 if with_tickets else 0)
    assert any("中途停了" in sentence for sentence in said)
    assert len(sql(tmp_path, "SELECT name FROM sqlite_master WHERE type = 'trigger'")) == 2


def test_the_models_have_no_change_without_a_migration(tmp_path, sqlite_only):
    with Ledger.open(tmp_path, NOW):
        from django.core.management import call_command

        call_command("makemigrations", "ledger", "--check", "--dry-run", verbosity=0)
