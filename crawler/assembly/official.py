"""What a 单位 is called in full where the portal's list abbreviates it: 发改局 there, 发展和改革局 on its own pages."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from crawler.assembly.names import bare_name, name_key
from crawler.extractors.unit_names import SURE, bare_names, unit_sureness
from crawler.facts import PageFacts
from crawler.vocabulary import load

_MIN_SAID = 2
"""Places (tag, title, trail) on its own pages that must give the full name."""


def official_name(key: str, pages: Iterable[PageFacts], region: str, others: Collection[str]) -> str | None:
    """The full name that ``pages`` of the 单位 known as ``key`` give it; None: they say no other, or not plainly.

    ``others`` are the keys of all 单位: a name that is another one's is not taken.
    """
    said = Counter(
        name
        for page in pages
        for name in _names(page)
        if unit_sureness(name) == SURE and (full := name_key(name, region)) not in others and _abbreviates(key, full)
    )
    if not said:
        return None
    name, times = max(said.items(), key=lambda pair: (pair[1], len(pair[0]), pair[0]))
    return name if times >= _MIN_SAID else None


def _abbreviates(short: str, full: str) -> bool:
    """Whether ``short`` leaves out what stands within ``full``; without its region or its superior it is the same name."""
    return not full.endswith(short) and shortens(short, full)


def shortens(short: str, full: str) -> bool:
    """Whether ``short`` is made of signs of the longer ``full`` in their order, with the same kind of body at the end."""
    if not 2 <= len(short) < len(full):
        return False
    if short in bare_names()[0]:
        signs = iter(full)
        return unit_sureness(full) == SURE and all(sign in signs for sign in short)
    endings: dict[str, str] = load("assembly")["body_endings"]
    for long, brief in endings.items():
        if full.endswith(long) and short.endswith(brief) and not short.endswith(long):
            full = f"{full.removesuffix(long)}{brief}"
            break
    signs = iter(full)
    return short[-1] == full[-1] and all(sign in signs for sign in short)


def _names(page: PageFacts) -> Iterator[str]:
    titles = (page.tags.get("ColumnName") or "", page.title.value or "", page.page_title.replace("_", "-").partition("-")[0])
    for text in (*titles, *(crumb.text for crumb in page.breadcrumb)):
        if text:
            yield bare_name(text)
