"""Lists of people: what the ledger knows when one comes in, and what it keeps so that the list can be given back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from audit.ledger.hosts import host_of
from audit.ledger.list_views import KeptList, KnownTicket, ListToKeep, RowToKeep
from audit.ledger.models import ListRow, ProblemList, Ticket
from audit.ledger.states import State

_CHUNK = 500


def known_tickets(portal_urls: Iterable[str]) -> Iterator[KnownTicket]:
    """All tickets of these portals, without their histories."""
    hosts = [host_of(url) for url in portal_urls]
    names = (
        "pk",
        "portal__host",
        "department__name",
        "state",
        "source",
        "source_number",
        "rule",
        "url",
        "subject",
        "message",
        "details",
    )
    rows = Ticket.objects.filter(portal__host__in=hosts).order_by("pk").values_list(*names, "closed_on")
    for pk, host, department, state, source, source_number, rule, url, subject, message, details, closed_on in rows.iterator():
        yield KnownTicket(
            number=Ticket(pk=pk).number,
            portal_host=host,
            department=department,
            state=State(state),
            source=source,
            source_number=source_number,
            rule=rule,
            url=url,
            subject=subject,
            message=message,
            wrong=str(details.get("wrong", "")),
            closed_on=closed_on,
        )


def keep(kept: ListToKeep, by: str, at: datetime) -> None:
    """Enter a list, inside the caller's transaction."""
    row = ProblemList.objects.create(
        name=kept.name[:255], sheet=kept.sheet[:255], source=kept.source, headings=list(kept.headings), entered_at=at, by=by[:100]
    )
    ListRow.objects.bulk_create(
        (
            ListRow(problem_list=row, number=each.number, cells=list(each.cells), ticket_id=int(each.ticket.removeprefix("T")))
            for each in kept.rows
        ),
        batch_size=_CHUNK,
    )


def kept_lists(source: str | None = None) -> tuple[KeptList, ...]:
    """Imported lists, oldest first."""
    rows: Any = ProblemList.objects.order_by("pk")
    if source is not None:
        rows = rows.filter(source=source)
    return tuple(
        KeptList(
            pk=row.pk,
            name=row.name,
            sheet=row.sheet,
            source=row.source,
            headings=tuple(row.headings),
            entered_at=row.entered_at,
            by=row.by,
        )
        for row in rows
    )


def rows_of(kept: KeptList) -> Iterator[RowToKeep]:
    """Rows of a list in the file's order."""
    rows = ListRow.objects.filter(problem_list=kept.pk).order_by("number", "pk").values_list("number", "cells", "ticket_id")
    for number, cells, ticket in rows.iterator():
        yield RowToKeep(number=number, cells=tuple(cells), ticket=Ticket(pk=ticket).number)
