"""What can go wrong around a crawl, each with a stable code and one Chinese sentence.

::

    CrawlerError               code
    ├── OptionsInvalid         crawl-options    the crawl cannot be started as asked
    ├── StoreInvalid           store            facts.sqlite is missing, of another version, or broken
    ├── CaptureMissing         capture          a WARC record that is not there, or cannot be read
    └── CrawlFailed            crawl            an error of ours ended the crawl; crawl.log has the traceback

What a portal does wrong is no error: it is a failed try (``crawler.failures``) or a skipped address.
"""

from typing import ClassVar


class CrawlerError(Exception):
    """Base: ``str(error)`` is one Chinese sentence that says what, where, and what to do."""

    code: ClassVar[str] = "crawler"


class OptionsInvalid(CrawlerError):
    code = "crawl-options"


class StoreInvalid(CrawlerError):
    code = "store"


class CaptureMissing(CrawlerError):
    code = "capture"


class CrawlFailed(CrawlerError):
    code = "crawl"
