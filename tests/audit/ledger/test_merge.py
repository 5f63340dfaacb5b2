"""Runs taken into the ledger: what opens, stays, closes, comes back, and above all what does not close."""

from dataclasses import replace
from datetime import date

import pytest

from audit.ledger.account import Coverage, UnitSeen
from audit.ledger.states import State, Verb
from audit.ledger.views import Deed, TicketQuery
from tests.audit.ledger.ledgers import CLERK, HOME, INSPECTOR, at
from tests.audit.ledger.nights import FAILING, FINE, FINE_ITSELF, RULES, UNITS, UNSEEN, fault, merge, night, states

NEWS = fault("stale-news-column", "news/")
DEAD = fault("dead-link", "a/1.html", "财政局", found_on=(f"{HOME}a/",), found_on_count=1)


def test_the_first_night_opens_tickets_with_their_last_day_and_calls_nothing_new(ledger):
    report = merge(ledger, night("2026-11-20", NEWS, DEAD))
    assert report.merged
    assert (report.counts["new"], report.counts["failed"]) == (2, 2)
    mark = report.marks[DEAD.fingerprint]
    assert (mark.number, mark.state, mark.change, mark.first_seen) == ("T000002", State.OPEN, None, date(2026, 11, 20))
    assert mark.due == date(2026, 12, 4)
    assert [ticket.department for ticket in ledger.tickets()] == [None, "财政局"]


def test_an_identical_second_night_changes_nothing_but_the_day_last_seen(ledger):
    merge(ledger, night("2026-11-20", NEWS, DEAD))
    before = list(ledger.tickets())
    report = merge(ledger, night("2026-11-21", NEWS, DEAD))
    assert {mark.change for mark in report.marks.values()} == {"still"}
    for old, new in zip(before, ledger.tickets(), strict=True):
        assert new.last_seen == date(2026, 11, 21)
        assert new.seen_run == "run-2026-11-21"
        assert (new.events, new.state, new.due, new.first_seen) == (old.events, old.state, old.due, old.first_seen)


def test_merging_the_same_run_again_changes_nothing_and_answers_the_same(ledger):
    merge(ledger, night("2026-11-20", NEWS, DEAD))
    first = merge(ledger, night("2026-11-21", DEAD), news__=FINE)
    before = list(ledger.tickets())
    again = merge(ledger, night("2026-11-21", DEAD), news__=FINE)
    assert not again.merged
    assert (again.marks, again.settled) == (first.marks, first.settled)
    assert list(ledger.tickets()) == before


def test_what_was_looked_at_again_and_was_fine_is_closed(ledger):
    merge(ledger, night("2026-11-20", NEWS, DEAD))
    report = merge(ledger, night("2026-11-21", DEAD), news__=FINE)
    (closed, still) = ledger.tickets()
    assert (closed.state, closed.closed_on) == (State.CLOSED, date(2026, 11, 21))
    assert [event.verb for event in closed.events] == [Verb.OPEN, Verb.PASS, Verb.CLOSE]
    assert closed.events[1].note == FINE.note
    assert still.state is State.OPEN
    assert [each.number for each in report.settled] == [closed.number]


