"""Benches that call a function of the program instead of starting it."""

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import lxml.html

from bench.portal import AS_OF
from bench.yard import Skipped, Yard

_SAMPLE = 200
_WARMING = 5
_LIST = re.compile(r"^/bm/dw\d+/(?!zn|fd)\w+/(?:index_\d+\.html)?$")
_FETCHED_AT = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 9, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    median_ms: float
    p90_ms: float
    parse_ms: float
    """Median of lxml's parse alone: what no extractor can go below."""
    kib: float
    """Median size of the pages."""


def extract(yard: Yard) -> dict[str, Timing]:
    """Time per page of ``extract_page``, by kind of page, over a sample of the portal's own pages."""
    try:
        from crawler.extractors.page import extract_page
    except ImportError as error:
        raise Skipped(f"the extractors are not whole yet ({error})") from error
    pages = yard.truth.pages
    kinds = {"article": [path for path in pages if "/t2" in path], "list": [path for path in pages if _LIST.search(path)]}
    return {kind: _timing(paths, yard, extract_page) for kind, paths in kinds.items()}


def _timing(paths: list[str], yard: Yard, extract_page: Callable[..., object]) -> Timing:
    step = max(1, len(paths) // _SAMPLE)
    bodies = [(yard.base.rstrip("/") + path, yard.file_of(path).read_bytes()) for path in paths[::step][:_SAMPLE]]

    def whole(url: str, body: bytes) -> None:
        extract_page(body, url, content_type="text/html", fetched_at=_FETCHED_AT)

    def parse(_url: str, body: bytes) -> None:
        lxml.html.document_fromstring(body)

    times = _times(whole, bodies)
    return Timing(
        median_ms=statistics.median(times),
        p90_ms=times[len(times) * 9 // 10],
        parse_ms=statistics.median(_times(parse, bodies)),
        kib=statistics.median(len(body) for _, body in bodies) / 1_024,
    )


def _times(work: Callable[[str, bytes], None], bodies: list[tuple[str, bytes]]) -> list[float]:
    """Milliseconds of the processor for each call, sorted; the first few calls only warm the caches."""
    times = []
    for url, body in bodies[:_WARMING] + bodies:
        begun = time.process_time()
        work(url, body)
        times.append((time.process_time() - begun) * 1_000)
    return sorted(times[_WARMING:])


def judge_stored(run: Path) -> float:
    """Pages a second that the engine judges from a stored run, all shipped packs on, reading the facts included."""
    try:
        from crawler.store import FactsStore
        from rules.engine import evaluate
        from rules.loader import load_packs
        from rules.shipped import shipped_packs
    except ImportError as error:
        raise Skipped(f"the engine is not whole yet ({error})") from error
    packs = load_packs(shipped_packs())
    facts = FactsStore.open(run / "facts.sqlite")
    begun = time.perf_counter()
    evaluate(facts, packs, AS_OF)
    return facts.run.pages_fetched / (time.perf_counter() - begun)
