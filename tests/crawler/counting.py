"""One crawl with its work counted: ``python -m tests.crawler.counting FOLDER URL`` prints the counts as JSON."""

import asyncio
import json
import logging
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import scrapy

import crawler.addresses
import crawler.assembly.latest
import crawler.extractors.document
from crawler.crawl import CrawlOptions, run_crawl
from crawler.store import FACTS_NAME, FactsStore
from crawler.store.codec import unpack_ids

FORBIDDEN = ("bs4", "dateparser", "htmldate", "readability")
"""A page costs ten times as much with one of them."""

counts: Counter[str] = Counter()


def counted(module: Any, name: str, key: str) -> None:
    """Count the calls of a function of ``module``."""
    plain = getattr(module, name)

    def function(*arguments: Any, **words: Any) -> Any:
        counts[key] += 1
        return plain(*arguments, **words)

    setattr(module, name, function)


def main(folder: Path, url: str) -> None:
    counted(scrapy.Request, "__init__", "request objects")
    counted(crawler.extractors.document, "_parse", "trees")
    counted(crawler.addresses, "_resolve_anew", "resolutions")
    counted(crawler.assembly.latest, "assemble", "assemblies")
    counted(asyncio.BaseEventLoop, "create_task", "tasks")
    counted(logging.Logger, "handle", "log records")
    options = CrawlOptions(start_url=url, delay=0, allow_private=True, pauses=(0.1, 0.2), processes=0, browser=False)
    summary = run_crawl(options, folder)
    loaded = [name for name in FORBIDDEN if name in sys.modules]
    with FactsStore.open(folder / FACTS_NAME) as store:
        own = sorted(len(unpack_ids(row[0])) for row in store._sql.execute("SELECT own FROM page"))
        first_tries = store._sql.execute("SELECT COUNT(*) FROM try WHERE number = 1").fetchone()[0]
        addresses = store._sql.execute("SELECT COUNT(*) FROM target WHERE state != 4").fetchone()[0]
        looks = store._sql.execute("SELECT COUNT(*) FROM sighting").fetchone()[0]
    said = {"pages": summary.pages, "requests": summary.run.requests, "own links": own, "loaded": loaded, "looks": looks}
    sys.stdout.write(json.dumps(said | {"first tries": first_tries, "addresses": addresses} | dict(counts)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
