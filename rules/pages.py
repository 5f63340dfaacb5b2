"""Pages as subjects: which of them are articles, and judgements about one page."""

import re
from datetime import date
from typing import Any

from crawler.facts import ListState, PageFacts, PageKind, Read
from rules.at_hand import once_a_page
from rules.glimpse import Glimpse
from rules.homes import is_content, page_evidence
from rules.model import Judgement, Outcome

HEAD_STRATEGIES = frozenset({"label", "script", "weak-label", "source-line", "bare", "updated-label"})
"""Ways of reading a date that looked at the head of the page itself, not at its address or tags."""
_NUMBER = re.compile(r"\d{3}")
_DAY = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")


def is_whole_page(page: PageFacts) -> bool:
    """A page of the portal that people open: no list data, no error, firewall or login page."""
    return page.part_of is None and page.status < 400 and is_content(page) and page.kind is not PageKind.SEARCH


def is_whole_home(page: PageFacts) -> bool:
    return page.kind is PageKind.HOME and is_whole_page(page)


def is_report(page: PageFacts) -> bool:
    """A page that holds a 政府信息公开工作年度报告."""
    return page.annual_report is not None


def is_shell(page: PageFacts) -> bool:
    """Whether nothing of the page stands in its source: a script draws all of it, and may write its labels too."""
    drawn = page.list_state is ListState.SCRIPTED
    return drawn and not (page.text_length or page.entries or page.column_links or page.unit_links or page.breadcrumb)


@once_a_page
def is_article(page: PageFacts) -> bool:
    """An article of a column: told by more than its looks, so that 关于我们 and the like stay out."""
    if page.kind is not PageKind.ARTICLE or not is_whole_page(page) or not page.title.value or _is_column(page.url):
        return False
    tags = page.tags
    signs = (page.has_head_block, page.published.value, page.content_source.value, page.written.value)
    return bool(any(signs) or page.published.strategy or tags.get("PubDate") or tags.get("ContentSource"))


def _is_column(url: str) -> bool:
    """A folder whose name is no number or date: what it shows is the column's own text."""
    path = url.partition("?")[0]
    return path.endswith("/") and "?" not in url and _NUMBER.search(path.rstrip("/").rpartition("/")[2]) is None


def shown_day(page: PageFacts) -> date | None:
    """Publication day that the head of the page shows."""
    return day_in(page.published.value) if page.published.strategy in HEAD_STRATEGIES else None


def day_in(text: str | None) -> date | None:
    """First day in a text such as ``2026-11-02 10:10`` or ``2026年11月2日``; None: none, or no such day."""
    match = _DAY.search(text or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def stands_blank(read: Read[str]) -> bool:
    """A label stands there with nothing behind it."""
    return read.strategy == "label" and read.value is None


def of_page(
    page: PageFacts | Glimpse,
    outcome: Outcome,
    *,
    key: str = "",
    quote: str = "",
    where: str = "",
    group: str = "",
    **values: Any,
) -> Judgement:
    """A judgement about one page; ``values`` fill its message. What is fine needs no evidence: it is by far the most."""
    return Judgement(
        outcome=outcome,
        url=page.url,
        subject=page.title.value or page.page_title,
        key=key,
        values=values,
        evidence=() if outcome is Outcome.PASSED else (page_evidence(page, quote, where),),
        group=group,
    )


def of_template(page: PageFacts, outcome: Outcome, *, group: str = "", quote: str = "", **values: Any) -> Judgement:
    """A judgement about the template that a page was made with: the portal's, whoever owns the page."""
    return Judgement(
        outcome=outcome,
        url=page.url,
        subject=page.title.value or page.page_title,
        key=group,
        values=values,
        evidence=() if outcome is Outcome.PASSED else (page_evidence(page, quote),),
        found_on=(page.url,),
        found_on_count=1,
        group=f"{page.template}|{group}" if group else "",
        of_template=True,
    )
