"""``zhaocuo tickets export``: the master ledger, and imported lists as they came with what became of each row."""

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.errors import OutputUnwritable
from audit.folders import reason
from audit.intake.standing import columns_of
from audit.intake.vocabulary import vocabulary
from audit.ledger.ledger import Ledger
from audit.ledger.list_views import KeptList, RowToKeep
from audit.ledger.views import TicketQuery, TicketView

MASTER = "台账"
MAX_CELL = 32_767
"""Characters Excel takes in one cell; xlsxwriter drops a longer text without a word."""
MAX_ROWS = 1_000_000
CUT = "……（已截断）"
_GIVEN_BACK = ("ticket", "result", "conclusion", "closed")
"""Columns a list gets behind its own when it has none of them."""
_FILLED_IN = ("measures", "result", "proof", "recheck_time", "rechecker", "conclusion", "closed")
_WIDTHS = {"message": 50, "url": 44, "parent_url": 44, "proof": 44, "standard": 34, "measures": 40, "path": 28, "remarks": 24}
_NARROW = 14
_FORBIDDEN_IN_NAMES = frozenset("[]:*?/\\'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    tickets: int
    lists: int


def export_lists(ledger: Ledger, path: Path, query: TicketQuery) -> Exported:
    """Write ``path`` atomically: the master ledger of the tickets that ``query`` lets pass, then a sheet for each imported list.

    All text stays text. Raises :class:`OutputUnwritable`.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        exported = _write(ledger, draft, query)
        draft.replace(path)
    except OSError as error:
        raise OutputUnwritable(f"{path} 无法写入（{reason(error)}），请换一个位置或修改权限。") from error
    finally:
        draft.unlink(missing_ok=True)
    return exported


def _write(ledger: Ledger, draft: Path, query: TicketQuery) -> Exported:
    import xlsxwriter  # noqa: PLC0415  only this command needs it

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # Tickets name people and faults: the file is its owner's from the first byte.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        book = xlsxwriter.Workbook(file, options)
        book.set_properties({"title": "整改台账", "author": ""})
        exported = _fill(ledger, _Pen(book), query)
        book.close()
    return exported


def _fill(ledger: Ledger, pen: "_Pen", query: TicketQuery) -> Exported:
    """The master ledger first: what the lists say of their rows is gathered on the way, so that no ticket is held."""
    names = vocabulary().names
    kept = ledger.kept_lists(query.source)
    listed = {row.ticket for each in kept for row in ledger.rows_of(each)}
    standing: dict[str, Mapping[str, str]] = {}
    total = 0

    def master() -> Iterator[Sequence[str]]:
        nonlocal total
        for total, ticket in enumerate(ledger.tickets(query), 1):
            if ticket.number in listed:
                standing[ticket.number] = columns_of(ticket)
            yield _ledger_row(total, ticket)

    pen.sheet(MASTER, [(names[name], _WIDTHS.get(name, _NARROW)) for name in vocabulary().ledger], master())
    lists = 0
    for each in kept:
        rows = [row for row in ledger.rows_of(each) if row.ticket in standing]
        if rows:
            pen.sheet(each.sheet or each.name, *_list_rows(each, rows, standing))
            lists += 1
    return Exported(tickets=total, lists=lists)


Heads = Sequence[tuple[str, int]]


class _Pen:
    """Writes sheets of text."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._head = book.add_format(
            {"bold": True, "bg_color": "#1D4E89", "font_color": "#FFFFFF", "text_wrap": True, "border": 1}
        )
        self._cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})

    def sheet(self, name: str, heads: Heads, rows: Iterable[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(self._name(name))
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self._head)
        for number, row in enumerate(rows, 1):
            if number >= MAX_ROWS:
                return
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(
                        number, column, text if len(text) <= MAX_CELL else text[: MAX_CELL - len(CUT)] + CUT, self._cell
                    )

    def _name(self, wanted: str) -> str:
        """A name Excel takes: 31 characters, none of its signs, none twice."""
        bare = "".join(char for char in wanted if char not in _FORBIDDEN_IN_NAMES).strip()[:31] or "清单"
        name, number = bare, 2
        while name.casefold() in self._names or (name == MASTER and wanted != MASTER) or name.casefold() == "history":
            name = f"{bare[:26]}（{number}）"
            number += 1
        self._names.add(name.casefold())
        return name


def _list_rows(
    kept: KeptList, rows: Iterable[RowToKeep], standing: Mapping[str, Mapping[str, str]]
) -> tuple[Heads, Iterator[Sequence[str]]]:
    """The list's own headings and cells; the ledger's columns filled in where it has them, added behind where not."""
    words = vocabulary()
    own: dict[str, int] = {}
    for index, heading in enumerate(kept.headings):
        field = words.field_of(heading) if heading else None
        if field is not None:
            own.setdefault(field, index)
    added = [name for name in _GIVEN_BACK if name not in own]
    heads = [(heading, _NARROW) for heading in kept.headings] + [(words.names[name], _NARROW) for name in added]
    return heads, (_given_back(row, len(kept.headings), own, added, standing[row.ticket]) for row in rows)


def _given_back(
    row: RowToKeep, width: int, own: Mapping[str, int], added: Sequence[str], standing: Mapping[str, str]
) -> Sequence[str]:
    cells = [*row.cells, *[""] * width][:width]
    said = {**standing, "ticket": row.ticket}
    for name in (*_FILLED_IN, "ticket"):
        if name in own and name in said:
            cells[own[name]] = said[name]
    return [*cells, *(said.get(name, "") for name in added)]


def _ledger_row(number: int, ticket: TicketView) -> Sequence[str]:
    details = {name: str(value) for name, value in ticket.details.items() if isinstance(value, str | int | float)}
    parents = "\n".join(ticket.found_on[:20])
    cells = {
        **details,
        "number": str(number),
        "ticket": ticket.number,
        "department": ticket.department or ticket.portal_name or ticket.portal_host,
        "indicator1": details.get("indicator1", ticket.pack),
        "indicator2": details.get("indicator2", ticket.rule_title),
        "standard": details.get("standard", ticket.clause),
        "message": ticket.message,
        "url": ticket.url,
        "path": ticket.subject,
        "parent_url": details.get("parent_url", parents),
        "found": ticket.first_seen.isoformat() if ticket.first_seen else "",
        "snapshot": details.get("snapshot", ticket.seen_run),
        "due": ticket.due.isoformat() if ticket.due else "",
        "remarks": details.get("remarks", "整改时限为暂定。" if ticket.due_provisional else ""),
        **columns_of(ticket),
    }
    return [cells.get(name, "") for name in vocabulary().ledger]
