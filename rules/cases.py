"""Rule cases: the small examples beside each rule, read from ``cases/<rule-id>.yaml``."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from crawler.facts import MemoryFacts
from rules.building import FactsInvalid
from rules.complaints import problems_of
from rules.errors import PackInvalid, Problem
from rules.factories import make_facts
from rules.model import Outcome
from rules.rule_files import UNFILLED
from rules.schema import FileModel, Text
from rules.yamlfile import YamlFile, read_yaml

FIRING = frozenset({Outcome.FAILED, Outcome.LEAD})


class Expectation(FileModel):
    """One thing the rule must say of the facts."""

    outcome: Outcome
    url: str | None = None
    department: str | None = None
    contains: tuple[str, ...] = ()
    """Words that the message must hold."""
    count: Annotated[int, Field(ge=1)] | None = None
    """Subjects behind the finding or line."""

    def words(self) -> str:
        details = [self.outcome.value, self.url or "", self.department or "", *(f"含“{text}”" for text in self.contains)]
        return "，".join(detail for detail in details if detail)


class CaseEntry(FileModel):
    name: Text
    """A sentence: what is special about these facts."""
    as_of: date
    facts: dict[str, Any] = Field(default_factory=dict)
    expect: Annotated[tuple[Expectation, ...], Field(min_length=1)]


class CasesFile(FileModel):
    cases: Annotated[tuple[CaseEntry, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One named example with the facts made of it."""

    rule: str
    name: str
    as_of: date
    facts: MemoryFacts
    expect: tuple[Expectation, ...]
    file: YamlFile
    index: int

    @property
    def fires(self) -> bool:
        return any(expected.outcome in FIRING for expected in self.expect)

    def problem(self, message: str) -> Problem:
        return self.file.problem(message, ("cases", self.index))


def read_cases(pack_folder: Path) -> tuple[tuple[Case, ...], list[Problem]]:
    """All cases of a pack, and what is wrong with their files."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in sorted((pack_folder / "cases").glob("*")):
        if path.suffix != ".yaml":
            problems.append(Problem(file=path, message="示例文件的扩展名应是 .yaml。"))
            continue
        try:
            read, faults = _read_file(read_yaml(path))
        except PackInvalid as error:
            problems += error.problems
            continue
        cases += read
        problems += faults
    return tuple(cases), problems


def _read_file(file: YamlFile) -> tuple[list[Case], list[Problem]]:
    try:
        raw = CasesFile.model_validate_json(json.dumps(file.plain))
    except ValidationError as error:
        known = (*CaseEntry.model_fields, *Expectation.model_fields)
        return [], problems_of(error, file, known)
    problems = _twice(raw.cases, file) + _unnamed(raw.cases, file)
    cases = []
    for index, entry in enumerate(raw.cases):
        try:
            facts = make_facts(entry.facts)
        except FactsInvalid as error:
            problems.append(file.problem(error.message, ("cases", index, "facts", *error.loc)))
            continue
        cases.append(
            Case(
                rule=file.path.stem,
                name=entry.name,
                as_of=entry.as_of,
                facts=facts,
                expect=entry.expect,
                file=file,
                index=index,
            )
        )
    return cases, problems


def _twice(entries: Sequence[CaseEntry], file: YamlFile) -> list[Problem]:
    names = [entry.name for entry in entries]
    return [
        file.problem(f"示例名称“{name}”写了两遍。", ("cases", index, "name"))
        for index, name in enumerate(names)
        if name in names[:index]
    ]


def _unnamed(entries: Sequence[CaseEntry], file: YamlFile) -> list[Problem]:
    return [
        file.problem("示例的名称还没有填写：用一句话说出它特别在哪里。", ("cases", index, "name"))
        for index, entry in enumerate(entries)
        if UNFILLED in entry.name
    ]
