"""Figures that the prose of an annual report gives: new applications, carried ones, reviews and suits."""

import re
from collections.abc import Collection, Sequence

from crawler.extractors.report_words import plain, report_words
from crawler.facts import ReportClaim

_MAX_CLAIMS = 30
_MAX_LINES = 2_000
_MAX_LINE_CHARS = 20_000
_BEFORE_CHARS = 40
_STOPS = re.compile(r"[。;；!！?？]")
_YEAR = re.compile(r"(20\d\d)年")


def read_claims(lines: Sequence[str], years: Collection[int]) -> tuple[ReportClaim, ...]:
    """Claims about the whole of the reported year; a clause about a part, a comparison or another year claims nothing."""
    found: list[ReportClaim] = []
    for line in lines[:_MAX_LINES]:
        text = plain(line[:_MAX_LINE_CHARS])
        for kind, pattern in report_words().claims:
            for match in pattern.finditer(text):
                before = _clause_before(text, match.start())
                if report_words().unless.search(before + match[0]) or _other_year(before + match[0], years):
                    continue
                quote = (before + text[match.start() : match.end() + 1])[-_BEFORE_CHARS * 2 :]
                found.append(ReportClaim(kind=kind, value=int(match["number"]), quote=quote))
                if len(found) >= _MAX_CLAIMS:
                    return tuple(found)
    return tuple(found)


def _clause_before(text: str, start: int) -> str:
    """The words of the same sentence before ``start``, the last few of them."""
    return _STOPS.split(text[max(0, start - _BEFORE_CHARS) : start])[-1]


def _other_year(clause: str, years: Collection[int]) -> bool:
    named = {int(year) for year in _YEAR.findall(clause)}
    return bool(named) and bool(years) and not named <= set(years)
