"""The peer everybody could write: Scrapy as its tutorial shows it, every link followed. ``python -m bench.plain_spider BASE``."""

import sys
from collections.abc import Iterator
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

SETTINGS = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
    "RETRY_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
}


class PlainSpider(CrawlSpider):
    name = "plain"
    rules = (
        Rule(
            LinkExtractor(tags=("a", "area", "img", "link", "script"), attrs=("href", "src"), deny_extensions=()),
            "seen",
            follow=True,
        ),
    )
    seen_total = dead_total = 0

    def seen(self, response: Response) -> Iterator[Any]:
        self.seen_total += 1
        self.dead_total += response.status == 404
        yield from ()

    def closed(self, reason: str) -> None:
        print(f"{self.seen_total} answers, {self.dead_total} dead, {reason}")


def main() -> None:
    process = AsyncCrawlerProcess(SETTINGS)
    process.crawl(PlainSpider, start_urls=[sys.argv[1]])
    process.start()


if __name__ == "__main__":
    main()
