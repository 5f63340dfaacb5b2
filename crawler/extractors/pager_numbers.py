"""Numbering the pages of a rendered pager: which page this is, how many there are, and where they are."""

import re
from collections import Counter
from dataclasses import dataclass, field

from crawler.addresses import page_key
from crawler.extractors.document import Document
from crawler.extractors.pager_scripts import MAX_PAGES

_NUMBERS = re.compile(r"\d+")
_SMALLEST_WINDOW = 5
"""Pagers show at least so many numbers at once; fewer are all there are."""


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
class PagerLinks:
    numbers: list[tuple[int, str]] = field(default_factory=list)
    words: dict[str, str | None] = field(default_factory=dict)
    """``first``, ``previous``, ``next``, ``last``: their address, None where the word stands there and opens nothing."""
    where: list[int] = field(default_factory=list)
    """Elements of the pager."""
    total: int | None = None
    scripted: bool = False
    """Links of the pager are calls of a script."""


@dataclass(frozen=True, slots=True)
class Template:
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


def number_pages(doc: Document, links: PagerLinks, pager: LinkPager) -> None:
    """Work out what the links tell; nothing is guessed where their addresses share no pattern."""
    template = _template(links.numbers) or _template_of_words(links)
    if template is not None:
        _number_by(doc, links, template, pager)
    elif (offset := _loose_offset(links.numbers)) is not None and links.words.get("last"):
        pager.pages = pager.pages or _tail_number(links.words["last"] or "", offset, 1)
        pager.current = pager.current or (1 if not links.words.get("previous") else None)
    elif not links.numbers and pager.pages == 1:
        pager.current, pager.urls = 1, (doc.url,)
    if pager.next is not None and page_key(pager.next) == page_key(doc.url):
        pager.next = None
    if pager.next is None and template is not None and pager.current and pager.pages and pager.current < pager.pages:
        pager.next = pager.urls[pager.current] if len(pager.urls) > pager.current else None


def _template(numbers: list[tuple[int, str]]) -> Template | None:
    """The pattern that most of the numbered links share; one link alone proves none unless its number stands in it."""
    votes: Counter[Template] = Counter()
    for page, url in numbers[:40]:
        for match in list(_NUMBERS.finditer(url))[-4:]:
            value = match[0]
            if len(value) > 6 or (len(value) > 1 and value[0] == "0"):
                continue
            offset = int(value) - page
            if offset in {0, -1}:
                votes[Template(url[: match.start()], url[match.end() :], offset)] += 1
    if not votes:
        return None
    best, count = max(votes.items(), key=lambda item: (item[1], len(item[0].prefix)))
    return best if count >= 2 or len(numbers) <= 2 else None


def _loose_offset(numbers: list[tuple[int, str]]) -> int | None:
    """Offset of the last number of each address, where addresses share nothing else (a mirrored site's file names)."""
    offsets = {int(found[-1]) - page for page, url in numbers[:40] if (found := _NUMBERS.findall(url)) and len(found[-1]) < 7}
    offset = offsets.pop() if len(offsets) == 1 and len(numbers) >= 3 else None
    return offset if offset in {0, -1} else None


def _template_of_words(links: PagerLinks) -> Template | None:
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
            return Template(prefix, suffix, int(match[0]) - 2)
    return None


def _number_by(doc: Document, links: PagerLinks, template: Template, pager: LinkPager) -> None:
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


def _shows_all(links: PagerLinks, template: Template, pager: LinkPager, *, has_last: bool) -> bool:
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


def _current(links: PagerLinks, template: Template, pager: LinkPager) -> int | None:
    if pager.next is not None and (following := template.page_of(pager.next)) is not None:
        return following - 1
    if not links.words.get("previous") and pager.next is not None:
        return 1
    if pager.next is None and pager.pages is not None and any(page == pager.pages - 1 for page, _ in links.numbers):
        return pager.pages
    return 1 if not links.words.get("previous") else None


def _urls(doc: Document, links: PagerLinks, template: Template, pager: LinkPager, *, certain: bool) -> tuple[str, ...]:
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


def _has_bare_first(template: Template) -> bool:
    return template.prefix.endswith("_") and template.suffix.startswith(".")
