"""The only clock of the house outside the crawler."""

from datetime import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Beijing time, to the second."""
    return datetime.now(CHINA).replace(microsecond=0)
