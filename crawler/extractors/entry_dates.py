"""The date of a list row: every way of writing it, split boxes and year-less ones included."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.extractors.date_text import dateparser

_TIME = r"(?:(?:日|\s|T|&nbsp;)*(?P<{0}>\d{{1,2}}[:：∶时]\d{{1,2}}(?:[:：∶分]\d{{1,2}}秒?)?分?))?"
_FULL = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.年－—]\s?(?P<m>\d{1,2})\s?[-/.月－—]\s?(?P<d>\d{1,2})(?!\d)(?:\s?日)?")
_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d年])(?P<y>\d\d)(?:年(?P<m>\d{1,2})月(?P<d>\d{1,2})日|[-/](?P<m2>\d\d)[-/](?P<d2>\d\d))(?!\d)")
_YEARLESS = re.compile(
    r"(?<![\d\-/.年])(?:(?P<m>0\d|1[0-2])[-/.](?P<d>[0-2]\d|3[01])|(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日)(?![\d\-/.年])"
)
_MONTH = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>\d{1,2})(?!\d)\s?月?")
_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?!\d)日?")
_CLOCK = re.compile(r"[\sT]{0,3}\d{1,2}[:：∶时]\d{1,2}(?:[:：∶分]\d{1,2}(?:秒|\.\d{1,6})?)?分?")
_LABEL = re.compile(r"(?:时间|日期|time|date)\s?[:：]?\s?$", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"(?:成文|生成|发文|印发|生效|施行|实施|失效|废止|截止|开始|结束|起始|到期|受理|办结|答复|回复|来信|办理)(?:时间|日期)?\s?[:：]?\s?$"
)
_RELATIVE = re.compile(r"(?:刚刚|今天|昨天|前天|\d{1,3}\s?(?:分钟|小时|天|日|周)前)")
_SHORT_ROW = 60
_OPEN = "[(（【〔<《「|·•—-"
_CLOSE = "])）】〕>》」|·•"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDate:
    """A date as it stands in a row; ``year`` is None where the row leaves it out."""

    year: int | None
    month: int
    day: int
    raw: str

    def iso(self) -> str | None:
        """``YYYY-MM-DD``, None while the year is unknown."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}" if self.year is not None else None


def read_row_date(text: str, fetched_at: datetime) -> RowDate | None:
    """The date of a row whose title was already taken out of ``text``; lines and cells are separated by newline and tab.

    A date of publication wins over one labelled otherwise (成文, 截止 …); a date inside a sentence of a summary is none.
    Relative words (昨天, 3天前) count from ``fetched_at``.
    """
    best: tuple[int, RowDate] | None = None
    for match in _FULL.finditer(text):
        found = _made(match["y"], match["m"], match["d"], _with_clock(text, match))
        if found is not None:
            rank = _rank(text, match.start(), _clock_end(text, match.end()))
            if rank and (best is None or rank > best[0]):
                best = (rank, found)
    if best is not None:
        return best[1]
    return _read_odd(text, fetched_at)


def read_whole_date(text: str) -> RowDate | None:
    """The date when ``text`` is nothing but a full date, brackets, a label and a time of day aside."""
    text = text.strip()
    if not 6 <= len(text) <= 48:
        return None
    match = _FULL.search(text)
    if match is None:
        return None
    before, after = text[: match.start()].strip(_OPEN + " :："), text[_clock_end(text, match.end()) :].strip(_CLOSE + " ")
    if after or (before and not re.fullmatch(r"\S{0,4}(?:时间|日期)", before)):
        return None
    return _made(match["y"], match["m"], match["d"], match[0].strip())


def date_at_end(text: str) -> tuple[str, RowDate] | None:
    """``text`` without the full date at its end, and that date: for rows that are one link."""
    match = None
    for match in _FULL.finditer(text[-40:]):  # noqa: B007  # the last one is wanted
        pass
    if match is None:
        return None
    tail = text[-40:]
    if tail[_clock_end(tail, match.end()) :].strip(_CLOSE + " "):
        return None
    found = _made(match["y"], match["m"], match["d"], match[0].strip())
    title = text[: len(text) - len(tail) + match.start()].rstrip(_OPEN + " :：")
    return (title, found) if found is not None and title else None


def date_at_start(text: str) -> tuple[str, RowDate] | None:
    """``text`` without the full date at its beginning, and that date."""
    match = _FULL.match(text)
    found = _made(match["y"], match["m"], match["d"], match[0].strip()) if match is not None else None
    title = text[_clock_end(text, match.end()) :].lstrip(_CLOSE + " :：") if match is not None else ""
    return (title, found) if found is not None and title else None


