"""Ledgers and people of these tests."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from audit.ledger.states import Role
from audit.ledger.views import Actor, NewTicket

CHINA = ZoneInfo("Asia/Shanghai")
CLERK = Actor(name="李干事", role=Role.UNIT)
INSPECTOR = Actor(name="王科长", role=Role.SUPERVISOR)
HOME = "http://www.qianhe.gov.cn/"


def at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA).replace(hour=hour)


def complaint(**words) -> NewTicket:
    return NewTicket(
        **{
            "portal_url": HOME,
            "source": "zhaocuo",
            "source_number": "20261120b7e1ea81",
            "message": "办事指南打不开。",
            "received": date(2026, 11, 20),
            "department": "财政局",
            "url": f"{HOME}czj/guide.html",
            **words,
        }
    )
