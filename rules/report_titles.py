"""Titles of annual reports: the 单位 that a title names."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from crawler.facts import DepartmentFacts
from rules.units import LEVELS, one_spelling

_MAX_TITLE = 200
_MAX_REGION = 6
_YEARS = re.compile(
    r"(?:(?:19|20)\d{2}年?度?(?:[-—–―~至到、和与及])?)+(?:年度|年|度)?|二[〇○零O][〇○零一二三四五六七八九]{2}年(?:度)?"
)
_TAIL = re.compile(r"(?:政府)?(?:信息|政务)公开(?!办)|(?:工作)?年度?报告?|年报")
_LEAD = re.compile(r"^(?:关于|公布|发布|【[^】]{0,10}】|\[[^\]]{0,10}\]|[《<〈\"“\-—:：·、.\s])+")
_END = re.compile(r"(?:的|关于|[》>〉\"”\-—:：·、.\s])+$")
_REGION = re.compile(r"^.{2,8}?(?:省|市|自治区|自治州|州|县|区|旗|盟)")


@lru_cache(maxsize=8_192)
def unit_of_title(title: str) -> str:
    """The words before or behind the year that are left when 政府信息公开…报告 is taken away; "" when nothing is."""
    text = unicodedata.normalize("NFKC", "".join(title[:_MAX_TITLE].split()))
    text = _LEAD.sub("", _YEARS.sub("", text))
    match = _TAIL.search(text)
    if match is None:
        return ""
    return _END.sub("", _LEAD.sub("", text[: match.start()]))


def unit_named(unit: str, departments: Iterable[DepartmentFacts]) -> DepartmentFacts | None:
    """The one 单位 that ``unit`` names in full, with or without its region in front; None when none or several may be meant."""
    unit = one_spelling(unit)
    found = [department for department in departments if any(_is_name(unit, name) for name in _names(department))]
    return found[0] if len(found) == 1 else None


def _names(department: DepartmentFacts) -> tuple[str, ...]:
    return tuple(one_spelling(name) for name in (department.name, *department.aliases))


def _is_name(unit: str, name: str) -> bool:
    """Equal, or equal but for a region in front of one of them (县财政局, 某县财政局, 财政局)."""
    if not unit or not name:
        return False
    return unit == name or (len(unit) >= 3 and len(name) >= 3 and _without_region(unit, name))


def _without_region(first: str, second: str) -> bool:
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    if not longer.endswith(shorter):
        return False
    front = longer[: -len(shorter)]
    if shorter[0] in LEVELS and len(front) <= _MAX_REGION:
        return True  # 县财政局 of 某某
    return _REGION.fullmatch(front) is not None or front in LEVELS
