"""``zhaocuo check`` as its users meet it, on the demo portal; and what it prints of hostile pages."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.demo import DEMO_AS_OF
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer
from audit.part import Part
from audit.spot_words import spot_text
from reports.result import AuditResult, EvidenceLine, FindingLine, PortalLine, Score, Unit


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(build_portal(DEMO_AS_OF)) as server:
        yield server


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def check(server: DemoServer, path: str, data: Path, *more: str) -> tuple[int, Any, str]:
    words = [server.base_url.rstrip("/") + path, "--as-of", str(DEMO_AS_OF), "--data", str(data), "--delay", "0", *more]
    command = [sys.executable, "-m", "audit", "check", *words, "--allow-private", "--no-browser", "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=240, check=False, env={"PATH": "/usr/bin:/bin", "no_proxy": "*"}
    )
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr


def test_a_unit_is_found_at_fault_for_what_its_own_page_lacks_and_for_nothing_else(server: DemoServer, data: Path) -> None:
    code, said, _ = check(server, "/zwgk/zfxxgk/bm/kgj/", data)
    assert (code, said["kind"], said["department"]) == (1, "unit", "县科技和工业信息化局")
    assert {finding["rule"] for finding in said["findings"]} == {
        "missing-regulations-column", "annual-report-of-another-department", "empty-column",
    }  # fmt: skip
    assert all(finding["evidence"][0]["capture"] for finding in said["findings"])
    assert "stale-homepage" in said["untested_rules"]
    kept = data / "checks" / said["run"]
    assert kept.stat().st_mode & 0o777 == 0o700
    assert json.loads((kept / "settings.json").read_text())["part"]["units"] == ["县科技和工业信息化局"]
    assert not (data / "runs").exists()


def test_a_healthy_unit_is_clean(server: DemoServer, data: Path) -> None:
    code, said, _ = check(server, "/zwgk/zfxxgk/xz/yundui/", data)
    assert (code, said["kind"], said["findings"]) == (0, "unit", [])
    assert "missing-guide-column" in said["passed"]


def test_the_report_missing_from_a_column_is_seen_on_the_column_alone(server: DemoServer, data: Path) -> None:
    code, said, _ = check(server, "/zwgk/zfxxgk/bm/jtj/nb/", data)
    assert (code, said["kind"], [finding["rule"] for finding in said["findings"]]) == (1, "column", ["missing-annual-report"])


def test_a_page_that_does_not_open_is_code_4_with_what_was_seen(server: DemoServer, data: Path) -> None:
    before = server.asked["GET /bmcx/yaodian.html"]
    code, said, err = check(server, "/bmcx/yaodian.html", data)
    assert (code, said) == (4, None)
    assert "连接被中断" in err
    assert "看了 3 次" in err
    assert server.asked["GET /bmcx/yaodian.html"] - before == 3


def test_a_portal_that_does_not_open_says_nothing_of_the_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "audit", "check", "http://127.0.0.1:9/a/", "--allow-private", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 4
    assert "连接被拒绝" in done.stderr
    assert "看不出" in done.stderr


def test_what_pages_hold_does_not_steer_the_terminal() -> None:
    hostile = "\x1b[2J\x1b]0;title\x07\u202e反\u200b"
    finding = FindingLine(
        number="F-00000000", rule="typo", rule_title="错别字", outcome="failed", url=f"http://a.cn/{hostile}", subject=hostile,
        message=f"写错了{hostile}。", pack="p", clause="c", fingerprint="0" * 16,
        evidence=(EvidenceLine(url="", quote=hostile * 50),),
    )  # fmt: skip
    score = Score(low=0, high=100, verdict="暂定", tested_share=0.5)
    unit = Unit(slug="portal", name=hostile, kind="portal", score=score, findings=(finding,))
    result = AuditResult(
        portal=PortalLine(name=hostile, url="http://a.cn/"), as_of="2026-11-20", started="", finished="", units=(unit,)
    )
    text = spot_text(result, Part(kind="page", units=(hostile,)), f"http://a.cn/{hostile}", Path("x"))
    assert not set(text) & set("\x1b\x07\u202e\u200b\r")
    assert "错别字" in text
