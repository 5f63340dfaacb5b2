"""Yearly reports of the demo portal: numbers that add up and prose that differs from 单位 to 单位."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from audit.demo.plan import OddReport, read_data
from audit.demo.wording import Slots, Wording, between, number, pick

Form = Literal["early", "2019", "2021"]
Cell = int | str
"""A number, or what an odd report has in its place."""

FIRST_YEAR_OF_FORM_2021 = 2021
FIRST_YEAR_OF_FORM_2019 = 2019
_DASHES = ("-", "", "/", "—")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_COLUMNS = 6
"""Kinds of applicants; the seventh column of table three is their sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One row of 本年度办理结果."""

    group: str = ""
    """Sub-head, on the first row of its group only."""
    group_rows: int = 0
    label: str = ""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    received: tuple[Cell, ...]
    carried_in: tuple[Cell, ...]
    results: tuple[ResultRow, ...]
    total: tuple[Cell, ...]
    carried_over: tuple[Cell, ...]
    proceedings: tuple[tuple[int, ...], ...]
    """Three groups of 维持, 纠正, 其他, 尚未审结, 总计."""
    documents: tuple[int, int, int]
    """规范性文件: 本年制发, 本年废止, 现行有效."""
    decisions: tuple[int, int, int]
    """Decided in the year: 行政许可, 行政处罚, 行政强制."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    form: Form
    opening: str
    first_section: tuple[tuple[str, str], ...]
    """Aspect and its sentences."""
    problems: tuple[str, ...]
    prose: tuple[str, ...]
    """The whole text of an early report."""
    tables: Tables
    words: dict[str, Any]
    headings: tuple[int, ...]
    """Sections by number in their order."""
    said: str
    """The sentence that repeats numbers of table three."""


@cache
def report_words() -> dict[str, Any]:
    return dict(read_data("annual_report"))


def form_of(year: int) -> Form:
    if year >= FIRST_YEAR_OF_FORM_2021:
        return "2021"
    return "2019" if year >= FIRST_YEAR_OF_FORM_2019 else "early"


def write_report(wording: Wording, unit: str, years: Sequence[int], odd: OddReport) -> Report:
    """The report of ``unit`` on ``years`` (one, or two that are reported together)."""
    words = report_words()
    slots = wording.slots(date(years[-1], 12, 31), unit, years[-1], unit=unit, year="—".join(map(str, years)))
    author = odd.copies or unit
    own = wording.slots(date(years[-1], 12, 31), author, years[-1], unit=author, year="—".join(map(str, years)))
    first = tuple(
        (aspect, _sentences(own, choices, author, years[-1], aspect)) for aspect, choices in words["first_section"].items()
    )
    pairs = (("problems", "more_problems"), ("measures", "more_measures"))
    problems = tuple("".join(own.fill(pick(words[name], author, years[-1], name)) for name in pair) for pair in pairs)
    tables = make_tables(unit, years)
    if odd.carried_in:
        tables = _carried_in(tables, odd.carried_in)
    recipient = str(words["sent_to"]).format(recipient=odd.recipient) if odd.recipient else ""
    return Report(
        form=form_of(years[-1]),
        opening=slots.fill(words["opening"]) + recipient,
        first_section=first,
        problems=problems,
        prose=tuple(slots.fill(line) for line in words["early"]),
        tables=_odd_tables(tables, odd),
        words=words,
        headings=odd.headings,
        said=_said(tables, unit, years, odd),
    )


def _said(tables: Tables, unit: str, years: Sequence[int], odd: OddReport) -> str:
    received, came, left = (int(row[-1]) for row in (tables.received, tables.carried_in, tables.carried_over))
    sentence = str(report_words()["taken" if odd.taken else "said"])
    numbers = {"received": received + odd.said, "taken": received + came, "carried_in": came, "carried_over": left}
    return sentence.format(year="—".join(map(str, years)), unit=unit, **numbers)


def _carried_in(tables: Tables, number: int) -> Tables:
    """Some of the new applications of 自然人 booked as carried over: the table still balances."""
    moved = (number, *(0,) * (_COLUMNS - 1), number)
    return replace(
        tables,
        received=tuple(int(cell) - less for cell, less in zip(tables.received, moved, strict=True)),
        carried_in=tuple(int(cell) + more for cell, more in zip(tables.carried_in, moved, strict=True)),
    )


