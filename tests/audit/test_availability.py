"""A week of looks, copied into a run and judged there again and again."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from audit.folders import RunFolder
from audit.probe_book import NAME, ProbeBook, copy_series
from crawler.facts import MemoryFacts, Probe, RunFacts
from crawler.store import FactsStore
from rules.engine import evaluate
from rules.factories import make_portal
from rules.loader import load_packs
from rules.model import Outcome

CHINA = ZoneInfo("Asia/Shanghai")
HOME = "http://www.shili.example/"
BEGAN = datetime(2026, 11, 20, 21, 30, tzinfo=CHINA)
AS_OF = date(2026, 11, 20)


def watch(data: Path, *, failing: int) -> None:
    """A look an hour for eight days; the last ``failing`` ones did not open."""
    moments = [BEGAN - timedelta(hours=hours) for hours in range(24 * 8)]
    looks = [
        (HOME, Probe(at=at.isoformat(), seconds=15.0, opened=False, reason="timeout-read", canary="up"))
        if number < failing
        else (HOME, Probe(at=at.isoformat(), seconds=0.4, opened=True, status=200))
        for number, at in enumerate(moments)
    ]
    with ProbeBook(data) as book:
        book.add(looks, keep_days=60, now=BEGAN)


def run_of(tmp_path: Path) -> RunFolder:
    run = RunFolder(path=tmp_path / "run")
    run.path.mkdir()
    with FactsStore.create(run.facts) as store:
        store.save_run(RunFacts(started=BEGAN.isoformat(), pages_fetched=9))
    return run


def outcome(run: RunFolder) -> tuple[set[Outcome], list[object]]:
    """What the rule says of the stored run, and the evidence it shows."""
    with FactsStore.open(run.facts) as store:
        facts = MemoryFacts(portal=make_portal(url=HOME), run=store.run_facts())
    evaluation = evaluate(facts, load_packs(None), AS_OF)
    found = [finding for finding in evaluation.findings if finding.rule == "unavailable-homepage"]
    return set(evaluation.tally["unavailable-homepage", None]), [item for finding in found for item in finding.evidence]


def test_a_week_in_which_it_often_did_not_open_is_a_fault_with_the_looks_as_evidence(tmp_path: Path) -> None:
    watch(tmp_path, failing=20)
    run = run_of(tmp_path)
    copy_series(tmp_path, run, HOME)
    outcomes, evidence = outcome(run)
    assert outcomes == {Outcome.FAILED}
    assert len(evidence) == 10


def test_the_run_is_complete_in_itself(tmp_path: Path) -> None:
    watch(tmp_path, failing=20)
    run = run_of(tmp_path)
    copy_series(tmp_path, run, HOME)
    first = outcome(run)
    (tmp_path / NAME).unlink()
    assert outcome(run) == first
    with FactsStore.open(run.facts) as store:
        watched = store.run_facts().availability
    assert watched is not None
    assert len(watched.probes) == 24 * 8


def test_a_week_in_which_it_opened_passes_and_without_a_monitor_nobody_can_tell(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    copy_series(tmp_path, run, HOME)
    assert not (tmp_path / NAME).exists()
    assert outcome(run)[0] == {Outcome.CANT_TELL}
    watch(tmp_path, failing=2)
    copy_series(tmp_path, run, HOME)
    assert outcome(run)[0] == {Outcome.PASSED}
