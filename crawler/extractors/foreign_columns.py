"""Columns of a portal that live on somebody else's host: foreign links among the links of its own columns."""

from crawler.addresses import host_of
from crawler.extractors.document import Document, clean
from crawler.extractors.hidden_links import is_foreign, site_of
from crawler.facts import Crumb

_MAX_LABEL_CHARS = 10
_MIN_LINKS = 4
_MIN_OWN_SHARE = 0.6
"""Boxes of friendly links lead away from the site with most of their links; menus of columns do not."""
_MAX_FOUND = 20
_LEVELS = 4


def extract_foreign_columns(doc: Document) -> tuple[Crumb, ...]:
    """Links to hosts of others, in boxes whose other links lead to pages of the site."""
    out = doc.outline
    own = site_of(host_of(doc.url))
    found: list[Crumb] = []
    for number in out.links:
        url = doc.resolve(out.elements[number].get("href") or "") or ""
        label = clean(out.span(number))
        if not label or len(label) > _MAX_LABEL_CHARS or not is_foreign(url, own):
            continue
        if _among_columns(doc, number, own):
            found.append(Crumb(text=label, url=url))
        if len(found) >= _MAX_FOUND:
            break
    return tuple(found)


def _among_columns(doc: Document, number: int, own: str) -> bool:
    """Whether the smallest box with several links around a link is a menu of the site's own columns."""
    out = doc.outline
    box = out.parent[number]
    for _ in range(_LEVELS):
        if box <= 0 or out.tags[box] == "body":
            return False
        first, last = out.links_below(box)
        if last - first >= _MIN_LINKS:
            targets = [doc.resolve(out.elements[link].get("href") or "") for link in out.links[first:last][:400]]
            inside = sum(bool(target) and site_of(host_of(target or "")) == own for target in targets)
            return inside >= _MIN_OWN_SHARE * len(targets) and inside >= _MIN_LINKS - 1
        box = out.parent[box]
    return False
