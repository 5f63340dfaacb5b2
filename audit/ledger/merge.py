"""A judged run taken into the ledger: in one transaction, so that it is all there or not at all."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from audit.deadlines import DeadlineRules
from audit.ledger.account import Change, Coverage, Fault, MergeReport, RunAccount, SecondLook, Seen, TicketMark
from audit.ledger.answer import mark_of, marks_of_merged, settled_in, trends
from audit.ledger.changes import Changes, note_seen
from audit.ledger.desk import portal_row
from audit.ledger.held import Held, chunks, hold_closed, hold_since, hold_unsettled, subjects
from audit.ledger.hosts import host_of
from audit.ledger.matching import Match, Matcher, UnitKey
from audit.ledger.models import ADDRESS, TEXT, Department, Event, Portal, Run, Ticket, UnitScore, Waiver
from audit.ledger.policy import Policy
from audit.ledger.rows import insert_many, update_many
from audit.ledger.states import Source, State, Verb
from audit.ledger.units import match_units
from audit.working_days import Deadline

CONTENT = (
    "content", "department", "fingerprint", "matter", "group_matter", "rule", "rule_title", "rule_digest", "kind", "pack",
    "clause", "url", "subject", "key", "message", "found_on", "found_on_count", "samples", "count",
)  # fmt: skip
"""Columns of a ticket that say what its fault is; the digest of them first."""
_BEGIN = (
    "portal", "state", "source", "source_number", "details", "first_seen", "received", "due_days", "due", "due_provisional",
)  # fmt: skip
COUNTED = ("failed", "new", "still", "reopened", "fixed", "retired", "unseen")


def begin_run(account: RunAccount) -> None:
    """Note, in a transaction of its own, that the merge begins: one that is cut off can be told."""
    portal = portal_row(account.portal_url, account.portal_name)
    Run.objects.get_or_create(
        name=account.name, defaults={"portal": portal, "as_of": account.as_of, "coverage": account.coverage.value}
    )


def merge_run(account: RunAccount, look: SecondLook, at: datetime, deadlines: DeadlineRules, policy: Policy) -> MergeReport:
    """Take the run in, inside the caller's transaction.

    A run that is there already, or that an older or a later one has overtaken, changes nothing.
    """
    portal = Portal.objects.select_for_update().get(pk=portal_row(account.portal_url, account.portal_name).pk)
    run, _ = Run.objects.select_for_update().get_or_create(
        name=account.name, defaults={"portal": portal, "as_of": account.as_of, "coverage": account.coverage.value}
    )
    if run.merged:
        return _unchanged(portal, run, account, "")
    latest = portal.runs.filter(merged=True).exclude(coverage=Coverage.VOID.value).order_by("as_of", "started", "pk").last()
    if latest is not None and _is_overtaken(account, latest):
        run.delete()
        return _unchanged(portal, None, account, f"台账里已有更晚的运行 {latest.name}（检查日期 {latest.as_of}），本次没有并入。")
    coverage, reason = _coverage(account, latest, policy)
    return _Merge(
        portal=portal,
        run=run,
        account=account,
        look=look,
        changes=Changes(run, at, deadlines),
        policy=policy,
        latest=latest,
        coverage=coverage,
        coverage_reason=reason,
    ).result()


def _is_overtaken(account: RunAccount, latest: Run) -> bool:
    if account.as_of != latest.as_of:
        return bool(account.as_of < latest.as_of)
    return account.started is not None and latest.started is not None and account.started < latest.started


def answer_run(account: RunAccount) -> MergeReport:
    """What is known of a run, without a change."""
    portal = Portal.objects.filter(host=host_of(account.portal_url)).first()
    if portal is None:
        return MergeReport(merged=False)
    return _unchanged(portal, portal.runs.filter(name=account.name, merged=True).first(), account, "")


def _unchanged(portal: Portal, run: Run | None, account: RunAccount, note: str) -> MergeReport:
    units = match_units(list(portal.departments.all()), account.units)
    return MergeReport(
        merged=False,
        note=note,
        marks=marks_of_merged(portal, run, account, {name: row.pk for name, row in units.items()}),
        settled=settled_in(run) if run is not None else (),
        trends=trends(portal, account.as_of),
        counts=run.counts if run is not None else {},
    )


@dataclass(slots=True, kw_only=True)
class _Merge:
    """One merge under way."""

    portal: Portal
    run: Run
    account: RunAccount
    look: SecondLook
    changes: Changes
    policy: Policy
    latest: Run | None
    """The last one merged before; None: this is the first night."""
    coverage: Coverage
    coverage_reason: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    change: dict[int, Change] = field(default_factory=dict)
    """What a ticket's fault is against the run before, by primary key."""
    warnings: list[str] = field(default_factory=list)
    deadlines: dict[int, Deadline] = field(default_factory=dict)
    """Last day by working days."""

    def result(self) -> MergeReport:
        self._describe_run()
        marks: dict[str, TicketMark] = {}
        if self.coverage is not Coverage.VOID:
            units = self._units()
            marks = self._tickets(units)
            self._scores(units)
        self.counts["failed"] = len(self.account.faults)
        self.run.counts, self.run.merged, self.run.merged_at = self.counts, True, self.changes.at
        self.run.save()
        return MergeReport(
            merged=True,
            note=self._note(),
            marks=marks,
            settled=settled_in(self.run),
            trends=trends(self.portal, self.account.as_of),
            counts=self.counts,
            warnings=tuple(self.warnings),
        )

    def _note(self) -> str:
        if self.coverage is Coverage.VOID:
            return "本次运行作废，台账没有变化。"
        if self.coverage is Coverage.COMPLETE:
            return ""
        left = "只有逐一重新看过、确认正常的才销号" if self.coverage is Coverage.CUT_OFF else "所以本次没有销号"
        return f"{self.coverage_reason.rstrip('。')}，{left}。"

    def _may_close(self, seen: Seen) -> bool:
        """A run that was cut off may not have come to whoever still names what seems gone."""
        return self.coverage is Coverage.COMPLETE or (self.coverage is Coverage.CUT_OFF and seen.itself)

    def _describe_run(self) -> None:
        account, run = self.account, self.run
        run.portal, run.as_of, run.started, run.finished = self.portal, account.as_of, account.started, account.finished
        run.coverage, run.coverage_reason = self.coverage.value, self.coverage_reason[:TEXT]
        run.pages = account.pages
        run.packs = dict(account.packs)
        run.rules = {rule: in_force.digest for rule, in_force in account.rules.items()}
        if account.portal_name and self.portal.name != account.portal_name:
            self.portal.name = account.portal_name[:255]
            self.portal.save(update_fields=["name"])

    def _units(self) -> dict[str, Department]:
        """Rows of the run's 单位 by name; renamed ones keep theirs, and their tickets say so."""
        found = match_units(list(self.portal.departments.all()), self.account.units)
        for unit in self.account.units:
            row = found.get(unit.name) or Department(portal=self.portal, name=unit.name[:255])
            known = row.pk is not None
            if known and row.name != unit.name:
                self._renamed(row, unit.name)
            row.kind, row.url = unit.kind, unit.url[:ADDRESS]
            row.url_prefixes = list(unit.url_prefixes)
            row.aliases = sorted({*row.aliases, *unit.aliases} - {row.name})
            row.save()
            found[unit.name] = row
        return found

    def _renamed(self, row: Department, name: str) -> None:
        note = f"单位名称由“{row.name}”变为“{name}”。"
        open_tickets = Ticket.objects.filter(department=row).exclude(state=State.CLOSED.value)
        for pk, state in open_tickets.order_by("pk").values_list("pk", "state"):
            self.changes.record(pk, Verb.RENAME, state, state, note)
        row.aliases = [*row.aliases, row.name]
        row.name = name[:255]

    def _tickets(self, units: dict[str, Department]) -> dict[str, TicketMark]:
        matcher = Matcher(rules=self.account.rules, unit_of=lambda name: units[name].pk if name in units else None)
        held = list(hold_unsettled(self.portal.pk))
        matcher.know(held)
        matches = list(matcher.exact(self.account.faults))
        returned = self._match_closed(matcher, matches)
        answers = self._second_looks([ticket for ticket in held if ticket.pk not in matcher.taken])
        matcher.moved(matches, held, lambda ticket: answers[ticket.pk].state == "failing")
        lost = [ticket for ticket in held if ticket.pk not in matcher.taken]
        failing = [ticket for ticket in lost if answers[ticket.pk].state == "failing"]
        replied = self._reply_times([*held])
        for ticket in {match.ticket.pk: match.ticket for match in matches if match.ticket is not None}.values():
            self._still(ticket, replied)
        for ticket in failing:
            self._still(ticket, replied)
        self._contents(matches, matcher.unit_of)
        for ticket in lost:
            if answers[ticket.pk].state != "failing":
                self._not_seen(ticket, answers[ticket.pk])
        self._reschedule([*held, *returned])
        created = self._create([match for match in matches if match.ticket is None], matcher.unit_of)
        self.changes.write()
        seen = {match.ticket.pk for match in matches if match.ticket is not None} | {ticket.pk for ticket in failing}
        note_seen(self.run, seen, self.change)
        note_seen(self.run, {ticket.pk for ticket in created.values()}, self.change)
        return {
            match.fault.fingerprint: mark_of(row, self._change_word(row.pk))
            for match in matches
            if (row := match.ticket or created.get(match.fault.fingerprint)) is not None
        }

    def _change_word(self, pk: int) -> Change | None:
        """None on the first night: everything would be new."""
        return self.change.get(pk) if self.latest is not None else None

    # -- what was seen --------------------------------------------------------------------------------------------------

    def _match_closed(self, matcher: Matcher, matches: list[Match]) -> list[Held]:
        """What was closed and is there again."""
        wanting = [match for match in matches if match.ticket is None]
        closed: dict[tuple[UnitKey, str], Held] = {}
        for ticket in hold_closed(self.portal.pk, (match.fault.matter for match in wanting)):
            closed[ticket.department_id, ticket.matter] = ticket
        for match in wanting:
            match.ticket = closed.get((matcher.unit_of(match.fault.department), match.fault.matter))
        return list(closed.values())

    def _second_looks(self, tickets: list[Held]) -> dict[int, Seen]:
        units = {row.pk: row for row in self.portal.departments.all()}
        return {ticket.pk: self.look.at(subject) for ticket, subject in subjects(tickets, units)}

    def _reply_times(self, tickets: Iterable[Held]) -> dict[int, datetime]:
        """When the 承办单位 last replied."""
        found: dict[int, datetime] = {}
        for chunk in chunks([ticket.pk for ticket in tickets if ticket.state == State.REPLIED]):
            events = Event.objects.filter(ticket_id__in=chunk, verb=Verb.REPLY.value).order_by("pk")
            found.update(events.values_list("ticket_id", "at"))
        return found

    def _still(self, ticket: Held, replied: dict[int, datetime]) -> None:
        """The fault is there: the ticket stays, comes back, or goes back to whoever said it was mended."""
        self.change[ticket.pk] = "still"
        state, started = State(ticket.state), self.account.started
        if state is State.CLOSED and self._was_retired(ticket):
            self.changes.do(ticket, Verb.RESUME, "规则的要求又变了，按现在的规则是问题。")
            self.change[ticket.pk] = "new"
        elif state in {State.CLOSED, State.RECHECKED}:
            self.changes.do(ticket, Verb.RETURN, "再次检查时同样的问题又出现了。")
            self.change[ticket.pk] = "reopened"
        elif state is State.REPLIED and started is not None and ticket.pk in replied and replied[ticket.pk] < started:
            self.changes.do(ticket, Verb.FAIL, "反馈之后再次检查，问题仍在。")
        elif state is State.WAIVED and not self._is_waived(ticket):
            self.changes.do(ticket, Verb.EXPIRE, "豁免已经到期，问题仍在，请整改。")
            self.warnings.append(f"{ticket.number} 的豁免已经到期，问题仍在，转为待整改。")
        self.counts[self.change[ticket.pk]] += 1

    def _was_retired(self, ticket: Held) -> bool:
        last = Event.objects.filter(ticket_id=ticket.pk).order_by("-pk").first()
        return last is not None and last.verb == Verb.RETIRE.value

    def _is_waived(self, ticket: Held) -> bool:
        in_force = Waiver.objects.filter(ticket_id=ticket.pk, ended__isnull=True, until__gte=self.account.as_of)
        return bool(in_force.exists())

    def _contents(self, matches: Iterable[Match], unit_of: Callable[[str | None], UnitKey]) -> None:
        """What is said of known faults now, and where, when that has changed; the first of several faults of a ticket speaks."""
        changed: list[tuple[Any, ...]] = []
        told: set[int] = set()
        for match in matches:
            ticket, fault = match.ticket, match.fault
            own = ticket is not None and (match.moved or ticket.matter == fault.matter)
            if ticket is None or not own or ticket.pk in told:
                continue
            told.add(ticket.pk)
            if match.moved:
                self._moved(ticket, fault)
            row = self._content(fault, unit_of(fault.department))
            if row[0] != ticket.content:
                changed.append((*row, ticket.pk))
        update_many(Ticket, CONTENT, changed)

    def _moved(self, ticket: Held, fault: Fault) -> None:
        old, new = ticket.url, fault.url
        note = f"地址由 {old} 变为 {new}。" if old != new else "同一处问题，归属的单位、分组或规则变了。"
        self.changes.record(ticket.pk, Verb.MOVE, ticket.state, ticket.state, note)

    def _content(self, fault: Fault, unit: UnitKey) -> tuple[Any, ...]:
        """What a ticket says of its fault, in the order of ``CONTENT``."""
        rule = self.account.rules[fault.rule]
        return (
            _digest(fault, unit, rule.digest),
            unit,
            *(fault.fingerprint, fault.matter, fault.group_matter),
            *(fault.rule, rule.title[:255], rule.digest, rule.kind, fault.pack, fault.clause),
            *(fault.url[:ADDRESS], fault.subject[:TEXT], fault.key[:TEXT], fault.message[:TEXT]),
            *(list(fault.found_on), fault.found_on_count, list(fault.samples), fault.count),
        )

    # -- what was not seen ----------------------------------------------------------------------------------------------

    def _not_seen(self, ticket: Held, seen: Seen) -> None:
        """A ticket is settled when its subject was looked at again and the run may close it; else it waits."""
        if not self._may_close(seen) or seen.state != "fine" or ticket.rule not in self.account.rules:
            self.counts["unseen"] += 1
            if ticket.state == State.WAIVED and self.coverage is Coverage.COMPLETE:
                self.warnings.append(f"{ticket.number} 的豁免本次没有用上：{seen.note or '没有看到这个问题。'}")
            return
        if ticket.state == State.RECHECKED:
            return
        if ticket.state == State.WAIVED:
            self.warnings.append(f"{ticket.number} 的问题已不存在，豁免随之结束。")
        if self.account.rules[ticket.rule].digest != ticket.rule_digest:
            self.changes.do(ticket, Verb.RETIRE, "规则的要求变了，按现在的规则不是问题，不计为整改。")
            self.counts["retired"] += 1
            return
        self.changes.do(ticket, Verb.PASS, seen.note)
        self.counts["fixed"] += 1
        if self.policy.machine_closes:
            self.changes.do(ticket, Verb.CLOSE, "复查通过，自动销号。")

    def _reschedule(self, tickets: Iterable[Held]) -> None:
        """Last days that were 暂定, now that the year may be announced."""
        for ticket in tickets:
            if ticket.due_provisional and ticket.state != State.CLOSED:
                before = (ticket.due, ticket.due_provisional)
                now = self.changes.schedule(ticket)
                if before != (ticket.due, ticket.due_provisional):
                    note = f"工作日历已公布，整改期限由暂定的 {before[0]} 定为 {ticket.due}。"
                    self.changes.record(ticket.pk, Verb.RESCHEDULE, ticket.state, ticket.state, note)
                    self.changes.set(ticket.pk, **now)

    # -- what is new ----------------------------------------------------------------------------------------------------

    def _create(self, matches: Iterable[Match], unit_of: Callable[[str | None], UnitKey]) -> dict[str, Held]:
        """New tickets by fingerprint."""
        faults = {match.fault.fingerprint: match.fault for match in matches}
        if not faults:
            return {}
        last = Ticket.objects.aggregate(last=Max("pk"))["last"] or 0
        insert_many(Ticket, (*CONTENT, *_BEGIN), (self._beginning(fault, unit_of) for fault in faults.values()))
        # The portal is locked: whatever of the machine's came to it since is ours.
        rows = {ticket.fingerprint: ticket for ticket in hold_since(self.portal.pk, last)}
        for ticket in rows.values():
            self.changes.record(ticket.pk, Verb.OPEN, "", ticket.state)
            self.change[ticket.pk] = "new"
        self.counts["new"] += len(rows)
        return rows

    def _beginning(self, fault: Fault, unit_of: Callable[[str | None], UnitKey]) -> tuple[Any, ...]:
        as_of = self.account.as_of
        deadline = self._deadline(fault.due_days)
        said = self._content(fault, unit_of(fault.department))
        told: tuple[Any, ...] = (self.portal.pk, State.OPEN.value, Source.AUDIT.value, "", {}, as_of, as_of, fault.due_days)
        return (*said, *told, deadline.day, deadline.provisional)

    def _deadline(self, days: int) -> Deadline:
        if days not in self.deadlines:
            self.deadlines[days] = self.changes.deadlines.calendar.due_after(self.account.as_of, days)
        return self.deadlines[days]

    def _scores(self, units: dict[str, Department]) -> None:
        UnitScore.objects.bulk_create(
            UnitScore(
                run=self.run,
                department=units.get(score.department) if score.department is not None else None,
                low=score.low,
                high=score.high,
                verdict=score.verdict,
                failed=score.failed,
            )
            for score in self.account.scores
            if score.department is None or score.department in units
        )


def _coverage(account: RunAccount, latest: Run | None, policy: Policy) -> tuple[Coverage, str]:
    """A run that saw much less than the last one is partial, though nobody asked for less."""
    if account.coverage not in {Coverage.COMPLETE, Coverage.CUT_OFF} or latest is None:
        return account.coverage, account.coverage_reason
    if latest.coverage == Coverage.COMPLETE and account.pages < policy.least_share_of_pages * latest.pages:
        return Coverage.PARTIAL, f"本次只读到 {account.pages} 页，上一次读到 {latest.pages} 页。"
    return account.coverage, account.coverage_reason


def _digest(fault: Fault, unit: int | None, rule_digest: str) -> str:
    parts = (
        fault.fingerprint,
        unit,
        rule_digest,
        fault.url,
        fault.subject,
        fault.message,
        fault.found_on,
        fault.samples,
        fault.count,
    )
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
