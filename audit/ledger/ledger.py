"""The ledger as the rest of the house sees it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from audit.deadlines import DeadlineRules, load_deadlines
from audit.errors import LedgerUnusable
from audit.ledger.account import MergeReport, RunAccount, SecondLook, UnitSeen
from audit.ledger.database import describe, release, use
from audit.ledger.hosts import host_of
from audit.ledger.list_views import KeptList, KnownTicket, ListToKeep, RowToKeep
from audit.ledger.policy import Policy, load_policy
from audit.ledger.upgrade import bring_up_to_date
from audit.ledger.views import Actor, Deed, DepartmentView, NewTicket, TicketQuery, TicketView
from audit.waivers import Waived
from rules.model import Watch

# Models can be imported only when Django knows its database, so every method imports what it needs.
# ruff: noqa: PLC0415


def _silent(_: str) -> None:
    return


class Ledger:
    """One open ledger; a process has one at a time. Use it as a context manager."""

    def __init__(self, deadlines: DeadlineRules, policy: Policy) -> None:
        self.deadlines, self.policy = deadlines, policy

    @classmethod
    def open(cls, data: Path, now: datetime, say: Callable[[str], None] = _silent) -> Self:
        """The ledger of the data folder, made or brought up to date when need be; ``say`` is told of upgrades.

        Raises :class:`LedgerUnusable` with one sentence when it is broken, foreign, of a newer program, or out of reach;
        :class:`~audit.errors.DeadlinesInvalid` for a wrong ``deadlines.yaml``.
        """
        deadlines, policy = load_deadlines(data), load_policy(data)
        description = describe(data)
        use(description)
        from django.db import DatabaseError

        try:
            bring_up_to_date(description, now, say)
        except DatabaseError as error:
            release()
            raise LedgerUnusable(_sentence(description, error)) from error
        except LedgerUnusable:
            release()
            raise
        return cls(deadlines, policy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        release()

    def atomic(self) -> AbstractContextManager[None]:
        """Everything inside is kept, or nothing; calls may be nested."""
        from django.db import transaction

        manager: AbstractContextManager[None] = transaction.atomic()
        return manager

    # -- reading --------------------------------------------------------------------------------------------------------

    def ticket(self, number: str) -> TicketView:
        """Raises :class:`~audit.errors.TicketNotFound`."""
        from audit.ledger.reading import ticket_row, view

        return view(ticket_row(number))

    def tickets(self, query: TicketQuery | None = None) -> Iterator[TicketView]:
        """In the order of their numbers, with their histories; read in pieces."""
        from audit.ledger.reading import views

        return views(query or TicketQuery())

    def count(self, query: TicketQuery | None = None) -> int:
        from audit.ledger.reading import count

        return count(query or TicketQuery())

    def portals(self) -> tuple[str, ...]:
        """Home pages of all portals, by host."""
        from audit.ledger.models import Portal

        return tuple(Portal.objects.order_by("host").values_list("url", flat=True))

    def departments(self, portal_url: str) -> tuple[DepartmentView, ...]:
        from audit.ledger.models import Department
        from audit.ledger.reading import department_views

        return department_views(Department.objects.filter(portal__host=host_of(portal_url)).order_by("name"))

    def runs_of_unsettled_tickets(self) -> frozenset[str]:
        """Names of the run folders that hold the evidence of tickets that are not closed: they must not be deleted."""
        from audit.ledger.models import Event, Ticket
        from audit.ledger.states import Role, State

        seen = Ticket.objects.exclude(state=State.CLOSED.value).exclude(seen_run=None)
        # What a person has rechecked rests on the spot check that was made for it.
        rechecked = Event.objects.exclude(ticket__state=State.CLOSED.value).exclude(role=Role.MACHINE.value).exclude(run="")
        return frozenset(seen.values_list("seen_run__name", flat=True).distinct()) | frozenset(
            rechecked.order_by().values_list("run", flat=True).distinct()
        )

    def shown_since(self, as_of: date) -> date:
        """Tickets closed before this day are not listed any more."""
        return as_of - timedelta(days=self.policy.closed_days_shown)

    # -- a run ----------------------------------------------------------------------------------------------------------

    def watch(self, portal_url: str) -> Watch:
        """What the engine should look at again for the portal's tickets."""
        from audit.ledger.watching import watch

        with self._or_unusable():
            return watch(host_of(portal_url))

    def waived(self, portal_url: str, as_of: date, units: Iterable[UnitSeen] = ()) -> tuple[Waived, ...]:
        """What the waivers in force on ``as_of`` cover, for a run that found these 单位."""
        from audit.ledger.watching import waived

        with self._or_unusable():
            return waived(host_of(portal_url), as_of, units)

    def merge(self, account: RunAccount, look: SecondLook, at: datetime) -> MergeReport:
        """Take a judged run in; all of it or nothing.

        Raises :class:`LedgerUnusable` when the database fails on the way; the run can be merged later.
        """
        from audit.ledger.merge import begin_run, merge_run

        with self._or_unusable():
            begin_run(account)
            with self.atomic():
                return merge_run(account, look, at, self.deadlines, self.policy)

    def answer(self, account: RunAccount) -> MergeReport:
        """What the ledger knows of a run that it is not told of: tickets as they stand."""
        from audit.ledger.merge import answer_run

        with self._or_unusable():
            return answer_run(account)

    def interrupted_runs(self) -> tuple[str, ...]:
        """Runs whose merge was begun and cut off, nothing of which is in the ledger; none that a later run has overtaken."""
        from audit.ledger.models import Run

        cut_off = Run.objects.filter(merged=False).order_by("pk")
        return tuple(run.name for run in cut_off if not run.portal.runs.filter(merged=True, pk__gt=run.pk).exists())

    @contextmanager
    def _or_unusable(self) -> Iterator[None]:
        from django.db import DatabaseError, connection

        try:
            yield
        except DatabaseError as error:
            raise LedgerUnusable(_sentence(connection.settings_dict, error)) from error

    def known_tickets(self, portal_urls: Iterable[str]) -> Iterator[KnownTicket]:
        """All tickets of these portals with as much as decides whether a row of a list means one of them."""
        from audit.ledger.lists import known_tickets

        return known_tickets(portal_urls)

    def kept_lists(self, source: str | None = None) -> tuple[KeptList, ...]:
        """Imported lists, oldest first."""
        from audit.ledger.lists import kept_lists

        return kept_lists(source)

    def rows_of(self, kept: KeptList) -> Iterator[RowToKeep]:
        """Rows of an imported list in the file's order."""
        from audit.ledger.lists import rows_of

        return rows_of(kept)

    # -- writing --------------------------------------------------------------------------------------------------------

    def act(self, number: str, deed: Deed) -> TicketView:
        """Do ``deed`` to a ticket; returns it as it stands then.

        Raises :class:`~audit.errors.TicketNotFound`, :class:`~audit.errors.TransitionRefused`,
        :class:`~audit.errors.UsageInvalid`.
        """
        from audit.ledger.desk import act
        from audit.ledger.reading import ticket_row, view

        with self.atomic():
            row = act(number, deed, self.deadlines)
            return view(ticket_row(row.number))

    def register(self, new: NewTicket, by: Actor, at: datetime) -> TicketView:
        """Enter a problem that a person reports."""
        from audit.ledger.desk import register
        from audit.ledger.reading import ticket_row, view

        with self.atomic():
            row = register(new, by, at, self.deadlines)
            return view(ticket_row(row.number))

    def register_all(self, news: Sequence[NewTicket], by: Actor, at: datetime) -> tuple[str, ...]:
        """Enter a whole list; numbers of the tickets in its order. All of it or nothing."""
        from audit.ledger.desk import register_all

        with self.atomic():
            return tuple(row.number for row in register_all(news, by, at, self.deadlines))

    def keep_list(self, kept: ListToKeep, by: Actor, at: datetime) -> None:
        """Keep an imported list as it was written, each row with its ticket."""
        from audit.ledger.lists import keep

        with self.atomic():
            keep(kept, by.name, at)

    def set_contact(self, portal_url: str, department: str, *, responsible: str, contact: str = "") -> None:
        """责任人 of a 单位, and how to reach them."""
        from audit.ledger.desk import department_row, portal_row

        with self.atomic():
            row = department_row(portal_row(portal_url), department)
            if row is not None:
                row.responsible, row.contact = responsible[:100], contact[:255]
                row.save(update_fields=["responsible", "contact"])

    def forget_runs(self, names: frozenset[str], before: date) -> int:
        """Drop what the ledger noted of these runs' single sightings, older than ``before``; histories stay. Returns how many."""
        from audit.ledger.models import Seen

        deleted, _ = Seen.objects.filter(run__name__in=names, run__as_of__lt=before).delete()
        return int(deleted)


def _sentence(description: dict[str, Any], error: Exception) -> str:
    place = description["NAME"]
    text = str(error)
    if "locked" in text:
        return f"台账 {place} 正被别的程序长时间占用，请稍后再试。"
    if "readonly" in text or "unable to open" in text:
        return f"台账 {place} 无法读写，请检查数据目录的权限。"
    if description["ENGINE"].endswith("sqlite3"):
        return f"{place} 不是整改台账，或者已经损坏，请移走它，或从备份恢复。"
    return f"连不上台账数据库 {place}（{type(error).__name__}），请检查 ZHAOCUO_DATABASE_URL 和数据库服务。"
