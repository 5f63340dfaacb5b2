"""Looks of a monitor made up for cases: so many a day, the failing ones spread over the days."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

_SHORT = frozenset({"days", "a_day", "failed", "slow", "blocked", "last", "minutes"})
LAST_DAY = "2026-11-20"


def describe_availability(described: Any) -> Any:
    """``{days, a_day, failed, slow, blocked, last, minutes}`` as looks; anything else is left as it is."""
    if not isinstance(described, Mapping) or not described or not set(described) <= _SHORT:
        return described
    days, a_day = int(described.get("days", 7)), int(described.get("a_day", 24))
    last = date.fromisoformat(str(described.get("last", LAST_DAY)))
    step = timedelta(minutes=int(described.get("minutes", 24 * 60 // max(a_day, 1))))
    looks = [
        {
            "at": (datetime.combine(last - timedelta(days=day), time(), CHINA) + n * step).isoformat(),
            "opened": True,
            "status": 200,
        }
        for day in reversed(range(days))
        for n in range(a_day)
    ]
    # One after the other over the days, so that no day has them all.
    order = [day * a_day + n for n in range(a_day) for day in range(days)]
    kinds: list[dict[str, Any]] = [{"opened": False, "reason": "timeout-read", "seconds": 15.0, "status": None}] * int(
        described.get("failed", 0)
    )
    kinds += [{"seconds": 16.0}] * int(described.get("slow", 0))
    kinds += [{"opened": None, "reason": "blocked", "status": 412}] * int(described.get("blocked", 0))
    for number, kind in zip(order, kinds, strict=False):
        looks[number] |= kind
    return {"probes": [{"seconds": 0.8, "canary": "up"} | look for look in looks]}
