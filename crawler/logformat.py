"""What Scrapy may say in crawl.log: starts, ends and errors, no line per page."""

from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter


class QuietFormatter(LogFormatter):
    """Makes no record for an answer: two hundred thousand of them hide the one that matters."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> Any:  # noqa: ARG002  Scrapy's signature
        return None
