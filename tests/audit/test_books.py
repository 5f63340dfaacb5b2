"""The ledger beside an audit: what it knows is shown, what it cannot do costs a sentence and never the run."""

import json
from datetime import date
from pathlib import Path

import pytest

from audit.folders import RunFolder
from audit.ledger.ledger import Ledger
from audit.ledger.states import Verb
from audit.ledger.views import Deed
from audit.run import Judged, JudgeSettings, judge_run
from crawler.facts import ExtractedPage, PageFacts, RunFacts
from crawler.store import FactsStore
from rules.factories import make_column, make_department, make_portal
from tests.audit.ledger.ledgers import INSPECTOR, at

HOME = "http://www.qianhe.gov.cn/"
AS_OF = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHAOCUO_DATABASE_URL", raising=False)


def a_run(data: Path, name: str, *, newest: str = "2026-01-05", gone: bool = False, **settings: object) -> RunFolder:
    """A stored run whose news column has its newest entry on ``newest``; ``gone``: it did not come by the column."""
    run = RunFolder(path=data / "runs" / name)
    run.path.mkdir(parents=True)
    run.write_settings({"start_url": HOME, "as_of": AS_OF.isoformat(), **settings})
    with FactsStore.create(run.facts) as store:
        store.add_page(ExtractedPage(facts=PageFacts(url=HOME)))
        column = make_column(name="动态要闻", url=f"{HOME}news/", column_type="news", entries=[newest], top_level=True)
        unit = make_department(name="财政局", url=f"{HOME}czj/", url_prefixes=[f"{HOME}czj/"])
        store.save_assembly(make_portal(url=HOME, name="千禾县人民政府"), [unit], [] if gone else [column])
        begun = f"2026-11-20T0{name[-1]}:00:00+08:00"
        store.save_run(RunFacts(started=begun, finished=begun, discovered=1, fetched=1, pages_fetched=1))
    return run


def judged(data: Path, run: RunFolder, **words: object) -> Judged:
    return judge_run(run, JudgeSettings(**{"as_of": AS_OF, "packs": ("portal-2019",), "data": data, **words}))


def news(result: Judged) -> object:
    found = [line for unit in result.result.units for line in unit.findings if line.rule == "stale-news-column"]
    return found[0] if found else None


def test_the_result_shows_ticket_change_and_first_day_and_keeps_them_in_the_run_folder(tmp_path):
    judged(tmp_path, a_run(tmp_path, "n1"))
    run = a_run(tmp_path, "n2")
    line = news(judged(tmp_path, run))
    assert (line.ticket, line.ticket_state, line.change, line.first_seen, line.due) == (
        "T000001", "待整改", "still", "2026-11-20", "2026-12-04",
    )  # fmt: skip
    kept = json.loads(run.result.read_text(encoding="utf-8"))
    assert [ticket["id"] for ticket in kept["tickets"] if ticket["rule"] == "stale-news-column"] == ["T000001"]


def test_a_mended_fault_stands_on_the_card_as_fixed_and_the_trend_goes_on(tmp_path):
    judged(tmp_path, a_run(tmp_path, "n1"))
    portal = judged(tmp_path, a_run(tmp_path, "n2", newest="2026-11-18")).result.units[0]
    assert [(line.rule, line.ticket) for line in portal.fixed] == [("stale-news-column", "T000001")]
    assert [point.as_of for point in portal.trend] == ["2026-11-20"] * 2
    assert portal.trend[1].low > portal.trend[0].low


