"""A whole night: what each audit left behind decides its line; the table, the file, the exit code."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from audit.clock import now
from audit.errors import LedgerUnusable, NightBusy, PortalFileInvalid
from audit.nightly import night
from audit.nightly.lock import only_one
from audit.nightly.night import NightOptions, run_night
from audit.nightly.portals import NightPortal
from audit.nightly.retention import Keep
from audit.nightly.summary import table
from reports.result import AuditResult, FindingLine, PortalLine, Score, Unit

SCRIPT = """
import pathlib, sys, time
name, out, code, result, wait = sys.argv[1:]
print("检查中…"); print("\\x1b[31m" + name + "的最后一句话。", file=sys.stderr, flush=True)
if result:
    folder = pathlib.Path(out); folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(result, encoding="utf-8")
time.sleep(float(wait))
sys.exit(int(code))
"""


def result(failed: int = 0, void: str | None = None) -> str:
    finding = FindingLine(
        number="F-1",
        rule="dead-link",
        rule_title="死链",
        outcome="failed",
        message="打不开。",
        pack="p",
        clause="c",
        fingerprint="f",
    )
    unit = Unit(
        slug="portal",
        name="甲市",
        kind="portal",
        score=Score(low=70, high=80, verdict="暂定", tested_share=0.9),
        findings=(finding.model_copy(update={"change": "new"}),) * failed,
    )
    line = PortalLine(name="甲市人民政府", url="http://x/")
    made = AuditResult(portal=line, as_of="2026-11-20", started="", finished="", run="run-1", void=void, units=(unit,))
    return made.model_dump_json(by_alias=True)


AUDITS: dict[str, tuple[int, str, float]] = {
    "clean": (0, result(), 0),
    "findings": (1, result(2), 0),
    "rules": (3, result(1), 0),
    "void": (4, result(void="我们的线路不正常。"), 0),
    "unreachable": (4, "", 0),
    "refused": (2, "", 0),
    "crashed": (1, "", 0),  # an uncaught exception ends with 1 as well
    "halfway": (1, "{", 0),
    "hangs": (0, "", 600),
}


@pytest.fixture(autouse=True)
def no_real_audits(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(portal: NightPortal, words: Sequence[str]) -> tuple[str, ...]:
        code, made, wait = AUDITS[portal.name]
        out = words[words.index("--out") + 1]
        return (sys.executable, "-c", SCRIPT, portal.name, out, str(code), made, str(wait))

    monkeypatch.setattr(night, "audit_command", command)


def options(tmp_path: Path, *names: str, rows_say: str = "", **more: object) -> NightOptions:
    rows = "".join(f"  - {{url: 'http://{name}.gov.cn/', name: {name}}}\n" for name in names) + rows_say
    path = tmp_path / "portals.yaml"
    path.write_text(f"schema: zhaocuo.portals/1\nportals:\n{rows}", encoding="utf-8")
    values = {"portals": path, "data": tmp_path / "data", "out": tmp_path / "out", "jobs": 4, **more}
    return NightOptions(**values)  # type: ignore[arg-type]


def nothing_open(_: Path, __: datetime) -> frozenset[str]:
    return frozenset()


def test_every_way_an_audit_can_end_is_told_apart(tmp_path: Path) -> None:
    # Little time for the one that hangs alone: a busy machine takes longer than that over any audit.
    hangs = "  - {url: 'http://hangs.gov.cn/', name: hangs, timeout_hours: 0.001}\n"
    summary = run_night(options(tmp_path, *(name for name in AUDITS if name != "hangs"), rows_say=hangs), nothing_open)
    endings = {portal.name: portal.ending.value for portal in summary.portals}
    assert endings == {
        "clean": "clean",
        "findings": "findings",
        "rules": "rule-error",
        "void": "void",
        "unreachable": "unreachable",
        "refused": "refused",
        "crashed": "crashed",
        "halfway": "crashed",
        "hangs": "timed-out",
    }
    reasons = {portal.name: portal.reason for portal in summary.portals}
    assert reasons["unreachable"] == "[31munreachable的最后一句话。"  # no escape character reaches the terminal
    assert reasons["void"] == "我们的线路不正常。"
    assert "时限" in reasons["hangs"]
    assert reasons["clean"] == ""


def test_the_nights_own_limit_stands_in_the_place_of_the_portals(tmp_path: Path) -> None:
    assert run_night(options(tmp_path, "hangs", hours=2 / 3600), nothing_open).portals[0].ending.value == "timed-out"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["clean"], 0),
        (["clean", "findings"], 1),
        (["findings", "rules"], 3),
        (["findings", "rules", "unreachable"], 4),
        (["clean", "crashed"], 4),
    ],
)
def test_the_gravest_portal_decides_the_exit_code(tmp_path: Path, names: list[str], code: int) -> None:
    assert run_night(options(tmp_path, *names), nothing_open).exit_code == code


def test_last_nights_result_is_not_taken_for_tonights(tmp_path: Path) -> None:
    stale = tmp_path / "out" / "crashed"
    stale.mkdir(parents=True)
    (stale / "result.json").write_text(result(3), encoding="utf-8")
    portal = run_night(options(tmp_path, "crashed"), nothing_open).portals[0]
    assert (portal.ending.value, portal.failed) == ("crashed", None)


def test_the_table_and_the_file_say_the_same(tmp_path: Path) -> None:
    summary = run_night(options(tmp_path, "findings", "refused"), nothing_open)
    lines = table(summary).splitlines()
    assert lines[1].split()[:5] == ["findings", "有问题", "70–80", "2", "2"]
    assert lines[2].split()[:4] == ["refused", "没有检查", "—", "—"]
    assert "共 2 个门户：有问题 1 个，没有检查 1 个" in lines[3]
    record = json.loads((tmp_path / "out" / "nightly.json").read_text(encoding="utf-8"))
    assert (record["schema"], record["exit_code"]) == ("zhaocuo.nightly/1", 4)
    assert [(each["ending"], each["failed"], each["new"]) for each in record["portals"]] == [
        ("findings", 2, 2),
        ("refused", None, None),
    ]


def test_a_faulty_file_or_another_night_starts_nothing(tmp_path: Path) -> None:
    bad = options(tmp_path, "clean")
    bad.portals.write_text("portals: []\n", encoding="utf-8")
    with pytest.raises(PortalFileInvalid):
        run_night(bad, nothing_open)
    good = options(tmp_path, "clean")
    with only_one(good.data, now()), pytest.raises(NightBusy):
        run_night(good, nothing_open)
    assert not (tmp_path / "out" / "clean").exists()


def test_when_the_ledger_cannot_be_asked_nothing_is_deleted_and_that_is_said(tmp_path: Path) -> None:
    def broken(_: Path, __: datetime) -> frozenset[str]:
        raise LedgerUnusable("台账打不开。")

    summary = run_night(options(tmp_path, "clean", keep=Keep(runs=1)), broken)
    assert (summary.deleted_runs, summary.exit_code) == ((), 0)
    assert "台账打不开" in summary.remarks[0]


def test_logs_and_lock_are_for_their_owner_alone(tmp_path: Path) -> None:
    portal = run_night(options(tmp_path, "clean"), nothing_open).portals[0]
    assert portal.log.parent.stat().st_mode & 0o777 == 0o700
    assert "最后一句话" in portal.log.read_text(encoding="utf-8")
