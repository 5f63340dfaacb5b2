"""Pagers rendered by the server: numbered links, 下一页, 尾页, and the words that count pages and entries."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from crawler.addresses import page_key
from crawler.extractors.document import Document, squeeze
from crawler.extractors.fragments import fragment_document
from crawler.extractors.outline import Outline
from crawler.extractors.pager_scripts import MAX_PAGES
from crawler.vocabulary import load

_NUMBERS = re.compile(r"\d+")
_BRACKETS = "[]【】()（）「」 "
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{40,200000}\Z")
_MAX_LABEL = 12
_SMALLEST_WINDOW = 5
"""Pagers show at least so many numbers at once; fewer are all there are."""
_NEAR = 400
"""Characters around the links of a pager in which it counts itself."""


@dataclass(slots=True)
class LinkPager:
    """What the links and words of a page say; numbers are 1-based."""

    kind: str = "html"
    pages: int | None = None
    total: int | None = None
    current: int | None = None
    next: str | None = None
    urls: tuple[str, ...] = ()


@dataclass(slots=True)
class _Links:
    numbers: list[tuple[int, str]] = field(default_factory=list)
    words: dict[str, str | None] = field(default_factory=dict)
    """``first``, ``previous``, ``next``, ``last``: their address, None where the word stands there and opens nothing."""
    where: list[int] = field(default_factory=list)
    """Elements of the pager."""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class _Template:
    prefix: str
    suffix: str
    offset: int
    """Number in the address minus number of the page."""

    def url(self, page: int) -> str:
        return f"{self.prefix}{page + self.offset}{self.suffix}"

    def page_of(self, url: str) -> int | None:
        if not (url.startswith(self.prefix) and url.endswith(self.suffix)):
            return None
        middle = url[len(self.prefix) : len(url) - len(self.suffix) if self.suffix else None]
        return int(middle) - self.offset if middle.isdigit() and len(middle) < 8 else None


@cache
def _labels() -> dict[str, str]:
    words = load("pagers")
    return {squeeze(text).lower(): kind for kind in ("first", "previous", "next", "last") for text in words[kind]}


@cache
def _counts() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    words = load("pagers")
    pages, totals, currents = (
        tuple(re.compile(pattern) for pattern in words[key]) for key in ("pages_patterns", "total_patterns", "current_patterns")
    )
    return pages, totals, currents


def read_link_pager(doc: Document) -> LinkPager | None:
    """The pager that stands in the page as links; None when no link or word of one is there."""
    links = _collect(doc, doc.outline)
    if links is None:
        return None
    pager = LinkPager(next=links.words.get("next"), total=links.total)
    _count(doc.outline, links, pager)
    template = _template(links.numbers) or _template_of_words(links)
    if template is not None:
        _number(doc, links, template, pager)
    elif (offset := _loose_offset(links.numbers)) is not None and links.words.get("last"):
        pager.pages = pager.pages or _tail_number(links.words["last"] or "", offset, 1)
        pager.current = pager.current or (1 if not links.words.get("previous") else None)
    elif not links.numbers and pager.pages == 1:
        pager.current, pager.urls = 1, (doc.url,)
    if pager.next is not None and page_key(pager.next) == page_key(doc.url):
        pager.next = None
    if pager.next is None and template is not None and pager.current and pager.pages and pager.current < pager.pages:
        pager.next = pager.urls[pager.current] if len(pager.urls) > pager.current else None
    return pager


def read_encoded_pager(doc: Document) -> LinkPager | None:
    """A pager that lies in the page as base64 of url-encoded HTML and is decoded by its script."""
    if "atob" not in doc.source:
        return None
    for element in doc.tree.iter("div", "span", "p", "textarea", "script"):
        text = element.text or ""
        if len(text) < 40 or not _BASE64.match(text.strip()):
            continue
        try:
            html = unquote(base64.b64decode(re.sub(r"\s+", "", text), validate=True).decode("utf-8", "replace").replace("+", " "))
        except (binascii.Error, ValueError):
            continue
        pager = read_link_pager(fragment_document(html, doc.url, doc.fetched_at)) if "<" in html else None
        if pager is not None:
            pager.kind = "base64"
            return pager
    return None


def _collect(doc: Document, out: Outline) -> _Links | None:
    """Links of the pager; digits alone make no pager (calendars), unless their box is named one."""
    found = _Links()
    digits: list[tuple[int, int, str]] = []
    for number in out.links:
        if out.end[number] - out.start[number] <= _MAX_LABEL:
            _take(doc, out, number, found, digits)
    if not found.words.keys() & {"next", "last", "previous"}:
        digits = [item for item in digits if _in_named_box(out, item[0])]
        if not digits:
            return None
    else:
        digits = [item for item in digits if _near(out, item[0], found.where)]
    found.numbers = [(page, url) for _, page, url in digits]
    found.where += [number for number, _, _ in digits]
    return found if found.where else None


def _take(doc: Document, out: Outline, number: int, found: _Links, digits: list[tuple[int, int, str]]) -> None:
    """Sort one short link into words, digits and the total that EmpireCMS writes as a link."""
    label = squeeze(out.text[out.start[number] : out.end[number]]).strip(_BRACKETS).lower()
    element = out.elements[number]
    if label.isdigit():
        if "total" in (element.get("title") or "").lower():
            found.total = int(label)
            return
        url = doc.resolve(element.get("href") or "")
        if url is not None and len(label) <= 4:
            digits.append((number, int(label), url))
    elif (kind := _labels().get(label)) is not None:
        url = doc.resolve(element.get("href") or "")
        if kind != "first" or url is not None:
            found.words[kind] = found.words.get(kind) or url
            found.where.append(number)


def _near(out: Outline, number: int, where: Iterable[int]) -> bool:
    return any(abs(out.start[number] - out.start[other]) <= _NEAR for other in list(where)[:6])


def _in_named_box(out: Outline, number: int) -> bool:
    names = load("pagers")["names"]
    for _ in range(3):
        number = out.parent[number]
        if number < 0:
            return False
        if any(name in out.names[number] for name in names):
            return True
    return False


def _count(out: Outline, links: _Links, pager: LinkPager) -> None:
    """共 N 页, 共 N 条, 第 x/y 页 in the words around the pager."""
    start = max(0, min(out.start[number] for number in links.where) - _NEAR // 2)
    end = max(out.end[number] for number in links.where) + _NEAR // 2
    pages, total, current = count_words(out.text[start : min(end, start + 4_000)])
    pager.pages, pager.current = pages, current
    pager.total = pager.total if pager.total is not None else total


def count_words(text: str) -> tuple[int | None, int | None, int | None]:
    """``(pages, total, current)`` as the words of a pager give them."""
    results: list[int | None] = []
    for patterns in _counts():
        found = None
        for pattern in patterns:
            match = pattern.search(text)
            if match is not None:
                found = int(match[1])
                break
        results.append(found)
    return results[0], results[1], results[2]


def _template(numbers: list[tuple[int, str]]) -> _Template | None:
    """The pattern that most of the numbered links share; one link alone proves none unless its number stands in it."""
    votes: Counter[_Template] = Counter()
    for page, url in numbers[:40]:
        for match in list(_NUMBERS.finditer(url))[-4:]:
            value = match[0]
            if len(value) > 6 or (len(value) > 1 and value[0] == "0"):
                continue
            offset = int(value) - page
            if offset in {0, -1}:
                votes[_Template(url[: match.start()], url[match.end() :], offset)] += 1
    if not votes:
        return None
    best, count = max(votes.items(), key=lambda item: (item[1], len(item[0].prefix)))
    return best if count >= 2 or len(numbers) <= 2 else None


def _loose_offset(numbers: list[tuple[int, str]]) -> int | None:
    """Offset of the last number of each address, where addresses share nothing else (a mirrored site's file names)."""
    offsets = {int(found[-1]) - page for page, url in numbers[:40] if (found := _NUMBERS.findall(url)) and len(found[-1]) < 7}
    offset = offsets.pop() if len(offsets) == 1 and len(numbers) >= 3 else None
    return offset if offset in {0, -1} else None


def _template_of_words(links: _Links) -> _Template | None:
    """Without numbered links: 下一页 and 尾页 of a first page tell the pattern."""
    following, last = links.words.get("next"), links.words.get("last")
    if not following or links.words.get("previous"):
        return None
    for match in reversed(list(_NUMBERS.finditer(following))[-4:]):
        prefix, suffix = following[: match.start()], following[match.end() :]
        if (
            len(match[0]) <= 6
            and int(match[0]) in {1, 2}
            and (last is None or (last.startswith(prefix) and last.endswith(suffix)))
        ):
            return _Template(prefix, suffix, int(match[0]) - 2)
    return None


def _number(doc: Document, links: _Links, template: _Template, pager: LinkPager) -> None:
    """Number the pages: the current one, how many there are, and all addresses where the pattern is certain."""
    last = links.words.get("last")
    last_page = template.page_of(last) if last else None
    shown = max([*(page for page, _ in links.numbers), last_page or 0], default=0)
    own = template.page_of(doc.url)
    if own is None and pager.current is None:
        own = next((page for page, url in links.numbers if page_key(url) == page_key(doc.url)), None)
    if pager.pages is None and shown:
        pager.pages = shown if _shows_all(links, template, pager, has_last=last_page is not None) else None
    if pager.pages is None and last is not None and last_page is None:
        pager.pages = _tail_number(last, template.offset, shown)
    pager.current = own or pager.current or _current(links, template, pager)
    if pager.pages is not None and pager.current is not None:
        pager.pages = max(pager.pages, pager.current)
    if pager.pages is None and pager.current is None:
        return
    pager.urls = _urls(doc, links, template, pager, certain=last is None or last_page is not None)


def _shows_all(links: _Links, template: _Template, pager: LinkPager, *, has_last: bool) -> bool:
    """Whether the largest number shown is the last page: 尾页 says so, nothing follows, or a gap stands before it (10 … 59)."""
    if has_last:
        return True
    if links.words.get("last") is not None:
        return False
    numbers = sorted(page for page, _ in links.numbers)
    if pager.next is None or not numbers:
        return pager.next is None
    gap = len(numbers) > 2 and numbers[-1] - numbers[-2] > 1
    return template.page_of(pager.next) != numbers[-1] + 1 and (gap or numbers[-1] < _SMALLEST_WINDOW)


def _tail_number(url: str, offset: int, least: int) -> int | None:
    """Page number at the end of an address that is written otherwise than the others (far pages, mirrored sites)."""
    numbers = _NUMBERS.findall(url)
    page = int(numbers[-1]) - offset if numbers and len(numbers[-1]) < 7 else 0
    return page if page >= max(least, 1) else None


def _current(links: _Links, template: _Template, pager: LinkPager) -> int | None:
    if pager.next is not None and (following := template.page_of(pager.next)) is not None:
        return following - 1
    if not links.words.get("previous") and pager.next is not None:
        return 1
    if pager.next is None and pager.pages is not None and any(page == pager.pages - 1 for page, _ in links.numbers):
        return pager.pages
    return 1 if not links.words.get("previous") else None


def _urls(doc: Document, links: _Links, template: _Template, pager: LinkPager, *, certain: bool) -> tuple[str, ...]:
    """Addresses in order; only those that stand in the page where the far pages are written otherwise."""
    known = dict(links.numbers)
    if pager.current:
        known.setdefault(pager.current, doc.url)
    first, last = links.words.get("first"), links.words.get("last")
    if first:
        known.setdefault(1, first)
    if not certain or pager.pages is None or not template.prefix:
        if pager.pages and last:
            known.setdefault(pager.pages, last)
        return tuple(known[page] for page in sorted(known))
    if 1 not in known:
        bare = template.prefix.removesuffix("_") + template.suffix
        known[1] = bare if template.offset == 0 and _has_bare_first(template) else template.url(1)
    return tuple(known.get(page) or template.url(page) for page in range(1, min(pager.pages, MAX_PAGES) + 1))


def _has_bare_first(template: _Template) -> bool:
    return template.prefix.endswith("_") and template.suffix.startswith(".")
