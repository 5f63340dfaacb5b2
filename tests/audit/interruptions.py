"""Audits of the demo portal that are killed at a random moment and taken up again, beside one that nobody disturbed.

``python -m tests.audit.interruptions --kills 20 --seed 1`` prints one line a kill and ends with code 1 when any differs.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from audit.demo import DEMO_AS_OF
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer
from crawler.personal.guard import KEY_NAME
from crawler.store import FactsStore

say = partial(print, flush=True)

_MINUTE = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d(?=[^:\d])")
CALENDAR = "/rili/"
"""Folder of the demo portal's endless calendar."""

_OF_THE_MOMENT = frozenset({"capture", "fetched_at"})
"""What of a finding depends on when a page was fetched, not on what it showed."""


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit left."""

    code: int
    findings: bytes
    """findings.jsonl without record ids and times of fetching."""
    counted: dict[str, Any]
    pages: frozenset[str]
    """Addresses of the pages that were read, without those of the calendar."""
    seconds: float
    stderr: str


@dataclass(frozen=True, kw_only=True)
class Yard:
    """The demo portal on its port, and a folder to work in."""

    server: DemoServer
    folder: Path
    words: tuple[str, ...] = ()
    """Further options of each audit."""

    def undisturbed(self) -> Audit:
        begun = time.monotonic()
        done = self._start("undisturbed").communicate()
        return self._left("undisturbed", begun, done[1])

    def killed(self, name: str, moment: float, *, group: bool) -> tuple[Audit, bool]:
        """Killed after ``moment`` seconds, resumed; and whether it was still running then.

        ``group``: with all its processes, as by a power cut; otherwise the audit alone, whose crawl must notice.
        """
        begun = time.monotonic()
        process = self._start(name)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
        was_running = process.wait() < 0
        process.communicate()
        if not (self.folder / name / "runs").is_dir():
            return self._left(name, begun, self._start(name).communicate()[1]), was_running
        (run,) = (self.folder / name / "runs").iterdir()
        errors = self._zhaocuo(name, "--resume", str(run)).communicate()[1]
        return self._left(name, begun, errors), was_running

    def _start(self, name: str) -> "subprocess.Popen[str]":
        self.server.forget()
        key = self.folder / "undisturbed" / KEY_NAME
        if key.is_file() and not (self.folder / name).exists():
            # The marks of personal numbers depend on the key of the data folder.
            (self.folder / name).mkdir()
            shutil.copy(key, self.folder / name)
        speed = ("--as-of", DEMO_AS_OF.isoformat(), "--delay", "0", "--full", "--allow-private")
        return self._zhaocuo(name, self.server.base_url, *speed, *self.words)

    def _zhaocuo(self, name: str, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "audit", "audit", *words]
        command += ["--data", str(self.folder / name), "--out", str(self.folder / name / "out")]
        env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        return subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def _left(self, name: str, begun: float, errors: str) -> Audit:
        out = self.folder / name / "out"
        run = json.loads((out / "run.json").read_text()) if (out / "run.json").is_file() else {}
        folders = list((self.folder / name / "runs").iterdir()) if run else []
        return Audit(
            code=0 if run and not run["void"] else 4,
            findings=comparable(out / "findings.jsonl") if run else b"",
            counted={key: run.get(key) for key in ("failures", "outcomes", "void")}
            | {"skipped": {reason: number for reason, number in run.get("skipped", {}).items() if reason != "trap-calendar"}},
            pages=frozenset().union(*map(pages_read, folders)),
            seconds=time.monotonic() - begun,
            stderr=errors,
        )


def comparable(path: Path) -> bytes:
    """The findings without record ids and the minutes of fetching: the same portal, looked at twice, gives the same bytes."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return "\n".join(json.dumps(_lasting(line), ensure_ascii=False, sort_keys=True) for line in lines).encode()


def pages_read(run: Path) -> frozenset[str]:
    """Addresses of the pages of a run; of an endless calendar, which months are read depends on which answer came first."""
    with FactsStore.open(run / "facts.sqlite") as store:
        return frozenset(page.url for page in store.pages() if CALENDAR not in page.url)


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lasting(item) for key, item in value.items() if key not in _OF_THE_MOMENT}
    if isinstance(value, str):
        return _MINUTE.sub("(minute)", value)  # 从 … 到 … 试了 3 次
    return [_lasting(item) for item in value] if isinstance(value, list) else value


@contextmanager
def yard(folder: Path, *words: str) -> Iterator[Yard]:
    with DemoServer(build_portal(DEMO_AS_OF)) as server:
        yield Yard(server=server, folder=folder, words=words)


def differences(expected: Audit, found: Audit) -> list[str]:
    """Findings that only one of two audits has, one line each."""
    first, second = (set(audit.findings.decode().splitlines()) for audit in (expected, found))
    return [f"- {line}" for line in sorted(first - second)] + [f"+ {line}" for line in sorted(second - first)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("words", nargs="*", help="further options of the audits, after --")
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch, yard(Path(scratch), *chosen.words) as place:
        whole = place.undisturbed()
        say(f"undisturbed: {whole.seconds:.1f} s, {len(whole.findings.splitlines())} findings, {whole.counted}")
        for number in range(chosen.kills):
            moment, group = dice.uniform(0.5, whole.seconds), dice.random() < 0.5
            found, was_running = place.killed(f"kill{number}", moment, group=group)
            same = found.findings == whole.findings and found.code == whole.code
            wrong += not same
            what = "all processes" if group else "the audit alone"
            say(
                f"{number + 1:2}: kill -9 of {what} after {moment:5.1f} s (running: {was_running}),"
                f" findings {'identical' if same else 'DIFFER'}, pages {len(found.pages)}",
            )
            if not same:
                say("\n".join([*differences(whole, found)[:10], str(found.counted), found.stderr[-1_500:]]))
    say(f"{chosen.kills - wrong} of {chosen.kills} identical")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
