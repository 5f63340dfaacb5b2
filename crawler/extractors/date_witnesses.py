"""Dates that no reader sees: the PubDate tag with its kin, and the address."""

import re
from collections.abc import Mapping
from functools import cache

from crawler.extractors.date_text import find_dates, read_labelled
from crawler.extractors.document import Document
from crawler.facts import Read
from crawler.vocabulary import load

_URL_DATE = re.compile(
    r"(?:/|t|_)(?P<date>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|20\d\d(?P<sep>[-/])\d{1,2}(?P=sep)\d{1,2})(?=[_/.])"
)


class _Words:
    def __init__(self) -> None:
        words = load("dates")
        self.date_metas: tuple[str, ...] = tuple(words["date_metas"])
        self.build_metas = frozenset(words["build_metas"])
        self.build_word = re.compile(words["build_word"])


@cache
def _words() -> _Words:
    return _Words()


def date_of_tags(doc: Document, tags: Mapping[str, str], metas: Mapping[str, str]) -> Read[str]:
    """PubDate, else a vendor's tag; a PubDate that is the time the page was built gives no value (``meta-build``).

    ``tags`` and ``metas`` are those of the page: what they say is worked out once.
    """
    if "date_of_tags" not in doc.notes:
        doc.notes["date_of_tags"] = _date_of_tags(doc, tags, metas)
    found: Read[str] = doc.notes["date_of_tags"]
    return found


def _date_of_tags(doc: Document, tags: Mapping[str, str], metas: Mapping[str, str]) -> Read[str]:
    words = _words()
    candidates = [("PubDate", tags.get("PubDate", "")), *((name, metas.get(name, "")) for name in words.date_metas)]
    name, raw = next(((name, raw) for name, raw in candidates if raw), ("", ""))
    found = read_labelled(raw, doc.fetched_at) if raw else None
    if found is None:
        return Read(raw=raw, strategy="meta-unread" if raw else "", where=f"meta:{name}" if raw else "")
    built = [
        stamp.value
        for key, value in metas.items()
        if key in words.build_metas and (key != "others" or words.build_word.search(value))
        for stamp in find_dates(value)
    ]
    if any(stamp[:16] == found.value[:16] and "T" in stamp for stamp in built):
        return Read(raw=raw, strategy="meta-build", where=f"meta:{name}")
    return Read(value=found.value, raw=raw, strategy="meta", where=f"meta:{name}")


def date_of_url(doc: Document) -> Read[str]:
    """The day in the address: often that of an import, so no more than a hint."""
    match = _URL_DATE.search(doc.url.partition("?")[0])
    found = read_labelled(match["date"], doc.fetched_at) if match else None
    return Read(value=found.day, raw=match["date"], strategy="url", where="url") if match and found else Read()
