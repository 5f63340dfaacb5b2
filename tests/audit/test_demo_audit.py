"""The main job end to end on the built-in portal: what it must find, must not find, and what its files promise."""

import json
import re
import stat
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from audit.demo.plan import load_plan
from crawler.store import FactsStore
from reports.result import read_result

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(600)]

CONTRACT_FINDING = {
    "rule", "outcome", "department", "url", "found_on", "message", "pack", "clause", "evidence", "fingerprint", "due",
}  # fmt: skip
CONTRACT_RUN = {
    "schema", "portal", "as_of", "started", "finished", "void", "packs", "departments", "pages_fetched",
    "addresses_fetched", "requests", "not_modified", "carried_not_due", "pages_with_links_cut", "bytes",
    "skipped", "failures", "outcomes", "findings", "leads",
}  # fmt: skip


@dataclass(frozen=True)
class Demo:
    code: int
    out: Path
    data: Path
    stdout: str
    stderr: str

    @property
    def run(self) -> Path:
        (folder,) = (self.data / "runs").iterdir()
        return folder

    def findings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]


def zhaocuo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "audit", *arguments], capture_output=True, text=True, timeout=500, check=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    done = zhaocuo("demo", "--out", str(folder / "out"), "--data", str(folder / "data"))
    return Demo(code=done.returncode, out=folder / "out", data=folder / "data", stdout=done.stdout, stderr=done.stderr)


def test_it_finds_exactly_what_the_table_says(demo: Demo) -> None:
    assert demo.code == 0, demo.stderr[-4_000:]
    assert "该找到的都找到了" in demo.stdout
    assert "Traceback" not in demo.stderr


def test_the_report_set_is_whole(demo: Demo) -> None:
    names = {path.name for path in demo.out.iterdir()}
    assert names >= {"index.html", "departments", "台账.xlsx", "findings.jsonl", "tickets.json", "result.json", "run.json"}
    result = read_result(demo.out / "result.json")
    assert len(list((demo.out / "departments").glob("*.html"))) == len(result.units)
    assert len(result.units) >= 12
    assert len(openpyxl.load_workbook(demo.out / "台账.xlsx").sheetnames) == 4


def test_a_column_whose_entry_leads_elsewhere_is_red_on_the_card(demo: Demo) -> None:
    units = read_result(demo.out / "result.json").units
    misled = [unit for unit in units if any(finding.rule == "mislinked-mandatory-column" for finding in unit.findings)]
    assert misled
    for unit in misled:
        (title,) = {finding.rule_title for finding in unit.findings if finding.rule == "mislinked-mandatory-column"}
        assert [light.state for light in unit.lights if light.state_text == title] == ["failed"]


def test_every_finding_keeps_the_contract_and_can_be_defended(demo: Demo) -> None:
    findings = demo.findings()
    assert findings
    for finding in findings:
        assert set(finding) >= CONTRACT_FINDING
        assert finding["outcome"] in {"failed", "lead"}
        assert finding["message"].endswith("。")
        assert finding["evidence"], finding
        assert re.fullmatch(r"[0-9a-f]{16}", finding["fingerprint"])
    assert len({finding["fingerprint"] for finding in findings}) == len(findings)


def test_the_run_file_keeps_the_contract_and_the_counts_reconcile(demo: Demo) -> None:
    run = json.loads((demo.out / "run.json").read_text(encoding="utf-8"))
    assert set(run) >= CONTRACT_RUN
    assert all(
        set(item["columns"]) == {"guide", "regulations", "statutory_content", "annual_report"} for item in run["departments"]
    )
    counted = read_result(demo.out / "result.json").reconciliation
    assert counted.discovered == counted.fetched + sum(counted.skipped.values()) + sum(counted.failures.values())


def test_no_report_names_an_outside_resource(demo: Demo) -> None:
    for page in demo.out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)\s*=\s*[\"'](?:https?:)?//", text), page