def test_what_was_not_looked_at_stays_open(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    report = merge(ledger, night("2026-11-21"))
    assert (states(ledger), report.counts["unseen"], report.settled) == (["待整改"], 1, ())


@pytest.mark.parametrize("coverage", [Coverage.PARTIAL, Coverage.EMPTY, Coverage.VOID])
def test_a_run_that_did_not_see_the_whole_closes_nothing_whatever_it_saw(ledger, coverage):
    merge(ledger, night("2026-11-20", NEWS))
    partly = night("2026-11-21", coverage=coverage, coverage_reason="本次只检查了指定的单位。")
    report = merge(ledger, partly, news__=FINE_ITSELF)
    assert states(ledger) == ["待整改"]
    assert report.note.endswith("。")
    assert merge(ledger, night("2026-11-22"), news__=FINE).counts["fixed"] == 1


CUT_OFF = {"coverage": Coverage.CUT_OFF, "coverage_reason": "本次达到了页数上限，没有看全。"}


def test_a_portal_that_reaches_its_page_limit_every_night_closes_what_was_looked_at_and_passed(ledger):
    merge(ledger, night("2026-11-20", NEWS, DEAD, **CUT_OFF))
    report = merge(ledger, night("2026-11-21", DEAD, **CUT_OFF), news__=FINE_ITSELF)
    assert states(ledger) == ["销号", "待整改"]
    assert [each.rule for each in report.settled] == ["stale-news-column"]
    assert report.note == "本次达到了页数上限，没有看全，只有逐一重新看过、确认正常的才销号。"
    merge(ledger, night("2026-11-22", NEWS, DEAD, **CUT_OFF))
    assert states(ledger) == ["复发", "待整改"]


@pytest.mark.parametrize("look", [FINE, UNSEEN])
def test_a_run_that_was_cut_off_does_not_close_what_is_only_gone_or_was_not_looked_at(ledger, look):
    merge(ledger, night("2026-11-20", NEWS))
    report = merge(ledger, night("2026-11-21", **CUT_OFF), news__=look)
    assert (states(ledger), report.counts["unseen"], report.settled) == (["待整改"], 1, ())


def test_a_run_that_was_cut_off_after_much_less_than_the_last_one_closes_nothing_and_the_next_like_it_does(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    report = merge(ledger, night("2026-11-21", pages=400, **CUT_OFF), news__=FINE_ITSELF)
    assert (states(ledger), report.note) == (["待整改"], "本次只读到 400 页，上一次读到 1000 页，所以本次没有销号。")
    merge(ledger, night("2026-11-22", pages=400, **CUT_OFF), news__=FINE_ITSELF)
    assert states(ledger) == ["销号"]


def test_a_run_that_read_much_less_than_the_last_one_closes_nothing(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    assert "只读到 400 页" in merge(ledger, night("2026-11-21", pages=400), news__=FINE).note
    assert states(ledger) == ["待整改"]


def test_a_partial_run_opens_and_confirms_all_the_same(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    report = merge(ledger, night("2026-11-21", NEWS, DEAD, coverage=Coverage.PARTIAL, coverage_reason="本次是抽样检查。"))
    assert [mark.change for mark in report.marks.values()] == ["still", "new"]


def test_a_void_run_is_noted_and_leaves_no_trace_on_tickets(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    before = list(ledger.tickets())
    report = merge(ledger, night("2026-11-21", coverage=Coverage.VOID, coverage_reason="首页被拦截。"))
    assert (list(ledger.tickets()), report.marks, report.note) == (before, {}, "本次运行作废，台账没有变化。")


def test_what_comes_back_is_the_same_ticket_with_a_new_last_day(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    merge(ledger, night("2026-11-23"), news__=FINE)
    report = merge(ledger, night("2026-12-01", NEWS))
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.first_seen, ticket.received, ticket.due) == (
        State.RETURNED, date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 15),
    )  # fmt: skip
    assert ticket.closed_on is None
    assert report.marks[NEWS.fingerprint].change == "reopened"


def test_a_rule_that_was_not_in_force_closes_nothing(ledger):
    """A second look says so itself; when it does not, it is not believed."""
    merge(ledger, night("2026-11-20", NEWS))
    rules = {name: rule for name, rule in RULES.items() if name != "stale-news-column"}
    merge(ledger, night("2026-11-21", rules=rules), news__=FINE)
    assert states(ledger) == ["待整改"]


def test_a_changed_threshold_settles_without_praise_and_resumes_without_blame(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    lax = RULES | {"stale-news-column": replace(RULES["stale-news-column"], digest="30天")}
    report = merge(ledger, night("2026-11-21", rules=lax), news__=FINE)
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.events[-1].verb) == (State.CLOSED, Verb.RETIRE)
    assert (report.settled, report.counts["retired"], report.counts["fixed"]) == ((), 1, 0)
    report = merge(ledger, night("2026-11-23", NEWS))
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.events[-1].verb, ticket.due) == (State.OPEN, Verb.RESUME, date(2026, 12, 7))
    assert report.marks[NEWS.fingerprint].change == "new"


def test_a_fault_seen_under_the_new_threshold_is_closed_by_mending_it(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    lax = RULES | {"stale-news-column": replace(RULES["stale-news-column"], digest="30天")}
    merge(ledger, night("2026-11-21", NEWS, rules=lax))
    merge(ledger, night("2026-11-22", rules=lax), news__=FINE)
    assert [event.verb for event in next(ledger.tickets()).events] == [Verb.OPEN, Verb.PASS, Verb.CLOSE]


# -- renamed, moved, regrouped ------------------------------------------------------------------------------------------

RENAMED = UnitSeen(name="财政和金融局", kind="department", url=f"{HOME}czj/", url_prefixes=(f"{HOME}czj/",))


@pytest.mark.parametrize(
    "renamed",
    [
        pytest.param(RENAMED, id="the same page"),
        pytest.param(replace(RENAMED, url=f"{HOME}new/"), id="the same folder"),
        pytest.param(UnitSeen(name="财政和金融局", url=f"{HOME}x/", aliases=("财政局",)), id="it says so itself"),
    ],
)
def test_a_renamed_unit_keeps_its_tickets(ledger, renamed):
    merge(ledger, night("2026-11-20", DEAD))
    after = fault("dead-link", "a/1.html", "财政和金融局")
    report = merge(ledger, night("2026-11-21", after, units=(renamed, UNITS[1])))
    (ticket,) = ledger.tickets()
    assert (ticket.department, ticket.state, ticket.fingerprint) == ("财政和金融局", State.OPEN, after.fingerprint)
    assert [event.verb for event in ticket.events] == [Verb.OPEN, Verb.RENAME]
    assert "“财政局”变为“财政和金融局”" in ticket.events[1].note
    assert report.marks[after.fingerprint].change == "still"
    assert [ticket.number for ticket in ledger.tickets(TicketQuery(department="财政局"))] == [ticket.number]


def test_a_unit_beside_the_old_one_is_no_renaming(ledger):
    merge(ledger, night("2026-11-20", DEAD))
    merge(ledger, night("2026-11-21", units=(*UNITS, replace(RENAMED, url=f"{HOME}czj/"))))
    assert [unit.name for unit in ledger.departments(HOME)] == sorted(["财政局", "民政局", "财政和金融局"])


def test_two_units_on_one_page_are_never_taken_for_each_other(ledger):
    shared = (UnitSeen(name="甲局", url=f"{HOME}list/"), UnitSeen(name="乙局", url=f"{HOME}list/"))
    merge(ledger, night("2026-11-20", fault("missing-guide-column", "list/", "甲局"), units=shared))
    moved = (UnitSeen(name="丙局", url=f"{HOME}list/"), UnitSeen(name="丁局", url=f"{HOME}list/"))
    merge(ledger, night("2026-11-21", fault("missing-guide-column", "list/", "丙局"), units=moved))
    assert [(ticket.department, len(ticket.events)) for ticket in ledger.tickets()] == [("甲局", 1), ("丙局", 1)]


def test_a_column_that_moved_with_its_fault_keeps_its_ticket(ledger):
    old = fault("stale-news-column", "old/news/", "财政局", subject="首页 › 动态")
    new = fault("stale-news-column", "new/news/", "财政局", subject="首页 › 动态")
    merge(ledger, night("2026-11-20", old))
    report = merge(ledger, night("2026-11-21", new))
    (ticket,) = ledger.tickets()
    assert (ticket.url, ticket.fingerprint) == (f"{HOME}new/news/", new.fingerprint)
    assert [event.verb for event in ticket.events] == [Verb.OPEN, Verb.MOVE]
    assert report.marks[new.fingerprint].number == ticket.number


def test_two_columns_of_one_name_are_not_confused(ledger):
    old = fault("stale-news-column", "old/news/", "财政局", subject="首页 › 动态")
    news = [fault("stale-news-column", f"{path}/news/", "财政局", subject="首页 › 动态") for path in ("b", "c")]
    merge(ledger, night("2026-11-20", old))
    merge(ledger, night("2026-11-21", *news))
    assert len(states(ledger)) == 3


def test_a_column_that_fails_still_is_not_taken_by_another_of_its_name(ledger):
    """It was folded into a group that night, so no fault names it; its ticket stays its own."""
    old = fault("stale-news-column", "old/news/", "财政局", subject="首页 › 动态")
    new = fault("stale-news-column", "new/news/", "财政局", subject="首页 › 动态")
    merge(ledger, night("2026-11-20", old))
    merge(ledger, night("2026-11-21", new), old__news__=FAILING)
    assert [ticket.url.removeprefix(HOME) for ticket in ledger.tickets()] == ["old/news/", "new/news/"]
    assert [ticket.last_seen for ticket in ledger.tickets()] == [date(2026, 11, 21)] * 2


def test_a_dead_link_that_another_unit_shares_now_keeps_its_ticket(ledger):
    merge(ledger, night("2026-11-20", DEAD))
    merge(ledger, night("2026-11-21", fault("dead-link", "a/1.html")))
    (ticket,) = ledger.tickets()
    assert (ticket.department, [event.verb for event in ticket.events]) == (None, [Verb.OPEN, Verb.MOVE])


def test_a_dead_link_that_left_the_home_page_keeps_its_ticket_under_another_rule(ledger):
    merge(ledger, night("2026-11-20", fault("dead-homepage-link", "a/1.html")))
    merge(ledger, night("2026-11-21", fault("dead-link", "a/1.html", "财政局")))
    (ticket,) = ledger.tickets()
    assert (ticket.rule, ticket.department) == ("dead-link", "财政局")


def test_few_left_of_a_group_belong_to_the_tickets_group(ledger):
    group = fault("dead-link", "a/1.html", group="a/", folded=True, count=300, samples=(f"{HOME}a/1.html", f"{HOME}a/2.html"))
    merge(ledger, night("2026-11-20", group))
    left = [fault("dead-link", f"a/{number}.html", group="a/") for number in (7, 8)]
    report = merge(ledger, night("2026-11-21", *left))
    assert len(states(ledger)) == 1
    assert {mark.number for mark in report.marks.values()} == {"T000001"}


def test_a_group_whose_template_changed_keeps_its_ticket(ledger):
    samples = tuple(f"{HOME}a/{number}.html" for number in range(5))
    old = fault("missing-column-label", "a/0.html", key="ColumnName", group="t1|ColumnName", folded=True, samples=samples)
    new = fault("missing-column-label", "a/2.html", key="ColumnName", group="t2|ColumnName", folded=True, samples=samples[2:])
    other = fault("missing-column-label", "a/2.html", key="ColumnType", group="t2|ColumnType", folded=True, samples=samples[2:])
    merge(ledger, night("2026-11-20", old))
    merge(ledger, night("2026-11-21", other, new))
    assert [ticket.fingerprint for ticket in ledger.tickets()] == [new.fingerprint, other.fingerprint]


# -- people and the machine ---------------------------------------------------------------------------------------------


def replied(ledger, day, hour=9):
    ledger.act("T000001", Deed(verb=Verb.REPLY, by=CLERK, at=at(day, hour), note="已更新。"))


def test_a_reply_that_a_later_look_belies_goes_back(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    replied(ledger, "2026-11-20")
    merge(ledger, night("2026-11-21", NEWS))
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.events[-1].verb, ticket.events[-1].note) == (
        State.OPEN, Verb.FAIL, "反馈之后再次检查，问题仍在。",
    )  # fmt: skip


def test_a_reply_given_while_the_run_was_under_way_is_not_belied_by_it(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    replied(ledger, "2026-11-21", hour=2)
    merge(ledger, night("2026-11-21", NEWS))
    assert states(ledger) == ["已反馈"]


def test_a_reply_that_the_next_look_confirms_is_closed(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    replied(ledger, "2026-11-20")
    merge(ledger, night("2026-11-21"), news__=FINE)
    assert [event.after.value for event in next(ledger.tickets()).events] == ["待整改", "已反馈", "复查通过", "销号"]


def test_an_appeal_is_no_reason_to_be_seen_again(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    ledger.act("T000001", Deed(verb=Verb.APPEAL, by=CLERK, at=at("2026-11-20"), note="依法不公开。"))
    merge(ledger, night("2026-11-21", NEWS))
    assert states(ledger) == ["申诉中"]


def waive(ledger, until):
    ledger.act("T000001", Deed(verb=Verb.WAIVE, by=INSPECTOR, at=at("2026-11-20"), note="属实。", until=until))


def test_a_waiver_covers_until_its_last_day_and_then_expires_with_a_new_last_day(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    waive(ledger, date(2026, 11, 24))
    assert [each.matter for each in ledger.waived(HOME, date(2026, 11, 24))] == [NEWS.matter]
    assert ledger.waived(HOME, date(2026, 11, 25)) == ()
    merge(ledger, night("2026-11-24", NEWS))
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.waiver.used_on, ticket.waiver.ended) == (State.WAIVED, date(2026, 11, 24), None)
    report = merge(ledger, night("2026-11-25", NEWS))
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.events[-1].verb, ticket.due) == (State.OPEN, Verb.EXPIRE, date(2026, 12, 9))
    assert ticket.waiver.ended == date(2026, 11, 25)
    assert any("豁免已经到期" in warning for warning in report.warnings)


def test_a_waiver_holds_on_the_very_night_its_unit_is_renamed(ledger):
    merge(ledger, night("2026-11-20", DEAD))
    waive(ledger, date(2026, 12, 24))
    (covered,) = ledger.waived(HOME, date(2026, 11, 21), (RENAMED, UNITS[1]))
    assert covered.departments == {"财政局", "财政和金融局"}
    assert [each.departments for each in ledger.waived(HOME, date(2026, 11, 21), UNITS)] == [{"财政局"}]


def test_a_waiver_whose_fault_is_gone_ends_and_is_reported(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    waive(ledger, date(2027, 11, 24))
    report = merge(ledger, night("2026-11-21"), news__=FINE)
    (ticket,) = ledger.tickets()
    assert (ticket.state, ticket.waiver.ended) == (State.CLOSED, date(2026, 11, 21))
    assert any("豁免随之结束" in warning for warning in report.warnings)


def test_a_waiver_that_covered_nothing_is_reported(ledger):
    merge(ledger, night("2026-11-20", NEWS))
    waive(ledger, date(2027, 11, 24))
    report = merge(ledger, night("2026-11-21"))
    assert any("没有用上" in warning for warning in report.warnings)
    assert states(ledger) == ["豁免"]


def test_a_ticket_of_a_person_is_none_of_the_machines_business(ledger):
    from tests.audit.ledger.ledgers import complaint

    ledger.register(complaint(), INSPECTOR, at("2026-11-20"))
    merge(ledger, night("2026-11-20"))
    merge(ledger, night("2026-11-21"), **{"czj__guide.html": FINE})
    assert states(ledger) == ["待整改"]


# -- order of runs ------------------------------------------------------------------------------------------------------


def test_a_run_older_than_the_last_one_is_not_merged(ledger):
    merge(ledger, night("2026-11-21", NEWS))
    report = merge(ledger, night("2026-11-20"), news__=FINE)
    assert not report.merged
    assert "更晚的运行" in report.note
    assert states(ledger) == ["待整改"]
    assert ledger.interrupted_runs() == ()


def test_last_days_of_an_unannounced_year_are_reckoned_again(ledger, tmp_path):
    from audit.ledger.ledger import Ledger

    merge(ledger, night("2026-12-25", NEWS))
    (ticket,) = ledger.tickets()
    assert ticket.due_provisional
    ledger.close()
    (tmp_path / "deadlines.yaml").write_text(
        "schema: zhaocuo.deadlines/1\nannounced_years: [2027]\nholidays: [2027-01-04, 2027-01-05]\n", encoding="utf-8"
    )
    with Ledger.open(tmp_path, at("2026-12-26")) as opened:
        merge(opened, night("2026-12-26", NEWS))
        (later,) = opened.tickets()
    assert (later.due_provisional, later.events[-1].verb) == (False, Verb.RESCHEDULE)
    assert later.due > ticket.due


def test_the_trend_shows_complete_runs_alone(ledger):
    for day, coverage in (("20", Coverage.COMPLETE), ("21", Coverage.PARTIAL), ("22", Coverage.VOID)):
        merge(ledger, night(f"2026-11-{day}", coverage=coverage))
    report = merge(ledger, night("2026-11-23"))
    assert [point.as_of.day for point in report.trends[None]] == [20, 23]


def test_a_person_closes_where_the_policy_says_so(database_url, tmp_path):
    from audit.ledger.ledger import Ledger

    (tmp_path / "ledger.yaml").write_text("schema: zhaocuo.ledger/1\nclosed_by: person\n", encoding="utf-8")
    with Ledger.open(tmp_path, at("2026-11-20")) as opened:
        merge(opened, night("2026-11-20", NEWS))
        merge(opened, night("2026-11-21"), news__=FINE)
        assert states(opened) == ["复查通过"]
        merge(opened, night("2026-11-22"), news__=FINE)
        assert len(next(opened.tickets()).events) == 2
        merge(opened, night("2026-11-23", NEWS))
        assert states(opened) == ["复发"]
