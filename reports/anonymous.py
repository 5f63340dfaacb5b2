"""盲审: a result in which nothing tells which portal and which 单位 it is about, and the key to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from reports.result import CONTACT, AuditResult, Unit

HIDDEN = "（盲审，已隐去）"
PORTAL = "受检门户"
REGION = "某地"
_WEB = re.compile(r"(?:https?://|(?<![\w@])www\.)[^\s，。；、）)“”\"'<>]+", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|cc|top|xyz|info|site|online|vip)(?![\w.-])", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TOWN = re.compile(r"(?:人民政府|办事处)$")
_MIN_NAME = 3
"""Shorter names (公安) are common words as well: they are no names of one 单位."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """The result for reviewers, and who is who for the one who put it together."""

    result: AuditResult
    key: tuple[tuple[str, str], ...]
    """(code, name) of every 单位, by code."""


def blind(result: AuditResult) -> Blind:
    """``result`` with codes for the names of its 单位 and without addresses; finding numbers and captures stay as they are.

    The codes follow a hash of the names, not the portal's own list, whose order would tell; every rendering gives the same.
    """
    names = sorted((unit.name for unit in result.units if unit.kind != "portal"), key=lambda name: sha256(name.encode()).digest())
    codes = {name: f"单位{number:02d}" for number, name in enumerate(names, start=1)}
    hide = _Hider(result, codes)
    raw = hide.value(result.model_dump(by_alias=True))
    for shown, unit in zip(raw["units"], result.units, strict=True):
        shown["slug"] = shown["name"] = codes.get(unit.name, PORTAL)
    raw["portal"] = {"name": PORTAL, "url": "", "site_id_code": None}
    raw["run"] = ""
    raw["settings"].pop(CONTACT, None)
    for signed in (
        *(line for unit in raw["units"] for line in unit["waivers"]),
        *(e for t in raw["tickets"] for e in t["history"]),
    ):
        signed["by"] = HIDDEN if signed["by"] else ""
    raw["units"].sort(key=lambda unit: (unit["kind"] != "portal", unit["name"]))
    return Blind(result=AuditResult.model_validate(raw), key=tuple((code, name) for name, code in codes.items()))


class _Hider:
    """Takes names and addresses out of every text."""

    def __init__(self, result: AuditResult, codes: Mapping[str, str]) -> None:
        region = _region(result.units)
        names = {variant: code for name, code in codes.items() for variant in _variants(name, region)}
        portal = next((unit for unit in result.units if unit.kind == "portal"), None)
        for name in (result.portal.name, portal.name if portal else ""):
            if name:
                names.setdefault(name, PORTAL)
        for name in (region, region[:-1]):
            if len(name) >= 2:
                names.setdefault(name, REGION)
        if result.portal.site_id_code:
            names[result.portal.site_id_code] = HIDDEN
        self._names = names
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if names else None

    def value(self, value: Any) -> Any:
        """``value`` with all its texts hidden; keys of mappings are our own words and stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: value if key in _KEPT else self.value(value) for key, value in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return value

    def text(self, text: str) -> str:
        text = _HOST.sub(HIDDEN, _MAIL.sub(HIDDEN, _WEB.sub(HIDDEN, text)))
        return self._pattern.sub(lambda match: self._names[match[0]], text) if self._pattern else text


_KEPT = frozenset({"schema", "fingerprint", "number", "capture", "rule", "pack", "clause", "as_of", "started", "finished"})


def _variants(name: str, region: str) -> tuple[str, ...]:
    """The name as lists and articles write it: without the region's, and without 人民政府 of a town or 办事处."""
    short = _TOWN.sub("", name)
    own = (name.removeprefix(region), short.removeprefix(region), region[-1:] + name.removeprefix(region))
    return (name, *(each for each in (short, *own) if len(each) >= _MIN_NAME))


def _region(units: tuple[Unit, ...]) -> str:
    """What the names of most 单位 begin with (青岭县), ``""`` where they share nothing."""
    starts: dict[str, int] = {}
    for unit in units:
        match = re.match(r"[\u4e00-\u9fff]{2,6}?[县市区旗州]", unit.name)
        if match:
            starts[match[0]] = starts.get(match[0], 0) + 1
    best = max(starts, key=lambda start: (starts[start], start), default="")
    return best if starts.get(best, 0) * 2 > len(units) else ""
