"""One parsed page, shared by all extractors: the tree is built once and texts are worked out once."""

import re
from datetime import datetime
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary, ref

import lxml.html
from lxml import etree
from lxml.html import HtmlComment, HtmlElement

from crawler.addresses import resolve, root_of
from crawler.extractors.choices import open_choices
from crawler.extractors.clicks import open_clicks
from crawler.extractors.drawn_trees import draw_trees
from crawler.extractors.outline import Outline, outline_of
from crawler.extractors.written_markup import draw_written

MAX_TEXT_CHARS = 4_000_000
"""A page beyond this is cut before parsing: no portal page is that long, hostile ones are."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"[\s\u3000\xa0\u2002\u2003\u2009]+")
_ODD_BLANKS = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
"""Control characters that ``str.split`` takes for blanks."""
_CLOSING = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""libxml2 ends a page at ``</html>``, but included headers close one long before its end."""
_LARGE_CHARS = 100_000
_MAX_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{8000,}>?")
"""A tag so long with thousands of attributes is dropped: libxml2 compares each of them with every other."""
_INLINE_TAGS = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|center|div|o:p)\b[^<>]{0,2000}>", re.IGNORECASE)
"""Tags left open thousands of times by editors: without them a page that is nested too deep can be read to its end."""
_INVISIBLE = frozenset({"script", "style", "noscript", "template", "textarea", "select", "option"})


def clean(text: str) -> str:
    """``text`` without control and direction characters, white space of every kind folded to one blank, ends stripped."""
    if text.isprintable():  # of all blanks only U+0020 is; control and direction characters are not
        return text.strip() if "  " not in text else " ".join(text.split())
    folded = " ".join(text.split())
    if folded.isprintable() and not _ODD_BLANKS.search(text):
        return folded
    return _BLANKS.sub(" ", _CONTROL.sub("", text)).strip()


def squeeze(text: str) -> str:
    """``text`` without any white space: for matching labels that authors space out (索 引 号)."""
    if text.isprintable():
        return text.replace(" ", "")
    joined = "".join(text.split())
    if joined.isprintable():
        return joined
    return _BLANKS.sub("", _CONTROL.sub("", text))


_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
"""Every element is of one class: lxml.html would ask a Python function for the class of each, by its tag."""


class Document:
    """A page's tree with its address.

    ``tree`` is the ``<html>`` element; comments stay in it but never count as text. Scripts stay as well, for the readers of
    pagers and dates written by script.
    """

    def __init__(self, text: str, url: str, fetched_at: datetime) -> None:
        self.url = url
        self.fetched_at = fetched_at
        self.source = text[:MAX_TEXT_CHARS]
        self.tree = _parse(self.source)
        open_choices(self.tree, self.source)
        drawn = draw_written(self.tree, self.source) | draw_trees(self.tree, self.source)
        self.clicked = drawn | open_clicks(self.tree, self.source)
        """Links that only a click opens, or that a script draws (:mod:`crawler.extractors.clicks`, ``drawn_trees``,
        ``written_markup``)."""
        base = next((href for element in self.tree.iter("base") if (href := element.get("href"))), "")
        self.base_url: str = resolve(base, url) or url if base else url
        self.root_url = root_of(self.base_url)
        """From here every address that names its host or begins with ``/`` leads where it does from ``base_url``."""
        self.folder_url = _folder_of(self.base_url)
        """The same for every address that does not begin with ``?``."""
        self._resolved: dict[str, str | None] = {}
        self.notes: dict[str, Any] = {}
        """What extractors worked out once for all of them, by their name."""
        _OWNERS[self.tree] = ref(self)

    def resolve(self, href: str) -> str | None:
        """Absolute http(s) address of ``href``, None when it opens no page."""
        try:
            return self._resolved[href]
        except KeyError:
            found = self._resolved[href] = resolve(href, self.base_url)
            return found

    @cached_property
    def outline(self) -> Outline:
        """The visible text with the span of every element."""
        return outline_of(self.tree)

    def tagged(self, *tags: str) -> list[HtmlElement]:
        """All elements of these tags, in document order."""
        elements = self.outline.elements
        return [elements[number] for number in self.outline.tagged(tags)]

    def text_below(self, element: HtmlElement) -> str:
        """Like :func:`text_of`, cut out of the outline: the cheap way for elements of this document."""
        number = self.outline.index_of(element)
        return clean(self.outline.span(number)) if number is not None else ""

    @cached_property
    def inline_script(self) -> str:
        """All inline scripts, joined by newlines; comments of HTML do not count."""
        return "\n".join(element.text or "" for element in self.tagged("script") if not element.get("src"))

    @cached_property
    def body_text(self) -> str:
        """Visible text of the whole page, blanks folded."""
        return " ".join(self.outline.text.split())  # it holds no control signs and no blanks but its own


def _folder_of(url: str) -> str:
    head = url.partition("#")[0].partition("?")[0]
    return head[: head.rfind("/") + 1] if head.count("/") > 2 else head


_OWNERS: WeakKeyDictionary[HtmlElement, ref[Document]] = WeakKeyDictionary()


def document_of(element: HtmlElement) -> Document | None:
    """The :class:`Document` whose tree holds ``element``; None for loose elements."""
    owner = _OWNERS.get(element.getroottree().getroot())
    return owner() if owner is not None else None


def text_of(element: HtmlElement) -> str:
    """Visible text below ``element``: no scripts, styles, comments or option lists; blanks folded."""
    parts: list[str] = []
    skipping = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.tag in _INVISIBLE:
                skipping += 1
            elif not skipping and node.text:
                parts.append(node.text)
        else:
            if event == "end" and node.tag in _INVISIBLE:
                skipping -= 1
            if not skipping and node is not element:
                parts.append(" " if event == "end" and node.tag in {"br", "p", "div", "li", "td", "tr", "th", "dd", "dt"} else "")
                parts.append(node.tail or "")
    return clean("".join(parts))


def _parse(text: str) -> HtmlElement:
    # libxml2 refuses an encoding declaration inside str input and stops at NUL.
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text, count=1).replace("\x00", "")
    closing = _CLOSING.search(text)
    if closing and _CLOSING.sub("", text[closing.end() :]).strip():
        text = _CLOSING.sub("", text)
    if len(text) > _LARGE_CHARS:
        text = _LONG_TAG.sub(lambda match: "" if match[0].count("=") > _MAX_ATTRIBUTES else match[0], text)
    tree, complete = _tree_of(text)
    if not complete:
        tree, _ = _tree_of(_INLINE_TAGS.sub("", text))
    return tree


def _tree_of(text: str) -> tuple[HtmlElement, bool]:
    """The tree, and whether the parser came to the end: beyond 2,048 levels it drops the rest of a page."""
    parser = etree.HTMLParser(huge_tree=True, recover=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = lxml.html.document_fromstring(text, parser=parser) if text.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        tree = lxml.html.document_fromstring("<html><body></body></html>")
    last = parser.error_log.last_error
    return tree, last is None or "depth" not in last.message
