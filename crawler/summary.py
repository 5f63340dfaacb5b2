"""How a crawl ended, for whoever started it: light to import, since the audit waits for it without Scrapy."""

from dataclasses import dataclass

from crawler.facts import RunFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSummary:
    """How a crawl ended."""

    run: RunFacts
    interrupted: bool = False
    """Stopped from outside; the run folder can be crawled on."""

    @property
    def pages(self) -> int:
        return self.run.pages_fetched

    @property
    def void(self) -> str | None:
        return self.run.void
