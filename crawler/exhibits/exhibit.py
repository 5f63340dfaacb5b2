"""Makes the exhibit of one capture: nothing in it runs, nothing in it asks for anything, and it says what it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from lxml_html_clean import Cleaner

from crawler.captures import Capture
from crawler.encoding import decode
from crawler.exhibits.marking import MARK_CLASS, MARK_ID, mark_link, mark_quote
from crawler.extractors.document import Document
from crawler.magic import looks_like_html

CSP = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""Should anything get past the cleaning, the browser still runs and fetches nothing."""

MAX_CHARS = 4_000_000
"""Of a page; the end of a longer one is left out."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What XML cannot hold, and what turns the direction of text."""

_KEPT_ATTRIBUTES = frozenset({"href", "src", "alt", "title", "colspan", "rowspan", "align", "id", "class"})

MARK_STYLE = f".{MARK_CLASS} {{ background: #ffe27a; outline: 3px solid #b3261e; }}"

_STYLE = f"""{MARK_STYLE}
body {{ font: 16px/1.7 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0; color: #1a1a1a; background: #fff; }}
.zhaocuo-label {{ border-bottom: 4px solid #b3261e; padding: 12px 20px; background: #fdf3f2; }}
.zhaocuo-label h1 {{ font-size: 20px; margin: 0 0 8px; }}
.zhaocuo-label dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0; }}
.zhaocuo-label dt {{ color: #555; }} .zhaocuo-label dd {{ margin: 0; overflow-wrap: anywhere; }}
.zhaocuo-page {{ padding: 16px 20px; overflow-wrap: anywhere; }} .zhaocuo-page table {{ border-collapse: collapse; }}
.zhaocuo-page td, .zhaocuo-page th {{ border: 1px solid #ccc; padding: 2px 6px; }}
.zhaocuo-page a {{ color: #0b57a4; text-decoration: underline; }}
@media print {{ .zhaocuo-label {{ background: none; }} }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands above the page."""

    title: str
    facts: Mapping[str, str] = field(default_factory=dict)
    """Shown as a table, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    html: bytes
    """UTF-8."""
    marked: bool
    """The quotation, or the link, was found and marked."""
    text: str = field(default="", repr=False)
    """What the page shows, for whoever must make sure that something is not shown."""


def make_exhibit(
    capture: Capture, label: Label, *, quotes: Sequence[str] = (), link: str = "", hide: Callable[[str], str] | None = None
) -> Exhibit | None:
    """The exhibit of an HTML capture; None for files and data.

    ``quotes`` are looked for in their order, then ``link``; ``hide`` is applied to every text (numbers of persons).
    """
    doc = document_of_capture(capture)
    if doc is None:
        return None
    page = _cleaned(doc)
    if hide is not None:
        hide_texts(page, hide)
    marked = mark_place(page, quotes, link, doc.resolve)
    _disarm(page)
    text = "".join(page.itertext())
    return Exhibit(html=_document(page, label, marked=marked), marked=marked, text=text)


def document_of_capture(capture: Capture) -> Document | None:
    """The parsed page; None for files and data."""
    if not looks_like_html(capture.body[:2_048]) and "html" not in (capture.content_type or ""):
        return None
    text = _CONTROL.sub("", decode(capture.body, capture.content_type).text[:MAX_CHARS])
    return Document(text, capture.url, datetime.fromisoformat(capture.at))


def mark_place(page: HtmlElement, quotes: Sequence[str], link: str, resolve: Callable[[str], str | None]) -> bool:
    """Mark the first of ``quotes`` that is found, else the reference to ``link``."""
    return any(mark_quote(page, quote) for quote in quotes if quote) or (bool(link) and mark_link(page, link, resolve))


def _cleaned(doc: Document) -> HtmlElement:
    """The page as one ``<div>`` without anything that runs, loads, submits or styles."""
    tree = doc.tree
    cleaner = Cleaner(
        scripts=True, javascript=True, comments=True, style=True, inline_style=True, links=True, meta=True, page_structure=False,
        processing_instructions=True, embedded=True, frames=True, forms=True, annoying_tags=True, remove_unknown_tags=False,
        kill_tags=("svg", "math", "template", "noscript", "title", "audio", "video", "source", "picture", "canvas", "base"),
        safe_attrs_only=True, safe_attrs=_KEPT_ATTRIBUTES,
    )  # fmt: skip
    cleaner(tree)
    body = tree.find("body")
    page = body if body is not None else tree
    page.tag = "div"
    for name in list(page.attrib):
        del page.attrib[name]
    page.set("class", "zhaocuo-page")
    page.tail = None
    return page


def hide_texts(page: HtmlElement, hide: Callable[[str], str]) -> None:
    for element in page.iter():
        if element.text:
            element.text = hide(element.text)
        if element.tail:
            element.tail = hide(element.tail)
        for name in ("title", "alt"):
            if element.get(name):
                element.set(name, hide(element.get(name, "")))


def _disarm(page: HtmlElement) -> None:
    """Addresses become words: a click leads nowhere, a picture is its description."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        address = element.attrib.pop("href", "") or element.attrib.pop("src", "")
        element.attrib.pop("src", None)
        if element.get("id") != MARK_ID:
            element.attrib.pop("id", None)
        if element.get("class") not in {MARK_CLASS, "zhaocuo-page"}:
            element.attrib.pop("class", None)
        if element.tag == "img":
            element.tag = "span"
            element.text = f"［图片 {element.get('alt') or address.rpartition('/')[2][:60]}］"
        if address:
            element.set("title", address[:500])


def _document(page: HtmlElement, label: Label, *, marked: bool) -> bytes:
    html = lxml.html.Element("html", {"lang": "zh-CN"})
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": CSP})
    etree.SubElement(head, "meta", {"name": "referrer", "content": "no-referrer"})
    etree.SubElement(head, "title").text = _plain(label.title)
    etree.SubElement(head, "style").text = _STYLE
    body = etree.SubElement(html, "body")
    body.append(labelled(label, marked=marked))
    body.append(page)
    return bytes(lxml.html.tostring(html, encoding="utf-8", doctype="<!DOCTYPE html>"))


def labelled(label: Label, *, marked: bool) -> HtmlElement:
    box = lxml.html.Element("div", {"class": "zhaocuo-label"})
    etree.SubElement(box, "h1").text = _plain(label.title)
    facts = etree.SubElement(box, "dl")
    place = "已用黄底红框标出" if marked else "不在页面的可见文字里（在标签、页脚代码或服务器的应答里），见引文和位置"
    for name, value in {**label.facts, "引文的位置": place}.items():
        if value:
            etree.SubElement(facts, "dt").text = _plain(name)
            etree.SubElement(facts, "dd").text = _plain(value)
    if marked:
        jump = etree.SubElement(box, "a", {"href": f"#{MARK_ID}"})
        jump.text = "跳到标出的地方"
    return box


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF))
