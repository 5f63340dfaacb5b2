"""网站标识码 in its three places: the tag SiteIDCode, the foot, the 找错 entry."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from crawler.extractors.document import Document, squeeze
from crawler.extractors.drawn import drawn_text
from crawler.extractors.error_report import ErrorReport
from crawler.facts import SiteIdCode
from crawler.vocabulary import load

_LEAD_CHARS = 40
"""Signs of an attribute's value before 标识, at most."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load("marks")["site_id_code"]
    return re.compile(words["text"]), re.compile(words["short"]), re.compile(words["valid"])


def extract_site_id_code(doc: Document, tags: Mapping[str, str], report: ErrorReport) -> tuple[SiteIdCode, tuple[str, ...]]:
    """The code of each place, and every code met on the page. Malformed codes are kept: that is what a finding quotes."""
    meta = squeeze(tags.get("SiteIDCode", "")) or None
    printed = list(dict.fromkeys(_printed(doc)))
    reported = list(report.codes)
    places = SiteIdCode(meta=meta, footer=_best(printed), error_report=_best(reported))
    return places, tuple(dict.fromkeys([*([meta] if meta else []), *printed, *reported]))


def _in_attribute(source: str) -> bool:
    """Whether 标识 stands near the beginning of a ``title`` or ``alt``; looked for from the word on, which hardly repeats."""
    at = source.find("标识")
    while at >= 0:
        quote = max(source.rfind(sign, max(0, at - _LEAD_CHARS - 1), at) for sign in "\"'<>")
        if quote >= 0 and source[quote] in "\"'" and _ends_with_name(source, quote):
            return True
        at = source.find("标识", at + 1)
    return False


def _ends_with_name(source: str, quote: int) -> bool:
    """Whether ``title =`` or ``alt =`` stands before the quotation mark."""
    before = source[max(0, quote - _LEAD_CHARS) : quote].rstrip()
    return before.endswith("=") and before[:-1].rstrip().endswith(("title", "alt"))


def _best(codes: list[str]) -> str | None:
    """The first well-formed code, else the first one."""
    valid = _patterns()[2]
    return next((code for code in codes if valid.fullmatch(code)), codes[0] if codes else None)


def _printed(doc: Document) -> Iterator[str]:
    """Codes beside 网站标识码 in the visible text, in ``title`` and ``alt``, and in text that an inline script draws."""
    text, short, _ = _patterns()
    shown = doc.outline.text
    for pattern, first_sign in ((text, "网"), (short, "标识码")):
        # The code stands in the foot: nearly all of a page lies before the first sign of it.
        start = shown.find(first_sign)
        for match in pattern.finditer(shown, start) if start >= 0 else ():
            yield match["code"]
    for element in doc.outline.elements if _in_attribute(doc.source) else ():
        for attribute in ("title", "alt"):
            value = element.get(attribute)
            if value and "标识" in value:
                yield from (match["code"] for match in text.finditer(value))
    for match in text.finditer(drawn_text(doc)):
        yield match["code"]
