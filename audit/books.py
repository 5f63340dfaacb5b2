"""The ledger beside an audit: what it cannot do costs a sentence, never a night's crawl."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from audit.bookkeeping import Booking, book, units_seen
from audit.errors import AuditError
from audit.ledger.account import MergeReport
from audit.ledger.ledger import Ledger
from audit.terminal import say
from audit.waivers import Waived
from crawler.facts import SiteFacts
from reports.result import AuditResult
from rules.model import Watch


@dataclass(slots=True)
class Books:
    """A ledger that may be missing; what goes wrong with it is kept as words."""

    ledger: Ledger | None
    words: list[str] = field(default_factory=list)
    failed: bool = False

    def watch(self, portal_url: str) -> Watch | None:
        try:
            return self.ledger.watch(portal_url) if self.ledger is not None else None
        except AuditError as error:
            self._give_up(error)
            return None

    def waived(self, facts: SiteFacts, as_of: date) -> tuple[Waived, ...]:
        try:
            return self.ledger.waived(facts.portal.url, as_of, units_seen(facts)) if self.ledger is not None else ()
        except AuditError as error:
            self._give_up(error)
            return ()

    def book(self, booking: Booking, at: datetime) -> AuditResult:
        """The result with what the ledger knows; as it is when there is no ledger to be had."""
        if self.ledger is None:
            if self.failed:
                self.words.append(f"本次运行没有并入台账，结果已存好；台账恢复后执行 zhaocuo judge {booking.run.name} 即可并入。")
            return booking.result
        try:
            result, report = book(self.ledger, booking, at)
        except AuditError as error:
            self._give_up(error)
            return self.book(booking, at)
        self.words += _words(report) if booking.merge else ["只是重新判断，台账没有变化。"]
        return result

    def _give_up(self, error: AuditError) -> None:
        self.ledger, self.failed = None, True
        self.words.append(str(error))


def _words(report: MergeReport) -> list[str]:
    counts = report.counts
    said = [report.note] if report.note else []
    if report.merged and counts:
        said.append(
            f"台账：新增 {counts.get('new', 0)}，仍存在 {counts.get('still', 0)}，销号 {counts.get('fixed', 0)}，"
            f"复发 {counts.get('reopened', 0)}，没有看到或没有得出结论 {counts.get('unseen', 0)}。"
        )
    return [*said, *report.warnings]


@contextmanager
def open_books(data: Path | None, now: datetime) -> Iterator[Books]:
    """The ledger of the data folder while a run is judged; None: an audit without one."""
    books = Books(ledger=None)
    if data is not None:
        try:
            books.ledger = Ledger.open(data, now, say)
        except AuditError as error:
            books.words.append(str(error))
            books.failed = True
    opened = books.ledger
    try:
        yield books
    finally:
        if opened is not None:
            opened.close()


def ledger_state(data: Path, now: datetime) -> list[str]:
    """What there is to say of the ledger before hours are spent on a crawl; [] when all is well."""
    try:
        with Ledger.open(data, now, say) as ledger:
            return [
                f"运行 {name} 并入台账时中断了，台账没有变化；执行 zhaocuo judge {name} 即可并入。"
                for name in ledger.interrupted_runs()
            ]
    except AuditError as error:
        return [f"{error}本次照常检查，但不能并入台账。"]
