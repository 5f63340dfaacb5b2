"""Dates as Chinese pages write them, from text to ISO 8601 in Asia/Shanghai."""

import calendar
import re
import warnings
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

SHANGHAI = timezone(timedelta(hours=8))
_FIRST_YEAR = 1949
_MAX_UNREAD_CHARS = 40
"""Only short labelled strings are given to dateparser: it takes 8 ms on a text that is no date."""

_SAME_LENGTH = str.maketrans("０１２３４５６７８９：∶︰﹕．／－—–", "0123456789::::./---")

_TIME = (
    r"(?:[ T,，]{0,4}(?:星期.[ ]?)?(?P<half>上午|下午|晚上|凌晨)?[ ]?"
    r"(?P<hour>[01]?\d|2[0-4])[ ]?[时点:][ ]?(?P<minute>[0-5]\d)(?:[ ]?分)?"
    r"(?:[ ]?:?[ ]?(?P<second>[0-5]\d)(?:[ ]?秒|\.\d{1,6}|(?!\d)))?)?"
)
_MONTH_PART, _DAY_PART = "0?[1-9]|1[0-2]", "0?[1-9]|[12]\\d|3[01]"
_END_OF_DAY = r"(?:(?!\d)|(?=[012]\d:[0-5]\d))"
"""A time may follow without a blank: ``2023-12-1821:50``."""
_NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)|(?P<short>\d\d(?=年)))[ ]{0,2}"
    rf"(?:年[ ]{{0,2}}(?P<month>{_MONTH_PART})[ ]{{0,2}}月|(?P<sep>[-./])[ ]{{0,2}}(?P<month2>{_MONTH_PART})[ ]{{0,2}}(?P=sep))"
    rf"[ ]{{0,2}}(?P<day>{_DAY_PART}){_END_OF_DAY}[ ]{{0,2}}[日号]?" + _TIME
)
_NUMERIC_HINT = re.compile(r"\d\d[ ]{0,2}[-./年．／－—–]")
"""Stands in every date in digits, full-width or not."""
_LEAD_CHARS = 16
_YEAR_CHARS = 2
"""So many characters of a year stand before what the hint finds of it."""
_WORDS = re.compile(
    r"(?P<year>[一二][九〇○零0oO][〇○零0oO一二三四五六七八九]{2})[ ]?年[ ]?(?P<month>十[一二]?|[一二三四五六七八九])[ ]?月"
    r"(?:[ ]?(?P<day>[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]|廿[一二三四五六七八九]?)[ ]?[日号])?"
)
_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[ ]{0,2}年[ ]{0,2}(?P<month>0?[1-9]|1[0-2])[ ]{0,2}月(?![ ]{0,2}\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT = re.compile(rf"(?<!\d)(?P<short>\d\d)[-./](?P<month>{_MONTH_PART})[-./](?P<day>{_DAY_PART})(?![\d./-])" + _TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateText:
    """One date in a text; offsets are those of the text given."""

    start: int
    end: int
    value: str
    """``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM[:SS]+08:00``."""
    precision: str = "day"
    """``second``, ``minute``, ``day`` or ``month``; a month stands for its last day."""

    @property
    def day(self) -> str:
        return self.value[:10]


def same_length(text: str) -> str:
    """``text`` with full-width digits and signs of dates in ASCII; offsets stay."""
    return text.translate(_SAME_LENGTH)


def find_dates(text: str, *, months: bool = False) -> list[DateText]:
    """All whole dates of ``text`` in order: ``2026-11-20 10∶08``, ``2026年11月20日``, ``2026.11.20``, ``二〇二六年…``, ``26年…``.

    Year-less dates and eight bare digits are not taken. With ``months``, ``2026年3月`` counts as well.
    """
    first = _NUMERIC_HINT.search(text)
    if first is None and "年" not in text:
        return []
    worded = text.find("年")
    at = min(worded if worded >= 0 else len(text), first.start() if first else len(text))
    start = max(0, at - _LEAD_CHARS)  # no date begins before it
    plain = text[:start] + same_length(text[start:])
    numeric = _NUMERIC.finditer(plain, max(0, first.start() - _YEAR_CHARS)) if first else ()
    found = [date_text for match in numeric if (date_text := _from_match(match))]
    if worded >= 0:
        found += [word for match in _WORDS.finditer(plain) if (word := _from_words(match, months=months))]
        if months:
            taken = {date_text.start for date_text in found}
            for match in _MONTH.finditer(plain):
                month = _last_of_month(match.span(), int(match["year"]), int(match["month"]))
                if month and match.start() not in taken:
                    found.append(month)
        found.sort(key=lambda date_text: date_text.start)
    return found


def read_labelled(text: str, fetched_at: datetime) -> DateText | None:
    """The date that ``text``, which stood beside a date label, begins with.

    Beside a label also ``20261120``, ``26-11-20`` and whatever dateparser makes of the rest (昨天, 3天前) counts, with
    ``fetched_at`` as now. None: no date can be read there.
    """
    head = text[:_MAX_UNREAD_CHARS]
    plain = same_length(head).lstrip(" \t:[(（【")
    for pattern, furthest in ((_NUMERIC, 8), (_COMPACT, 0), (_SHORT, 2)):
        match = pattern.search(plain)
        if match and match.start() <= furthest and (date_text := _from_match(match)):
            return date_text
    match = _WORDS.search(plain)
    if match:
        return _from_words(match, months=False)
    return _by_dateparser(plain, fetched_at)


def shanghai_day(moment: datetime) -> str:
    """Day of ``moment`` in Asia/Shanghai; naive moments count as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(SHANGHAI).date().isoformat()


def _from_match(match: re.Match[str]) -> DateText | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else _full_year(int(parts["short"]))
    return _made(match.span(), (year, int(parts["month"] or parts["month2"]), int(parts["day"])), parts)


def _full_year(short: int) -> int:
    """Government sites began in the nineties: 00–69 is this century."""
    return 2000 + short if short < 70 else 1900 + short


def _made(span: tuple[int, int], date_parts: tuple[int, int, int], time: dict[str, Any] | None = None) -> DateText | None:
    year, month, day = date_parts
    if year < _FIRST_YEAR or day > calendar.monthrange(year, month)[1]:
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    if not time or time.get("hour") is None:
        return DateText(start=span[0], end=span[1], value=value)
    hour, minute = int(time["hour"]), time["minute"]
    if time["half"] in {"下午", "晚上"} and hour < 12:
        hour += 12
    if hour > 23:
        return DateText(start=span[0], end=span[1], value=value)
    second = time["second"]
    clock = f"{hour:02d}:{minute}" + (f":{second}" if second else "")
    return DateText(start=span[0], end=span[1], value=f"{value}T{clock}+08:00", precision="second" if second else "minute")


def _last_of_month(span: tuple[int, int], year: int, month: int) -> DateText | None:
    made = _made(span, (year, month, calendar.monthrange(year, month)[1]))
    return replace(made, precision="month") if made else None


def _from_words(match: re.Match[str], *, months: bool) -> DateText | None:
    year = int("".join("0" if sign in "〇○零0oO" else str("一二三四五六七八九".index(sign) + 1) for sign in match["year"]))
    month = _number(match["month"])
    if match["day"]:
        return _made(match.span(), (year, month, _number(match["day"])))
    return _last_of_month(match.span(), year, month) if months else None


def _number(words: str) -> int:
    """One to thirty-one in words: 九, 十, 十一, 二十, 廿三, 三十一."""
    words = words.replace("廿", "二十")
    tens, mark, ones = words.rpartition("十")
    value = "一二三四五六七八九"
    if not mark:
        return value.index(words) + 1
    return (value.index(tens) + 1 if tens else 1) * 10 + (value.index(ones) + 1 if ones else 0)


@cache
def dateparser() -> Any:
    """The library, loaded on the first page that needs it: 80 ms, and few pages do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # third-party import noise must not turn into errors of ours
        import dateparser as library  # noqa: PLC0415
    return library


def _parser() -> Any:
    return dateparser().date.DateDataParser


def _by_dateparser(text: str, fetched_at: datetime) -> DateText | None:
    text = re.split(r"[\n\t|【（(]| {3,}", text.strip(), maxsplit=1)[0]
    if not 2 <= len(text) <= 24 or not re.search(r"\d|[昨今前]天|刚刚", text) or re.search(r"[-~～至到]", text):
        return None
    base = fetched_at.astimezone(SHANGHAI).replace(tzinfo=None)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month", "year"]}
    read = _parser()(languages=["zh"], settings=settings).get_date_data(text)
    if read is None or read.date_obj is None or read.period not in {"day", "time"}:
        return None
    day: date = read.date_obj.date()
    if not _FIRST_YEAR <= day.year <= base.year + 1:
        return None
    return DateText(start=0, end=len(text), value=day.isoformat())
