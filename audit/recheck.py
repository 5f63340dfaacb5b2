"""``zhaocuo tickets recheck``: one subject looked at again, by the same rules and with the same patience as in a whole run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from audit.bookkeeping import rules_in_force
from audit.clock import now
from audit.errors import PortalUnreachable, UsageInvalid
from audit.intake.wording import judge_wording
from audit.ledger.account import Seen, Subject
from audit.ledger.ledger import Ledger
from audit.ledger.states import State, Verb
from audit.ledger.views import Actor, Deed, TicketView
from audit.run import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREACHABLE, JudgeSettings, judge_run
from audit.second_look import StoredLook
from audit.spot_check import CheckOptions, Looked, look_at
from audit.terminal import say
from audit.ticket_words import list_lines
from audit.tickets import open_ledger
from crawler.captures import CaptureReader
from crawler.store import FactsStore
from crawler.wording import wording_at
from rules.addresses import canonical
from rules.loader import load_packs
from rules.model import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckOptions:
    """Words of ``zhaocuo tickets recheck``."""

    number: str
    by: Actor
    data: Path
    as_of: date | None = None
    packs: tuple[str, ...] = ()
    delay: float | None = None
    allow_private: bool = False
    browser: bool = True
    verdict: str = ""
    """``passed`` or ``failed``: a person has looked; ``""``: the machine looks."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Glance:
    seen: Seen
    run: str = field(default="")


def recheck(options: RecheckOptions) -> int:
    """Look, move the ticket, print it; 0 when it is fine, 1 when the fault is there still, 4 when nothing could be told."""
    with open_ledger(options.data) as ledger:
        ticket = ledger.ticket(options.number)
    glance = _of_person(options) if options.verdict else _of_machine(ticket, options)
    if glance.seen.state == "unseen":
        say(f"{ticket.number} 没有得出结论，整改单没有变化：{glance.seen.note}")
        return EXIT_UNREACHABLE
    with open_ledger(options.data) as ledger:
        ticket = _move(ledger, ticket.number, glance, options)
        click.echo("\n".join(list_lines([ticket], ledger.deadlines, now().date())))
    return EXIT_CLEAN if glance.seen.state == "fine" else EXIT_FINDINGS


def _of_person(options: RecheckOptions) -> _Glance:
    if not options.note.strip():
        raise UsageInvalid("人工复查要写明看到的情况（--note）。")
    return _Glance(seen=Seen(state="fine" if options.verdict == "passed" else "failing", note=options.note))


def _move(ledger: Ledger, number: str, glance: _Glance, options: RecheckOptions) -> TicketView:
    """The steps that the table of states allows, from where the ticket stands now."""
    ticket = ledger.ticket(number)
    with ledger.atomic():
        for verb in _verbs(ticket.state, fine=glance.seen.state == "fine", closes=ledger.policy.machine_closes):
            note = "复查通过，随即销号。" if verb is Verb.CLOSE else glance.seen.note
            ticket = ledger.act(number, Deed(verb=verb, by=options.by, at=now(), note=note, run=glance.run))
    return ticket


def _verbs(state: State, *, fine: bool, closes: bool) -> list[Verb]:
    if not fine:
        return [Verb.RETURN] if state in {State.CLOSED, State.RECHECKED} else [Verb.FAIL]
    if state is State.CLOSED:
        return []
    passing = [] if state is State.RECHECKED else [Verb.PASS]
    return [*passing, Verb.CLOSE] if closes else passing


def _of_machine(ticket: TicketView, options: RecheckOptions) -> _Glance:
    if ticket.details.get("wrong") and ticket.url:
        return _of_wording(ticket, options)
    if not ticket.rule:
        raise UsageInvalid(f"{ticket.number} 不是程序发现的，请人工查看后用 --passed 或 --failed 和 --note 记下结果。")
    packs = load_packs(options.packs or None)
    rules = rules_in_force(packs)
    if ticket.rule not in rules:
        raise UsageInvalid(f"规则 {ticket.rule} 现在没有启用，请用 --pack 指定它所在的规则包。")
    glance = _Glance(seen=Seen(state="unseen", note="没有可以查看的地址。"))
    for subject, addresses in _places(ticket):
        glance = _first_answer(ticket, subject, addresses, options)
        if glance.seen.state != "fine":
            break
    return glance


def _first_answer(ticket: TicketView, subject: str, addresses: Iterable[str], options: RecheckOptions) -> _Glance:
    """What the first of ``addresses`` that tells anything tells of the subject at ``subject``."""
    glance = _Glance(seen=Seen(state="unseen", note="没有可以查看的地址。"))
    for address in addresses:
        glance = _look(ticket, subject, address, options)
        if glance.seen.state != "unseen":
            break
    return glance


def _of_wording(ticket: TicketView, options: RecheckOptions) -> _Glance:
    """A wording that a list of people complains of: looked for in the page and in the files it links to."""
    looked = look_at(_spot(ticket, ticket.url, options))
    with FactsStore.open(looked.run.facts) as store:
        wording = wording_at(store, CaptureReader(looked.run.captures, store), looked.url)
    details = ticket.details
    return _Glance(seen=judge_wording(wording, str(details["wrong"]), str(details.get("right", ""))), run=looked.run.name)


def _places(ticket: TicketView) -> list[tuple[str, tuple[str, ...]]]:
    """Subjects, all of which must be fine, each with the addresses at which it can be seen, the best first.

    A page is seen at itself, a link from a page that named it; what is judged with pages may be an attachment, which is seen
    like a link. A group is its samples.
    """
    if ticket.samples:
        return [(sample, (sample,)) for sample in ticket.samples]
    named_on = ticket.found_on[:1]
    return [(ticket.url, (named_on or (ticket.url,)) if ticket.kind == "link" else (ticket.url, *named_on))]


def _spot(ticket: TicketView, address: str, options: RecheckOptions) -> CheckOptions:
    return CheckOptions(
        url=address,
        data=options.data,
        portal=ticket.portal_url,
        as_of=options.as_of,
        packs=options.packs,
        delay=options.delay,
        allow_private=options.allow_private,
        browser=options.browser,
    )


def _look(ticket: TicketView, url: str, address: str, options: RecheckOptions) -> _Glance:
    looked = look_at(_spot(ticket, address, options))
    subject = _subject(ticket, url)
    watch = Watch(
        addresses={ticket.rule: frozenset({canonical(url)})},
        names={ticket.rule: frozenset({ticket.subject})} if ticket.kind in {"column", "department"} else {},
    )
    return _Glance(seen=_seen(looked, subject, watch, options), run=looked.run.name)


def _subject(ticket: TicketView, url: str) -> Subject:
    return Subject(
        rule=ticket.rule,
        kind=ticket.kind,
        departments=ticket.department_names,
        url=url,
        name=ticket.subject,
        key=ticket.key,
        is_group=False,
        samples=(),
        found_on=ticket.found_on,
        found_on_count=len(ticket.found_on),
    )


def _seen(looked: Looked, subject: Subject, watch: Watch, options: RecheckOptions) -> Seen:
    rules = rules_in_force(load_packs(options.packs or None))
    looks = {}
    try:
        looked.place()
        looks = dict(judge_run(looked.run, JudgeSettings(as_of=looked.as_of, packs=options.packs, watch=watch)).looks)
    except PortalUnreachable as error:
        say(str(error))
    with FactsStore.open(looked.run.facts) as store:
        return StoredLook(store, looks, rules).at(subject)
