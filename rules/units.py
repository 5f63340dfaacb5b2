"""单位: when two names mean one."""

from crawler.facts import DepartmentFacts


def is_same_unit(name: str, department: DepartmentFacts) -> bool:
    """Whether ``name`` is the 单位: its name or an alias, with or without the region in front (县财政局, 财政局)."""
    wanted = _squeezed(name)
    return any(_ends_alike(wanted, _squeezed(known)) for known in (department.name, *department.aliases))


def names_unit(text: str, department: DepartmentFacts) -> bool:
    """Whether ``text`` (a title) speaks of the 单位 by its name or an alias."""
    squeezed = _squeezed(text)
    return any(_squeezed(known) in squeezed for known in (department.name, *department.aliases) if len(_squeezed(known)) >= 3)


def _ends_alike(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    return first == second or (len(shorter) >= 3 and longer.endswith(shorter))


def _squeezed(name: str) -> str:
    return "".join(name.split())
