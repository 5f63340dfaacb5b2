"""The polite and safe settings are in force, not only written down."""

import pytest
from scrapy.settings import Settings

from crawler import settings
from crawler.crawl import _settings
from crawler.options import CrawlOptions
from crawler.settings import user_agent

START = "http://www.example.gov.cn/"


@pytest.fixture
def in_force(tmp_path) -> Settings:
    return _settings(CrawlOptions(start_url=START), tmp_path / "crawl.log")


def test_the_manners_of_the_house_are_in_force(in_force: Settings) -> None:
    assert in_force.getbool("ROBOTSTXT_OBEY")
    assert (in_force.getfloat("DOWNLOAD_DELAY"), in_force.getint("CONCURRENT_REQUESTS_PER_DOMAIN")) == (1.0, 2)
    assert in_force.getfloat("DOWNLOAD_DELAY_JITTER") == 0
    assert in_force.getint("DOWNLOAD_MAXSIZE") == 20 * 1024 * 1024
    assert in_force["DEFAULT_REQUEST_HEADERS"]["Accept-Language"].startswith("zh-CN")
    assert in_force["USER_AGENT"].startswith("zhaocuo/")


@pytest.mark.parametrize("name", ["TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "ZHAOCUO_ALLOW_PRIVATE"])
def test_what_must_be_off_is_off(in_force: Settings, name: str) -> None:
    assert not in_force.getbool(name)


def test_no_middleware_of_scrapy_repeats_redirects_or_caches_behind_our_back(in_force: Settings) -> None:
    names = in_force.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES")
    own = {str(name) for name in names}
    assert not [name for name in own if any(word in name for word in ("redirect", "retry", "cookies", "httpcache", "offsite"))]
    assert "crawler.downloadermiddlewares.robots.RobotsMiddleware" in own


def test_every_component_named_in_the_settings_can_be_loaded() -> None:
    from scrapy.utils.misc import load_object

    for name in [*settings.DOWNLOADER_MIDDLEWARES, settings.TWISTED_DNS_RESOLVER, settings.LOG_FORMATTER, settings.STATS_CLASS]:
        assert load_object(name)


def test_options_become_settings(tmp_path) -> None:
    options = CrawlOptions(start_url=START, delay=0, timeout=7, allow_private=True, contact="a@example.org")
    values = _settings(options, tmp_path / "log")
    assert (values.getfloat("DOWNLOAD_DELAY"), values.getint("CONCURRENT_REQUESTS_PER_DOMAIN")) == (0, 16)
    assert (values.getfloat("DOWNLOAD_TIMEOUT"), values.getbool("ZHAOCUO_ALLOW_PRIVATE")) == (7, True)
    assert "+a@example.org" in values["USER_AGENT"]


@pytest.mark.parametrize("contact", ["", "联系人", "a\r\nX-Evil: 1", "(((", "x" * 5_000, "\\"])
def test_no_contact_can_break_the_header(contact: str) -> None:
    agent = user_agent(contact)
    assert agent.isascii()
    assert agent.isprintable()
    assert len(agent) < 400
    assert agent.count("(") == agent.count(")") == 1
