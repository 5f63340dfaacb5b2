"""Which columns a name stands for, by the vocabulary: dictionaries first, a few patterns on short names after."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

import regex

from crawler.extractors.unit_names import plain_name, unit_sureness
from crawler.vocabulary import load

PATTERN_TIMEOUT = 0.2
"""Seconds a pattern of the vocabulary may take on one name (at most 24 characters)."""
_PATTERN_MAX = 20
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.])(?=\D)")
_TAIL = re.compile(
    r"(?:\((?:\d{4}年?(?:\d{1,2}月)?)?(?:(?:试行|暂行|更新|最新|修[订改])版?|[新旧]?版|新)\)|NEW|new|[>›»]+|栏目|更多)$"
)
_PIECES = re.compile(r"[和与及、,，/·&]|以及")
_PREFIX_ENDS = (
    "市",
    "县",
    "区",
    "省",
    "旗",
    "州",
    "盟",
    "政府",
    "本级",
    "本局",
    "本机关",
    "本单位",
    "我局",
    "机关",
    "单位",
    "部门",
    "街道",
    "镇",
    "乡",
)
_INDEX = re.compile(r"^(?:index|default|list|nlist|common_list|column)(?:[_-]?\w*)?\.\w+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    exact: dict[str, tuple[str, ...]]
    prefixed: dict[str, str]
    patterns: tuple[tuple[str, "regex.Pattern[str]"], ...]
    any_pattern: "regex.Pattern[str]"
    """All patterns in one: most names match none of them."""
    exclude: dict[str, "regex.Pattern[str]"]
    weak: dict[str, str]
    stems: dict[str, str]
    tags: dict[str, str]
    statutory: dict[str, tuple[str, ...]]
    statutory_patterns: tuple[tuple[str, "regex.Pattern[str]"], ...]
    never: frozenset[str]
    longest: int


@cache
def _words() -> _Words:
    data = load("columns")
    exact: dict[str, list[str]] = {}
    prefixed: dict[str, str] = {}
    patterns: list[tuple[str, regex.Pattern[str]]] = []
    exclude: dict[str, regex.Pattern[str]] = {}
    weak: dict[str, str] = {}
    stems: dict[str, str] = {}
    tags: dict[str, str] = {}
    for kind, entry in data["types"].items():
        for name in entry["exact"]:
            exact.setdefault(plain_name(name), []).append(kind)
            if entry.get("prefix"):
                prefixed.setdefault(plain_name(name), kind)
        patterns += [(kind, regex.compile(pattern)) for pattern in entry["patterns"]]
        if entry["exclude"]:
            exclude[kind] = regex.compile("|".join(f"(?:{pattern})" for pattern in entry["exclude"]))
        for name in entry.get("weak", ()):
            weak.setdefault(plain_name(name), kind)
        for stem in entry["stems"]:
            stems.setdefault(stem, kind)
        for tag in entry["tags"]:
            tags.setdefault(plain_name(tag), kind)
    statutory: dict[str, list[str]] = {}
    statutory_patterns: list[tuple[str, regex.Pattern[str]]] = []
    for number, entry in data["statutory"].items():
        for name in entry["exact"]:
            statutory.setdefault(plain_name(name), []).append(f"statutory:{number}")
        statutory_patterns += [(f"statutory:{number}", regex.compile(pattern)) for pattern in entry["patterns"]]
    return _Words(
        exact={name: tuple(dict.fromkeys(kinds)) for name, kinds in exact.items()},
        prefixed=prefixed,
        patterns=tuple(patterns),
        any_pattern=regex.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in [*patterns, *statutory_patterns])),
        exclude=exclude,
        weak=weak,
        stems=stems,
        tags=tags,
        statutory={name: tuple(dict.fromkeys(kinds)) for name, kinds in statutory.items()},
        statutory_patterns=tuple(statutory_patterns),
        never=frozenset(plain_name(name) for name in data["never"]["exact"]),
        longest=int(data["never"]["longer_than"]),
    )


@lru_cache(maxsize=4_096)
def kinds_of_name(text: str) -> tuple[str, ...]:
    """All column types that ``text`` names, portal types first, then ``statutory:N``; () for what is no column's name."""
    words = _words()
    name = _TAIL.sub("", _NUMBERING.sub("", plain_name(text)))
    if not 2 <= len(name) <= words.longest or name in words.never:
        return ()
    may_match = len(name) <= _PATTERN_MAX and unit_sureness(name) < 2 and _hit(words.any_pattern, name)
    return tuple(dict.fromkeys(_portal_kinds(name, words, may_match) + _statutory_kinds(name, words, may_match)))