def test_a_waived_fault_is_shown_as_waived_and_costs_nothing(tmp_path):
    before = judged(tmp_path, a_run(tmp_path, "n1")).result.units[0]
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        ledger.act("1", Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-20"), note="改版。", until=AS_OF))
    result = judged(tmp_path, a_run(tmp_path, "n2"))
    line, after = news(result), result.result.units[0]
    assert (line.outcome, line.points, line.due, line.ticket_state) == ("waived", None, None, "豁免")
    assert after.score.high > before.score.high
    assert result.result.outcomes["waived"] == 1
    assert news(judged(tmp_path, a_run(tmp_path, "n3"), as_of=date(2026, 11, 21))).outcome == "failed"


def test_the_card_says_what_a_waiver_came_to_until_the_problem_is_mended(tmp_path):
    judged(tmp_path, a_run(tmp_path, "n1"))
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        ledger.act("1", Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-20"), note="改版。", until=date(2026, 11, 22)))

    def waivers(name: str, day: int, **words: object) -> list[tuple[str, str]]:
        portal = judged(tmp_path, a_run(tmp_path, name, **words), as_of=date(2026, 11, day)).result.units[0]
        return [(line.state, f"{line.ticket} {line.until} {line.by} {line.reason}") for line in portal.waivers]

    said = f"T000001 2026-11-22 {INSPECTOR.name} 改版。"
    assert waivers("n2", 21) == [("used", said)]
    assert waivers("n3", 22, departments=["民政局"], gone=True) == [("unused", said)]
    assert waivers("n4", 23) == [("expired", said)]
    assert waivers("n5", 24) == [("expired", said)]
    assert waivers("n6", 25, newest="2026-11-24") == []


def test_a_waiver_that_is_over_and_hides_nothing_has_expired_and_one_revoked_is_no_more(tmp_path):
    judged(tmp_path, a_run(tmp_path, "n1"))
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        ledger.act("1", Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-20"), note="改版。", until=AS_OF))
    later = date(2026, 11, 23)
    portal = judged(tmp_path, a_run(tmp_path, "n2", gone=True), as_of=later).result.units[0]
    assert [line.state for line in portal.waivers] == ["expired"]
    with Ledger.open(tmp_path, at("2026-11-23")) as ledger:
        ledger.act("1", Deed(verb=Verb.REVOKE, by=INSPECTOR, at=at("2026-11-23"), note="不再需要。"))
    assert judged(tmp_path, a_run(tmp_path, "n3"), as_of=later).result.units[0].waivers == ()


def test_judging_otherwise_asks_the_ledger_and_tells_it_nothing(tmp_path):
    run = a_run(tmp_path, "n1")
    judged(tmp_path, run)
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        before = list(ledger.tickets())
    result = judged(tmp_path, run, as_of=date(2027, 3, 1), merge=False)
    assert "只是重新判断，台账没有变化。" in result.ledger_words
    assert news(result).ticket == "T000001"
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        assert list(ledger.tickets()) == before


def test_a_sample_or_spot_check_that_is_judged_again_takes_no_part(tmp_path):
    run = a_run(tmp_path, "n1", part={"kind": "unit", "units": ["财政局"]})
    judged(tmp_path, run)
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        assert ledger.count() == 0
        assert ledger.interrupted_runs() == ()


def test_a_run_that_was_cut_off_is_not_spoken_of_when_a_later_one_is_in(tmp_path, monkeypatch):
    judged(tmp_path, a_run(tmp_path, "n1"))
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        from audit.ledger.merge import begin_run
        from tests.audit.ledger.nights import night

        begin_run(night("2026-11-20", portal_url=HOME, name="cut-off"))
        assert ledger.interrupted_runs() == ("cut-off",)
    judged(tmp_path, a_run(tmp_path, "n2"))
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        assert ledger.interrupted_runs() == ()


def test_only_some_units_close_nothing(tmp_path):
    judged(tmp_path, a_run(tmp_path, "n1"))
    result = judged(tmp_path, a_run(tmp_path, "n2", newest="2026-11-18", departments=["财政局"]))
    assert any("本次没有销号" in words for words in result.ledger_words)
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        assert [ticket.state for ticket in ledger.tickets()].count("销号") == 0


def test_a_broken_ledger_costs_a_sentence_and_the_run_can_be_taken_in_later(tmp_path):
    (tmp_path / "ledger.sqlite").write_bytes(b"broken")
    run = a_run(tmp_path, "n1")
    result = judged(tmp_path, run)
    assert (result.ledger_failed, result.exit_code) == (True, 3)
    assert any("zhaocuo judge n1" in words for words in result.ledger_words)
    assert news(result).ticket == ""
    assert run.result.is_file()
    (tmp_path / "ledger.sqlite").unlink()
    again = judged(tmp_path, run)
    assert (again.ledger_failed, again.exit_code, news(again).ticket) == (False, 1, "T000001")


def test_a_ledger_that_fails_in_the_midst_costs_no_more(tmp_path, monkeypatch):
    judged(tmp_path, a_run(tmp_path, "n1"))
    with Ledger.open(tmp_path, at("2026-11-20")):
        from django.db import DatabaseError

        from audit.ledger import merge as merging

        def fails(*_: object, **__: object) -> None:
            raise DatabaseError("disk full")

        monkeypatch.setattr(merging, "note_seen", fails)
    result = judged(tmp_path, a_run(tmp_path, "n2", newest="2026-11-18"))
    assert (result.ledger_failed, result.exit_code) == (True, 3)
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        assert {ticket.state.value for ticket in ledger.tickets()} == {"待整改"}
        assert ledger.interrupted_runs() == ("n2",)
