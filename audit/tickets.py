"""``zhaocuo tickets``: what the commands do, between the words of the call and the ledger."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from audit.bookkeeping import ticket_line
from audit.clock import now
from audit.errors import UsageInvalid
from audit.ledger.ledger import Ledger
from audit.ledger.states import State, Verb
from audit.ledger.views import Actor, Deed, TicketQuery, TicketView
from audit.portal_file import check_web_address
from audit.terminal import say
from audit.ticket_words import list_lines, story
from audit.waiver_case import write_case

EXIT_STILL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """Words of ``zhaocuo tickets list``; None or (): not given."""

    data: Path
    portal: str | None = None
    department: str | None = None
    states: tuple[str, ...] = ()
    source: str | None = None
    overdue: bool = False
    every: bool = False
    """Closed ones too."""
    as_json: bool = False


def list_tickets(options: ListOptions) -> int:
    """Print the tickets that are asked for; those of 销号 only when they are asked for."""
    today = now().date()
    states = tuple(map(State, options.states)) or (tuple(State) if options.every else tuple(set(State) - {State.CLOSED}))
    query = TicketQuery(
        portal_url=options.portal,
        department=options.department,
        states=states,
        source=options.source,
        due_before=today if options.overdue else None,
    )
    with open_ledger(options.data) as ledger:
        if options.as_json:
            _print_json(ledger.tickets(query))
            return 0
        number = 0
        for line in list_lines(ledger.tickets(query), ledger.deadlines, today):
            click.echo(line)
            number += 1
    say(f"共 {number} 张整改单。" if number else "没有符合条件的整改单。")
    return 0


def _print_json(tickets: Iterator[TicketView]) -> None:
    click.echo(json.dumps([ticket_line(ticket).model_dump() for ticket in tickets], ensure_ascii=False, indent=1))


def show_ticket(number: str, data: Path, *, as_json: bool) -> int:
    with open_ledger(data) as ledger:
        ticket = ledger.ticket(number)
        if as_json:
            click.echo(json.dumps(ticket_line(ticket).model_dump(), ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(story(ticket, ledger.deadlines, now().date())))
    return 0


def do(number: str, data: Path, verb: Verb, by: Actor, *, note: str = "", proof: str = "") -> int:
    """One deed, and the ticket's line as it stands then."""
    if proof:
        _check_proof(proof)
    with open_ledger(data) as ledger:
        ticket = ledger.act(number, Deed(verb=verb, by=by, at=now(), note=note, proof=proof))
        _receipt(ledger, ticket)
    return 0


def waive(number: str, data: Path, by: Actor, *, reason: str, until: date) -> int:
    """Waive, and write the skeleton of a rule case: what a waiver says once, a case says for good."""
    with open_ledger(data) as ledger:
        ticket = ledger.act(number, Deed(verb=Verb.WAIVE, by=by, at=now(), note=reason, until=until))
        _receipt(ledger, ticket)
    if ticket.rule:
        say(f"规则示例的草稿写在 {write_case(data, ticket)}，请规则作者补全后放进规则包。")
    return 0


def open_ledger(data: Path) -> Ledger:
    ledger = Ledger.open(data, now(), say)
    for name in ledger.interrupted_runs():
        say(f"运行 {name} 并入台账时中断了，台账没有变化；执行 zhaocuo judge {name} 即可并入。")
    return ledger


def _check_proof(proof: str) -> None:
    try:
        check_web_address(proof)
    except ValueError as error:
        raise UsageInvalid(f"--proof：{error}。") from error


def _receipt(ledger: Ledger, ticket: TicketView) -> None:
    click.echo("\n".join(list_lines([ticket], ledger.deadlines, now().date())))
