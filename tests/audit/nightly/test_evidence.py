"""Run folders that hold the evidence of open tickets are named by the ledger; a ledger that cannot be read stops the cleaning."""

from datetime import date, datetime
from pathlib import Path

import pytest

from audit.bookkeeping import Booking, book
from audit.clock import CHINA
from audit.errors import LedgerUnusable
from audit.folders import FACTS_NAME, RunFolder
from audit.ledger.database import NAME, VARIABLE
from audit.ledger.ledger import Ledger
from audit.ledger.states import Role, Verb
from audit.ledger.views import Actor, Deed
from audit.nightly.evidence import open_ticket_runs
from audit.run import JudgeSettings, judge_run
from crawler.facts import PortalFacts, RunFacts
from crawler.store import FactsStore
from rules.engine import evaluate
from rules.factories import make_column
from rules.loader import load_packs

HOME = "http://www.qianhe.gov.cn/"
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def sqlite_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def booked_run(data: Path, name: str) -> None:
    """A run in which one column is stale, taken into the ledger."""
    run = RunFolder(path=data / "runs" / name)
    run.path.mkdir(parents=True)
    settings = JudgeSettings(as_of=DAY, packs=("portal-2019",))
    run.write_settings({"start_url": HOME, "as_of": DAY.isoformat(), "packs": list(settings.packs)})
    with FactsStore.create(run.path / FACTS_NAME) as store:
        store.save_run(RunFacts(started="2026-11-20T01:00:00+08:00", fetched=10, discovered=10, pages_fetched=10))
        column = make_column(name="人事", path=["人事"], url=f"{HOME}rs/", column_type="personnel", entries=["2020-01-01"])
        store.save_assembly(PortalFacts(url=HOME, name="千禾市人民政府"), (), [column])
    result = judge_run(run, settings).result
    packs = load_packs(settings.packs)
    with FactsStore.open(run.facts) as store, Ledger.open(data, NOW) as ledger:
        evaluation = evaluate(store, packs, DAY)
        booking = Booking(run=run, store=store, packs=packs, evaluation=evaluation, result=result, as_of=DAY, merge=True)
        book(ledger, booking, NOW)


def test_the_run_in_which_an_open_problem_was_last_seen_must_stay(tmp_path: Path) -> None:
    assert open_ticket_runs(tmp_path, NOW) == frozenset()
    booked_run(tmp_path, "night-1")
    assert open_ticket_runs(tmp_path, NOW) == {"night-1"}
    booked_run(tmp_path, "night-2")
    assert open_ticket_runs(tmp_path, NOW) == {"night-2"}


def test_a_spot_check_on_which_a_recheck_of_an_open_ticket_rests_must_stay(tmp_path: Path) -> None:
    booked_run(tmp_path, "night-1")
    inspector = Actor(name="周督办", role=Role.SUPERVISOR)
    with Ledger.open(tmp_path, NOW) as ledger:
        ledger.act("1", Deed(verb=Verb.FAIL, by=inspector, at=NOW, note="问题仍在。", run="check-1"))
    assert open_ticket_runs(tmp_path, NOW) == {"night-1", "check-1"}
    with Ledger.open(tmp_path, NOW) as ledger:
        for verb in (Verb.PASS, Verb.CLOSE):
            ledger.act("1", Deed(verb=verb, by=inspector, at=NOW, note="已经正常。", run="check-2"))
    assert open_ticket_runs(tmp_path, NOW) == frozenset()


def test_a_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("no database")
    with pytest.raises(LedgerUnusable):
        open_ticket_runs(tmp_path, NOW)