def _odd_tables(tables: Tables, odd: OddReport) -> Tables:
    """Table three as the odd report prints it."""
    rows = [tables.received, tables.carried_in, *(row.cells for row in tables.results), tables.total, tables.carried_over]
    changed = [tuple(_cell(cell, nth, column, odd) for column, cell in enumerate(row)) for nth, row in enumerate(rows)]
    received, carried_in, *middle, total, carried_over = changed
    results = tuple(replace(row, cells=cells) for row, cells in zip(tables.results, middle, strict=True))
    return replace(tables, received=received, carried_in=carried_in, results=results, total=total, carried_over=carried_over)


def _cell(cell: Cell, row: int, column: int, odd: OddReport) -> Cell:
    cell = odd.cells.get(f"r{row + 1}c{column + 1}", cell)
    if odd.dashes and cell == 0:
        return _DASHES[(row + column) % len(_DASHES)]
    return str(cell).translate(_FULL_WIDTH) if odd.full_width else cell


def _sentences(slots: Slots, choices: Sequence[str], *key: object) -> str:
    """Two different sentences of ``choices``."""
    first = number(*key) % len(choices)
    second = (first + 1 + number(*key, "second") % (len(choices) - 1)) % len(choices)
    return slots.fill(choices[first]) + slots.fill(choices[second])


def make_tables(unit: str, years: Sequence[int]) -> Tables:
    """Numbers for which the relations of the official table head hold, and 上年结转 is what the year before handed over."""
    first, last = years[0], years[-1]
    carried_in = _handed_over(unit, first - 1)
    carried_over = _handed_over(unit, last)
    handled = tuple(between(low, high, unit, last, "handled", c) for c, (low, high) in enumerate(_HANDLED))
    received = tuple(h + out - came for h, out, came in zip(handled, carried_over, carried_in, strict=True))
    results = _spread(unit, last, handled, form_of(last))
    made = between(0, 3, unit, last, "made")
    return Tables(
        received=_with_sum(received),
        carried_in=_with_sum(carried_in),
        results=results,
        total=_with_sum(handled),
        carried_over=_with_sum(carried_over),
        proceedings=tuple(_with_sum(_proceeding(unit, last, group)) for group in range(3)),
        documents=(made, _abolished(unit, last), _in_force(unit, last)),
        decisions=(
            between(20, 300, unit, last, "permits"),
            between(0, 60, unit, last, "fines"),
            between(0, 5, unit, last, "force"),
        ),
    )


_HANDLED = ((4, 26), (1, 6), (0, 1), (0, 1), (0, 2), (0, 1))
"""Fewest and most applications dealt with, by kind of applicant; at least as many as are ever handed over."""


def _handed_over(unit: str, year: int) -> tuple[int, ...]:
    return (between(0, 2, unit, year, "over"), between(0, 1, unit, year, "over by firms"), 0, 0, 0, 0)


def _proceeding(unit: str, year: int, group: int) -> tuple[int, ...]:
    if number(unit, year, group, "any") % 3:
        return (0, 0, 0, 0)
    return (
        between(0, 2, unit, year, group),
        0,
        between(0, 1, unit, year, group, "other"),
        between(0, 1, unit, year, group, "open"),
    )


def _abolished(unit: str, year: int) -> int:
    return between(0, 1, unit, year, "abolished")


def _in_force(unit: str, year: int) -> int:
    """Grows and shrinks by what was made and abolished since 2015."""
    years = range(2015, year + 1)
    return between(8, 20, unit, "in force") + sum(between(0, 3, unit, y, "made") - _abolished(unit, y) for y in years)


def _spread(unit: str, year: int, handled: Sequence[int], form: Form) -> tuple[ResultRow, ...]:
    words = report_words()
    groups: list[tuple[str, list[str]]] = [(group, list(labels)) for group, labels in words["results"]]
    if form == "2019":
        groups[-1] = (words["other_handling_2019"], [""])
    counts = [[0] * _COLUMNS for _ in range(sum(len(labels) for _, labels in groups))]
    for column, count in enumerate(handled):
        for nth in range(count):
            counts[pick(words["usual_results"], unit, year, column, nth)][column] += 1
    rows, place = [], 0
    for group, labels in groups:
        for nth, label in enumerate(labels):
            head = group if nth == 0 else ""
            rows.append(ResultRow(group=head, group_rows=len(labels), label=label, cells=_with_sum(tuple(counts[place]))))
            place += 1
    return tuple(rows)


def _with_sum(cells: tuple[int, ...]) -> tuple[int, ...]:
    return (*cells, sum(cells))
