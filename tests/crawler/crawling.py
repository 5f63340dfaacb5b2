"""Crawls of the tests, each in a process of its own: a reactor runs once per process.

``python -m tests.crawler.crawling FOLDER JSON`` crawls with the stand-in extractors, or the real ones (``real_readers``).
"""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from crawler.facts import RunFacts
from crawler.store import FACTS_NAME, FactsStore

REPO = Path(__file__).parents[2]
QUICK = {"delay": 0, "allow_private": True, "pauses": [0.2, 0.3], "timeout": 20.0, "processes": 0}


@dataclasses.dataclass
class Crawled:
    """A finished crawl of a test."""

    folder: Path
    store: FactsStore
    run: RunFacts
    phases: list[str]

    def reason(self, url: str) -> tuple[bool | None, str]:
        return self.store.outcome(url)


def start_crawl(folder: Path, start_url: str, **options: Any) -> subprocess.Popen[str]:
    words = json.dumps({"start_url": start_url, **QUICK, **options})
    # A proxy of the machine must not stand between a test and its server.
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | {"PYTHONPATH": str(REPO)}
    command = [sys.executable, "-W", "error", "-m", "tests.crawler.crawling", str(folder), words]
    return subprocess.Popen(command, cwd=REPO, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def crawl(folder: Path, start_url: str, **options: Any) -> Crawled:
    with start_crawl(folder, start_url, **options) as process:
        out, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors + (folder / "crawl.log").read_text()
    assert errors == ""
    store = FactsStore.open(folder / FACTS_NAME)
    return Crawled(folder=folder, store=store, run=store.run_facts(), phases=json.loads(out))


def main() -> None:
    from crawler.crawl import run_crawl
    from crawler.options import CrawlOptions
    from crawler.reading import Readers
    from tests.crawler.simple_readers import READERS

    words = json.loads(sys.argv[2])
    for name in ("pauses", "window", "departments", "seeds", "canaries"):
        if words.get(name) is not None:
            words[name] = tuple(words[name])
    if words.get("earlier"):
        words["earlier"] = Path(words["earlier"])
    phases: list[str] = []
    readers = Readers.real() if words.pop("real_readers", False) else READERS
    run_crawl(CrawlOptions(**words), Path(sys.argv[1]), lambda progress: phases.append(progress.phase), readers=readers)
    sys.stdout.write(json.dumps(list(dict.fromkeys(phases))))


if __name__ == "__main__":
    main()
