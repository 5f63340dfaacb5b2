"""Lists into the ledger: whole or not at all, each row in its place, what is there already recognised, nothing done twice."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from audit.errors import IntakeRefused
from audit.intake.importing import Import
from audit.ledger.ledger import Ledger
from audit.ledger.states import Role, State, Verb
from audit.ledger.views import Actor, Deed, NewTicket
from tests.audit.intake.lists_made_here import HEADS, HOME, INSPECTOR, NOW, run_import, write_xlsx

LATER = NOW + timedelta(days=10)


def counts(done: Import) -> dict[str, int]:
    return {fate.value: count for fate, count in done.counts.items()}


def enter(ledger: Ledger, tmp_path: Path, *rows: Sequence[object], heads: Sequence[str] = HEADS, **more: object) -> Import:
    return run_import(ledger, write_xlsx(tmp_path / "list.xlsx", [heads, *rows]), **more)


def test_each_row_becomes_a_ticket_with_its_deadline_and_its_beginning(ledger: Ledger, tmp_path: Path) -> None:
    done = enter(ledger, tmp_path, ("财政局", "指南打不开", f"{HOME}czj/zn.html", date(2026, 11, 18)))
    assert counts(done) == {"new": 1}
    ticket = next(ledger.tickets())
    assert (ticket.department, ticket.message, ticket.url) == ("财政局", "指南打不开", f"{HOME}czj/zn.html")
    assert (ticket.state, ticket.source, ticket.received) == (State.OPEN, "evaluation", date(2026, 11, 18))
    assert ticket.due == date(2026, 12, 2)  # ten working days
    assert (ticket.events[0].by, ticket.events[0].verb, ticket.events[0].note) == ("王科长", Verb.REGISTER, "list.xlsx 第 2 行。")


def test_a_citizens_report_has_three_working_days_from_its_receipt(ledger: Ledger, tmp_path: Path) -> None:
    enter(ledger, tmp_path, ("财政局", "打不开", "", ""), source="zhaocuo", received=date(2026, 11, 20))
    assert next(ledger.tickets()).due == date(2026, 11, 25)


def test_the_lists_own_last_day_goes_before(ledger: Ledger, tmp_path: Path) -> None:
    heads = ("责任单位", "问题描述", "整改时限")
    enter(ledger, tmp_path, ("甲局", "一", "2026年12月1日"), ("乙局", "二", ""), heads=heads, due=date(2026, 12, 3))
    assert [ticket.due for ticket in ledger.tickets()] == [date(2026, 12, 1), date(2026, 12, 3)]


def test_one_faulty_row_keeps_all_out_and_every_one_is_named(ledger: Ledger, tmp_path: Path) -> None:
    rows = [("财政局", "好的", f"{HOME}a", "2026-11-01"), ("财政局", "坏的", "首页", "昨天"), ("财政局", "", "", "")]
    with pytest.raises(IntakeRefused) as caught:
        enter(ledger, tmp_path, *rows)
    lines = str(caught.value).splitlines()
    assert [line.split("：")[0] for line in lines[:3]] == [
        "工作表“Sheet1”第 3 行",
        "工作表“Sheet1”第 3 行",
        "工作表“Sheet1”第 4 行",
    ]
    assert "2 行需要改正，这一次一行也没有导入" in lines[-1]
    assert (ledger.count(), ledger.kept_lists()) == (0, ())


def test_a_dry_run_says_the_same_and_does_nothing(ledger: Ledger, tmp_path: Path) -> None:
    row = ("财政局", "打不开", f"{HOME}a", "2026-11-01")
    assert counts(enter(ledger, tmp_path, row, dry_run=True)) == {"new": 1}
    assert (ledger.count(), ledger.kept_lists()) == (0, ())


def test_the_same_list_twice_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    rows = [("财政局", "打不开", f"{HOME}a", "2026-11-01"), ("", "没有网址的问题", "", "")]
    enter(ledger, tmp_path, *rows)
    before = [(ticket.number, ticket.state, len(ticket.events)) for ticket in ledger.tickets()]
    assert counts(enter(ledger, tmp_path, *rows)) == {"known": 2}
    assert [(ticket.number, ticket.state, len(ticket.events)) for ticket in ledger.tickets()] == before
    assert len(ledger.kept_lists()) == 1


def test_rows_that_repeat_each_other_are_one_ticket(ledger: Ledger, tmp_path: Path) -> None:
    rows = [("财政局", "打不开", "http://www.qianhe.gov.cn/a", ""), ("", " 打 不开", "https://qianhe.gov.cn/a", "")]
    assert counts(enter(ledger, tmp_path, *rows)) == {"new": 1, "repeats": 1}
    assert [row.ticket for row in ledger.rows_of(ledger.kept_lists()[0])] == ["T000001", "T000001"]


def test_different_words_on_one_page_are_different_problems(ledger: Ledger, tmp_path: Path) -> None:
    heads = ("错敏词", "推荐词", "附件地址")
    rows = [("按装", "安装", f"{HOME}a"), ("帐号", "账号", f"{HOME}a")]
    assert counts(enter(ledger, tmp_path, *rows, heads=heads)) == {"new": 2}


def audit_ticket(ledger: Ledger, rule: str, url: str) -> str:
    new = NewTicket(
        portal_url=HOME,
        source="audit",
        message="审计发现的问题。",
        received=date(2026, 11, 1),
        department="财政局",
        url=url,
        rule=rule,
    )
    return ledger.register(new, INSPECTOR, NOW).number


@pytest.mark.parametrize(
    ("rule", "said", "fate"),
    [
        ("dead-link", "链接无法访问", "known"),
        ("empty-column", "栏目空白", "known"),
        ("stale-column", "长期未更新", "known"),
        ("dead-link", "没有联系电话", "new"),
        ("guide-without-update-date", "链接无法访问", "new"),
    ],
)
def test_what_the_audit_found_at_that_address_is_the_same_problem(
    ledger: Ledger, tmp_path: Path, rule: str, said: str, fate: str
) -> None:
    number = audit_ticket(ledger, rule, f"{HOME}czj/a.html")
    assert counts(enter(ledger, tmp_path, ("财政局", said, f"{HOME}czj/a.html", ""))) == {fate: 1}
    if fate == "known":
        assert next(ledger.rows_of(ledger.kept_lists()[0])).ticket == number


def test_a_message_number_is_the_message_whatever_the_words(ledger: Ledger, tmp_path: Path) -> None:
    heads = ("留言编号", "留言内容", "网址")
    enter(ledger, tmp_path, ("20261120b7e1ea81", "打不开！", f"{HOME}a"), heads=heads, source="zhaocuo")
    again = enter(ledger, tmp_path, ("20261120b7e1ea81", "（网民补充）还是打不开", f"{HOME}b"), heads=heads, source="zhaocuo")
    assert counts(again) == {"known": 1}
    assert next(ledger.tickets()).source_number == "20261120b7e1ea81"


def close(ledger: Ledger, number: str) -> None:
    for verb in (Verb.PASS, Verb.CLOSE):
        ledger.act(number, Deed(verb=verb, by=INSPECTOR, at=NOW))


@pytest.mark.parametrize(
    ("found", "fate", "state"), [("2026-11-20", "known", State.CLOSED), ("2026-11-21", "returns", State.RETURNED)]
)
def test_a_closed_problem_returns_only_when_it_was_seen_after_its_closing(
    ledger: Ledger, tmp_path: Path, found: str, fate: str, state: State
) -> None:
    enter(ledger, tmp_path, ("财政局", "打不开", f"{HOME}a", "2026-11-01"))
    close(ledger, "T000001")
    done = enter(ledger, tmp_path, ("财政局", "打不开", f"{HOME}a", found), at=LATER)
    assert (counts(done), ledger.ticket("T000001").state) == ({fate: 1}, state)


def test_an_address_of_no_known_portal_is_told_unless_the_portal_is_named(ledger: Ledger, tmp_path: Path) -> None:
    audit_ticket(ledger, "dead-link", HOME)
    row = ("财政局", "打不开", "http://www.elsewhere.gov.cn/a", "")
    with pytest.raises(IntakeRefused, match="不属于台账里的任何门户"):
        enter(ledger, tmp_path, row, portal=None)
    assert counts(enter(ledger, tmp_path, row, portal=HOME)) == {"new": 1}


def test_in_an_empty_ledger_a_row_without_address_asks_for_the_portal(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(IntakeRefused, match="--portal"):
        enter(ledger, tmp_path, ("财政局", "打不开", "", ""), portal=None)


def test_a_sheet_of_notes_is_left_out_and_told(ledger: Ledger, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", [HEADS, ("财政局", "打不开", "", "")], [("填表说明", "")], names=["清单", "说明"])
    assert any("说明" in remark for remark in run_import(ledger, path).remarks)


def test_no_headings_anywhere_names_some_that_are_known(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(IntakeRefused, match="责任单位、问题描述"):
        enter(ledger, tmp_path, ("张三", "138"), heads=("姓名", "电话"))


def test_ten_thousand_rows_come_in_and_go_out(ledger: Ledger, tmp_path: Path) -> None:
    rows = [(f"第{number % 60}局", f"问题{number}", f"{HOME}{number}.html", "2026-11-01") for number in range(10_000)]
    assert counts(enter(ledger, tmp_path, *rows)) == {"new": 10_000}
    assert ledger.count() == 10_000


def test_ten_thousand_faulty_rows_are_told_in_a_text_a_person_can_read(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(IntakeRefused) as caught:
        enter(ledger, tmp_path, *[("财政局", "打不开", "首页", "")] * 10_000)
    assert len(str(caught.value).splitlines()) == 202
    assert "10000 行需要改正" in str(caught.value)


CLERK = Actor(name="李干事", role=Role.UNIT)


@pytest.mark.parametrize(
    ("cells", "verb"),
    [
        (("已更换链接", "", f"{HOME}new.html"), Verb.REPLY),
        (("", "已整改", ""), Verb.REPLY),
        (("", "未整改", ""), None),
        (("", "", ""), None),
    ],
)
def test_a_filled_sheet_that_comes_back_is_a_reply(
    ledger: Ledger, tmp_path: Path, cells: tuple[str, str, str], verb: Verb | None
) -> None:
    enter(ledger, tmp_path, ("财政局", "打不开", f"{HOME}a", ""))
    heads = ("整改单号", "问题描述", "整改措施", "整改结果", "整改后链接")
    done = enter(ledger, tmp_path, ("T000001", "打不开", *cells), heads=heads, at=LATER)
    ticket = ledger.ticket("T000001")
    assert (done.answered, ticket.state) == ((1, State.REPLIED) if verb else (0, State.OPEN))
    assert enter(ledger, tmp_path, ("T000001", "打不开", *cells), heads=heads, at=LATER).answered == 0
    if cells[0]:
        assert (ticket.events[-1].note, ticket.events[-1].proof, ticket.events[-1].role) == (cells[0], cells[2], Role.UNIT)


def test_a_reply_to_a_closed_ticket_and_one_to_none_are_told(ledger: Ledger, tmp_path: Path) -> None:
    enter(ledger, tmp_path, ("财政局", "打不开", f"{HOME}a", ""))
    close(ledger, "T000001")
    heads = ("整改单号", "问题描述", "整改措施")
    with pytest.raises(IntakeRefused) as caught:
        enter(ledger, tmp_path, ("T000001", "x", "又改了"), ("T000099", "x", "改了"), heads=heads, at=LATER)
    assert "T000099" in str(caught.value)
    with pytest.raises(IntakeRefused, match="不能反馈"):
        enter(ledger, tmp_path, ("T000001", "x", "又改了"), heads=heads, at=LATER)
