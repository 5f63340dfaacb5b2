"""What a name says: whether it is a 单位's, of which kind, and which region a site's name begins with."""

import re
import unicodedata
from functools import cache, lru_cache

import regex

from crawler.extractors.document import squeeze
from crawler.facts import UnitKind
from crawler.vocabulary import load

MIN_NAME, MAX_NAME = 2, 25
SURE = 2
"""Of :func:`unit_sureness`: almost surely the name of a 单位."""
_DECORATION = re.compile(r"^[>»›·•\-—–|*◆●▪【\[☆★]+|[>»›：:|】\]…·•\-—–*]+$")
_YEAR = re.compile(r"\d{4}|《|关于|[，。；？！]")


@lru_cache(maxsize=4_096)
def plain_name(text: str) -> str:
    """``text`` as names are compared: NFKC, no blanks, no marks of decoration around it."""
    return _DECORATION.sub("", squeeze(unicodedata.normalize("NFKC", text[:200])))


@cache
def _endings() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str], frozenset[str]]:
    words = load("units")
    strong, weak = tuple(words["strong_endings"]), tuple(words["weak_endings"])
    return strong, weak, frozenset(words["not_units"]), frozenset(ending[-1] for ending in strong)


def may_end_like_unit(text: str) -> bool:
    """A cheap first look: whether the last character is one that surely named 单位 end with."""
    return text[-1:] in _endings()[3]


@lru_cache(maxsize=4_096)
def unit_sureness(name: str) -> int:
    """How much ``name`` (already plain) looks like a 单位's: 2 almost surely, 1 perhaps, 0 not at all."""
    strong, weak, never, _ = _endings()
    if not MIN_NAME <= len(name) <= MAX_NAME or name in never or ":" in name or _YEAR.search(name):
        return 0
    bare = name.split("(", 1)[0] or name
    if bare.endswith(strong) and len(bare) > 2:
        return 2
    return 1 if bare.endswith(weak) and len(bare) > 2 else 0


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(load("units")["name_tails"])


@lru_cache(maxsize=4_096)
def without_tail(name: str) -> str:
    """The sure name of a 单位 that ``name`` (already plain) begins with: 县教育局政府信息公开, 县教育局(12); else ``name``."""
    bare = _tails().sub("", name)
    return bare if bare != name and unit_sureness(bare) == SURE else name


@cache
def bare_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of 单位 without their 局 (财政, 教育), and those among them that no list of topics has."""
    words = load("units")["bare_names"]
    return frozenset((*words["telling"], *words["others"])), frozenset(words["telling"])


@lru_cache(maxsize=4_096)
def unit_kind(name: str, group: str) -> UnitKind:
    """Kind of the 单位 ``name`` in a list headed ``group``; the name's end decides before the heading."""
    words = load("units")
    plain = plain_name(name)
    heading = squeeze(group)
    for rule in words["kinds_by_group"]:
        if rule["kind"] == "institution" and any(word in heading for word in rule["words"]):
            return UnitKind.INSTITUTION
    for rule in words["kinds"]:
        if plain.endswith(tuple(rule["endings"])):
            return UnitKind(rule["kind"])
    if unit_sureness(plain) == 2:
        return UnitKind.DEPARTMENT
    for rule in words["kinds_by_group"]:
        if any(word in heading for word in rule["words"]):
            return UnitKind(rule["kind"])
    return UnitKind.DEPARTMENT


@cache
def _region_patterns() -> tuple["regex.Pattern[str]", "regex.Pattern[str]", "regex.Pattern[str]"]:
    words = load("units")
    tails = "|".join(words["region_tails"])
    upper = "|".join(words["region_upper"])
    followers = "|".join(words["region_followers"])
    return (
        regex.compile(rf"^(?:中国[·•・]?)?(?P<region>\p{{Han}}{{1,14}}?(?:{tails}))(?:{followers}|$)"),
        regex.compile(rf"^\p{{Han}}{{2,}}?(?:{upper})(?=\p{{Han}}{{2,}}$)"),
        regex.compile(rf"^(?P<region>\p{{Han}}{{2,7}}?(?:{upper}|县|区|旗))(?=\p{{Han}}{{3,}}$)"),
    )


def region_prefix(site_name: str) -> str:
    """The region a site's or organ's name begins with: 青崖县人民政府门户网站 → 青崖县; ``""`` when it names none.

    Of a name with two levels the lower one counts (某省某市 → 某市), for that is how 单位 are named.
    """
    whole, upper, of_organ = _region_patterns()
    name = plain_name(site_name)
    found = whole.search(name, timeout=0.2)
    if found is None and unit_sureness(name) == 2:
        found = of_organ.search(name, timeout=0.2)
    if found is None:
        return ""
    region: str = found["region"]
    while (shorter := upper.sub("", region, count=1)) != region and shorter.endswith(tuple(load("units")["region_tails"])):
        region = shorter
    return region
