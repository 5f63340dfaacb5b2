"""Pages that open and show that there is nothing behind their address, told by every look at them."""

from collections.abc import Sequence
from functools import cache

import regex

from crawler.facts import PageFacts, PageKind
from crawler.vocabulary import load

_TIMEOUT = 0.3
_SAID = 400
"""Characters of a page within which an error page says what is wrong."""


@cache
def _patterns() -> tuple["regex.Pattern[str]", "regex.Pattern[str]", "regex.Pattern[str]"]:
    words = load("soft_errors")
    return regex.compile(words["gone"]), regex.compile(words["passing"]), regex.compile(words["volatile"])


def gone_for(page: PageFacts, again: Sequence[PageFacts]) -> str:
    """Why an error page is none of its own, as a reason of :mod:`rules.words`; ``""`` where that is not certain.

    ``again`` are the later looks at it: there must be one, and all must show the same. What says that it is only out of
    order for now (维护中, 稍后再试) says nothing of what it will be.
    """
    if not again:
        return ""
    if page.same_as is not None:
        first = _plain(page)
        return f"same-as-{page.same_as.what}" if all(_plain(look) == first for look in again) else ""
    gone = all(look.kind is PageKind.ERROR_PAGE and _says_gone(look) for look in (page, *again))
    return PageKind.ERROR_PAGE.value if gone else ""


def _says_gone(page: PageFacts) -> bool:
    gone, passing, _ = _patterns()
    said = f"{page.page_title}\n{page.text[:_SAID]}"
    try:
        return gone.search(said, timeout=_TIMEOUT) is not None and passing.search(said, timeout=_TIMEOUT) is None
    except TimeoutError:
        return False


def _plain(page: PageFacts) -> str:
    """What the page says, without what changes from one asking to the next."""
    return str(_patterns()[2].sub("", f"{page.page_title}|{page.text}", timeout=_TIMEOUT * 3))
