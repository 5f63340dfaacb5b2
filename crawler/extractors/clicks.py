"""Links that are none: elements whose ``onclick`` opens a fixed address are given the ``<a>`` that their author spared.

So are those whose address is a script that opens one (``javascript:openUnit('/xxgk/czj/')``), and those that bear it in an
attribute for their script (``data-href="/xxgk/czj/"``).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.vocabulary import load

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
_MAX_SOURCE_CHARS = 400_000
_MAX_NAME = 40
_MIN_UNITS = 3
_AROUND = 200
"""Characters around the place where a script reads such an attribute in which it says what it does with it."""
_OPENING = re.compile(r"\blocation\b|\bopen\s*\(")
_LOADING = re.compile(r"\.\s*(?:load|get|post|getJSON|ajax)\s*\(|\bfetch\s*\(|XMLHttpRequest|axios")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def open_clicks(tree: HtmlElement, source: str) -> frozenset[HtmlElement]:
    """Change ``tree`` so that what opens a fixed address on a click is a link; addresses that a script puts together stay.

    Returns the links that only a click opens: search engines, for which hidden links are planted, follow none of them.
    """
    made = []
    for element, target in chain(_scripted_addresses(tree, source), _clicks(tree, source), _borne(tree, source)):
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


def _borne(tree: HtmlElement, source: str) -> Iterator[tuple[HtmlElement, str | None]]:
    """Elements that bear the address they open: for a script of the page that opens it, by its name, or as a list of 单位."""
    words = load("clicks")
    met = [name for name in words["attributes"] if name in source]
    if not met:
        return
    script = "\n".join(element.text or "" for element in tree.iter("script"))[:_MAX_SOURCE_CHARS]
    for name in met:
        ways = _ways_of(script, name)
        elements = [element for element in islice(tree.xpath(f"//body//*[@{name}]"), _MAX_CLICKS) if _is_shown(element)]
        if "load" in ways:
            continue
        units = _lists_of_units(elements)
        plain = name in words["plain_attributes"] and not ways
        for element in elements:
            address = (element.get(name) or "").strip()
            of_list = element.getparent() in units and not _is_data(address)
            if "open" in ways or of_list or (plain and _is_own_page(address)):
                yield element, address if _opens(address) else None


@cache
def _reads(name: str) -> re.Pattern[str]:
    """How a script reads the attribute ``data-…``."""
    bare = re.escape(name.removeprefix("data-"))
    return re.compile(
        rf"\bdata\s*\(\s*['\"]{bare}['\"]|\bdataset\s*\.\s*{bare}\b|\b(?:attr|getAttribute)\s*\(\s*['\"]data-{bare}['\"]"
    )


def _ways_of(script: str, name: str) -> frozenset[str]:
    """What the page's scripts do with the attribute: ``open`` the address, ``load`` it into the page."""
    ways = set()
    for match in islice(_reads(name).finditer(script), 20):
        around = script[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        ways.add("load" if _LOADING.search(around) else "open" if _OPENING.search(around) else "use")
    return frozenset(ways)


def _is_shown(element: HtmlElement) -> bool:
    """Whether the element is a short text in Chinese, as links are."""
    text = "".join("".join(element.itertext()).split())
    return 0 < len(text) <= _MAX_NAME and _HAN.search(text) is not None


def _lists_of_units(elements: list[HtmlElement]) -> frozenset[HtmlElement]:
    """Elements below which, or below whose children, at least three of ``elements`` end as names of 单位 do."""
    endings = tuple(load("units")["strong_endings"])
    boxes: dict[HtmlElement, int] = {}
    for element in elements:
        if "".join("".join(element.itertext()).split()).endswith(endings):
            item = element.getparent()
            for box in (item, item.getparent() if item is not None else None):
                if box is not None:
                    boxes[box] = boxes.get(box, 0) + 1
    lists = {box for box, names in boxes.items() if names >= _MIN_UNITS}
    return frozenset(lists | {child for box in lists for child in box})


def _is_data(address: str) -> bool:
    return re.search(load("clicks")["data_addresses"], address, re.IGNORECASE) is not None


def _is_own_page(address: str) -> bool:
    """Whether an address without a host is that of a page by its ending."""
    path = address.partition("#")[0].partition("?")[0].lower()
    return "//" not in path and path.endswith(tuple(load("clicks")["page_endings"]))


def borne_address(element: HtmlElement) -> str | None:
    """The address that an element which is there to be chosen bears for its script."""
    said = ((element.get(name) or "").strip() for name in load("clicks")["attributes"])
    return next((address for address in said if "/" in address or "." in address), None)


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
    within = list(element.iter("a"))
    if any(_opens(link.get("href")) for link in (*element.iterancestors("a"), *within)):
        return None
    if len(within) == 1 and not within[0].get("onclick"):
        within[0].set("href", target)
        return within[0]
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
