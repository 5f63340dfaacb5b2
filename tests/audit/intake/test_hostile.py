"""Whatever a file holds, the importer answers with an import or one refusal; a kill leaves the ledger whole."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.errors import AuditError
from audit.intake.mark import cut_off_imports, import_mark
from audit.intake.sheets import parse_sheets
from audit.ledger.ledger import Ledger
from tests.audit.intake.lists_made_here import HEADS, HOME, NOW, run_import, write_xlsx

EXAMPLES = int(os.environ.get("ZHAOCUO_FUZZ_EXAMPLES", "60"))
"""By hand: ``ZHAOCUO_FUZZ_EXAMPLES=20000 pytest tests/audit/intake/test_hostile.py``."""
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)

HEADINGS = st.sampled_from(
    ["责任单位", "问题描述", "问题页面地址", "发现时间", "整改时限", "整改单号", "错敏词", "推荐词", "整改结果", "整改后链接", ""]
)
NASTY = st.sampled_from(
    [
        *(
            "=cmd|' /C calc'!A0",
            "<script>",
            "\x00",
            "\ud800",
            "\u202e",
            "http://[",
            "http://a:99999999/",
            "T000001",
            "T" + "9" * 30,
        ),
        *("1e999", "2026-13-45", "99999999", "00000000", "http://www.qianhe.gov.cn/%zz", "无", "{wrong}", "%s", "\n\n"),
        "财政局" * 2_000,
    ]
)
CELLS = st.one_of(NASTY, st.text(max_size=40), st.dates().map(str), st.integers().map(str), st.floats().map(str))
TABLES = st.lists(st.lists(CELLS, max_size=8), max_size=8)


def must_be_told(error: AuditError) -> None:
    assert str(error).endswith("。")


@FUZZ
@given(body=st.one_of(st.binary(max_size=400), st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_are_a_table_or_one_refusal(body: bytes) -> None:
    try:
        parse_sheets(body, Path("x.csv"))
    except AuditError as error:
        must_be_told(error)


@FUZZ
@given(heads=st.lists(HEADINGS, min_size=2, max_size=8), rows=TABLES)
def test_any_cells_are_an_import_or_one_refusal(ledger: Ledger, tmp_path: Path, heads: list[str], rows: list[list[str]]) -> None:
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (heads, *rows))
    (tmp_path / "x.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    before = ledger.count()
    try:
        done = run_import(ledger, tmp_path / "x.csv")
    except AuditError as error:
        must_be_told(error)
        assert ledger.count() == before
    else:
        assert ledger.count() == before + done.counts["new"]  # type: ignore[index]  # a StrEnum is its value


@FUZZ
@given(position=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_workbook_with_one_byte_wrong_is_read_or_refused(position: float, byte: int, cut: bool) -> None:
    whole = WORKBOOK[0]
    place = int(position * (len(whole) - 1))
    body = whole[:place] if cut else whole[:place] + bytes([byte]) + whole[place + 1 :]
    from audit.intake.workbooks import _check_size, parse_workbook

    try:
        _check_size(body, Path("x.xlsx"))
        parse_workbook(body, Path("x.xlsx"))
    except AuditError as error:
        must_be_told(error)


WORKBOOK: list[bytes] = []


@pytest.fixture(autouse=True, scope="module")
def _workbook(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write_xlsx(tmp_path_factory.mktemp("book") / "x.xlsx", [HEADS, ("财政局", "指南打不开", HOME, 46328)])
    WORKBOOK.append(path.read_bytes())


KILLED = """
import os, signal, sys
from pathlib import Path
from audit.intake.mark import import_mark
from audit.ledger.ledger import Ledger
from tests.audit.intake.lists_made_here import NOW, run_import
where, path = Path(sys.argv[1]), Path(sys.argv[2])
moment = sys.argv[3]
def dying(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if moment == "tickets":
    from audit.intake import importing
    real = Ledger.register_all
    def half(self, *words):
        real(self, *words); dying()
    Ledger.register_all = half
elif moment == "list":
    Ledger.keep_list = dying
else:
    Ledger.keep_list = (lambda inner: lambda self, *words: (inner(self, *words), dying()))(Ledger.keep_list)
with Ledger.open(where, NOW) as ledger, import_mark(where, path.name, NOW):
    run_import(ledger, path)
"""


@pytest.mark.parametrize("moment", ["tickets", "list", "end"])
def test_a_kill_in_the_midst_leaves_nothing_half_and_the_list_can_be_imported_again(
    ledger: Ledger, tmp_path: Path, moment: str
) -> None:
    rows: list[Any] = [(f"第{number}局", f"问题{number}", f"{HOME}{number}", "") for number in range(300)]
    path = write_xlsx(tmp_path / "x.xlsx", [HEADS, *rows])
    command = [sys.executable, "-c", KILLED, str(tmp_path / "data"), str(path), moment]
    assert subprocess.run(command, check=False, timeout=120).returncode == -9
    assert (ledger.count(), ledger.kept_lists()) == (0, ())
    told = cut_off_imports(tmp_path / "data", ledger)
    assert told == ("2026-11-20 09:00 导入“x.xlsx”时中途停了，一行也没有导入，请重新导入。",)
    assert cut_off_imports(tmp_path / "data", ledger) == ()  # said once
    assert run_import(ledger, path).counts["new"] == 300  # type: ignore[index]  # a StrEnum is its value
    with Ledger.open(tmp_path / "data", NOW) as again:
        assert again.count() == 300
        assert again.ticket("T000300").events[0].note == "x.xlsx 第 301 行。"


def test_a_kill_after_the_entry_says_that_everything_is_there(ledger: Ledger, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", [HEADS, ("财政局", "打不开", HOME, "")])
    run_import(ledger, path)
    note = {"name": "x.xlsx", "at": NOW.isoformat()}
    (tmp_path / "data" / "importing-1.json").write_text(json.dumps(note), encoding="utf-8")
    (tmp_path / "data" / "importing-2.json").write_text("{", encoding="utf-8")  # the kill came before a word was written
    assert cut_off_imports(tmp_path / "data", ledger) == ("2026-11-20 09:00 导入“x.xlsx”时中途停了，但内容已经全部导入。",)


def test_an_import_that_runs_elsewhere_or_was_refused_was_not_cut_off(ledger: Ledger, tmp_path: Path) -> None:
    with import_mark(tmp_path / "data", "x.xlsx", NOW):
        assert cut_off_imports(tmp_path / "data", ledger) == ()
    with pytest.raises(AuditError), import_mark(tmp_path / "data", "x.xlsx", NOW):
        raise AuditError("不行。")
    assert list((tmp_path / "data").glob("importing-*")) == []
