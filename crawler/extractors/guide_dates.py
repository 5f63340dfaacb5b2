"""The date a 指南 gives for itself in its text (更新日期 of the column 政府信息公开指南)."""

import re
from functools import cache

from crawler.extractors.date_text import DateText, find_dates, shanghai_day
from crawler.extractors.document import Document, clean
from crawler.facts import Read
from crawler.vocabulary import load

_TAIL_CHARS = 120
"""A 落款 stands within so many characters of the end of a text."""
_MAX_SIGNATURE_SIGNS = 20
"""Signs that may stand beside the date of a 落款: the owner's name, 修订."""
_OPENING_CHARS = 600
_ISO_DAY = re.compile(r"20\d\d-[01]\d-[0-3]\d")
_CJK = re.compile(r"[\u4e00-\u9fa5]")


class _Words:
    def __init__(self) -> None:
        words = load("dates")
        self.patterns = [
            (re.compile(f"(?:{before})$") if before else None, re.compile(after) if after else None)
            for before, _, after in (pattern.partition("@") for pattern in words["guide"])
        ]
        self.foreign, self.title = re.compile(words["guide_foreign"]), re.compile(words["guide_title"])
        self.opening = re.compile(words["guide_opening"])
        self.time_leads = re.compile(words["guide_time_leads"])


@cache
def _words() -> _Words:
    return _Words()


def guide_date(text: str, doc: Document) -> Read[str]:
    """The date a 指南 gives for itself: “本指南更新于…”, “（2026年3月修订）”, 编制日期, else its 落款.

    Dates of laws it cites, and dates after the fetch, do not count. A month alone stands for its last day, so that nothing
    is called older than it may be; ``strategy`` says ``month`` then.
    """
    dates = find_dates(text, months=True)
    limit = shanghai_day(doc.fetched_at)
    usable = [found for found in dates if found.precision == "month" or found.day <= limit]
    for before, after in _words().patterns:
        matched = [found for found in usable if _stands_between(text, found, before, after)]
        if matched:
            best = max(matched, key=lambda found: found.value)
            value = min(best.value, limit) if best.precision == "month" else best.value
            raw = clean(text[max(text.rfind("\n", 0, best.start) + 1, best.start - 20) : best.end + 6].partition("\n")[0])
            return Read(value=value, raw=raw, strategy="month" if best.precision == "month" else "text", where="body")
    told = _in_time_element(doc, limit)
    if told is not None:
        return told
    last = next(
        (found for found in reversed(usable) if len(text) - found.end <= _TAIL_CHARS and _alone_on_line(text, found)), None
    )
    if last is None:
        return Read()
    return Read(value=last.value, raw=text[last.start : last.end], strategy="signature", where="body")


def _in_time_element(doc: Document, limit: str) -> Read[str] | None:
    """更新于 ``<time datetime="2026-05-20">5月20日</time>``: the attribute says the year that the words leave out."""
    out = doc.outline
    for number in out.tagged(("time",)):
        written = _ISO_DAY.match(out.elements[number].get("datetime") or "")
        lead = out.text[max(0, out.start[number] - 20) : out.start[number]].rpartition("\n")[2].rstrip("（(：: ")
        if written is not None and written[0] <= limit and _words().time_leads.search(lead):
            return Read(value=written[0], raw=f"{lead}{out.span(number)}"[-40:], strategy="text", where="body")
    return None


def speaks_of_guide(*texts: str | None) -> bool:
    """Whether one of the page's titles names a 指南."""
    return any(text and _words().title.search(text) for text in texts)


def calls_itself_guide(text: str) -> bool:
    """Whether a text says at its beginning that it is a 指南, as a pane of a page with tabs does."""
    return _words().opening.search(text, 0, _OPENING_CHARS) is not None


def _stands_between(text: str, found: DateText, before: re.Pattern[str] | None, after: re.Pattern[str] | None) -> bool:
    lead, tail = text[max(0, found.start - 30) : found.start], text[found.end : found.end + 20]
    if before and not before.search(lead.rstrip("（( ")):
        return False
    if after and not after.match(tail):
        return False
    return not _words().foreign.search(lead.rpartition("\n")[2])


def _alone_on_line(text: str, found: DateText) -> bool:
    line_start = text.rfind("\n", 0, found.start) + 1
    line_end = text.find("\n", found.end)
    rest = text[line_start : found.start] + text[found.end : line_end if line_end >= 0 else len(text)]
    return len(_CJK.findall(rest)) <= _MAX_SIGNATURE_SIGNS and "。" not in rest
