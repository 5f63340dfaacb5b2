"""Words of the annual report, compiled once."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from crawler.extractors.document import squeeze
from crawler.vocabulary import load

_LABEL_CHARS = 60


def plain(text: str) -> str:
    """``text`` without blanks and in half-width letters: what the patterns of ``annual_report.yaml`` meet."""
    return _plain_label(text) if len(text) <= _LABEL_CHARS else _plain_line(text)


@lru_cache(maxsize=4_096)
def _plain_label(text: str) -> str:
    """The same labels stand in every report and are asked for many times."""
    return squeeze(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=256)
def _plain_line(text: str) -> str:
    """The lines of one report are asked for by one reader after the other."""
    return squeeze(unicodedata.normalize("NFKC", text))


class ReportWords:
    """Compiled patterns of ``annual_report.yaml``."""

    def __init__(self) -> None:
        words: dict[str, Any] = load("annual_report")
        self.not_report = re.compile(load("page_kinds")["not_annual_report"])
        self.signs = tuple(words["signs"])
        self.sections = {int(number): re.compile(pattern) for number, pattern in words["sections"].items()}
        self.bare = {int(number): re.compile(pattern) for number, pattern in words["bare_headings"].items()}
        self.number, self.arabic = re.compile(words["number"]), re.compile(words["arabic_number"])
        self.inline = re.compile(words["inline_number"])
        self.rows = {str(row): re.compile(pattern) for row, pattern in words["rows"].items()}
        self.other_handling = re.compile(words["other_handling"])
        self.columns = tuple(re.compile(pattern) for pattern in words["columns"])
        self.groups = {str(group): re.compile(pattern) for group, pattern in words["proceedings"]["groups"].items()}
        self.results = tuple(re.compile(pattern) for pattern in words["proceedings"]["results"])
        disclosures = words["disclosures"]
        self.disclosure_rows, self.disclosure_heads = re.compile(disclosures["rows"]), re.compile(disclosures["heads"])
        self.block = re.compile(disclosures["block"])
        self.forms = {str(form): re.compile(pattern) for form, pattern in words["forms"].items()}
        self.no_number = frozenset(plain(str(word)) for word in words["no_number"])
        self.units, self.amount_units = re.compile(words["units"]), re.compile(words["amount_units"])
        self.chinese_number = re.compile(words["chinese_number"])
        self.claims = tuple((str(claim["kind"]), re.compile(claim["pattern"])) for claim in words["claims"])
        self.unless, self.period = re.compile(words["unless"]), re.compile(words["period"])


@cache
def report_words() -> ReportWords:
    return ReportWords()
