"""即将超期: columns that are in time today and stop being so within the warning time of their pack."""

from collections.abc import Iterator, Sequence
from datetime import date

from reports.result import DueSoonLine
from rules.model import Evaluation, Expiry, Pack


class Expiries:
    """Last days of everything that passed, by 单位 and address; the earliest where several rules hold one column."""

    def __init__(self, evaluation: Evaluation, packs: Sequence[Pack]) -> None:
        self._packs = {pack.id: pack for pack in packs}
        self._first: dict[tuple[str | None, str], Expiry] = {}
        for expiry in evaluation.expiries:  # sorted by last day
            self._first.setdefault((expiry.department, expiry.url), expiry)

    def of(self, department: str | None, url: str) -> Expiry | None:
        return self._first.get((department, url))

    def is_due_soon(self, expiry: Expiry, as_of: date) -> bool:
        """The last day itself is in time, and warned of."""
        pack = self._packs.get(expiry.pack)
        start = pack.warned_from(expiry) if pack else None
        return start is not None and start <= as_of <= expiry.last_day

    def due_soon(self, department: str | None, as_of: date) -> tuple[DueSoonLine, ...]:
        """Lines of a card, most urgent first."""
        return tuple(_line(expiry, as_of) for expiry in self._of_unit(department) if self.is_due_soon(expiry, as_of))

    def _of_unit(self, department: str | None) -> Iterator[Expiry]:
        return (expiry for (owner, _), expiry in self._first.items() if owner == department)


def _line(expiry: Expiry, as_of: date) -> DueSoonLine:
    return DueSoonLine(
        kind="column",
        title=f"{expiry.subject}（最近更新 {expiry.renewed.isoformat()}）",
        url=expiry.url,
        due=expiry.last_day.isoformat(),
        days_left=(expiry.last_day - as_of).days,
    )
