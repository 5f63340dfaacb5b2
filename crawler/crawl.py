"""The way into the crawler: one portal into one run folder, in this process, once."""

import logging
import stat
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

# First, while few modules call each other: Scrapy looks through the whole stack there, a tenth of a second further in.
import scrapy.core.downloader.contextfactory  # noqa: F401
from scrapy.settings import Settings

from crawler.errors import CrawlerError, CrawlFailed
from crawler.hiring import Hired
from crawler.options import CrawlOptions
from crawler.progress import Progress
from crawler.reading import Readers
from crawler.signalling import StraightSignals
from crawler.spiders.portal import PortalSpider
from crawler.summary import CrawlSummary

LOG_NAME = "crawl.log"

__all__ = ["CrawlOptions", "CrawlSummary", "run_crawl"]


def run_crawl(
    options: CrawlOptions,
    run_folder: Path,
    on_progress: Callable[[Progress], None] | None = None,
    *,
    readers: Readers | None = None,
    hired: Sequence[Hired] = (),
) -> CrawlSummary:
    """Crawl a portal into ``run_folder``; nothing goes to stdout, the log stands in ``crawl.log`` there.

    An interrupted crawl is taken up where it stopped when the same folder is given again. A reactor runs once per process,
    so this can be called once per process. ``hired`` are readers of pages that were started ahead
    (:func:`crawler.hiring.hire_ahead`). Raises :class:`crawler.errors.CrawlerError`.
    """
    # Imported here, because importing it must not touch the reactor or the logging of whoever only wants the names above.
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415

    run_folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    log = run_folder / LOG_NAME
    log.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
    process = AsyncCrawlerProcess(_settings(options, log))
    # Scrapy sets its loggers to DEBUG and drops the records at the handler: each still costs its making.
    logging.getLogger("scrapy").setLevel(logging.INFO)
    crawler = process.create_crawler(PortalSpider)
    crawler.signals = StraightSignals(crawler)
    process.crawl(crawler, options=options, run_folder=run_folder, readers=readers, hired=hired, on_progress=on_progress)
    process.start(install_signal_handlers=threading.current_thread() is threading.main_thread())
    spider = crawler.spider
    failure = spider.failure if isinstance(spider, PortalSpider) else None
    if isinstance(failure, CrawlerError):
        raise failure
    if not isinstance(spider, PortalSpider) or spider.summary is None or isinstance(failure, Exception):
        raise CrawlFailed(
            f"抓取中途出错（{type(failure).__name__}），已抓到的内容保存在 {run_folder}，详情见 {log}。"
        ) from failure
    return spider.summary


def _settings(options: CrawlOptions, log: Path) -> Settings:
    from crawler import settings  # noqa: PLC0415

    values = Settings()
    values.setmodule(settings, priority="project")
    values.setdict(settings.settings_of(options), priority="project")
    values.set("LOG_FILE", str(log), priority="project")
    return values
