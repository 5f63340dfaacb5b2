"""The breadcrumb (当前位置) of a page, outermost first."""

import re
from itertools import islice

from crawler.extractors.document import Document, clean
from crawler.extractors.region_marks import bare_trail, crumb_block
from crawler.extractors.region_words import region_words
from crawler.extractors.regions import regions
from crawler.facts import Crumb

_MAX_CRUMBS = 12
_MAX_CRUMB_CHARS = 40
_MAX_MATCHES = 20
_MAX_TRAIL_CHARS = 200
_SEPARATOR = re.compile(r"\s*(?:->|&gt;|>>|[>›»/→|｜\n\t])+\s*|\s+-\s+|\s{2,}")


def extract_breadcrumb(doc: Document) -> tuple[Crumb, ...]:
    """The trail with its links; () when the page shows none.

    Found by its words (当前位置：), by the name of its element, by TRS's ``CurrChnlCls``, or by 首页 and arrows.
    """
    number = _by_words(doc)
    if number is None:
        number = _by_name(doc)
    if number is None:
        number = bare_trail(doc.outline)
    if number is None:
        return ()
    crumbs = _crumbs(doc, number)
    return crumbs if len(crumbs) > 1 or region_words().breadcrumb.search(doc.outline.span(number)) else ()


def _by_words(doc: Document) -> int | None:
    out = doc.outline
    for match in islice(region_words().breadcrumb.finditer(out.text), _MAX_MATCHES):
        number = crumb_block(out, out.at(match.start()))
        if match.end() + 1 < out.end[number] <= out.start[number] + _MAX_TRAIL_CHARS:
            return number
    return None


def _by_name(doc: Document) -> int | None:
    out, bears_name = doc.outline, region_words().breadcrumb_name
    places = regions(doc)
    for number, name in enumerate(out.names):
        if (
            name
            and bears_name(name)
            and 4 < out.end[number] - out.start[number] <= _MAX_TRAIL_CHARS
            and places[number] in {"nav", "main", "head"}
        ):
            text = out.span(number)
            if region_words().breadcrumb_start.search(text) or "currchnlcls" in name:
                return out.parent[number] if "currchnlcls" in name and out.parent[number] > 0 else number
    return None


def _crumbs(doc: Document, number: int) -> tuple[Crumb, ...]:
    out = doc.outline
    words = region_words().breadcrumb
    text_start, text_end = out.start[number], out.end[number]
    intro = words.search(out.text, text_start, text_end)
    position = intro.end() if intro else text_start
    crumbs: list[Crumb] = []

    def plain(upto: int) -> None:
        for part in _SEPARATOR.split(out.text[position:upto]):
            name = clean(part).strip(" ：:＞>›»·-")
            if name and len(name) <= _MAX_CRUMB_CHARS:
                crumbs.append(Crumb(text=name))

    first, last = out.links_below(number)
    for link in out.links[first:last]:
        if out.start[link] < position:
            continue
        plain(out.start[link])
        name = clean(out.span(link)).strip(" >›»")
        if name and len(name) <= _MAX_CRUMB_CHARS:
            crumbs.append(Crumb(text=name, url=doc.resolve(out.elements[link].get("href") or "")))
        position = out.end[link]
        if len(crumbs) >= _MAX_CRUMBS:
            return tuple(crumbs[:_MAX_CRUMBS])
    plain(text_end)
    return tuple(crumbs[:_MAX_CRUMBS])
