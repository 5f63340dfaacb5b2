"""Trees of columns that lie in scripts and data: nodes with a name and an address or an id (zTree and its kin)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extractors.scripts import MAX_SCRIPT_CHARS
from crawler.extractors.unit_names import plain_name

MAX_NODES = 2_000
_NODE = re.compile(r"\{[^{}]{5,600}(?=[}{])")
_FIELDS = re.compile(
    r"""(?<!\w)["']?(?P<key>\w{1,20})["']?\s*:\s*(?:"(?P<double>[^"]{0,400})"|'(?P<single>[^']{0,400})'|(?P<number>\d{1,12})(?=\s*[,}\]]))"""
)
_NAMES = ("name", "title", "text", "label", "nodename", "columnname", "catname")
_ADDRESSES = ("url", "href", "link", "linkurl", "path", "htmlpath", "file")
_IDS = ("id", "catid", "columnid", "nodeid", "key", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    name: str
    url: str
    """As written; ``""`` where the node has only an id."""
    id: str


def tree_nodes(source: str) -> Iterator[TreeNode]:
    """Nodes in the order they are written, children after their parent; nodes without a name are left out."""
    found = 0
    for match in _NODE.finditer(source[:MAX_SCRIPT_CHARS]):
        given = {
            item["key"].lower(): item["double"] or item["single"] or item["number"] or ""
            for item in _FIELDS.finditer(match[0] + "}")
        }
        name = next((plain_name(given[key]) for key in _NAMES if given.get(key)), "")
        if not 2 <= len(name) <= 40:
            continue
        url = next((given[key] for key in _ADDRESSES if given.get(key)), "")
        identity = next((given[key] for key in _IDS if given.get(key, "").isalnum()), "")
        if url or identity:
            yield TreeNode(name=name, url=url, id=identity)
            found += 1
            if found >= MAX_NODES:
                return
