"""Nights of the demo portal: on the same pages, a day later, and on pages of which one in fifty changed.

``python -m tests.audit.second_night`` prints requests, bytes and CPU seconds of each night.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from audit.demo import DEMO_AS_OF
from audit.demo.portal import build_portal
from audit.demo.server import DemoServer
from crawler.addresses import page_key
from crawler.store import FactsStore
from crawler.vocabulary import load
from tests.audit.interruptions import CALENDAR, comparable

say = partial(print, flush=True)

ONE_IN = 50
LONGEST_WAIT = max(max(days) for days in load("revisits")["wait_days"].values())
"""Days after which everything is due."""
GONE = "/gone-since-last-night.html"
"""What the changed pages link to, and nobody made."""


@dataclass(frozen=True, kw_only=True)
class Night:
    """One audit, and what it cost."""

    run: dict[str, Any]
    findings: bytes
    cpu_seconds: float
    """Of the audit and all its processes."""
    fetched: frozenset[str]
    """Paths that were answered with a body, once or more often."""

    pages: int
    unchanged: int
    """Pages that the server said were unchanged (304), at the last look at them."""

    def __str__(self) -> str:
        run = self.run
        cost = f"{run['requests']} requests, {run['bytes'] / 1e6:.2f} MB, {self.cpu_seconds:.1f} CPU s"
        pages = f"{self.unchanged} of {self.pages} pages unchanged ({self.unchanged / self.pages:.1%})"
        return f"{cost}, {run['carried_not_due']} addresses not due, {pages}, {run['findings']} findings"


@dataclass(kw_only=True)
class Nights:
    """The portal, and the data folder that remembers the nights."""

    server: DemoServer
    folder: Path
    words: tuple[str, ...] = ()
    count: int = 0

    def night(self) -> Night:
        self.count += 1
        self.server.forget()
        out = self.folder / f"out{self.count}"
        command = [
            sys.executable,
            "-m",
            "audit",
            "audit",
            self.server.base_url,
            "--as-of",
            DEMO_AS_OF.isoformat(),
            "--delay",
            "0",
        ]
        command += ["--allow-private", "--data", str(self.folder / "data"), "--out", str(out), *self.words]
        env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        before = _cpu()
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if not (out / "run.json").is_file():
            raise AssertionError(done.stderr[-3_000:])
        pages, unchanged = _looked_at(newest_run(self.folder / "data"))
        return Night(
            pages=pages,
            unchanged=unchanged,
            run=json.loads((out / "run.json").read_text()),
            findings=comparable(out / "findings.jsonl"),
            cpu_seconds=_cpu() - before,
            fetched=frozenset(self.server.sent),
        )

    def days_pass(self, days: float) -> None:
        """As if the last night had been so many days earlier."""
        with FactsStore.open(newest_run(self.folder / "data") / "facts.sqlite") as store:
            looks = {key: store.look(key) for key in store.recall("look")}
            earlier = timedelta(days=days)
            store.remember_looks(
                {
                    key: replace(look, at=(datetime.fromisoformat(look.at) - earlier).isoformat())
                    for key, look in looks.items()
                    if look is not None
                }
            )

    def change(self) -> list[str]:
        """Change one article in fifty: a paragraph more, with a link that leads nowhere; returns their paths."""
        pages = dict(self.server.portal.pages)
        articles = sorted(path for path, page in pages.items() if "/t20" in path and page.modified)
        changed = articles[::ONE_IN]
        for path in changed:
            more = f'<p>本文昨夜补充了一段说明。<a href="{GONE}">补充材料</a></p>'.encode()
            page = pages[path]
            body = page.body.replace(b"</p>", b"</p>" + more, 1)
            assert body != page.body, path
            pages[path] = replace(page, body=body, modified="Fri, 20 Nov 2026 00:00:01 GMT")
        self.server.portal = replace(self.server.portal, pages=pages, absent={*self.server.portal.absent, GONE})
        return changed


@contextmanager
def nights(folder: Path, *words: str) -> Iterator[Nights]:
    with DemoServer(build_portal(DEMO_AS_OF)) as server:
        yield Nights(server=server, folder=folder, words=words)


def newest_run(data: Path) -> Path:
    return max((data / "runs").iterdir(), key=lambda run: (run / "facts.sqlite").stat().st_mtime)


def _looked_at(run: Path) -> tuple[int, int]:
    """Pages of the run, and those of them that the server said were unchanged, under whichever of their spellings.

    Without the calendar's, of which each night reads those that answer first.
    Of ``/x/`` and ``/x/index.html`` the one that answers first is stored, with the answer that it got.
    """
    answers: dict[str, set[int | None]] = defaultdict(set)
    with FactsStore.open(run / "facts.sqlite") as store:
        for target in store.registry:
            answers[page_key(target.url)].update(attempt.status for attempt in store.tries(target.url)[-1:])
        found = [304 in answers[page_key(page.url)] for page in store.pages() if CALENDAR not in page.url]
    return len(found), found.count(True)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch, nights(Path(scratch), *sys.argv[1:]) as place:
        first = place.night()
        say(f"first night:               {first}")
        second = place.night()
        say(f"second night, unchanged:   {second}, findings {'the same' if second.findings == first.findings else 'DIFFER'}")
        for number in range(3, 6):
            place.days_pass(1)
            later = place.night()
            same = "the same" if later.findings == first.findings else "DIFFER"
            say(f"night {number}, a day later:      {later}, findings {same}")
        place.days_pass(LONGEST_WAIT)
        changed = place.change()
        third = place.night()
        say(f"{LONGEST_WAIT} days on, {len(changed)} changed: {third}")
        before, after = set(second.findings.splitlines()), set(third.findings.splitlines())
        new = [json.loads(line) for line in after - before]
        say(f"  new: {[(line['rule'], line['url'], len(line['found_on'])) for line in new]}, gone: {len(before - after)}")
        missed = [path for path in changed if path not in third.fetched]
        say(f"  changed pages fetched: {len(changed) - len(missed)} of {len(changed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
