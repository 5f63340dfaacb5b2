"""Names of 单位: one 单位, one name, however lists and headings write it."""

import re
from functools import lru_cache

from crawler.extractors.document import squeeze
from crawler.extractors.unit_names import plain_name
from crawler.vocabulary import load

_TOWN = re.compile(r"(?<=[镇乡])人民政府$")
_OFFICE = re.compile(r"^人民(?=政府办)")
_SUBDISTRICT = re.compile(r"(?<=街道)(?:办事处|办)$")


def bare_name(name: str) -> str:
    """``name`` in one spelling, without 政府信息公开 and other tails."""
    plain = plain_name(name)
    for tail in load("assembly")["unit_name_tails"]:
        if plain.endswith(tail) and len(plain) > len(tail) + 1:
            return plain.removesuffix(tail)
    return plain


@lru_cache(maxsize=8_192)
def name_key(name: str, region: str) -> str:
    """Key under which the 单位 called ``name`` is known: region prefix, 人民政府 of a town and 办事处 do not count.

    ``region`` is the portal's own (青崖县); 县财政局, 青崖财政局 and 青崖县财政局 have one key, so have 县政府办公室 and
    青崖县人民政府办公室.
    """
    key = bare_name(name)
    for prefix in _prefixes(region):
        if key.startswith(prefix) and len(key) > len(prefix) + 1:
            key = key.removeprefix(prefix)
            break
    return _SUBDISTRICT.sub("", _TOWN.sub("", _OFFICE.sub("", key)))


@lru_cache(maxsize=256)
def _prefixes(region: str) -> tuple[str, ...]:
    region = squeeze(region)
    if not region:
        return ()
    prefixes = [region]
    for tail in load("assembly")["region_tails"]:
        if region.endswith(tail) and len(region) > len(tail):
            prefixes += [region.removesuffix(tail), tail, tail[-1]]
            break
    return tuple(sorted(set(prefixes), key=len, reverse=True))


def is_government(name: str, region: str) -> bool:
    """Whether ``name`` means the government itself (政府本级), not one of its 单位."""
    plain = bare_name(name)
    words = load("assembly")
    names = set(words["government_names"])
    own = {f"{region}{tail}" for tail in words["government_tails"]} if region else set()
    return plain in names or name_key(name, region) in names or plain in own


def government_name(region: str, *texts: str) -> str:
    """What the body that runs the portal of ``region`` is called: as the ``texts`` of its home page say, else 人民政府.

    A 新区 or 开发区 has a 管理委员会 and no 人民政府.
    """
    said = "".join(squeeze(text) for text in texts)
    tails = load("assembly")["government_tails"]
    return f"{region}{next((tail for tail in tails if f'{region}{tail}' in said), tails[0])}"
