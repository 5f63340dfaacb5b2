"""Nothing long is held: the memory of judging does not follow the number of pages.

The crawl has its own counts (one Request an address, rows a page, bounded queues); this is the half that comes after it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawler.facts import Crumb, ExtractedPage, PageFacts, PageKind, PortalFacts, Read, RunFacts
from crawler.store import FactsStore
from rules.engine import evaluate
from rules.loader import load_packs

PAGES = 5_000
MOST_MIB = 15
"""Between 2,500 and 5,000 pages (performance.md, counts for CI)."""

BASE = "http://www.yanhu.example"


def page(number: int) -> ExtractedPage:
    """An article of its own: another title, another text of 8 KiB, another address."""
    text = f"第{number}号通知。" + "砚湖县人民政府办公室关于进一步做好有关工作的通知要点。" * 160
    return ExtractedPage(
        facts=PageFacts(
            url=f"{BASE}/zwgk/tz/202611/t20261120_{number}.html",
            kind=PageKind.ARTICLE,
            page_title=f"第{number}号通知",
            title=Read(value=f"关于第{number}号事项的通知", raw="", strategy="h1"),
            published=Read(value="2026-11-02", raw="发布日期：2026-11-02", strategy="label"),
            content_source=Read(value="砚湖县政府办", raw="来源：砚湖县政府办", strategy="label"),
            tags={"SiteName": "砚湖县人民政府", "ColumnName": "通知", "PubDate": "2026-11-02 09:00"},
            breadcrumb=(Crumb(text="首页", url=f"{BASE}/"), Crumb(text="通知", url=f"{BASE}/zwgk/tz/")),
            text=text,
            text_length=len(text),
            text_hash=f"{number:016x}",
            template="a",
            language="zh",
            barriers=(),
            hidden_links=(),
            body_links=(),
        )
    )


class Watched(FactsStore):
    """Notes what the process holds when half of the pages went by, and when all did."""

    def pages(self) -> Iterator[PageFacts]:
        for number, each in enumerate(super().pages(), start=1):
            yield each
            if number in {PAGES // 2, PAGES}:
                self.noted.append(resident())

    noted: list[float]


def resident() -> float:
    """MiB of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) / 256


def judged(path: Path, *, keeping: bool) -> float:
    """MiB that judging grew by over the second half of the pages."""
    kept: list[PageFacts] = []
    with Watched.open(path) as store:
        store.noted = []
        if keeping:
            seen = store.pages()
            store.pages = lambda: (kept.append(each) or each for each in seen)  # type: ignore[method-assign, func-returns-value]
        evaluate(store, load_packs(), date(2026, 11, 20))
        half, whole = store.noted
        return whole - half


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("growth") / "facts.sqlite"
    with FactsStore.create(path) as store:
        for number in range(PAGES):
            store.add_page(page(number))
        store.save_assembly(PortalFacts(url=f"{BASE}/", name="砚湖县人民政府"), (), ())
        store.save_run(RunFacts(started="2026-11-20T09:00:00+08:00", fetched=PAGES, discovered=PAGES, pages_fetched=PAGES))
    return path


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells what a process holds")
@pytest.mark.parametrize("keeping", [False, True], ids=["as it is", "were pages kept"])
def test_judging_twice_as_many_pages_takes_no_more_memory(facts: Path, keeping: bool) -> None:
    command = [sys.executable, "-m", "tests.rules.test_growth", str(facts), *(["keeping"] if keeping else [])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert (json.loads(done.stdout) <= MOST_MIB) is not keeping, done.stdout


if __name__ == "__main__":
    sys.stdout.write(json.dumps(judged(Path(sys.argv[1]), keeping="keeping" in sys.argv)))
