"""Scrapy settings: the polite ones first, each unusual value with its reason. What one crawl is asked for comes on top."""

from importlib.metadata import version
from typing import Any

from crawler.options import CrawlOptions

BOT_NAME = "zhaocuo"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# --- manners -----------------------------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # one a second means one a second
CONCURRENT_REQUESTS_PER_DOMAIN = 2
CONCURRENT_REQUESTS = 0  # the frontier counts; a second limit would let a slow foreign host hold up the portal
DOWNLOAD_TIMEOUT = 15
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
COOKIES_ENABLED = False  # each page as a first visitor sees it
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    # What the captures can unpack again with the standard library.
    "Accept-Encoding": "gzip, deflate",
}

# --- safety ------------------------------------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by default since 2.19: runs Python given a token
DOWNLOAD_VERIFY_CERTIFICATES = False  # a bad certificate is something to report, not a reason to see nothing
# IPv6 as well, which Scrapy's default resolver cannot do, and never into our own network.
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"
ZHAOCUO_ALLOW_PRIVATE = False

# --- only what this crawl needs ----------------------------------------------------------------------------------------

# A request is sent once: its failure is a look of ours, not something to be mended behind our back.
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.connections.OnceHandler")
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.downloadermiddlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    # Between unpacking and the line: bodies as sent.
    "crawler.downloadermiddlewares.capture.CaptureMiddleware": 595,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    # After the proxy is known. No redirect, retry, cookie or cache middleware: each hop and each try is recorded by us.
    "crawler.downloadermiddlewares.private.PrivateTargetMiddleware": 760,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # the spider yields nothing: it writes to the store
EXTENSIONS_BASE: dict[str, int] = {}
CONCURRENT_ITEMS = 1  # Scrapy starts that many tasks per answer (scrapy#5182)
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # an address becomes a Request once: crawler.targets knows them
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # counted by crawler.progress
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# --- log ---------------------------------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.logformat.QuietFormatter"  # no record per answer
LOG_VERSIONS: list[str] = []

# --- limits of one crawl -----------------------------------------------------------------------------------------------

ZHAOCUO_PROBE_BYTES = 64 * 1024  # enough for any magic number and for the head of a foreign page
ZHAOCUO_HOSTS_PAGES = 3_000  # pages of one host beside the portal's own: a department has fewer
ZHAOCUO_OUTLINKS = 20_000
ZHAOCUO_OUTLINKS_PER_HOST = 500
ZHAOCUO_INSIDE_REQUESTS = 64  # under way at all hosts of the portal together
ZHAOCUO_OUTSIDE_REQUESTS = 32
ZHAOCUO_FOREIGN_CONCURRENCY = 4  # at one foreign host, also without a delay
ZHAOCUO_MAX_CRAWL_DELAY = 30.0  # seconds; a robots.txt that asks for more would never let a run end
ZHAOCUO_MAX_BACKOFF = 60.0  # seconds a host that says 429 or 503 may make us wait
ZHAOCUO_MAX_FAST_BACKOFF = 3.0  # the same without a delay


def settings_of(options: CrawlOptions) -> dict[str, Any]:
    """Settings that follow from what the crawl is asked for."""
    return {
        "USER_AGENT": user_agent(options.contact),
        "DOWNLOAD_DELAY": options.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.per_host,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "ZHAOCUO_ALLOW_PRIVATE": options.allow_private,
    }


def user_agent(contact: str) -> str:
    """Who we are and whom to write to, in ASCII: a header holds nothing else."""
    plain = "".join(sign for sign in contact if sign.isascii() and sign.isprintable() and sign not in "()\\")
    about = "audit of open government information"
    return f"{BOT_NAME}/{version(BOT_NAME)} ({f'+{plain[:200].strip()}; ' if plain.strip() else ''}{about})"


USER_AGENT = user_agent("")
