"""Two more answers of 龙讯: the tree of an organ's columns (``/<site>/<organ>.js``) and the years of its annual reports."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.addresses import resolve
from crawler.extractors.column_names import kinds_of_name
from crawler.extractors.readers.answer import Answer, Reading
from crawler.extractors.script_trees import tree_nodes
from crawler.facts import ColumnLink, Entry, Link, Pager

_ORGAN = re.compile(r"/(\d+)\.js\b")
_PUBLIC = re.compile(r"/public/(?:column/)?(\d+)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_tree(answer: Answer) -> Reading:
    """Columns of the tree: each node's own address, else the list that its id opens in the one URL scheme of 龙讯.

    A node under a name that nobody knows is a link all the same, where it bears its address.
    """
    organ = _PUBLIC.search(urlsplit(answer.page_url).path) or _ORGAN.search(answer.request.url)
    links: list[ColumnLink] = []
    shown: list[Link] = []
    for node in tree_nodes(answer.text):
        url = resolve(node.url, answer.page_url) if node.url else None
        if url is None and organ is not None and node.id.isdigit():
            query = urlencode({"type": 4, "action": "list", "nav": 3, "catId": node.id})
            url = resolve(f"/public/column/{organ[1]}?{query}", answer.page_url)
        if url is not None:
            if node.url:
                shown.append(Link(url=url, text=node.name, place="nav"))
            links += [ColumnLink(column_type=kind, url=url, text=node.name, strategy="tree") for kind in kinds_of_name(node.name)]
    return Reading(entries=None, column_links=tuple(links), links=tuple(shown))


def read_years(answer: Answer) -> Reading:
    """Years that have a report: each opens the page with ``title=<year>``, as the tabs that its script draws do."""
    data = answer.json
    raw = data.get("data") if isinstance(data, dict) else data
    if not isinstance(raw, (str, list)):
        return Reading(entries=None)
    years = sorted(set(_YEAR.findall(str(raw))), reverse=True)
    parts = urlsplit(answer.page_url)
    pairs = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "title"]
    addresses = [urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*pairs, ("title", year)]), "")) for year in years]
    entries = tuple(
        Entry(title=f"{year}年", url=address, date_from="data") for year, address in zip(years, addresses, strict=True)
    )
    return Reading(entries=entries or None, pager=Pager(kind="year-tabs", urls=tuple(addresses)))
