"""Numbers, shares and dates as people read them."""

import math
from datetime import date, timedelta

MAX_POINTS = 1e9
"""Anything larger, infinite or not a number is no score."""
MAX_MOMENT = 25
"""Characters of ``2026-11-20T02:14:37+08:00``."""


def points(value: float) -> str:
    """Score points with at most two decimals, cut and never rounded up: 59.999 is not 60."""
    if not abs(value) < MAX_POINTS:
        return "—"
    cut = math.floor(abs(value) * 100 + 1e-6) / 100
    shown = f"{cut:.2f}".rstrip("0").rstrip(".")
    return f"-{shown}" if value < 0 and cut else shown


def percent(share: float) -> str:
    """A share of 0 to 1 in per cent; 100% only when it is all, 0% only when it is nothing."""
    if not math.isfinite(share) or share <= 0:
        return "0%"
    if share >= 1:
        return "100%"
    whole = math.floor(share * 100 + 1e-6)
    return f"{whole}%" if whole else "不足 1%"


def size(count: int) -> str:
    """Bytes in the unit that keeps the number short."""
    amount = float(count)
    for unit in ("字节", "KB", "MB", "GB"):
        if amount < 1024 or unit == "GB":
            break
        amount /= 1024
    return f"{amount:.0f} {unit}" if unit == "字节" else f"{amount:.1f} {unit}"


def as_date(text: str | None) -> date | None:
    """The day of an ISO date or moment; None when there is none or it is no date."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def iso(text: str) -> str:
    """A day or moment as it stands; of anything else no more than a cell has room for."""
    return text if len(text) <= MAX_MOMENT else f"{text[:MAX_MOMENT]}…"


def day(text: str | None) -> str:
    """``2026年11月20日`` for sentences; a text that is no date stays as it is."""
    read = as_date(text)
    return f"{read.year}年{read.month}月{read.day}日" if read else iso(text or "")


def moment(text: str) -> str:
    """``2026-11-20 03:12:05``: a moment of Beijing time without letter and zone; any other text stays as it is."""
    bare = text.removesuffix("+08:00")
    return bare.replace("T", " ") if as_date(bare) and len(bare) <= 19 else iso(text)


def days_between(earlier: str | None, later: str | None) -> int | None:
    first, last = as_date(earlier), as_date(later)
    return (last - first).days if first and last else None


def day_after(text: str | None, days: int | None) -> str | None:
    """ISO day ``days`` later, None where either is unknown or the calendar ends."""
    first = as_date(text)
    if first is None or days is None:
        return None
    try:
        return (first + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def days_left(days: int | None) -> str:
    """Calendar days to a last day in words; empty where they are not known."""
    if days is None:
        return ""
    if days < 0:
        return f"已超期 {-days} 天"
    return f"还剩 {days} 天" if days else "检查日当天到期"
