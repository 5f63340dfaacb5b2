"""Links that are none: elements whose ``onclick`` opens a fixed address are given the ``<a>`` that their author spared."""

import re

from lxml import etree
from lxml.html import HtmlElement

_OPENS = re.compile(
    r"(?:\blocation(?:\s*\.\s*href)?\s*=|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bopen\s*\()\s*"
    r"([\"'])(?P<url>[^\"'\n<>]{1,500})\1\s*(?!\s*\+)",
    re.IGNORECASE,
)
_WRAPPED = frozenset(
    "li div span p td dd dt h1 h2 h3 h4 h5 h6 b strong em i font section article button label figure".split()  # noqa: SIM905
)
"""Elements whose content becomes the link; rows of tables give theirs to their first cell, pictures are put into it."""
_MAX_CLICKS = 5_000
_MAX_SCRIPT_CHARS = 2_000


def open_clicks(tree: HtmlElement, source: str) -> None:
    """Change ``tree`` so that what opens a fixed address on a click is a link; addresses that a script puts together stay."""
    if "onclick" not in source and "onClick" not in source:
        return
    for count, element in enumerate(tree.xpath("//*[@onclick]")):
        if count >= _MAX_CLICKS:
            return
        target = click_target(element.get("onclick") or "")
        if target is not None:
            _give(element, target)


def click_target(script: str) -> str | None:
    """The fixed address that a script of an ``onclick`` opens; None where there is none, or where it is put together."""
    match = _OPENS.search(script[:_MAX_SCRIPT_CHARS])
    address = match["url"].strip() if match is not None else ""
    return address if address and not address.lower().startswith(("javascript:", "about:", "#")) else None


def _give(element: HtmlElement, target: str) -> None:
    tag = element.tag
    if tag == "a":
        if not _opens(element.get("href")):
            element.set("href", target)
        return
    if any(_opens(link.get("href")) for link in (*element.iterancestors("a"), *element.iter("a"))):
        return
    if tag == "img":
        _put_into_link(element, target)
    elif tag == "tr":
        cell = next((cell for cell in element.iter("td") if "".join(cell.itertext()).strip()), None)
        if cell is not None:
            _wrap_content(cell, target)
    elif tag in _WRAPPED:
        _wrap_content(element, target)


def _opens(href: str | None) -> bool:
    address = (href or "").strip().lower()
    return bool(address) and not address.startswith(("javascript:", "#"))


def _wrap_content(element: HtmlElement, target: str) -> None:
    link = etree.Element("a", href=target)
    link.text, element.text = element.text, None
    for child in list(element):
        link.append(child)
    element.append(link)


def _put_into_link(picture: HtmlElement, target: str) -> None:
    parent = picture.getparent()
    if parent is None:
        return
    link = etree.Element("a", href=target)
    link.tail, picture.tail = picture.tail, None
    parent.replace(picture, link)
    link.append(picture)