def weak_kind_of_name(text: str) -> str | None:
    """One of the four for which ``text`` stands only in the company of others of them (制度文件, 工作报告)."""
    return _words().weak.get(_TAIL.sub("", _NUMBERING.sub("", plain_name(text))))


def classify_column(name: str, url: str = "", column_type_tag: str = "") -> str | None:
    """One type for a column: by its name, else by the page tag ColumnType, else by the last folder of its address.

    A portal type wins over ``statutory:N``; None when nothing is known of it.
    """
    kinds = kinds_of_name(name)
    if kinds:
        return kinds[0]
    tag = _words().tags.get(plain_name(column_type_tag)) if column_type_tag else None
    return tag or (kind_of_stem(url) if url else None)


def statutory_items(name: str) -> tuple[int, ...]:
    """Items of 条例 (国令第711号) art. 20 that a column called ``name`` serves."""
    return tuple(int(kind.partition(":")[2]) for kind in kinds_of_name(name) if kind.startswith("statutory:"))


@lru_cache(maxsize=4_096)
def kind_of_stem(url: str) -> str | None:
    """Type that the last folder of a column's address stands for; None for articles and unknown folders."""
    path = urlsplit(url).path
    head, _, last = path.rpartition("/")
    if last and not _INDEX.match(last):
        stem = last.partition(".")[0] if last.count(".") <= 1 and not any(char.isdigit() for char in last) else ""
    else:
        stem = head.rpartition("/")[2]
    stem = re.sub(r"_\d+$", "", stem.lower())
    return _words().stems.get(stem)


def _portal_kinds(name: str, words: _Words, may_match: bool) -> tuple[str, ...]:
    kinds: tuple[str, ...] = words.exact.get(name, ())
    if not kinds:
        kinds = _prefixed_kind(name, words)
    if not kinds and may_match:
        kinds = tuple(kind for kind, pattern in words.patterns if _hit(pattern, name))[:2]
    return tuple(kind for kind in kinds if not (kind in words.exclude and _hit(words.exclude[kind], name)))


def _prefixed_kind(name: str, words: _Words) -> tuple[str, ...]:
    """县财政局信息公开指南: the longest known name at the end, after the name of a 单位 or region."""
    for cut in range(2, len(name) - 1):
        kind = words.prefixed.get(name[cut:])
        if kind is not None:
            prefix = name[:cut]
            if unit_sureness(prefix) or prefix.endswith(_PREFIX_ENDS):
                return (kind,)
    return ()


def _statutory_kinds(name: str, words: _Words, may_match: bool) -> tuple[str, ...]:
    kinds = words.statutory.get(name, ())
    pieces = [piece for piece in _PIECES.split(name) if piece]
    if len(pieces) > 1:
        kinds += tuple(kind for piece in pieces for kind in words.statutory.get(piece, ()) if len(piece) > 2)
    if not kinds and may_match:
        kinds = tuple(kind for kind, pattern in words.statutory_patterns if _hit(pattern, name))
    return tuple(dict.fromkeys(kinds))


def _hit(pattern: "regex.Pattern[str]", name: str) -> bool:
    try:
        return pattern.search(name, timeout=PATTERN_TIMEOUT) is not None
    except TimeoutError:
        return False
