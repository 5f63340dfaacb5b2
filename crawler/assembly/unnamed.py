"""Mandatory columns whose anchor says nothing that the vocabulary knows: told by the page that it opens."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from crawler.addresses import page_key
from crawler.assembly.mandatory import Front, OpenedReader, describe, open_page
from crawler.assembly.owners import PrefixOwners
from crawler.assembly.source import PageSource
from crawler.extractors.column_names import classify_column
from crawler.extractors.document import squeeze
from crawler.facts import MANDATORY_ROLES, ColumnLink, Link, MandatoryColumn, PageFacts, PageKind
from crawler.vocabulary import load

MAX_NAME_CHARS = 12
"""Anchors of a menu are no longer."""
MAX_OPENED = 200
_GUIDE_NAME = "公开指南"
_OPENING_CHARS = 300
"""A 指南 names itself before so many characters of its text are over."""
_MIN_TITLES = 2
_MIN_SHARE = 0.6
_NAMED = frozenset({*MANDATORY_ROLES, "application", "xxgk_entry"})
"""An anchor so named was understood; where it opens another column than its words say, that is another rule's matter."""
_OWN_TEXT = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.ANNUAL_REPORT})


@cache
def _titles() -> dict[str, re.Pattern[str]]:
    return {role: re.compile(pattern) for role, pattern in load("assembly")["told_by_titles"].items()}


def find_unnamed(
    front: Front, lacking: set[str], source: PageSource, owners: PrefixOwners, reader: OpenedReader
) -> dict[str, MandatoryColumn]:
    """Columns of the ``lacking`` roles among what the 单位's page offers of its own under other names, by ``column_type``.

    What the vocabulary knows as 依申请公开 opens texts that speak of the 指南 and is none.
    """
    found: dict[str, MandatoryColumn] = {}
    for page, link in _menu(front, source, owners) if lacking else ():
        target = open_page(source, link.url)
        role = role_of_page(target) if target is not None else None
        if role in lacking and role not in found:
            named = ColumnLink(column_type=role, url=link.url, text=squeeze(link.text), strategy="target", place=link.place)
            found[role] = replace(describe(named, page, role, front=front, source=source, reader=reader), opens_type=role)
    return found


def _menu(front: Front, source: PageSource, owners: PrefixOwners) -> Iterator[tuple[PageFacts, Link]]:
    """Short anchors of the 单位's page that open pages of its own, rows of lists left out, each address once."""
    seen = {page_key(page.url) for page in front.pages}
    seen |= {page_key(entry.url) for page in front.pages for entry in page.entries or () if entry.url}
    opened = 0
    for page in front.pages[:1]:
        for link in source.page_links(page.url):
            key = page_key(link.url)
            name = squeeze(link.text)
            if link.element not in {"a", "area"} or key in seen or not 2 <= len(name) <= MAX_NAME_CHARS:
                continue
            if classify_column(name) in _NAMED:
                continue
            seen.add(key)
            if owners.owner(link.url) == front.key and opened < MAX_OPENED:
                opened += 1
                yield page, link


def role_of_page(page: PageFacts) -> str | None:
    """Which of the four a page is by its heading, opening words or rows; None where it does not say, or says two things."""
    names = [page.title.value or ""]
    if page.kind not in _OWN_TEXT:
        names += [page.tags.get("ColumnName", ""), page.breadcrumb[-1].text if page.breadcrumb else ""]
    roles = {kind for name in names if name.strip() and (kind := classify_column(squeeze(name))) in MANDATORY_ROLES}
    if len(roles) == 1:
        return roles.pop()
    titles = [squeeze(entry.title) for entry in page.entries or ()]
    if not roles and not titles and _GUIDE_NAME in squeeze(page.text[:_OPENING_CHARS]):
        return "guide"
    if roles or len(titles) < _MIN_TITLES:
        return None
    for role, pattern in _titles().items():
        if sum(pattern.search(title) is not None for title in titles) >= _MIN_SHARE * len(titles):
            return role
    return None
