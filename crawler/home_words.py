"""What an address or a link says by its looks: that an article stands behind it, or the home page."""

from functools import cache
from urllib.parse import urlsplit

import regex

from crawler.vocabulary import load

_TIMEOUT = 1.0


@cache
def _article_address() -> "regex.Pattern[str]":
    return regex.compile(load("soft_errors")["article_address"], regex.IGNORECASE)


@cache
def _home_words() -> "regex.Pattern[str]":
    return regex.compile(load("soft_errors")["home_words"])


def names_article(url: str) -> bool:
    """Whether an address is an article's: a number at its end, an id among its parameters."""
    parts = urlsplit(url)
    shown = f"{parts.path}?{parts.query}" if parts.query else parts.path
    try:
        return _article_address().search(shown, timeout=_TIMEOUT) is not None
    except TimeoutError:
        return False


def speaks_of_home(text: str) -> bool:
    """Whether a link with this text means the home page (首页, 返回…). Raises TimeoutError on a text made to stall patterns."""
    return _home_words().search(text, timeout=_TIMEOUT) is not None
