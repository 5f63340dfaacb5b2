"""What was not or could not be decided, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import labels
from reports.addresses import Address, address
from reports.result import OpenLine
from reports.room import fitting, html_bytes
from reports.text import one_line, shorten

OPEN_OUTCOMES = ("untested", "cant_tell", "error")
MAX_OPEN_BYTES = 180_000
"""Each of the three tables of undecided subjects; the workbook has every row."""
ROW_MARKUP_BYTES = 330


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    rule: str
    subject: str
    message: str
    address: Address | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGroup:
    outcome: str
    word: str
    meaning: str
    total: int
    rows: tuple[OpenRow, ...]
    left_out: int


def open_groups(lines: Sequence[OpenLine]) -> tuple[OpenGroup, ...]:
    groups = []
    for outcome in OPEN_OUTCOMES:
        found = [line for line in lines if line.outcome == outcome]
        found.sort(key=lambda line: (line.rule, line.message, line.subject, line.url))
        if found:
            rows = fitting(map(_open_row, found), _cost, MAX_OPEN_BYTES)
            groups.append(
                OpenGroup(
                    outcome=outcome,
                    word=labels.OUTCOME[outcome],
                    meaning=labels.OUTCOME_MEANING[outcome],
                    total=sum(line.count for line in found),
                    rows=rows,
                    left_out=len(found) - len(rows),
                )
            )
    return tuple(groups)


def _open_row(line: OpenLine) -> OpenRow:
    return OpenRow(
        rule=one_line(line.rule_title or line.rule, 80),
        subject=one_line(line.subject, 120),
        message=shorten(line.message, 300),
        address=address(line.url) if line.url else None,
        count=line.count,
    )


def _cost(row: OpenRow) -> int:
    link = (row.address.text, row.address.href or "") if row.address else ()
    return ROW_MARKUP_BYTES + html_bytes(row.rule, row.subject, row.message, *link)
