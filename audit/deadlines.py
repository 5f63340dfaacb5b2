"""整改期限: how long each source gives, and where a ticket stands against its last day.

The figures and the operator's corrections of the calendar are ``deadlines.yaml``: the shipped one beside this file, and the one
in the data folder, which wins.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audit.errors import DeadlinesInvalid
from audit.folders import DEADLINES_NAME
from audit.working_days import Deadline, WorkCalendar
from rules.complaints import problems_of
from rules.errors import PackInvalid, Problem
from rules.yamlfile import YamlFile, read_yaml

_SHIPPED = Path(__file__).with_name(DEADLINES_NAME)

Days = Annotated[int, Field(ge=0, le=366)]


class Standing(StrEnum):
    """Where a subject stands against its last day."""

    IN_TIME = "in-time"
    DUE_SOON = "due-soon"
    """即将超期."""
    OVERDUE = "overdue"
    """超期."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _YearEnd(_Strict):
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class _Source(_Strict):
    title: str | None = None
    due_days: Days | None = None
    warn_days: Days | None = None
    basis: str | None = None


class _File(_Strict):
    schema_: Literal["zhaocuo.deadlines/1"] = Field(alias="schema")
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced_years: frozenset[int] = frozenset()
    year_end: _YearEnd | None = None
    sources: dict[str, _Source] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePeriod:
    """What one source of tickets gives: working days to mend, and how many before the last day the warning comes."""

    title: str
    due_days: int
    warn_days: int
    basis: str = ""
    """Where the figure comes from, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRules:
    """Calendar and periods in force."""

    calendar: WorkCalendar
    sources: Mapping[str, SourcePeriod]
    """By key: ``audit``, ``zhaocuo`` (找错), ``evaluation``."""
    corrected: bool = False
    """The data folder's own file had a say."""

    def due(self, received: date, *, source: str, due_days: int | None = None) -> Deadline:
        """Last day for what was received on ``received``; ``due_days`` (of a rule or pack) goes before the source's."""
        return self.calendar.due_after(received, self.period(source).due_days if due_days is None else due_days)

    def period(self, source: str) -> SourcePeriod:
        """Period of ``source``; one that is not known has that of ``audit``."""
        return self.sources.get(source) or self.sources["audit"]

    def standing(self, due: date, today: date, *, source: str) -> Standing:
        """The last day itself is in time; the warning starts ``warn_days`` working days before it."""
        if today > due:
            return Standing.OVERDUE
        return Standing.DUE_SOON if self.calendar.between(today, due) <= self.period(source).warn_days else Standing.IN_TIME

    def overdue_days(self, due: date, today: date) -> int:
        """超期天数 in working days; 0 while in time."""
        return max(0, self.calendar.between(due, today))


def load_deadlines(data: Path | None = None) -> DeadlineRules:
    """The shipped figures, corrected by ``<data>/deadlines.yaml`` where there is one.

    Raises :class:`DeadlinesInvalid` with every mistake of that file and its line.
    """
    shipped = _shipped()
    path = None if data is None else data / DEADLINES_NAME
    if path is None or not path.is_file():
        return _rules(shipped)
    return _rules(shipped, _read(path))


@lru_cache(maxsize=1)
def _shipped() -> _File:
    return _read(_SHIPPED)


def _read(path: Path) -> _File:
    try:
        file = read_yaml(path)
        read = _File.model_validate_json(json.dumps(file.plain))
    except PackInvalid as error:
        raise DeadlinesInvalid(str(error)) from error
    except ValidationError as error:
        known = [name for model in (_File, _YearEnd, _Source) for name in model.model_fields]
        problems = problems_of(error, file, known)
        raise DeadlinesInvalid("\n".join(map(str, sorted(set(problems))))) from error
    if problems := _faults(read, file):
        raise DeadlinesInvalid("\n".join(map(str, problems)))
    return read


def _faults(read: _File, file: YamlFile) -> list[Problem]:
    both = sorted(read.holidays & read.workdays)
    problems = [file.problem(f"{day} 既写成休息日又写成工作日，请删去一处。", ("workdays",)) for day in both]
    shipped = {"audit", "zhaocuo", "evaluation"}
    problems += [
        file.problem(f"来源“{key}”是新加的，请写全 title、due_days 和 warn_days。", ("sources", key))
        for key, source in read.sources.items()
        if key not in shipped and None in {source.title, source.due_days, source.warn_days}
    ]
    return problems


def _rules(shipped: _File, local: _File | None = None) -> DeadlineRules:
    files = [shipped, *([local] if local else [])]
    sources: dict[str, dict[str, object]] = {}
    for file in files:
        for key, source in file.sources.items():
            sources.setdefault(key, {}).update(source.model_dump(exclude_none=True))
    year_end = next(file.year_end for file in reversed(files) if file.year_end)
    return DeadlineRules(
        calendar=WorkCalendar(
            holidays=frozenset().union(*(file.holidays for file in files)),
            workdays=frozenset().union(*(file.workdays for file in files)),
            announced_years=frozenset().union(*(file.announced_years for file in files)),
            year_end=(year_end.month, year_end.day),
        ),
        sources={key: SourcePeriod(**values) for key, values in sources.items()},  # type: ignore[arg-type]  # checked by pydantic
        corrected=local is not None,
    )