def test_the_run_folder_is_private(demo: Demo) -> None:
    assert stat.S_IMODE(demo.run.stat().st_mode) == 0o700
    for name in ("captures.warc.gz", "facts.sqlite"):
        assert stat.S_IMODE((demo.run / name).stat().st_mode) & 0o077 == 0, name


def test_the_captures_are_a_valid_warc(demo: Demo) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(demo.run / "captures.warc.gz")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout[-2_000:]


def test_judging_again_gives_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    outs = [tmp_path / "a", tmp_path / "b"]
    for out in outs:
        assert zhaocuo("judge", demo.run.name, "--data", str(demo.data), "--out", str(out)).returncode == 1
    first, second = ((out / "findings.jsonl").read_bytes() for out in outs)
    assert first == second
    assert first == (demo.out / "findings.jsonl").read_bytes()


def test_reading_the_captures_again_gives_the_same_findings(demo: Demo, tmp_path: Path) -> None:
    done = zhaocuo("judge", demo.run.name, "--data", str(demo.data), "--out", str(tmp_path / "o"), "--re-extract")
    assert done.returncode == 1, done.stderr[-2_000:]
    assert (tmp_path / "o" / "findings.jsonl").read_bytes() == (demo.out / "findings.jsonl").read_bytes()


def test_one_pack_alone_can_be_judged(demo: Demo, tmp_path: Path) -> None:
    done = zhaocuo("judge", demo.run.name, "--data", str(demo.data), "--out", str(tmp_path / "o"), "--pack", "annual-report")
    assert done.returncode == 1, done.stderr[-2_000:]
    lines = (tmp_path / "o" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["pack"] for line in lines} == {"annual-report"}


def test_a_result_file_renders_again_to_the_same_pages(demo: Demo, tmp_path: Path) -> None:
    assert zhaocuo("report", str(demo.out / "result.json"), "--out", str(tmp_path / "o")).returncode == 0
    for page in demo.out.rglob("*.html"):
        assert (tmp_path / "o" / page.relative_to(demo.out)).read_bytes() == page.read_bytes()


def test_the_run_is_listed_shown_and_equal_to_itself(demo: Demo) -> None:
    data = ["--data", str(demo.data)]
    assert demo.run.name in zhaocuo("runs", "list", *data).stdout
    assert "数量核对" in zhaocuo("runs", "show", demo.run.name, *data).stdout
    compared = zhaocuo("runs", "compare", demo.run.name, demo.run.name, *data).stdout
    assert "新出现 0，" in compared
    assert "已整改（重新看过，正常） 0，" in compared


def test_nothing_was_written_beside_out_and_data(demo: Demo) -> None:
    assert {path.name for path in demo.out.parent.iterdir()} == {"out", "data"}


def test_no_output_holds_a_plain_number_of_a_person(demo: Demo) -> None:
    leaks = [
        link for link in load_plan().links if link.answer is not None and re.search("gongshi|tongxun|fafang|zhanghu", link.path)
    ]
    plain = re.findall(r"\d{17}[\dX]\d?|17000000\d{3}", "".join(line for link in leaks for line in link.answer.lines))
    assert len(plain) == 7
    outputs = {str(path): path.read_bytes() for path in demo.out.rglob("*") if path.is_file()}
    with zipfile.ZipFile(demo.out / "台账.xlsx") as book:
        outputs |= {name: book.read(name) for name in book.namelist()}
    outputs |= {path.name: path.read_bytes() for path in demo.run.iterdir() if path.name != "captures.warc.gz"}
    with FactsStore.open(demo.run / "facts.sqlite") as store:
        outputs["attachments"] = repr(list(store.attachments())).encode()
        outputs["pages"] = repr(list(store.pages())).encode()
    outputs["terminal"] = (demo.stdout + demo.stderr).encode()
    assert [(name, number) for name, data in outputs.items() for number in plain if number.encode() in data] == []
    assert b"11*************" in outputs["attachments"]
