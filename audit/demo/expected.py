"""Compares the findings of a demo audit with the table of what must and must not be found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, model_validator
from ruamel.yaml import YAML

from audit.demo.plan import Part, load_plan

TABLE = Path(__file__).parent / "expected.yaml"

_UNIT_TAILS = ("人民政府", "办事处")


class Subject(Part):
    """Which findings a line of the table speaks of."""

    rule: str = ""
    rules: tuple[str, ...] = ()
    """Instead of ``rule``: any of these."""
    department: str | None = None
    """None: the portal, or any 单位 with ``any_department``."""
    any_department: bool = False
    path: str | None = None
    """Address on the portal, ``//host/…`` on another host (the host is not compared); None: any."""
    also: tuple[str, ...] = ()
    """Addresses that are as good."""
    says: str = ""
    """Words that tell one finding of an address from another: in its message."""
    why: str

    @model_validator(mode="after")
    def _one_of_rule_and_rules(self) -> Self:
        if bool(self.rule) == bool(self.rules):
            raise ValueError("a line names either rule or rules")
        return self

    @property
    def rule_ids(self) -> tuple[str, ...]:
        return self.rules or (self.rule,)

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, *self.also) if self.path is not None else ()


class MustFind(Subject):
    outcome: Literal["failed", "lead"] = "failed"
    not_on: tuple[str, ...] = ()
    """Pages that the finding must not name: they show the trap."""


class Expected(Part):
    covers: tuple[str, ...]
    """Rules of which every finding must stand in the table."""
    cannot_show: dict[str, str]
    """Every other rule of the catalogue, and why one run over this portal cannot make it fire."""
    must_find: tuple[MustFind, ...]
    must_not_find: tuple[Subject, ...]
    may_find: tuple[Subject, ...] = Field(default=())
    """Second views of a seeded fault that a rule may hold or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    missing: tuple[MustFind, ...]
    """Lines of the table that no finding meets."""
    unexpected: tuple[Mapping[str, Any], ...]
    """Findings that no line asks for."""
    traps: tuple[tuple[Subject, Mapping[str, Any]], ...]
    """Findings that fell into a trap."""

    @property
    def holds(self) -> bool:
        return not (self.missing or self.unexpected or self.traps)

    def report(self) -> str:
        """One line for everything that is wrong."""
        lines = [f"missing     {_words(line.rule, line.department, line.path)}: {line.why}" for line in self.missing]
        lines += [f"unexpected  {_finding_words(finding)}: {finding.get('message', '')}" for finding in self.unexpected]
        lines += [f"trap        {_finding_words(finding)}: {trap.why}" for trap, finding in self.traps]
        return "\n".join(lines)


@cache
def load_expected() -> Expected:
    return Expected.model_validate(YAML(typ="safe").load(TABLE))


def compare(findings: Sequence[Mapping[str, Any]], base_url: str, *, shipped: Collection[str] | None = None) -> Comparison:
    """Compare ``findings`` (lines of findings.jsonl) with the table, both ways.

    Only rules that the table covers count, and of those only ``shipped`` ones when that is given. Every line of ``must_find``
    takes one finding; what is left over fell into a trap, is allowed by ``may_find``, or is unexpected.
    """
    table = load_expected()
    covered = {rule for rule in table.covers if shipped is None or rule in shipped}
    left = [finding for finding in findings if finding["rule"] in covered]
    missing = []
    for line in table.must_find:
        if line.rule not in covered:
            continue
        met = next((each for each in left if each["outcome"] == line.outcome and _speaks_of(line, each, base_url)), None)
        if met is None or _named(met, base_url) & {_key(path) for path in line.not_on}:
            missing.append(line)
        else:
            left.remove(met)
    traps, unexpected = [], []
    for finding in left:
        trap = next((line for line in table.must_not_find if _speaks_of(line, finding, base_url)), None)
        if trap is not None:
            traps.append((trap, finding))
        elif not any(_speaks_of(line, finding, base_url) for line in table.may_find):
            unexpected.append(finding)
    return Comparison(missing=tuple(missing), unexpected=tuple(unexpected), traps=tuple(traps))


def _speaks_of(line: Subject, finding: Mapping[str, Any], base_url: str) -> bool:
    if finding["rule"] not in line.rule_ids:
        return False
    if not line.any_department and bare_name(finding.get("department")) != bare_name(line.department):
        return False
    if line.says and line.says not in str(finding.get("message") or ""):
        return False
    if not line.paths:
        return True
    return _address(str(finding.get("url") or ""), base_url) in {_key(path) for path in line.paths}


def _named(finding: Mapping[str, Any], base_url: str) -> set[str]:
    """Every page that the finding names, in the manner of :func:`_key`."""
    urls = [*finding.get("found_on", ()), *(evidence.get("url", "") for evidence in finding.get("evidence", ()))]
    return {_address(str(url), base_url) for url in urls}


def bare_name(department: str | None) -> str:
    """Name of a 单位 as far as it tells one from another; the portal's own government is the portal."""
    region = load_plan().site.region
    name = "".join((department or "").split()).removeprefix(region).removeprefix(region[-1])
    for tail in _UNIT_TAILS:
        name = name.removesuffix(tail)
    return name.removeprefix("人民").removeprefix("政府")


def _address(url: str, base_url: str) -> str:
    """``url`` in the manner of :func:`_key`."""
    parts = urlsplit(url)
    path = unquote(parts.path) or "/"
    return _key(path if parts.netloc in {"", urlsplit(base_url).netloc} else f"//outside{path}")


def _key(path: str) -> str:
    """A path of the table for comparison: which outside host is meant does not count, ``index.html`` is its folder."""
    if path.startswith("//"):
        return f"//outside/{path.removeprefix('//').partition('/')[2]}"
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def _finding_words(finding: Mapping[str, Any]) -> str:
    return _words(finding["rule"], finding.get("department"), finding.get("url"))


def _words(rule: str, department: str | None, address: str | None) -> str:
    return f"{rule} [{department or 'portal'}] {address or ''}"
