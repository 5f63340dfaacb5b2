"""单位: when two names mean one."""

import re

from crawler.facts import DepartmentFacts

_OFFICE = re.compile(r"政府办(?!公|事)")


def one_spelling(name: str) -> str:
    """``name`` without blanks, and with the government and its office written one way: 县人民政府办公室, 县政府办."""
    return _OFFICE.sub("政府办公室", "".join(name.split()).replace("人民政府", "政府"))


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


def _ends_alike(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    return first == second or (len(shorter) >= 3 and longer.endswith(shorter))
