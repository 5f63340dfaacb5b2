"""豁免情况: what was waived, why, by whom, until when, and what that came to in this run."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import figures, labels
from reports.addresses import Address, address
from reports.result import Unit, WaiverLine
from reports.room import fitting, html_bytes
from reports.standing import listed_name
from reports.text import cut, one_line, shorten

MAX_EXEMPT_BYTES = 120_000
"""The table of one page; result.json has every line."""
ROW_MARKUP_BYTES = 480
_ORDER = ("expired", "unused", "used")
"""What somebody has to do something about comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptRow:
    unit: str
    href: str
    """Of its scorecard; empty on the scorecard itself."""
    state: str
    state_word: str
    meaning: str
    ticket: str
    title: str
    subject: str
    address: Address | None
    reason: str
    by: str
    granted: str
    until: str
    left: str
    """Calendar days left; empty once the last day is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    counts: tuple[tuple[str, str, int], ...]
    """(state, word, number), of those there are."""
    rows: tuple[ExemptRow, ...]
    total: int

    def of(self, ticket: str) -> ExemptRow | None:
        """For the card of a waived finding."""
        return next((row for row in self.rows if row.ticket == ticket), None)


def make_exempt(pairs: Sequence[tuple[Unit, str]], as_of: str, *, most: int | None = None) -> Exempt:
    """Of one 单位 or of all; ``most``: rows at most, beside the room that a page has."""
    found = [(line, unit, href) for unit, href in pairs for line in unit.waivers]
    found.sort(key=lambda item: (_ORDER.index(item[0].state), item[0].until, item[0].ticket))
    states = [line.state for line, _, _ in found]
    rows = fitting((_row(*item, as_of) for item in found[:most]), _cost, MAX_EXEMPT_BYTES)
    return Exempt(
        counts=tuple((state, labels.WAIVER_STATE[state], states.count(state)) for state in _ORDER if state in states),
        rows=rows,
        total=len(found),
    )


def _row(line: WaiverLine, unit: Unit, href: str, as_of: str) -> ExemptRow:
    left = figures.days_between(as_of, line.until)
    return ExemptRow(
        unit=listed_name(unit),
        href=href,
        state=line.state,
        state_word=labels.WAIVER_STATE[line.state],
        meaning=labels.WAIVER_MEANING[line.state],
        ticket=cut(line.ticket, 40),
        title=one_line(line.rule_title or line.message or line.rule, 120),
        subject=one_line(line.subject, 120),
        address=address(line.url) if line.url else None,
        reason=shorten(line.reason, 300),
        by=one_line(line.by, 60),
        granted=figures.iso(line.granted),
        until=figures.iso(line.until),
        left=figures.days_left(left) if line.state != "expired" else "",
    )


def _cost(row: ExemptRow) -> int:
    link = (row.address.text, row.address.href or "") if row.address else ()
    return ROW_MARKUP_BYTES + html_bytes(row.title, row.subject, row.reason, row.by, row.meaning, *link)
