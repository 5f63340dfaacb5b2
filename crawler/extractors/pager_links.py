"""Pagers rendered by the server: numbered links, 下一页, 尾页, and the words that count pages and entries."""

import base64
import binascii
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import unquote

from crawler.extractors.anchors import MAX_REMEMBERED, Anchor, anchors, links_that
from crawler.extractors.document import Document, squeeze
from crawler.extractors.fragments import fragment_document
from crawler.extractors.links import script_targets
from crawler.extractors.outline import Outline
from crawler.extractors.pager_buttons import continues, page_options, read_buttons
from crawler.extractors.pager_numbers import LinkPager, PagerLinks, number_pages
from crawler.extractors.source_words import mentions
from crawler.vocabulary import load

_BRACKETS = "[]【】()（）「」 "
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{40,200000}\Z")
_MAX_LABEL = 12
_TELLING_PAGES = 200
"""Numbers up to which an address like this page's tells a pager; larger ones may be years (``list_2024.html``)."""
_NEAR = 400
"""Characters around the links of a pager in which it counts itself."""


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
    number_pages(doc, links, pager)
    if links.scripted and pager.next is None and not pager.urls and pager.pages != 1:
        pager.kind = "script"
    return pager


def read_encoded_pager(doc: Document) -> LinkPager | None:
    """A pager that lies in the page as base64 of url-encoded HTML and is decoded by its script."""
    if not mentions(doc, ("atob",)):
        return None
    for element in doc.tagged("div", "span", "p", "textarea", "script"):
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


def _collect(doc: Document, out: Outline) -> PagerLinks | None:
    """Links and buttons of the pager.

    Digits alone make no pager (calendars), unless their box is named one or their addresses are this page's but for the number.
    """
    found = PagerLinks()
    digits: list[tuple[int, int, str]] = []
    known = anchors(doc)
    for number in links_that(doc, _label):
        _take(doc, known[number], number, found, digits)
    _take_buttons(doc, found)
    if not found.words.keys() & {"next", "last", "previous"}:
        digits += page_options(doc)
        if not any(1 < page <= _TELLING_PAGES and continues(doc.url, page, url) for _, page, url in digits):
            digits = [item for item in digits if _in_named_box(out, item[0])]
        if not digits:
            return None
    else:
        digits = [item for item in digits if _near(out, item[0], found.where)]
    found.numbers = [(page, url) for _, page, url in digits]
    found.where += [number for number, _, _ in digits]
    return found if found.where else None


@lru_cache(maxsize=MAX_REMEMBERED)
def _label(anchor: Anchor) -> str:
    """What a short link of digits or a pager's words says; ``""`` for every other link."""
    label = squeeze(anchor.span).strip(_BRACKETS).lower() if len(anchor.span) <= _MAX_LABEL else ""
    return label if label.isdigit() or label in _labels() else ""


def _take_buttons(doc: Document, found: PagerLinks) -> None:
    labels = _labels()
    for button in read_buttons(doc, frozenset(labels)):
        kind = labels[button.label]
        found.scripted = found.scripted or button.scripted
        found.words[kind] = found.words.get(kind) or button.url
        found.where.append(button.number)


def _take(doc: Document, anchor: Anchor, number: int, found: PagerLinks, digits: list[tuple[int, int, str]]) -> None:
    """Sort one short link into words, digits and the total that EmpireCMS writes as a link."""
    url, label = anchor.url or _sent_to(doc, anchor), _label(anchor)
    if label.isdigit():
        if "total" in anchor.title.lower():
            found.total = int(label)
        elif url is not None and len(label) <= 4:
            digits.append((number, int(label), url))
    else:
        kind = _labels()[label]
        found.scripted = found.scripted or (url is None and _is_call(anchor))
        if kind != "first" or url is not None:
            found.words[kind] = found.words.get(kind) or url
            found.where.append(number)


def _sent_to(doc: Document, anchor: Anchor) -> str | None:
    """Where the script of a link sends the browser: ``onclick="location.href='?page=2'"``."""
    target = next(iter(script_targets(anchor.onclick) or script_targets(anchor.href)), None)
    return doc.resolve(target) if target else None


def _is_call(anchor: Anchor) -> bool:
    """Whether a link is a script's: ``javascript:goPage(2)``, ``onclick="go(2)"``; ``javascript:;`` is a switched-off one."""
    return re.search(r"\b(?!void\b)\w+\s*\([^)]*\w[^)]*\)", anchor.onclick + anchor.href) is not None


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


def _count(out: Outline, links: PagerLinks, pager: LinkPager) -> None:
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
