"""Pagers that call a function of the page, which goes to an address put together with the number of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crawler.addresses import page_key
from crawler.extractors.anchors import Anchor, anchors
from crawler.extractors.document import Document, squeeze
from crawler.extractors.pager_buttons import continues
from crawler.extractors.pager_numbers import LinkPager
from crawler.extractors.pager_scripts import MAX_PAGES, object_after
from crawler.extractors.scripts import Value, literal, script_of, variables, whole_number
from crawler.vocabulary import load

_MAX_FUNCTIONS = 8
_MAX_CALLS = 100
_MAX_LABEL = 12
_MAX_DIGITS = 7
_USUAL_ROWS = 10
_PROBES = (2, 3)
"""Pages whose addresses must be this page's but for their number; one of them may be this page."""
_GOES_TO = re.compile(
    r"""location(?:\s*\.\s*href)?\s*(?:=|\.\s*(?:assign|replace)\s*\()\s*(["'])(?P<prefix>[^"'\n]{0,500}[=/_-])\1\s*\+\s*"""
    r"""(?P<number>\(?\s*[A-Za-z_$][\w.$]{0,40}(?:\s*[-+]\s*1)?\s*\)?)\s*(?:\+\s*(["'])(?P<suffix>[^"'\n]{0,60})\4)?\s*[;})]"""
)
_CALL = re.compile(r"(?<![\w$.])(?P<name>[A-Za-z_$][\w$]{0,40})\s*\(\s*['\"]?(?P<number>\d{1,5})['\"]?\s*[,)]")
_LAYPAGE = re.compile(r"\blaypage(?:\s*\.\s*render)?\s*\(\s*\{")
_PAGINATION = re.compile(r"\.pagination\s*\(\s*(?P<total>\w{1,40})\s*,\s*\{")
_POSTS = "__doPostBack"
"""ASP.NET sends its form back: no address leads there."""


@dataclass(frozen=True, slots=True)
class _Count:
    """What is known of the numbers that the function is called with."""

    pages: int | None = None
    total: int | None = None
    shift: int | None = None
    """Number given to the function less number of the page; None: not told."""


def read_function_pager(doc: Document, told: LinkPager | None) -> LinkPager | None:
    """The pages as the page's own script would open them; ``told`` is what links and words of the pager say.

    None where no function goes to what is this page's address but for a number, or nothing calls it.
    """
    if "location" not in doc.inline_script:
        return None
    source = script_of(doc)
    functions = list(islice(_GOES_TO.finditer(source), _MAX_FUNCTIONS))
    count = (_plugin(source) or _links(doc)) if functions else None
    if count is None:
        return None
    pages = count.pages or (told.pages if told else None)
    for match in functions:
        scheme = _Scheme(doc, match["prefix"], match["suffix"] or "", _step(match["number"]))
        shifts = (count.shift,) if count.shift is not None else (0, -1)
        for shift in shifts:
            if any((url := scheme.url(page + shift)) and continues(doc.url, page, url) for page in _PROBES):
                return _pager(doc, scheme, shift, pages, count.total or (told.total if told else None))
    return None


@dataclass(frozen=True, slots=True)
class _Scheme:
    doc: Document
    prefix: str
    suffix: str
    step: int

    def url(self, number: int) -> str | None:
        return self.doc.resolve(f"{self.prefix}{number + self.step}{self.suffix}")


def _pager(doc: Document, scheme: _Scheme, shift: int, pages: int | None, total: int | None) -> LinkPager:
    here = page_key(doc.url)
    known = [scheme.url(page + shift) for page in range(1, min(pages or MAX_PAGES, MAX_PAGES) + 1)]
    current = next((page for page, url in enumerate(known, 1) if url is not None and page_key(url) == here), 1)
    urls = tuple(doc.url if page == current else url or "" for page, url in enumerate(known, 1)) if pages else ()
    following = scheme.url(current + 1 + shift) if pages is None or current < pages else None
    return LinkPager(kind="html", pages=pages, total=total, current=current, next=following, urls=urls if all(urls) else ())


def _step(expression: str) -> int:
    """What the script adds to the number: ``(i+1)``."""
    plain = squeeze(expression).strip("()")
    return 1 if plain.endswith("+1") else -1 if plain.endswith("-1") else 0


def _plugin(source: str) -> _Count | None:
    """Counts of layui's ``laypage`` (pages from 1) and of jQuery's ``pagination`` (from 0)."""
    names = variables(source)
    options = object_after(source, _LAYPAGE, names)
    if options is not None:
        pages, total = _count(options.get("pages")), _count(options.get("count"))
        return _Count(pages=pages or _pages_of(total, options.get("limit")), total=total, shift=0)
    match = _PAGINATION.search(source)
    if match is None:
        return None
    total = _count(literal(match["total"], names))
    options = object_after(source, _PAGINATION, names) or {}
    return _Count(pages=_pages_of(total, options.get("items_per_page")), total=total, shift=-1)


def _pages_of(total: int | None, size: Value) -> int | None:
    """Both plugins show ten rows where they are not told otherwise, and one page where there is no row."""
    return max(-(-total // (_count(size) or _USUAL_ROWS)), 1) if total is not None else None


def _count(value: Value) -> int | None:
    return whole_number(value, _MAX_DIGITS)


def _links(doc: Document) -> _Count | None:
    """What links and buttons of the pager call their function with: the number they show, or one less."""
    labels = {squeeze(text).lower(): kind for kind in ("next", "last") for text in load("pagers")[kind]}
    met = False
    shift = last = following = None
    for label, number in _numbers(doc):
        if label.isdigit():
            met = True
            shift = number - int(label) if shift is None and number - int(label) in {0, -1} else shift
        elif label in labels:
            met = True
            last = number if labels[label] == "last" else last
            following = number if labels[label] == "next" else following
    if not met:
        return None
    if shift is None and following is not None and following - 2 in {0, -1}:
        shift = following - 2  # on the first page
    return _Count(pages=last - shift if last is not None and shift is not None else last, shift=shift)


def _numbers(doc: Document) -> Iterator[tuple[str, int]]:
    called = (
        (label, match)
        for anchor in anchors(doc).values()
        if len(anchor.span) <= _MAX_LABEL
        and (label := _label(anchor))
        and (match := _CALL.search(f"{anchor.href} {anchor.onclick}")) is not None
        and match["name"] != _POSTS
    )
    for label, match in islice(called, _MAX_CALLS):
        yield label, int(match["number"])


def _label(anchor: Anchor) -> str:
    return squeeze(anchor.span).strip("[]【】()（） ").lower()
