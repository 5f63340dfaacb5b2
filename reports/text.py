"""Page text made safe to show: control characters out, identity numbers masked, only web addresses become links."""

import re
from datetime import date
from typing import Any

import regex
from pydantic import BaseModel

from reports.result import AuditResult

MAX_DISPLAY = 1000
"""Characters of one text on a page; the whole text stands in result.json."""

# Controls, bidirectional and other invisible formatting, lone surrogates, the two noncharacters no XML file may hold, tags.
_STRIPPED = regex.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = regex.compile("\r\n?|[\u2028\u2029]")
_STACKED_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")
"""Zalgo: marks stacked so high that they cover the lines above."""
_ID_NUMBER = regex.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_WEB = regex.compile(r"https?://[^\s\\/?#]+(?:[/?#][^\s]*)?", regex.IGNORECASE)
_DIRTY = re.compile("[^\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\u2010-\u2027·]|[0-9]{17}")
"""Quick look: most texts hold nothing that could need cleaning."""


def clean_text(text: str) -> str:
    """``text`` without control and direction characters, line ends as ``\\n``, identity numbers masked."""
    if _DIRTY.search(text) is None:
        return text
    clean = str(_STACKED_MARKS.sub(r"\1", _STRIPPED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))))
    if not _WEB.fullmatch(clean):
        clean = str(_ID_NUMBER.sub(_masked, clean))
    return text if clean == text else clean


def _masked(found: "regex.Match[str]") -> str:
    """An 18-digit 居民身份证 number (GB 11643) keeps its region only; other 18-digit serials stay as they are."""
    number = str(found[0])
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return number
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return f"{number[:6]}{'*' * 12}" if _CHECK_DIGITS[total % 11] == number[17].upper() else number


def clean_result(result: AuditResult) -> AuditResult:
    """The same result with every text in it clean: all reports are made from this one."""
    cleaned = _clean(result)
    assert isinstance(cleaned, AuditResult)
    return cleaned


def _clean(value: Any) -> Any:
    """``value`` itself where nothing in it changes: most of a large result needs no copy."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, BaseModel):
        changes = {name: new for name, old in value if (new := _clean(old)) is not old}
        return value.model_copy(update=changes) if changes else value
    if isinstance(value, tuple):
        items = tuple(map(_clean, value))
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        return {clean_text(key): _clean(item) for key, item in value.items()}
    return value


def web_address(url: str) -> str | None:
    """``url`` when it may become a link: absolute, http or https. Anything else is shown as text."""
    return url if _WEB.fullmatch(url) else None


def shorten(text: str, limit: int = MAX_DISPLAY) -> str:
    """At most ``limit`` characters, a cut is said."""
    return text if len(text) <= limit else f"{text[:limit]}……（原文共 {len(text)} 字，此处从略）"


def one_line(text: str, limit: int = 200) -> str:
    """Text for headings and cells of one line."""
    return shorten(" ".join(text[: limit * 8].split()), limit) if "\n" in text or "  " in text else shorten(text, limit)


def cut(text: str, limit: int) -> str:
    """For labels of drawings, where only a sign has room to say that something is missing."""
    line = " ".join(text[: limit * 8].split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
