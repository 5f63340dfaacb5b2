"""The sheet given back: the list as it came with what became of each row, the master ledger, text that stays text, no loop."""

import stat
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from audit.errors import OutputUnwritable
from audit.intake.exporting import MASTER, export_lists
from audit.intake.planning import Fate
from audit.intake.vocabulary import vocabulary
from audit.ledger.ledger import Ledger
from audit.ledger.states import Role, State, Verb
from audit.ledger.views import Actor, Deed, NewTicket, TicketQuery, TicketView
from tests.audit.intake.lists_made_here import HOME, INSPECTOR, NOW, run_import, write_xlsx

CLERK = Actor(name="李干事", role=Role.UNIT)
HEADS = ("序号", "责任单位", "问题描述", "问题页面地址", "权重", "整改结果")


def read(path: Path) -> dict[str, list[list[str]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: [["" if cell is None else cell for cell in row] for row in sheet.values] for sheet in book}


def export(ledger: Ledger, tmp_path: Path, **query: object) -> dict[str, list[list[str]]]:
    export_lists(ledger, tmp_path / "out.xlsx", TicketQuery(**query))  # type: ignore[arg-type]
    return read(tmp_path / "out.xlsx")


@pytest.fixture
def listed(ledger: Ledger, tmp_path: Path) -> Ledger:
    rows = [HEADS, (1, "财政局", "指南打不开", f"{HOME}czj/a", "2%", ""), (2, "民政局", "=1+1", f"{HOME}mzj/b", "", "")]
    run_import(ledger, write_xlsx(tmp_path / "三季度清单.xlsx", rows, names=["清单"]))
    return ledger


def story(ledger: Ledger) -> None:
    ledger.act("T000001", Deed(verb=Verb.REPLY, by=CLERK, at=NOW, note="换了链接。", proof=f"{HOME}czj/new"))
    for verb in (Verb.PASS, Verb.CLOSE):
        ledger.act("T000001", Deed(verb=verb, by=INSPECTOR, at=NOW + timedelta(days=3)))


def test_a_list_comes_back_with_its_own_columns_and_what_became_of_each_row(listed: Ledger, tmp_path: Path) -> None:
    story(listed)
    heads, first, second = export(listed, tmp_path)["清单"]
    assert heads == [*HEADS, "整改单号", "复查结论", "销号时间"]
    assert first == ["1", "财政局", "指南打不开", f"{HOME}czj/a", "2%", "已整改", "T000001", "合格", "2026-11-23"]
    assert second == ["2", "民政局", "=1+1", f"{HOME}mzj/b", "", "未整改", "T000002", "", ""]


def test_the_master_ledger_has_the_headings_of_the_field(listed: Ledger, tmp_path: Path) -> None:
    story(listed)
    heads, first, _ = export(listed, tmp_path)[MASTER]
    assert heads[:4] == ["序号", "整改单号", "责任单位", "网站标识码"]
    assert heads[-4:] == ["复查人", "复查结论", "销号时间", "备注"]
    row = dict(zip(heads, first, strict=True))
    assert (row["整改措施"], row["整改后链接"], row["复查人"]) == ("换了链接。", f"{HOME}czj/new", "王科长")
    assert (row["发现时间"], row["整改时限"]) == ("2026-11-20", "2026-12-04")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "http://a.cn", "{=1}", "007", "<b>&amp;"])
def test_every_text_stays_text(ledger: Ledger, tmp_path: Path, text: str) -> None:
    ledger.register(NewTicket(portal_url=HOME, source="zhaocuo", message=text, received=NOW.date()), INSPECTOR, NOW)
    export(ledger, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")[MASTER]
    cell = next(cell for cell in sheet[2] if cell.value == text)
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def tickets_of(ledger: Ledger) -> list[TicketView]:
    return list(ledger.tickets())


def test_what_was_exported_and_is_imported_again_changes_nothing(listed: Ledger, tmp_path: Path) -> None:
    listed.register(
        NewTicket(portal_url=HOME, source="audit", message="死链", received=NOW.date(), url="tel:1 2", rule="x"), INSPECTOR, NOW
    )
    story(listed)
    listed.act("T000002", Deed(verb=Verb.APPEAL, by=CLERK, at=NOW, note="不是问题。"))
    before, lists = tickets_of(listed), listed.kept_lists()
    export(listed, tmp_path)
    done = run_import(listed, tmp_path / "out.xlsx", at=NOW + timedelta(days=9))
    assert (set(done.counts), done.answered) == ({Fate.ANSWERS}, 0)
    assert (tickets_of(listed), listed.kept_lists()) == (before, lists)
    first = read(tmp_path / "out.xlsx")
    assert export(listed, tmp_path) == first


def test_a_sheet_filled_in_by_the_unit_comes_back_as_its_reply(listed: Ledger, tmp_path: Path) -> None:
    export(listed, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["清单"]
    sheet.cell(2, HEADS.index("整改结果") + 1, "已整改")
    book.save(tmp_path / "filled.xlsx")
    done = run_import(listed, tmp_path / "filled.xlsx", at=NOW + timedelta(days=1))
    assert (done.answered, listed.ticket("T000001").state, listed.ticket("T000002").state) == (1, State.REPLIED, State.OPEN)
    assert listed.ticket("T000001").events[-1].by == "财政局"


def test_each_unit_gets_its_own_rows_and_no_other(listed: Ledger, tmp_path: Path) -> None:
    sheets = export(listed, tmp_path, department="财政局")
    assert [[row[1] for row in rows[1:]] for rows in (sheets["清单"],)] == [["财政局"]]
    assert [row[2] for row in sheets[MASTER][1:]] == ["财政局"]


def test_names_of_sheets_that_excel_refuses_are_made_fit(ledger: Ledger, tmp_path: Path) -> None:
    for number, name in enumerate(["台账", "history", "x" * 31, "x" * 31]):
        rows = [("责任单位", "问题描述"), ("财政局", f"问题{number}")]
        run_import(ledger, write_xlsx(tmp_path / f"{number}.xlsx", rows, names=[name if name != "history" else "History1"]))
    assert len(export(ledger, tmp_path)) == 5


def test_a_text_longer_than_a_cell_is_cut_and_says_so(ledger: Ledger, tmp_path: Path) -> None:
    found_on = {"parent_url": "x" * 40_000}
    ledger.register(
        NewTicket(portal_url=HOME, source="audit", message="m", received=NOW.date(), details=found_on), INSPECTOR, NOW
    )
    row = export(ledger, tmp_path)[MASTER][1]
    assert max(map(len, row)) == 32_767
    assert any(cell.endswith("（已截断）") for cell in row)


def test_the_file_is_for_its_owner_and_a_failure_leaves_the_old_one(
    listed: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(listed, tmp_path)
    path = tmp_path / "out.xlsx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("audit.intake.exporting._fill", full)
    with pytest.raises(OutputUnwritable, match="磁盘已满"):
        export_lists(listed, path, TicketQuery())
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix != ".xlsx") == ["data"]


def test_every_heading_of_the_ledger_has_words() -> None:
    words = vocabulary()
    assert all(words.names[name] for name in words.ledger)
    assert len(set(words.ledger)) == len(words.ledger)
