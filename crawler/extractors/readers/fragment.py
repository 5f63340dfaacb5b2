"""Answers that are a piece of HTML: ucap's and mee's 查看更多, includes, and whatever else brings rows."""

import re

from crawler.extractors.data_requests import lonsun_paging
from crawler.extractors.document import squeeze
from crawler.extractors.fragments import entries_of, fragment_document
from crawler.extractors.list_signs import empty_phrase
from crawler.extractors.pager_links import read_link_pager
from crawler.extractors.readers.answer import Answer, Reading
from crawler.facts import Pager

_PAGE = re.compile(r"<(?:html|body|title|!doctype)\b", re.IGNORECASE)


def read_fragment(answer: Answer) -> Reading:
    """Rows of the piece. A whole page without dated rows is no answer: error pages and login forms come as such."""
    reading = read_html(answer, answer.text)
    if _PAGE.search(answer.text[:2_000]) and not any(entry.date for entry in reading.entries or ()):
        return Reading(entries=None)
    return reading


def read_html(answer: Answer, html: str) -> Reading:
    """Rows of ``html``, whose addresses resolve against the page; no rows and no sign of an empty list: not understood."""
    doc = fragment_document(html, answer.page_url, answer.fetched_at)
    entries = entries_of(doc)
    if not entries and not _says_empty(html) and empty_phrase(doc) is None:
        return Reading(entries=None)
    pages, current = lonsun_paging(doc)
    links = read_link_pager(doc)
    pager = Pager(
        kind="ajax",
        pages=pages or (links.pages if links else None),
        total=links.total if links else None,
        current=current or (links.current if links else None) or answer.request.page,
    )
    return Reading(entries=entries, pager=pager)


def _says_empty(html: str) -> bool:
    """A fragment with a list's container and not one word in it."""
    words = squeeze(re.sub(r"<script.*?</script>|<[^>]*>", "", html, flags=re.DOTALL))
    return not words and re.search(r"<(?:ul|ol|table|tbody|dl|div)\b", html) is not None
