"""An audit that was killed goes on where it stopped, and finds what an undisturbed one finds."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from audit.audits import AuditOptions
from audit.errors import RunNotFound, UsageInvalid
from audit.folders import RunFolder
from audit.resume import resume_audit
from tests.audit.interruptions import Audit, Yard, differences, yard

pytestmark = [pytest.mark.xdist_group("resume"), pytest.mark.timeout(900)]

QUICK = ("--no-browser", "--pack", "portal-2019", "--pack", "xxgk-platform")
"""The whole audit takes up to a minute; ``python -m tests.audit.interruptions --kills 20`` is the thorough one."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    with yard(tmp_path_factory.mktemp("resume"), *QUICK) as made:
        yield made


@pytest.fixture(scope="module")
def whole(place: Yard) -> Audit:
    done = place.undisturbed()
    assert done.code == 0, done.stderr[-3_000:]
    assert len(done.findings.splitlines()) > 20
    return done


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_audit_killed_at_any_moment_and_resumed_finds_the_same(place: Yard, whole: Audit, seed: int) -> None:
    dice = random.Random(seed)
    # One early, one in the midst, one in the last looks; a third of the whole time each.
    moment = whole.seconds * (seed - dice.random()) / 3
    found, _ = place.killed(f"kill{seed}", moment, group=seed != 2)
    assert found.code == 0, found.stderr[-3_000:]
    assert found.findings == whole.findings, "\n".join(differences(whole, found))
    assert found.counted == whole.counted
    assert found.pages == whole.pages


def test_a_run_that_is_complete_is_judged_again_without_a_request(place: Yard, whole: Audit) -> None:
    (run,) = (place.folder / "undisturbed" / "runs").iterdir()
    asked = place.server.asked.total()
    out = place.folder / "again"
    assert resume_audit(str(run), AuditOptions(target=None, data=place.folder / "undisturbed", out=out)) == 1
    assert (out / "findings.jsonl").read_bytes() == (place.folder / "undisturbed" / "out" / "findings.jsonl").read_bytes()
    assert place.server.asked.total() == asked


SETTINGS = {
    "start_url": "http://www.example.gov.cn/",
    "delay": 1.0,
    "concurrency": None,
    "max_pages": 500,
    "departments": ["财政局"],
    "allow_private": False,
    "full": False,
    "browser": True,
    "canaries": [],
    "articles": True,
    "as_of": "2026-11-20",
    "packs": ["portal-2019"],
    "pins": {},
}


@pytest.fixture
def stopped(tmp_path: Path) -> RunFolder:
    """A run that was killed before it asked for anything."""
    run = RunFolder(path=tmp_path / "runs" / "stopped")
    run.path.mkdir(parents=True)
    run.write_settings(dict(SETTINGS))
    return run


def test_words_that_contradict_the_run_are_refused_all_at_once(stopped: RunFolder, tmp_path: Path) -> None:
    words = AuditOptions(
        target="http://other.example.gov.cn/",
        data=tmp_path,
        delay=0.0,
        max_pages=20,
        departments=("教育局",),
        full=True,
        allow_private=True,
        browser=False,
        as_of=date(2026, 1, 1),
        packs=("annual-report",),
    )
    with pytest.raises(UsageInvalid) as refused:
        resume_audit("stopped", words)
    sentences = str(refused.value).splitlines()
    for word in ("--delay", "--max-pages", "--department", "--full", "--allow-private", "--no-browser", "--as-of", "--pack"):
        assert [sentence for sentence in sentences if sentence.startswith(f"{word} ")], word
    assert "不是 http://other.example.gov.cn/" in sentences[0]
    assert len(sentences) == 9
    assert all(sentence.endswith("。") for sentence in sentences)


def test_words_that_say_the_same_again_are_fine(stopped: RunFolder, tmp_path: Path) -> None:
    words = AuditOptions(
        target="www.example.gov.cn",
        data=tmp_path,
        delay=1.0,
        max_pages=500,
        departments=("财政局",),
        as_of=date(2026, 11, 20),
        packs=("portal-2019",),
        out=tmp_path / "file",
    )
    (tmp_path / "file").touch()
    # The words pass; the next thing looked at is where the report should go.
    with pytest.raises(Exception, match="输出目录"):
        resume_audit("stopped", words)


def test_a_run_that_nobody_started_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(RunNotFound, match="找不到运行"):
        resume_audit("no-such-run", AuditOptions(target=None, data=tmp_path))


def test_an_overview_cannot_become_an_audit(stopped: RunFolder, tmp_path: Path) -> None:
    stopped.write_settings({**SETTINGS, "articles": False})
    with pytest.raises(UsageInvalid, match="discover"):
        resume_audit("stopped", AuditOptions(target=None, data=tmp_path))
