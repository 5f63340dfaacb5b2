"""Judging stored facts at two sizes: ``python -m bench.judging FACTS`` is one judgement in a process of its own."""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bench.portal import AS_OF
from bench.processes import measure
from bench.yard import Skipped, Yard
from crawler.assembly import assemble
from crawler.extractors.page import extract_page
from crawler.facts import ExtractedPage, RunFacts
from crawler.store import FactsStore

_FETCHED_AT = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 9, tzinfo=timezone(timedelta(hours=8)))
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    pages: int
    seconds: float
    """The engine's alone, reading the facts included."""
    peak: float
    """MiB of the whole process."""
    findings: int


def judge_sizes(yard: Yard, sizes: Sequence[int]) -> list[Judging]:
    """One measurement a size: the bench portal's own pages, then copies of them under further addresses."""
    read = _read_pages(yard)
    return [_judged(_stored(yard, read, pages)) for pages in sizes]


def _read_pages(yard: Yard) -> list[ExtractedPage]:
    base = yard.base.rstrip("/")
    home = f"{base}/"
    pages = []
    for path in yard.truth.pages:
        body = yard.file_of(path).read_bytes()
        page = extract_page(body, base + path, content_type="text/html", fetched_at=_FETCHED_AT, is_home=base + path == home)
        pages.append(replace(page, facts=replace(page.facts, final_url=base + path, fetched_at=_FETCHED_AT.isoformat())))
    return pages


def _stored(yard: Yard, read: Sequence[ExtractedPage], pages: int) -> Path:
    path = yard.folder / f"facts-{pages}.sqlite"
    path.unlink(missing_ok=True)
    with FactsStore.create(path) as store:
        for number in range(pages):
            store.add_page(_copy(read[number % len(read)], number // len(read)))
            if number == len(read) - 1:  # the portal is put together from its own pages; copies are more of the same
                store.flush()
                site = assemble(store, f"{yard.base.rstrip('/')}/")
            elif number % _BATCH == 0:
                store.flush()
        store.save_assembly(site.portal, site.departments, site.columns)
        started = _FETCHED_AT.isoformat()
        store.save_run(RunFacts(started=started, discovered=pages, fetched=pages, pages_fetched=pages, outside_reachable=True))
    return path


def _copy(page: ExtractedPage, turn: int) -> ExtractedPage:
    """Further pages say something of their own, or comparing pages would fold them into one."""
    if turn == 0:
        return page
    facts = page.facts
    url = f"{facts.url}?copy={turn}"
    text = f"{turn}. {facts.text}"
    return replace(page, facts=replace(facts, url=url, final_url=url, text=text, text_hash=f"{facts.text_hash}{turn}"))


def _judged(path: Path) -> Judging:
    cost = measure([sys.executable, "-m", "bench.judging", path])
    if cost.code:
        raise Skipped(
            f"judging stored facts ended with exit code {cost.code}: {(cost.err.strip() or '?').splitlines()[-1][:160]}"
        )
    said = json.loads(cost.out)
    return Judging(pages=said["pages"], seconds=said["seconds"], peak=cost.peak, findings=said["findings"])


def main(path: Path) -> None:
    from rules.engine import evaluate
    from rules.loader import load_packs

    packs = load_packs()
    with FactsStore.open(path) as facts:
        begun = time.perf_counter()
        evaluation = evaluate(facts, packs, AS_OF)
        seconds = time.perf_counter() - begun
        said = {"pages": facts.run.pages_fetched, "seconds": seconds, "findings": len(evaluation.findings)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
