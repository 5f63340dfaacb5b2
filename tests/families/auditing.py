"""One audit of an imitation in a process of its own, with short pauses: ``python -m tests.families.auditing URL FOLDER``."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.facts import ColumnFacts, DepartmentFacts
from crawler.store import FACTS_NAME, FactsStore

REPO = Path(__file__).parents[2]
EXIT_UNREACHABLE = 4
PACKS = ("xxgk-platform", "annual-report", "portal-2019")


@dataclass(frozen=True, kw_only=True)
class Audited:
    departments: tuple[DepartmentFacts, ...]
    columns: dict[str, ColumnFacts]
    findings: tuple[dict[str, Any], ...]
    outcomes: dict[str, int]
    failures: dict[str, int]
    skipped: dict[str, int]

    def found(self) -> set[tuple[str, str]]:
        return {(finding["rule"], finding["url"]) for finding in self.findings}


class NotReached(Exception):
    """The audit says that it saw nothing, and why."""


def audit(proxy: str, url: str, folder: Path, as_of: date) -> Audited:
    """Crawl, assemble and judge what ``proxy`` serves at ``url``; raises :class:`NotReached`."""
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"http_proxy": proxy, "PYTHONPATH": str(REPO)}
    command = [sys.executable, "-m", "tests.families.auditing", url, str(folder), as_of.isoformat()]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, timeout=250, check=False)
    if done.returncode == EXIT_UNREACHABLE:
        raise NotReached(done.stdout)
    assert done.returncode == 0, done.stderr[-4_000:]
    (run,) = (folder / "runs").iterdir()
    lines = (folder / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    summary = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))
    with FactsStore.open(run / FACTS_NAME) as store:
        return Audited(
            departments=tuple(store.departments()),
            columns={column.url: column for column in store.columns()},
            findings=tuple(json.loads(line) for line in lines),
            outcomes=summary["outcomes"],
            failures=summary["failures"],
            skipped=summary["skipped"],
        )


def main() -> None:
    from audit.clock import now
    from audit.errors import PortalUnreachable
    from audit.folders import new_run
    from audit.gather import crawl
    from audit.run import JudgeSettings, assemble_run, judge_run
    from crawler.crawl import CrawlOptions
    from crawler.pins import Pins
    from reports.render import render_report

    url, folder, as_of = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    run = new_run(folder, url, now())
    run.write_settings({"start_url": url, "as_of": as_of})
    crawl(CrawlOptions(start_url=url, delay=0, pauses=(0.2, 0.3), timeout=20, processes=0, attachment_bytes=0), run)
    try:
        assemble_run(run, Pins())
    except PortalUnreachable as error:
        sys.stdout.write(str(error))
        sys.exit(EXIT_UNREACHABLE)
    judged = judge_run(run, JudgeSettings(as_of=date.fromisoformat(as_of), packs=PACKS))
    assert not judged.rule_errors, judged.rule_errors
    (folder / "out").mkdir()
    render_report(judged.result, folder / "out")


if __name__ == "__main__":
    main()
