"""Figures in the cells of an annual report: numbers, blanks, and what is neither."""

import re
from functools import lru_cache

from crawler.extractors.report_words import plain, report_words
from crawler.facts import ReportCell

_MAX_RAW = 40
_NUMBER = re.compile(r"(?P<sign>[-+−]?)(?P<whole>\d{1,12})(?:\.(?P<rest>\d{1,8}))?")
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
_HAS_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=2_048)
def read_cell(raw: str) -> ReportCell:
    """The figure of one cell: full-width digits, thousands separators, inner blanks and counting words are read through.

    ``12.0`` is the whole number 12 (spreadsheets write it so). Text with a digit in it, or a number in Chinese numerals, is
    ``unclear``: it may be meant as a number.
    """
    words, shown = report_words(), raw[:_MAX_RAW]
    text = plain(raw)
    if text in words.no_number:
        return ReportCell(raw=shown, state="blank")
    text = words.amount_units.sub("", words.units.sub("", text))
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    match = _NUMBER.fullmatch(text)
    if match is None:
        unclear = _HAS_DIGIT.search(text) or words.chinese_number.match(text) or len(text) > _MAX_RAW
        return ReportCell(raw=shown, state="unclear" if unclear else "text")
    whole, rest = int(match["whole"]), (match["rest"] or "").rstrip("0")
    if match["sign"] in {"-", "−"} and (whole or rest):
        return ReportCell(raw=shown, state="negative", amount=f"-{whole}.{rest}" if rest else f"-{whole}")
    if rest:
        return ReportCell(raw=shown, state="decimal", amount=f"{whole}.{rest}")
    return ReportCell(raw=shown, value=whole, state="number")


def is_figure(text: str) -> bool:
    """Whether a cell may stand where a figure belongs: a number or a blank."""
    return read_cell(text).state in {"number", "blank", "negative", "decimal"}
