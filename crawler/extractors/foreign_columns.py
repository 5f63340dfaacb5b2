"""Columns of a portal that live on somebody else's host: foreign links among the links of its own columns.

Boxes of friendly links hold own sites as well (those of 单位); their names, their headings and their place in the foot tell them.
"""

from functools import cache
from itertools import islice

from crawler.addresses import host_of
from crawler.extractors.document import Document, clean, squeeze
from crawler.extractors.hidden_links import is_foreign, site_of
from crawler.extractors.names import asked
from crawler.extractors.outline import Outline
from crawler.extractors.regions import regions
from crawler.facts import Crumb
from crawler.vocabulary import load

_MAX_LABEL_CHARS = 10
_MIN_LINKS = 4
_MIN_OWN_SHARE = 0.6
"""Boxes of friendly links lead away from the site with most of their links; menus of columns do not."""
_MAX_FOUND = 20
_LEVELS = 4
_LEVELS_NAMED = 6
"""Elements around a link whose names and headings are looked at."""
_MAX_HEADING = 12
_ITEMS = frozenset({"a", "li", "dd", "option"})
"""What stands in a menu beside a link is no heading of it."""


def extract_foreign_columns(doc: Document) -> tuple[Crumb, ...]:
    """Links to hosts of others, in boxes whose other links lead to pages of the site."""
    out, places = doc.outline, regions(doc)
    own = site_of(host_of(doc.url))
    found: list[Crumb] = []
    for number in out.links:
        url = doc.resolve(out.elements[number].get("href") or "") or ""
        label = clean(out.span(number))
        if not label or len(label) > _MAX_LABEL_CHARS or not is_foreign(url, own):
            continue
        if places[number] != "foot" and _among_columns(doc, number, own) and not _among_friends(out, number):
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


def _among_friends(out: Outline, number: int) -> bool:
    """Whether a box around a link is named or headed as one of friendly links."""
    named, headings = asked(load("hidden_links")["friendly_names"]), _headings()
    box = number
    for _ in range(_LEVELS_NAMED):
        box = out.parent[box]
        if box <= 0 or out.tags[box] == "body":
            return False
        if named(out.names[box]) or any(word in heading for heading in _headings_of(out, box) for word in headings):
            return True
    return False


@cache
def _headings() -> tuple[str, ...]:
    return (*load("units")["foreign_headings"], *load("hidden_links")["friendly_headings"])


def _headings_of(out: Outline, box: int) -> list[str]:
    """Short words that a box begins with, and those of the element right before it."""
    children = list(islice(out.each_child(box), 1))
    beside = list(out.each_child(out.parent[box]))
    at = beside.index(box)
    near = [number for number in (*children, *beside[max(0, at - 1) : at]) if out.tags[number] not in _ITEMS]
    words = [squeeze(out.span(number)) for number in near if out.end[number] - out.start[number] <= 2 * _MAX_HEADING]
    return [text for text in words if 0 < len(text) <= _MAX_HEADING]
