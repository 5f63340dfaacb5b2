"""Answers that are a piece of HTML: ucap's and mee's 查看更多, includes, and whatever else brings rows."""

import re
from functools import cache
from urllib.parse import urlsplit

from crawler.extractors.data_requests import lonsun_paging
from crawler.extractors.document import squeeze
from crawler.extractors.fragments import entries_of, fragment_document
from crawler.extractors.list_signs import empty_phrase
from crawler.extractors.list_state import is_note
from crawler.extractors.main_text import main_text
from crawler.extractors.pager_links import count_words, read_link_pager
from crawler.extractors.pager_numbers import LinkPager
from crawler.extractors.readers.answer import MAX_PAGES, Answer, Reading
from crawler.facts import DataRequest, Pager
from crawler.vocabulary import load

_EMPTY_LIST = re.compile(r"<(ul|ol|tbody|dl)\b[^>]*>\s*</\1\s*>", re.IGNORECASE)
_PAGER_CHARS = 200
"""The words of a pager are no more."""
_PAGE = re.compile(r"<(?:html|body|title|!doctype)\b", re.IGNORECASE)


def read_fragment(answer: Answer) -> Reading:
    """Rows of the piece. A whole page without dated rows is no answer: error pages and login forms come as such."""
    reading = read_html(answer, answer.text)
    if _PAGE.search(answer.text[:2_000]) and not any(entry.date for entry in reading.entries or ()):
        return Reading(entries=None)
    return reading


def read_html(answer: Answer, html: str) -> Reading:
    """Rows of ``html``, whose addresses resolve against the page; no rows and no sign of an empty list: not understood.

    A note in the place of the rows is handed over; longer text may be any part of the page, and is not.
    """
    doc = fragment_document(html, answer.page_url, answer.fetched_at)
    entries = entries_of(doc)
    links = read_link_pager(doc)
    if not entries and not _says_empty(html, links) and empty_phrase(doc) is None:
        text = main_text(doc)
        return Reading(entries=None, note=text if is_note(text) else "")
    pages, current = lonsun_paging(doc)
    # A pager of a script's own may have no link at all, only words that count.
    counted = (links.pages, links.total, links.current) if links else count_words(doc.outline.text[-_PAGER_CHARS:])
    pager = Pager(
        kind="ajax",
        pages=pages or counted[0],
        total=counted[1],
        current=current or counted[2] or answer.request.page,
    )
    return Reading(entries=entries, pager=pager, requests=_further(answer, links) if entries else ())


def _further(answer: Answer, pager: LinkPager | None) -> tuple[DataRequest, ...]:
    """The other pages, where the pager of the piece leads to the very address that was asked, with another number."""
    asked = answer.request
    if pager is None or asked.method != "GET":
        return ()
    pages = list(enumerate(pager.urls, 1)) or [(asked.page + 1, pager.next or "")]
    same = [(page, url) for page, url in pages[:MAX_PAGES] if urlsplit(url)[:3] == urlsplit(asked.url)[:3] and page != asked.page]
    return tuple(DataRequest(url=url, reader=asked.reader, page=page) for page, url in same)


def _says_empty(html: str, pager: LinkPager | None) -> bool:
    """A fragment with a list's container and not one word in it, or a list without rows beside the pager of one page."""
    words = squeeze(re.sub(r"<script.*?</script>|<[^>]*>", "", html, flags=re.DOTALL))
    if not words:
        return re.search(r"<(?:ul|ol|table|tbody|dl|div)\b", html) is not None
    pages, total, _ = count_words(words)
    if total == 0:
        return True  # 共0条, whatever heads of columns stand above
    alone = not total and (pages or 1) == 1 and (pager is None or (pager.next is None and (pager.pages or 1) == 1))
    few = len(words) <= _PAGER_CHARS and _pager_only().fullmatch(words.lower()) is not None
    return alone and few and _EMPTY_LIST.search(html) is not None


@cache
def _pager_only() -> re.Pattern[str]:
    return re.compile(load("pagers")["pager_only"])
