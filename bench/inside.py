"""Benches that call a function of the program instead of starting it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bench.portal import AS_OF
from bench.yard import Skipped, Yard

_SAMPLE = 200
_FETCHED_AT = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 9, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    median_ms: float
    p90_ms: float
    kib: float
    """Median size of the pages."""


def extract(yard: Yard) -> dict[str, Timing]:
    """Time per page of ``extract_page``, by kind of page, over a sample of the portal's own pages."""
    try:
        from crawler.extractors.page import extract_page
    except ImportError as error:
        raise Skipped(f"the extractors are not whole yet ({error})") from error
    return {
        kind: _timing([path for path in yard.truth.pages if wanted(path)], yard, extract_page)
        for kind, wanted in {"article": lambda path: "/t2" in path, "list": lambda path: "/index_" in path}.items()
    }


def _timing(paths: list[str], yard: Yard, extract_page: Callable[..., object]) -> Timing:
    step = max(1, len(paths) // _SAMPLE)
    bodies = [(path, (yard.portal / path.lstrip("/")).read_bytes()) for path in paths[::step][:_SAMPLE]]
    if not bodies:
        raise Skipped("the portal is too small to have pages of every kind")
    times = []
    for path, body in bodies[:5] + bodies:  # the first five only warm the caches
        begun = time.perf_counter()
        extract_page(body, yard.base.rstrip("/") + path, content_type="text/html", fetched_at=_FETCHED_AT)
        times.append((time.perf_counter() - begun) * 1_000)
    times = sorted(times[-len(bodies) :])
    return Timing(
        median_ms=statistics.median(times),
        p90_ms=times[len(times) * 9 // 10],
        kib=statistics.median(len(body) for _, body in bodies) / 1_024,
    )


def judge_stored(run: Path) -> float:
    """Pages a second that the engine judges from a stored run, all shipped packs on, reading the facts included."""
    try:
        from crawler.store import FactsStore
        from rules.engine import evaluate
        from rules.loader import load_packs, shipped_packs
    except ImportError as error:
        raise Skipped(f"the engine is not whole yet ({error})") from error
    packs = load_packs(shipped_packs())
    facts = FactsStore.open(run / "facts.sqlite")
    begun = time.perf_counter()
    evaluate(facts, packs, AS_OF)
    return facts.run.pages_fetched / (time.perf_counter() - begun)
