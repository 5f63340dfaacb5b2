"""``zhaocuo tickets import``: a list checked to its last row, then entered whole or not at all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from audit.errors import IntakeRefused, TransitionRefused
from audit.intake.answers import answer_of
from audit.intake.places import Places
from audit.intake.planning import Fate, Plan, PlannedRow, Planner
from audit.intake.rows import Problem, Row, read_rows
from audit.intake.sheets import read_sheets
from audit.intake.tables import Table, find_table
from audit.ledger.ledger import Ledger
from audit.ledger.list_views import ListToKeep, RowToKeep
from audit.ledger.states import Verb
from audit.ledger.views import Actor, Deed, NewTicket

MAX_TOLD = 200
"""Faulty rows named one by one; a list with more has one mistake many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    path: Path
    source: str
    """Key of ``deadlines.yaml``."""
    by: Actor
    at: datetime
    portal: str | None = None
    """Home page of the portal, for rows that do not say."""
    received: date | None = None
    """Day from which working days count; None: the day the row was found on, else today."""
    due: date | None = None
    """Last day of all rows that name none."""
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What was done, or would be."""

    counts: Counter[Fate]
    answered: int
    """Tickets that now say how they were mended."""
    remarks: tuple[str, ...]
    """Whole sentences for the person at the terminal."""


def import_list(ledger: Ledger, options: ImportOptions) -> Import:
    """Enter the problems of a list.

    Raises :class:`IntakeRefused` with every faulty row, and nothing is entered then.
    """
    tables, remarks = _tables(options.path)
    rows, problems = _rows(tables, options.at.date())
    with ledger.atomic():  # nobody changes a ticket between the look at it and the entry
        plan = _plan(ledger, rows, options)
        problems += plan.problems
        answers = [] if problems else _answers(ledger, plan, options, problems)
        if problems:
            raise IntakeRefused(_all(problems, options.path))
        if not options.dry_run:
            _enter(ledger, plan, tables, options)
            for number, deed in answers:
                ledger.act(number, deed)
    counts = Counter(planned.fate for planned in plan.rows)
    return Import(counts=counts, answered=len(answers), remarks=(*remarks, *_remarks(plan)))


def _tables(path: Path) -> tuple[list[Table], list[str]]:
    tables, remarks, refused = [], [], []
    sheets = read_sheets(path)
    for sheet in sheets:
        table, why = find_table(sheet)
        if table is not None:
            tables.append(table)
        elif why:
            refused.append(why)
        elif any(any(row) for row in sheet.rows):
            remarks.append(f"工作表“{sheet.name}”里没有找到问题清单的表头，没有导入。")
    if refused or not tables:
        refused = refused or [
            f"{path} 里没有找到表头：前 30 行里没有哪一行有两个以上认得的列名（例如 责任单位、问题描述、问题页面地址）。"
        ]
        raise IntakeRefused("\n".join(refused))
    said = (
        f"工作表“{table.sheet}”的这些列没有认出来，原样保留：{'、'.join(table.unknown)}。" for table in tables if table.unknown
    )
    return tables, [*remarks, *said]


def _rows(tables: Sequence[Table], today: date) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for table in tables:
        for row, found in read_rows(table, today):
            problems += found
            if row is not None:
                rows.append(row)
    return rows, problems


def _all(problems: Sequence[Problem], path: Path) -> str:
    rows = len({(problem.sheet, problem.row) for problem in problems})
    lines = [str(problem) for problem in problems[:MAX_TOLD]]
    if len(problems) > MAX_TOLD:
        lines.append(f"…… 另有 {len(problems) - MAX_TOLD} 处，没有逐条列出。")
    return "\n".join((*lines, f"{path} 有 {rows} 行需要改正，这一次一行也没有导入。"))


def _plan(ledger: Ledger, rows: Sequence[Row], options: ImportOptions) -> Plan:
    urls = list(ledger.portals())
    portal = options.portal
    if portal is not None and portal not in urls:
        urls.append(portal)
    places = Places({url: ledger.departments(url) for url in urls})
    received = options.received or options.at.date()
    only = urls[0] if len(urls) == 1 else None
    planner = Planner(places, ledger.known_tickets(urls), portal=portal, only=only, received=received)
    return planner.plan(rows, options.source)


def _answers(ledger: Ledger, plan: Plan, options: ImportOptions, problems: list[Problem]) -> list[tuple[str, Deed]]:
    """What rows with a ticket's number say of its mending; rows that may not say so become problems."""
    deeds: list[tuple[str, Deed]] = []
    for planned in plan.rows:
        if planned.fate is not Fate.ANSWERS:
            continue
        try:
            deed = answer_of(planned.row, ledger.ticket(planned.ticket), options.at)
        except TransitionRefused as error:
            problems.append(Problem(sheet=planned.row.sheet, row=planned.row.number, message=str(error)))
            continue
        if deed is not None and (planned.ticket, deed) not in deeds:  # the ledger's sheet and the list's own may both say it
            deeds.append((planned.ticket, deed))
    return deeds


