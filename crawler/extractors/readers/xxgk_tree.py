"""Answers of 大汉's ``/module/xxgk/tree.jsp``: the kinds of information of an organ, as nodes that a script draws.

A node calls a function with its kind (``funclick('A0203', …)``), which shows that kind's rows; the same rows stand at the page's
own address with ``number=A0203``.
"""

import re
from collections.abc import Iterator

from crawler.addresses import resolve
from crawler.extractors.column_names import kinds_of_name
from crawler.extractors.readers.answer import Answer, Reading, with_parameters
from crawler.extractors.unit_names import plain_name
from crawler.facts import ColumnLink, Link

_MAX_NODES = 2_000
_CALL = r"\w{0,20}click\w{0,20}\(\s*['\"](?P<kind>[A-Za-z0-9]{1,30})['\"]"
_CALLED = re.compile(_CALL, re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?(?P<url>[^"'\s<>]{1,500})""", re.IGNORECASE)
_NODE = re.compile(
    r"<a\b(?P<said>[^<>]{0,600})>\s*(?:<[^<>]{0,200}>\s*){0,3}(?P<marked>[^<>]{1,60})<"
    rf"|['\"](?P<name>[^'\"<>\n]{{1,60}})['\"]\s*,\s*['\"]javascript:\s*{_CALL}",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"""\\(['"/])""")


def read_xxgk_tree(answer: Answer) -> Reading:
    """Columns of the tree: each node's own address, else the page's with the number of the node's kind."""
    links: list[ColumnLink] = []
    shown: dict[str, Link] = {}
    for name, url in _nodes(answer):
        if url not in shown and len(shown) < _MAX_NODES:
            shown[url] = Link(url=url, text=name, place="nav")
            links += [ColumnLink(column_type=kind, url=url, text=name, strategy="tree") for kind in kinds_of_name(name)]
    return Reading(entries=None, column_links=tuple(links), links=tuple(shown.values()))


def _nodes(answer: Answer) -> Iterator[tuple[str, str]]:
    for match in _NODE.finditer(_ESCAPED.sub(r"\1", answer.text)):
        name = plain_name(match["marked"] or match["name"])
        kind, url = match["kind"], None
        if match["said"] is not None:
            called, href = _CALLED.search(match["said"]), _HREF.search(match["said"])
            kind = called["kind"] if called is not None else None
            url = resolve(href["url"], answer.page_url) if href is not None and kind is None else None
        url = with_parameters(answer.page_url, number=kind) if kind is not None else url
        if len(name) > 1 and url is not None:
            yield name, url
