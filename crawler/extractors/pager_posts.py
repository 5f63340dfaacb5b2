"""Pagers that send the page's own form back (``__doPostBack('GridView1','Page$2')``): their pages have no address to ask for."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.extractors.anchors import Anchor, anchors, links_that
from crawler.extractors.document import Document, squeeze
from crawler.extractors.pager_buttons import form_around, pushed_buttons
from crawler.extractors.scripts import whole_number
from crawler.extractors.source_words import mentions
from crawler.vocabulary import load

_SIGN = "__doPostBack"
_POST = re.compile(r"__doPostBack\(\s*\\?['\"][^'\"]{0,200}['\"]\s*,\s*\\?['\"](?:Page\$)?(?P<said>\w{0,12})\\?['\"]")
_BRACKETS = "[]【】()（） "
_MAX_LABEL = 12
_MAX_DIGITS = 5


@dataclass(frozen=True, slots=True)
class PostedPages:
    """What a pager of this kind tells."""

    pages: int | None
    """The highest number that it names; None: it only goes on."""


def read_posted_pages(doc: Document) -> PostedPages | None:
    """The pages that only a form sent back would show; None where the page has none of them."""
    known = anchors(doc)
    named = [0]
    met = False
    if mentions(doc, (_SIGN,)):
        for anchor in map(known.__getitem__, links_that(doc, _goes_on)):
            met = True
            named.append(whole_number(_said(anchor), _MAX_DIGITS) or 0)
        for number in (_jump(select) for select in doc.tagged("select")):
            met = met or number > 1
            named.append(number)
    met = met or _has_posting_button(doc)
    return PostedPages(max(named) or None) if met else None


def _goes_on(anchor: Anchor) -> bool:
    """Whether a link sends the form for another page: its number is what it shows, or its words are those of a pager."""
    said = _said(anchor)
    label = squeeze(anchor.span).strip(_BRACKETS).lower() if len(anchor.span) <= _MAX_LABEL else ""
    return said is not None and bool(label) and (label == said if label.isdigit() else label in _words())


def _said(anchor: Anchor) -> str | None:
    match = _POST.search(unquote(anchor.href)) or _POST.search(anchor.onclick)
    return match["said"] if match is not None and anchor.url is None else None


@cache
def _words() -> frozenset[str]:
    words = load("pagers")
    return frozenset(squeeze(text).lower() for kind in ("next", "last") for text in words[kind])


def _jump(select: HtmlElement) -> int:
    """How many pages a list of their numbers offers that sends the form; 0 for every other list."""
    if _SIGN not in (select.get("onchange") or ""):
        return 0
    numbers = [squeeze(option.text or "") for option in select.iter("option")]
    return len(numbers) if numbers == [str(number) for number in range(1, len(numbers) + 1)] else 0


def _has_posting_button(doc: Document) -> bool:
    """Whether a button of 下一页 sends a form that no address stands for."""
    out = doc.outline
    for number, _ in pushed_buttons(doc, _words()):
        form, button = form_around(out, number), out.elements[number]
        sends = form is not None and (form.get("method") or "").strip().lower() == "post"
        if sends and button.get("disabled") is None and not button.get("onclick"):
            return True
    return False
