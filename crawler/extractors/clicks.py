"""Links that are none: elements whose ``onclick`` opens a fixed address are given the ``<a>`` that their author spared.

So are those whose address is a script that opens one (``javascript:openUnit('/xxgk/czj/')``).
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import unquote

from lxml.html import HtmlElement

_OPENS = re.compile(
    r"(?:\blocation(?:\s*\.\s*href)?\s*=|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bopen\s*\()\s*"
    r"([\"'])(?P<url>[^\"'\n<>]{1,500})\1\s*(?!\s*\+)",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"\s*(?:return\s+)?[A-Za-z_$][\w$.]{0,60}\s*\(\s*([\"'])(?P<url>(?:https?:/)?/[^\"'\n<>]{1,500})\1\s*(?:,[^()\"'\n]{0,60})?\)"
    r"\s*;?\s*(?:return\s+false\s*;?\s*)?",
    re.IGNORECASE,
)
"""A call of a function of the site's own that gets a whole address and nothing else of its kind: it opens it, however."""
_SCHEME = "javascript:"
_WRAPPED = frozenset(
    "li div span p td dd dt h1 h2 h3 h4 h5 h6 b strong em i font section article button label figure".split()  # noqa: SIM905
)
"""Elements whose content becomes the link; rows of tables give theirs to their first cell, pictures are put into it."""
_MAX_CLICKS = 5_000
_MAX_SCRIPT_CHARS = 2_000


def open_clicks(tree: HtmlElement, source: str) -> frozenset[HtmlElement]:
    """Change ``tree`` so that what opens a fixed address on a click is a link; addresses that a script puts together stay.

    Returns the links that only a click opens: search engines, for which hidden links are planted, follow none of them.
    """
    made = []
    for element, target in chain(_scripted_addresses(tree, source), _clicks(tree, source)):
        if target is not None and (link := _give(element, target)) is not None:
            made.append(link)
    return frozenset(made)


def _scripted_addresses(tree: HtmlElement, source: str) -> Iterator[tuple[HtmlElement, str | None]]:
    if _SCHEME in source:
        for element in islice(tree.xpath("//a[starts-with(@href, 'javascript:') and contains(@href, '(')]"), _MAX_CLICKS):
            yield element, address_target(element.get("href") or "")


def _clicks(tree: HtmlElement, source: str) -> Iterator[tuple[HtmlElement, str | None]]:
    if "onclick" in source or "onClick" in source:
        for element in islice(tree.xpath("//*[@onclick]"), _MAX_CLICKS):
            yield element, click_target(element.get("onclick") or "")


def click_target(script: str) -> str | None:
    """The fixed address that a script of an ``onclick`` opens; None where there is none, or where it is put together."""
    script = script[:_MAX_SCRIPT_CHARS]
    match = _OPENS.search(script) or _CALLS.fullmatch(script)
    address = match["url"].strip() if match is not None else ""
    return address if address and not address.lower().startswith(("javascript:", "about:", "#")) else None


def address_target(address: str) -> str | None:
    """The same for a ``javascript:`` address, which browsers decode before they run it."""
    return click_target(unquote(address.partition(":")[2]))


def _give(element: HtmlElement, target: str) -> HtmlElement | None:
    """The link that ``element`` is now, or that stands in or around it; None where it opens something already."""
    tag = element.tag
    if tag == "a":
        if _opens(element.get("href")):
            return None
        element.set("href", target)
        return element
    if any(_opens(link.get("href")) for link in (*element.iterancestors("a"), *element.iter("a"))):
        return None
    if tag == "img":
        return _put_into_link(element, target)
    if tag == "tr":
        element = next((cell for cell in element.iter("td") if "".join(cell.itertext()).strip()), element)
    return _wrap_content(element, target) if element.tag in _WRAPPED else None


def _opens(href: str | None) -> bool:
    address = (href or "").strip().lower()
    return bool(address) and not address.startswith(("javascript:", "#"))


def _wrap_content(element: HtmlElement, target: str) -> HtmlElement:
    link = element.makeelement("a", href=target)
    link.text, element.text = element.text, None
    for child in list(element):
        link.append(child)
    element.append(link)
    return link


def _put_into_link(picture: HtmlElement, target: str) -> HtmlElement | None:
    parent = picture.getparent()
    if parent is None:
        return None
    link = picture.makeelement("a", href=target)
    link.tail, picture.tail = picture.tail, None
    parent.replace(picture, link)
    link.append(picture)
    return link
