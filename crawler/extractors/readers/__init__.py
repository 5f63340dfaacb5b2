"""Readers of list data beside pages: one adapter per way of answering, found by the name a :class:`DataRequest` carries."""

from collections.abc import Callable
from datetime import datetime

from crawler.extractors.readers.answer import Answer, Reading
from crawler.extractors.readers.fragment import read_fragment
from crawler.extractors.readers.gkmlpt import OWN_COLUMN, read_gkmlpt
from crawler.extractors.readers.jpaas import read_jpaas
from crawler.extractors.readers.jpage import read_jpage
from crawler.extractors.readers.json_list import read_json_list
from crawler.extractors.readers.lonsun import read_lonsun
from crawler.extractors.readers.lonsun_tree import read_tree, read_years
from crawler.extractors.readers.xxgk import read_xxgk
from crawler.extractors.readers.xxgk_tree import read_xxgk_tree
from crawler.facts import DataRequest, ExtractedPage
from crawler.personal import guarded, may_hold_numbers

__all__ = ["READERS", "read_data"]

READERS: dict[str, Callable[[Answer], Reading]] = {
    "jpage": read_jpage,
    "lonsun": read_lonsun,
    "gkmlpt": read_gkmlpt,
    OWN_COLUMN: read_gkmlpt,
    "jpaas": read_jpaas,
    "xxgk": read_xxgk,
    "xxgk-tree": read_xxgk_tree,
    "json": read_json_list,
    "fragment": read_fragment,
    "tree": read_tree,
    "lonsun-years": read_years,
}
"""Every reader by name; an unknown name is read by structure, never an error."""


def read_data(  # noqa: PLR0917  # one answer in six parts, as the crawler hands them over
    reader: str, body: bytes, content_type: str | None, request: DataRequest, page_url: str, fetched_at: datetime
) -> ExtractedPage:
    """The answer to ``request`` as facts of kind LIST with ``part_of=page_url`` and ``url=request.url``.

    ``list_state`` is ENTRIES or EMPTY where the answer says how many rows there are, SCRIPTED where it could not be read: an
    answer that is no list data (an error page, a login form) is never an empty list. Further pages come as ``data_requests``.
    """
    answer = Answer(body=body, content_type=content_type, request=request, page_url=page_url, fetched_at=fetched_at)
    reading = READERS.get(reader, read_fragment)(answer)
    page = answer.page(reading)
    words = "\n".join([page.facts.text, *(entry.title for entry in page.facts.entries or ())])
    return guarded(page, words, fetched_at.date()) if may_hold_numbers(words) else page
