"""证据附录: every piece of evidence of a 单位's findings in one table, for those who must defend each line."""

from dataclasses import dataclass

from reports import figures
from reports.result import Unit
from reports.text import one_line, shorten

MAX_QUOTE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One piece of evidence."""

    number: str
    """Number of the finding it belongs to."""
    url: str
    capture: str
    fetched_at: str
    where: str
    quote: str


def exhibits(unit: Unit) -> tuple[Exhibit, ...]:
    """All evidence in the order of the findings; nothing is left out."""
    return tuple(
        Exhibit(
            number=finding.number,
            url=one_line(line.url, 300),
            capture=one_line(line.capture, 80),
            fetched_at=figures.moment(line.fetched_at),
            where=one_line(line.where, 80),
            quote=shorten(line.quote, MAX_QUOTE),
        )
        for finding in unit.findings
        for line in finding.evidence
    )
