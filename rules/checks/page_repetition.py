"""重复: two articles that share an index number, or a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crawler.facts import PageFacts
from rules.addresses import canonical
from rules.documents import column_names
from rules.glimpse import Glimpse
from rules.model import Context, Judgement, Outcome
from rules.pages import is_article, of_page
from rules.registry import CheckParams, survey

_MAX_LISTED = 20
_NUMBER = re.compile(r"\d{4}")
"""Digits by which a file name tells one article from all others of its portal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CheckParams):
    shared: Literal["index_number", "body"]
    min_chars: int
    """Shorter bodies (详见附件) and numbers prove nothing."""


@survey(
    "page-repetition",
    params=Params,
    fields={Outcome.PASSED: ("value",), Outcome.FAILED: ("value", "others")},
    pages=is_article,
)
def page_repetition(params: Params, context: Context) -> "_Repetitions":  # noqa: ARG001 – the shape of every survey
    """One index number, two articles; one body, two addresses of one column. The same article in two columns is neither."""
    return _Repetitions(params)


@dataclass(slots=True)
class _First:
    page: Glimpse
    content: set[str]
    addresses: list[str]


class _Repetitions:
    def __init__(self, params: Params) -> None:
        self.params = params
        self.known: dict[str, _First] = {}

    def see(self, page: PageFacts) -> Judgement | None:
        key = self._key(page)
        if not key:
            return None
        slim = Glimpse.of(page)
        known = self.known.get(key)
        if known is None:
            self.known[key] = _First(slim, self._content(page), [page.url])
        elif self.params.shared == "body" or not (known.content & self._content(page)):
            known.addresses.append(page.url)
            known.content |= self._content(page)
            if page.url < known.page.url:
                known.page = slim
        return None

    def end(self) -> Iterator[Judgement]:
        for key, known in self.known.items():
            value = key if self.params.shared == "index_number" else known.page.title.value or ""
            others = sorted(url for url in {*known.addresses} if not _is_cited(url, known.page.url))
            if not others:
                yield of_page(known.page, Outcome.PASSED, value=value)
                continue
            found = of_page(known.page, Outcome.FAILED, key=key, quote=value, value=value, others=tuple(others[:_MAX_LISTED]))
            yield found.with_(found_on=tuple(others[:_MAX_LISTED]), found_on_count=len(others))

    def _key(self, page: PageFacts) -> str:
        if self.params.shared == "index_number":
            number = "".join((page.index_number.value or "").split()).upper()
            return number if len(number) >= self.params.min_chars else ""
        if page.text_length < self.params.min_chars or not page.text_hash:
            return ""
        return f"{_column(page)} {page.text_hash}"

    def _content(self, page: PageFacts) -> set[str]:
        """What makes two addresses the same article: equal words, or equal titles."""
        return {value for value in (page.text_hash, "".join((page.title.value or "").split())) if value}


def _is_cited(url: str, other: str) -> bool:
    """One article shown under the folders of two columns (``/info/1011/2427.htm``, ``/info/1567/2427.htm``), or one address."""
    first, second = canonical(url), canonical(other)
    name = first.rpartition("/")[2]
    return first == second or (name == second.rpartition("/")[2] and _NUMBER.search(name) is not None)


def _column(page: PageFacts) -> str:
    """Leading folders of the address without date and number folders, and the name of the column the page stands in."""
    return "/".join([*_lasting(canonical(page.url).partition("?")[0].rpartition("/")[0]), *column_names(page)[-1:]])


@lru_cache(maxsize=4_096)
def _lasting(folder: str) -> tuple[str, ...]:
    """Host and folders without digits."""
    host, *folders = folder.split("/")
    return (host, *(each for each in folders if not any(char.isdigit() for char in each)))
