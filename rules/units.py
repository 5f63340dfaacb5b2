"""单位: when two names mean one."""

import re

from crawler.facts import DepartmentFacts

LEVELS = frozenset("省市县区州旗")
"""What a name of a region ends in, and names of 单位 begin with where they leave the region out (县财政局)."""
_OFFICE = re.compile(r"政府办(?!公|事)")
_LEVEL = re.compile(r"^(?:\w{1,8}?[省市县区旗州]|[省市县区旗州])(?=\w{3})")
_MIN_SHORT = 3
"""Characters of a short form: 人社局."""
_ORGAN = re.compile(r"(?<=[镇乡道])(?:政府|办事处|办)$")


def one_spelling(name: str) -> str:
    """``name`` without blanks, and with the government and its office written one way: 县人民政府办公室, 县政府办.

    A town is its government: 云杏镇 and 云杏镇人民政府 are one name, as are 城关街道 and 城关街道办事处.
    """
    return _ORGAN.sub("", _OFFICE.sub("政府办公室", "".join(name.split()).replace("人民政府", "政府")))


def is_same_unit(name: str, department: DepartmentFacts) -> bool:
    """Whether ``name`` is the 单位: its name or an alias, with or without the region in front (县财政局, 财政局)."""
    wanted = one_spelling(name)
    return any(_ends_alike(wanted, one_spelling(known)) for known in (department.name, *department.aliases))


def names_unit(text: str, department: DepartmentFacts) -> bool:
    """Whether ``text`` (a title) speaks of the 单位 by its name or an alias."""
    squeezed = one_spelling(text)
    return any(
        one_spelling(known) in squeezed for known in (department.name, *department.aliases) if len(one_spelling(known)) >= 3
    )


def abbreviates(name: str, department: DepartmentFacts) -> bool:
    """Whether one may be a short form of the other: 区人社局 and 人力资源和社会保障局, 发展和改革局 and 发展改革局.

    The signs of the short one stand in the long one in the same order, the first and the last ones at its ends; a 委 is a
    委员会.
    """
    here = _LEVEL.sub("", one_spelling(name))
    there = [_LEVEL.sub("", one_spelling(known)) for known in (department.name, *department.aliases)]
    return any(_is_short_for(here, known) or _is_short_for(known, here) for known in there)


def _is_short_for(short: str, name: str) -> bool:
    if len(short) < _MIN_SHORT:
        return False
    rests = (name[front:].removesuffix("员会") for front in range(len(name) - len(short)))
    return any(short[0] == rest[:1] and short[-1] == rest[-1:] and _in_order(short, rest) for rest in rests)


def _in_order(short: str, name: str) -> bool:
    signs = iter(name)
    return all(sign in signs for sign in short)


def _ends_alike(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    return first == second or (len(shorter) >= 3 and longer.endswith(shorter))