def _enter(ledger: Ledger, plan: Plan, tables: Sequence[Table], options: ImportOptions) -> None:
    made = iter(ledger.register_all([_new(row, options) for row in plan.rows if row.fate is Fate.NEW], options.by, options.at))
    numbers: list[str] = []
    for planned in plan.rows:
        numbers.append(_number(planned, made, numbers))
        if planned.fate is Fate.RETURNS:
            note = f"{options.path.name} 第 {planned.row.number} 行又列出了这个问题。"
            ledger.act(planned.ticket, Deed(verb=Verb.RETURN, by=options.by, at=options.at, note=note))
    known_before = all(planned.fate in {Fate.KNOWN, Fate.ANSWERS, Fate.SKIPPED} for planned in plan.rows)
    if known_before and _kept_before(ledger, plan, numbers):
        return
    for table in tables:
        pairs = zip(plan.rows, numbers, strict=True)
        kept = [
            RowToKeep(number=planned.row.number, cells=planned.row.cells, ticket=number)
            for planned, number in pairs
            if planned.row.sheet == table.sheet and number and planned.fate is not Fate.ANSWERS
        ]
        if kept:
            name = options.path.name
            ledger.keep_list(
                ListToKeep(name=name, sheet=table.sheet, source=options.source, headings=table.headings, rows=kept),
                options.by,
                options.at,
            )


def _kept_before(ledger: Ledger, plan: Plan, numbers: Sequence[str]) -> bool:
    """Whether the rows stand in a kept list already, cell for cell: importing a file twice keeps it once."""
    rows = {(planned.row.cells, number) for planned, number in zip(plan.rows, numbers, strict=True) if planned.fate is Fate.KNOWN}
    kept = {(row.cells, row.ticket) for each in ledger.kept_lists() for row in ledger.rows_of(each)}
    return rows <= kept


def _number(planned: PlannedRow, made: Iterator[str], numbers: Sequence[str]) -> str:
    """Number of the ticket that stands for the row; "" for a row that is no problem."""
    if planned.fate is Fate.NEW:
        return next(made)
    return numbers[planned.same_as] if planned.same_as is not None else planned.ticket


def _new(planned: PlannedRow, options: ImportOptions) -> NewTicket:
    row, place = planned.row, planned.place
    assert place is not None
    received = options.received or row.found or options.at.date()
    kept = (
        "indicator1",
        "indicator2",
        "standard",
        "parent_url",
        "parent_title",
        "attachment_title",
        "title",
        "points",
        "snapshot",
    )
    details = {
        name: row.text(name) for name in (*kept, "wrong", "right", "problem_type", "site_id_code", "remarks") if row.text(name)
    }
    return NewTicket(
        portal_url=place.portal_url,
        source=options.source,
        message=row.message,
        received=received,
        department=place.department,
        source_number=row.text("source_number"),
        url=row.url,
        subject=row.subject,
        rule_title=row.text("problem_type"),
        due=row.due or options.due,
        details=details,
        note=f"{options.path.name} 第 {row.number} 行。",
    )


def _remarks(plan: Plan) -> list[str]:
    said = []
    if plan.guessed:
        said.append(f"{plan.guessed} 行没有写责任单位，按网址认定。")
    if plan.without_department:
        said.append(f"{plan.without_department} 行看不出责任单位，记在门户名下。")
    if plan.new_departments:
        said.append(f"这些单位台账里原来没有，已新建：{'、'.join(sorted(plan.new_departments))}；若是笔误，请改正后重新导入。")
    return said