def date_in_script(source: str) -> RowDate | None:
    """The first literal date a script writes; None when it writes "today"."""
    match = _FULL.search(source)
    return _made(match["y"], match["m"], match["d"], match[0]) if match else None


def settle_years(dates: Sequence[RowDate | None], fetched_at: datetime) -> list[str | None]:
    """ISO dates of a list's rows in order; years left out are worked out from the rows around them and the fetch time.

    A year-less date is never later than the day after ``fetched_at``. Lists run from new to old, so a date in January that
    stands above one in December belongs to the younger year; a row with a year pins its neighbours.
    """
    limit = fetched_at.date() + timedelta(days=1)
    result: list[str | None] = []
    ceiling: date | None = None
    for row in dates:
        if row is None:
            result.append(None)
        elif row.year is not None:
            result.append(row.iso())
            ceiling = _day(row.year, row.month, row.day)
        else:
            settled = _latest(row, limit)
            if ceiling is not None and settled is not None and settled > ceiling + timedelta(days=200):
                settled = _latest(row, ceiling + timedelta(days=31)) or settled
            if settled is not None:
                ceiling = settled
            result.append(settled.isoformat() if settled is not None else None)
    return result


def _rank(text: str, start: int, end: int) -> int:
    """How well a date stands as the row's own: 0 inside a sentence, 1 otherwise labelled, 2 bare, 3 alone, 4 labelled."""
    before = text[max(0, start - 12) : start]
    if _OTHER_LABEL.search(before):
        return 1
    if _LABEL.search(before):
        return 4
    following = text[end : end + 3]
    opened = not before or before[-1] in "\n\t" or before[-1] in _OPEN
    closed = not following or following[0] in "\n\t" or following[0] in _CLOSE
    if opened and closed:
        return 3
    plain = following.strip()
    if plain[:1] in tuple("至~～到"):
        return 2
    if closed or not plain or plain[0] in _OPEN + _CLOSE:
        return 2
    # Between blanks in a few words (来源 … 2026-08-28 浏览 12 次); in a longer text it is a sentence of a summary.
    return 1 if following[0] == " " and (opened or before[-1] == " ") and len(text.strip()) <= _SHORT_ROW else 0


def _read_odd(text: str, fetched_at: datetime) -> RowDate | None:
    text = text.strip()
    if len(text) > 400:  # a row without its title is short; beyond this it is a summary
        return None
    match = _SHORT_YEAR.search(text)
    if match:
        year = 2000 + int(match["y"])
        if year <= fetched_at.year + 1:
            return _made(str(year), match["m"] or match["m2"], match["d"] or match["d2"], match[0])
    month = _MONTH.search(text)
    if month:
        rest = text[: month.start()] + " " + text[month.end() :]
        day = _DAY.search(rest)
        if day and not rest.replace(day[0], "", 1).strip(_OPEN + _CLOSE + " \n\t/."):
            return _made(month["y"], month["m"], day["d"], f"{month[0].strip()}-{day['d']}")
    match = _COMPACT.search(text)
    if match and not text.replace(match[0], "", 1).strip(_OPEN + _CLOSE + " \n\t"):
        return _made(match["y"], match["m"], match["d"], match[0])
    for match in _YEARLESS.finditer(text):
        if _rank(text, match.start(), match.end()) >= 2:
            found = _made(None, match["m"] or match["m2"], match["d"] or match["d2"], match[0])
            if found is not None:
                return found
    match = _RELATIVE.search(text)
    return _relative(match[0], fetched_at) if match else None


def _relative(words: str, fetched_at: datetime) -> RowDate | None:
    moment = dateparser().parse(
        words, languages=["zh"], settings={"RELATIVE_BASE": fetched_at.replace(tzinfo=None), "RETURN_AS_TIMEZONE_AWARE": False}
    )
    return RowDate(year=moment.year, month=moment.month, day=moment.day, raw=words) if moment else None


def _made(year: str | None, month: str, day: str, raw: str) -> RowDate | None:
    number = int(year) if year is not None else None
    if _day(number or 2000, int(month), int(day)) is None:
        return None
    return RowDate(year=number, month=int(month), day=int(day), raw=raw.strip())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(row: RowDate, limit: date) -> date | None:
    """The latest day of that month and day not after ``limit``; 29 February goes back to the last leap year."""
    for year in range(limit.year, limit.year - 9, -1):
        day = _day(year, row.month, row.day)
        if day is not None and day <= limit:
            return day
    return None


def _clock_end(text: str, end: int) -> int:
    clock = _CLOCK.match(text, end)
    return clock.end() if clock else end


def _with_clock(text: str, match: re.Match[str]) -> str:
    return text[match.start() : _clock_end(text, match.end())]
