"""Sections of the demo portal that never end: a calendar, links with session ids, the site search."""

import calendar
import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from audit.demo.answers import Answer, LiveSection, Question
from audit.demo.content import Extra, Row
from audit.demo.press import Crumb, Place, Press
from audit.demo.wording import number

CALENDAR, SESSIONS, SEARCH = "/rili/", "/xxcx/", "/ss/"

_MONTH = re.compile(r"/rili/(?:([12]\d{3})-(0[1-9]|1[0-2])\.html)?\Z")
_SESSION_PAGE = re.compile(r"/xxcx/(?:(?:index|item([1-6]))\.html)?(?:;jsessionid=[0-9A-F]+)?\Z")
_RESULTS = 10


def live_sections(press: Press, rows: Sequence[Row]) -> dict[str, LiveSection]:
    """Sections by the folder they answer for; ``rows`` is what the search finds."""
    return {CALENDAR: _calendar(press), SESSIONS: _sessions(press), SEARCH: _search(press, rows)}


def _place(name: str, folder: str) -> Place:
    crumbs = (Crumb(text="首页", href="/"), Crumb(text=name, href=folder))
    return Place(family="main", column=name, tag="办事服务", crumbs=crumbs)


def _calendar(press: Press) -> LiveSection:
    def answer(question: Question) -> Answer | None:
        match = _MONTH.match(question.path)
        if match is None:
            return None
        year, month = (int(match[1]), int(match[2])) if match[1] else (press.as_of.year, press.as_of.month)
        before, after = year * 12 + month - 2, year * 12 + month
        return press.page(
            "calendar",
            title=f"工作日历{year}年{month}月",
            path=question.path,
            place=_place("工作日历", CALENDAR),
            before=f"{before // 12}-{before % 12 + 1:02}",
            after=f"{after // 12}-{after % 12 + 1:02}",
            weeks=calendar.Calendar(firstweekday=6).monthdayscalendar(year, month),
        )

    return answer


def _sessions(press: Press) -> LiveSection:
    """Every answer links to the same few pages under a new session id."""

    def answer(question: Question) -> Answer | None:
        match = _SESSION_PAGE.match(question.path)
        if match is None:
            return None
        session = f"{number(question.path, question.nth):016X}"
        items = [
            Extra(shows="link", text=f"{name}信息查询", href=f"{SESSIONS}item{n}.html;jsessionid={session}")
            for n, name in enumerate(("低保", "残疾人两项补贴", "农机购置补贴", "公租房", "社会组织", "食品抽检"), 1)
        ]
        title = items[int(match[1]) - 1].text if match[1] else "信息查询"
        text = f"{title}结果由业务主管部门提供，每月更新，如有疑问请与主管部门联系。"
        place = _place("信息查询", SESSIONS)
        return press.page("text", title=title, path=question.path, place=place, paragraphs=(text,), links=items, extras=())

    return answer


def _search(press: Press, rows: Sequence[Row]) -> LiveSection:
    def answer(question: Question) -> Answer | None:
        if question.path != SEARCH:
            return None
        words = (parse_qs(question.query).get("q") or [""])[0].strip()
        found = [row for row in rows if words and words in row.title][:_RESULTS]
        links = [Extra(shows="link", text=row.title, href=row.href) for row in found]
        text = f"以“{words}”为关键词，找到相关结果{len(found)}条。" if words else "请输入关键词。"
        place = _place("站内搜索", SEARCH)
        return press.page("text", title="站内搜索", path=SEARCH, place=place, paragraphs=(text,), links=links, extras=())

    return answer
