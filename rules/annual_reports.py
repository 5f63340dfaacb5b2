"""年报栏目: which years' reports stand in a column, told by their titles."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.facts import ColumnFacts, Entry, ListState
from rules.model import Context
from rules.patterns import SafePattern
from rules.registry import CheckParams

FIRST_YEAR = 2007
"""The year of the first 条例 (国务院令第492号): nobody reported before."""
HEAD_LENGTH = 300
"""Characters of a page in which a report names its year."""

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_NUMBER = re.compile(r"[\[(〔【]\s*(?:19|20)\d{2}\s*[\])〕】]\s*第?\s*\d+\s*号")
_DAY = re.compile(r"(?:19|20)\d{2}(?:年\s*\d{1,2}月(?:\d{1,2}日)?|[-./]\d{1,2}[-./]\d{1,2})")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?度?\s*[-—–―‐~〜至到]+\s*((?:19|20)?\d{2})(?=\D|$)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


@lru_cache(maxsize=8_192)
def years_in(title: str) -> frozenset[int]:
    """Years that a title reports on: ranges count in full, document numbers and days do not count."""
    text = unicodedata.normalize("NFKC", title[:HEAD_LENGTH])
    text = _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)
    text = _NUMBER.sub(" ", text)
    without_days = _DAY.sub(" ", text)
    if _YEAR.search(without_days):
        text = without_days
    years = {int(found) for found in _YEAR.findall(text)}
    for first, last in _RANGE.findall(text):
        end = int(last) if len(last) == 4 else int(first[:2] + last)
        if int(first) <= end <= int(first) + 5:
            years.update(range(int(first), end + 1))
    return frozenset(years)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords(CheckParams):
    """How a report's title is told from what only goes with it."""

    is_report: tuple[SafePattern, ...]
    is_other: tuple[SafePattern, ...]
    """解读, 图解, 音频 of a report, website reports, budgets: never the report, whatever else the title says."""

    def tell(self, title: str) -> bool | None:
        """True: a report; False: something else; None: cannot be told."""
        text = unicodedata.normalize("NFKC", "".join(title.split()))
        if any(pattern.search(text) for pattern in self.is_other):
            return False
        return True if any(pattern.search(text) for pattern in self.is_report) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What stands in a 单位's 年报 column or columns."""

    years: frozenset[int]
    """Years whose report is there for certain."""
    possible: frozenset[int]
    """Years of titles that may be a report."""
    nameless: int
    """Entries that may be a report of any year."""
    doubt: str
    """Why the column was not read whole, as a reason's code; ""."""
    unread: bool
    """No column of them could be looked at."""
    empty: bool
    times_seen: int


def read_shelf(columns: Sequence[ColumnFacts], words: ReportWords, context: Context) -> Shelf:
    """Read the reports in ``columns``, all of one 单位; at least one column."""
    years: set[int] = set()
    possible: set[int] = set()
    nameless = 0
    for column in columns:
        for title, head in _items(column, context):
            told = words.tell(title)
            if told is False:
                continue
            found = years_in(title)
            if found and told:
                years |= found
            elif found or (told and years_in(head)):
                possible |= found or years_in(head)
            elif told:
                nameless += 1
    with_content = [column for column in columns if column.state in {ListState.ENTRIES, ListState.TEXT}]
    return Shelf(
        years=frozenset(years),
        possible=frozenset(possible - years),
        nameless=nameless,
        doubt=next((doubt for column in columns if (doubt := _doubt(column, leads_on=not with_content))), ""),
        unread=all(column.state is ListState.UNTESTED for column in columns),
        empty=all(column.state is ListState.EMPTY for column in columns),
        times_seen=min(column.times_seen for column in with_content or columns),
    )


def _items(column: ColumnFacts, context: Context) -> list[tuple[str, str]]:
    """Title and opening words of each entry; of the column's own page where it opens one report directly."""
    if column.state is ListState.ENTRIES or column.entries:
        return [(entry.title, _head(entry, context)) for entry in column.entries]
    if column.state is not ListState.TEXT:
        return []
    addresses = [column.url, *(evidence.url for evidence in column.evidence)]
    page = next((page for address in addresses if (page := context.facts.page(address)) is not None), None)
    title = (page.title.value or page.page_title) if page else column.name
    attachments = [(attachment.text, "") for attachment in column.attachments]
    return [(title, (page.text if page else column.text)[:HEAD_LENGTH]), *attachments]


def _head(entry: Entry, context: Context) -> str:
    if years_in(entry.title) or not entry.url:
        return ""
    page = context.facts.page(entry.url)
    return f"{page.title.value or ''} {page.text[:HEAD_LENGTH]}" if page is not None else ""


def _doubt(column: ColumnFacts, *, leads_on: bool) -> str:
    if column.state is ListState.UNTESTED:
        return column.untested_reason or "not-fetched"
    if column.state is ListState.SCRIPTED:
        return "scripted"
    if column.state is ListState.NOTE:
        return "note-only"
    if column.state is ListState.FORWARDS:
        return "leads-on" if leads_on else ""
    return "pages-left" if (column.pages or 1) > column.pages_read else ""
