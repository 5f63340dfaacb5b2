"""``zhaocuo tickets`` as its users meet it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from audit.cli import _run
from audit.ledger.ledger import Ledger
from rules.cases import read_cases
from tests.audit.ledger.ledgers import HOME, at
from tests.audit.ledger.nights import FINE, fault, merge, night

NEWS = fault("stale-news-column", "news/", subject="首页 › 动态要闻", message="动态要闻最新一条是 2026-10-01，超过 14 天。")


@pytest.fixture
def data(tmp_path: Path, sqlite_only: None) -> Path:
    with Ledger.open(tmp_path, at("2026-11-20")) as ledger:
        merge(ledger, night("2026-11-20", NEWS, fault("dead-link", "a/1.html", "财政局", found_on=(f"{HOME}a/",))))
    return tmp_path


@pytest.fixture
def call(data: Path, capsys: pytest.CaptureFixture[str]):
    def called(*words: str) -> tuple[int, str, str]:
        code = _run(["tickets", words[0], *words[1:], "--data", str(data)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def test_tickets_are_listed_one_a_line_with_their_last_day(call):
    code, out, err = call("list")
    assert (code, len(out.splitlines())) == (0, 2)
    assert "T000001  待整改  期限 2026-12-04" in out
    assert "财政局" in out
    assert "共 2 张整改单。" in err


def test_a_reply_an_appeal_and_a_rejection_read_as_a_story(call):
    assert call("reply", "T000001", "--by", "李干事", "--text", "已更新", "--proof", f"{HOME}news/1.html")[0] == 0
    assert call("appeal", "1", "--by", "李干事", "--reason", "该栏目已按规定归档。")[0] == 0
    code, out, _ = call("reject", "1", "--by", "王科长", "--reason", "仍在导航中。")
    assert (code, "T000001  驳回" in out) == (0, True)
    story = call("show", "T000001")[1]
    ways = [line.split("  ")[3] for line in story.splitlines() if line.startswith("    20")]
    assert ways == ["待整改", "待整改 → 已反馈", "已反馈 → 申诉中", "申诉中 → 驳回"]
    assert "承办单位 李干事：反馈。已更新。" in story
    assert f"佐证：{HOME}news/1.html" in story
    assert "动态要闻最新一条是 2026-10-01" in story


def test_the_json_of_a_ticket_keeps_the_contract(call):
    ticket = json.loads(call("show", "1", "--json")[1])
    assert set(ticket) == {
        "id", "fingerprint", "rule", "department", "url", "state", "source", "first_seen", "last_seen", "due",
        "provisional_due", "history",
    }  # fmt: skip
    assert (ticket["id"], ticket["state"], ticket["first_seen"], ticket["due"]) == (
        "T000001",
        "待整改",
        "2026-11-20",
        "2026-12-04",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show", "T000099"], "没有编号为 T000099 的整改单"),
        (["reply", "1", "--by", "李", "--text", " "], "反馈要写明怎样整改的"),
        (["reply", "1", "--by", " ", "--text", "改了"], "请用 --by 写明办理人"),
        (["reply", "1", "--text", "改了"], "缺少参数 --by"),
        (["reply", "1", "--by", "李", "--text", "改了", "--proof", "javascript:alert(1)"], "不是完整的网址"),
        (["close", "1", "--by", "王", "--reason", "好了"], "不能销号"),
        (["reject", "1", "--by", "王", "--reason", "不对"], "不能驳回"),
        (["waive", "1", "--by", "王", "--reason", "属实", "--until", "2020-01-01"], "已经过去"),
        (["waive", "1", "--by", "王", "--reason", "属实", "--until", "明天"], "不是 YYYY-MM-DD"),
        (["list", "--state", "没有这种"], "不是可选的值"),
        (["recheck", "1", "--by", "王", "--passed"], "人工复查要写明看到的情况"),
        (["recheck", "1", "--by", "王", "--pack", "privacy"], "现在没有启用"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(call, data, words, sentence):
    code, _, err = call(*words)
    assert (code, sentence in err, "Traceback" in err) == (2, True, False), err
    with Ledger.open(data, at("2026-11-20")) as ledger:
        assert {len(ticket.events) for ticket in ledger.tickets()} == {1}


def test_a_waiver_writes_the_skeleton_of_a_case_that_cannot_be_taken_for_finished(call, data):
    code, out, err = call("waive", "1", "--by", "王科长", "--reason", "国庆专题依规定停更", "--until", "2099-12-31")
    assert (code, "豁免到 2099-12-31" in out) == (0, True)
    path = data / "cases" / "stale-news-column-T000001.yaml"
    assert str(path) in err
    text = path.read_text(encoding="utf-8")
    assert "国庆专题依规定停更" in text
    assert f"{HOME}news/" in text
    assert text.count("【待填写】") > 1
    folder = data / "pack" / "cases"
    folder.mkdir(parents=True)
    (folder / "stale-news-column.yaml").write_text(text.replace("【待填写】", "news"), encoding="utf-8")
    (case,), problems = read_cases(folder.parent)
    assert problems == []
    assert (case.name, case.as_of, next(case.facts.columns()).url) == ("国庆专题依规定停更", date(2026, 11, 20), f"{HOME}news/")


def test_a_person_who_looked_closes_or_sends_back(call):
    call("reply", "1", "--by", "李干事", "--text", "已更新。")
    assert call("recheck", "1", "--by", "王科长", "--failed", "--note", "还是旧的。")[0] == 1
    assert call("recheck", "1", "--by", "王科长", "--passed", "--note", "已更新到昨天。")[0] == 0
    story = call("show", "1")[1]
    assert [line.split("  ")[3] for line in story.splitlines() if line.startswith("    20")] == [
        "待整改", "待整改 → 已反馈", "已反馈 → 待整改", "待整改 → 复查通过", "复查通过 → 销号",
    ]  # fmt: skip
    assert "T000001" not in call("list")[1]
    assert "T000001" in call("list", "--all")[1]


def test_page_text_does_not_steer_the_terminal(data, call):
    with Ledger.open(data, at("2026-11-21")) as ledger:
        merge(
            ledger,
            night("2026-11-21", fault("dead-link", "x", message="\x1b[2J\u202e坏", subject="\x1b]0;x\x07"), NEWS),
            a__1=FINE,
        )
    assert not {"\x1b", "\u202e", "\x07"} & set(call("list")[1] + call("show", "3")[1])


def test_help_loads_no_django():
    code = (
        "import sys\nfrom audit.cli import _run\n"
        "for words in (['--help'], ['tickets', '--help'], ['tickets', 'list', '--help']): _run(words)\n"
        "print('django' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stderr.strip() == "False"
    assert "整改" in done.stdout
