"""From judgements to the evaluation: words, fingerprints, folding of groups, open questions, tally, order."""

import hashlib
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from crawler.facts import Evidence
from rules.addresses import canonical
from rules.model import Clause, Evaluation, Expiry, Finding, Judgement, Look, OpenQuestion, Outcome, Rule, Watch
from rules.registry import COMMON_FIELDS, Check, message_params
from rules.wording import clean, fields_of, say
from rules.words import sentence, words

MAX_SAMPLES = 10
MAX_FOUND_ON = 20
MAX_EVIDENCE = 10
MAX_QUOTE = 500
OPEN_LINES = 50
"""Open questions kept one by one for a rule, outcome and 单位; the rest are one line with their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRule:
    """A rule with everything that is the same for all its subjects."""

    rule: Rule
    check: Check
    clause: Clause | None
    named: Mapping[str, Any]
    """Parameters that messages may name."""

    @classmethod
    def of(cls, rule: Rule, check: Check, clause: Clause | None) -> "PreparedRule":
        return cls(rule=rule, check=check, clause=clause, named=message_params(rule.params))

    @property
    def clause_id(self) -> str:
        return self.clause.id if self.clause else ""

    def _template(self, outcome: Outcome, count: int) -> str:
        return self.rule.group_message if count > 1 and self.rule.group_message else self.rule.messages[outcome]

    def require_fields(self, judgement: Judgement) -> None:
        """Raises KeyError when the check left a field of its message, alone or for a group, empty."""
        for count in (1, 2):
            for name in _own_fields(self._template(judgement.outcome, count)):
                if name not in judgement.values and name not in self.named:
                    raise KeyError(name)

    def message(self, judgement: Judgement, department: str | None, *, count: int = 1) -> str:
        """Raises KeyError when the check left a field of its message empty."""
        template = self._template(judgement.outcome, count)
        values = {
            **self.named,
            **judgement.values,
            "title": self.rule.title,
            "url": judgement.url,
            "subject": judgement.subject,
            "department": department or word_for_portal(),
            "found_on_count": max(judgement.found_on_count, len(judgement.found_on)),
            "count": count,
        }
        return say(template, values)


@lru_cache(maxsize=2_048)
def _own_fields(template: str) -> frozenset[str]:
    """Fields of a message that the check or the parameters must fill."""
    return fields_of(template) - COMMON_FIELDS


def word_for_portal() -> str:
    return str(words()["portal"])


def fingerprint(rule: str, department: str | None, subject: str, key: str) -> str:
    """First 16 hex digits of sha256 over what makes a finding itself; the message never counts."""
    text = "\x1f".join((rule, department or "", subject, key))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class _Group:
    """Judgements that are one repair; keeps no more than it shows, whatever the number."""

    first: Judgement
    shared: str = ""
    """The element that all of them name, ``""`` when they name several or none."""
    count: int = 0
    samples: list[str] = field(default_factory=list)
    found_on: list[str] = field(default_factory=list)
    found_on_count: int = 0

    def add(self, judgement: Judgement) -> None:
        self.count += 1
        self.shared = self.shared if judgement.shared == self.shared else ""
        if (judgement.url, judgement.key) < (self.first.url, self.first.key):
            self.first = judgement
        _keep_smallest(self.samples, [judgement.url], MAX_SAMPLES)
        _keep_smallest(self.found_on, judgement.found_on, MAX_FOUND_ON)
        self.found_on_count = max(self.found_on_count, judgement.found_on_count, len(self.found_on))

    def absorb(self, other: "_Group") -> None:
        """Take over the members of a group that shares the element."""
        self.count += other.count
        if (other.first.url, other.first.key) < (self.first.url, self.first.key):
            self.first = other.first
        _keep_smallest(self.samples, other.samples, MAX_SAMPLES)
        _keep_smallest(self.found_on, other.found_on, MAX_FOUND_ON)
        self.found_on_count = max(self.found_on_count, other.found_on_count, len(self.found_on))


def _keep_smallest(kept: list[str], more: Iterable[str], limit: int) -> None:
    for item in more:
        if len(kept) >= limit and item >= kept[-1]:
            continue
        if item not in kept:
            insort(kept, item)
            del kept[limit:]


class _RuleFindings:
    """Failed judgements of one rule: one by one until ``group_above`` is passed, then folded by group."""

    def __init__(self, prepared: PreparedRule) -> None:
        self.prepared = prepared
        self.single: list[tuple[str | None, Judgement]] = []
        self.waiting: list[tuple[str | None, Judgement]] = []
        self.groups: dict[tuple[str | None, str], _Group] = {}

    def add(self, department: str | None, judgement: Judgement) -> None:
        if not judgement.group:
            self.single.append((department, judgement))
        elif self.groups or len(self.waiting) >= self.prepared.rule.group_above:
            for earlier in self.waiting:
                self._fold(*earlier)
            self.waiting.clear()
            self._fold(department, judgement)
        else:
            self.waiting.append((department, judgement))

    def _fold(self, department: str | None, judgement: Judgement) -> None:
        key = (department, judgement.group)
        if key not in self.groups:
            self.groups[key] = _Group(first=judgement, shared=judgement.shared)
        self.groups[key].add(judgement)

    def findings(self) -> Iterable[Finding]:
        merged: dict[str, Finding] = {}
        for department, judgement in (*self.single, *self.waiting):
            finding = self._finding(department, judgement)
            earlier = merged.get(finding.fingerprint)
            merged[finding.fingerprint] = finding if earlier is None else _merged(earlier, finding)
        yield from merged.values()
        for (department, group), members in self._repairs().items():
            finding = self._finding(department, members.first, group=members)
            alone = members.count == 1
            yield finding if alone else _of_group(finding, group)

    def _repairs(self) -> dict[tuple[str | None, str], _Group]:
        """The groups, those with one shared element put together: it is mended in one place."""
        repairs: dict[tuple[str | None, str], _Group] = {}
        for (department, name), members in sorted(self.groups.items(), key=lambda item: (item[0][0] or "", item[0][1])):
            key = (department, f"shared|{members.shared}" if members.shared else name)
            if key in repairs:
                repairs[key].absorb(members)
            else:
                repairs[key] = members
        return repairs

    def _finding(self, department: str | None, judgement: Judgement, group: _Group | None = None) -> Finding:
        rule = self.prepared.rule
        count = group.count if group else 1
        found_on = group.found_on if group else judgement.found_on
        return Finding(
            rule=rule.id,
            outcome=_outcome(rule, judgement),
            pack=rule.pack,
            clause=self.prepared.clause_id,
            department=department,
            url=judgement.url,
            subject=clean(judgement.subject),
            message=self.prepared.message(judgement, department, count=count),
            evidence=tuple(_cleaned(evidence) for evidence in judgement.evidence[:MAX_EVIDENCE]),
            found_on=tuple(found_on[:MAX_FOUND_ON]),
            found_on_count=max(group.found_on_count if group else judgement.found_on_count, len(found_on)),
            fingerprint=fingerprint(rule.id, department, canonical(judgement.url), judgement.key),
            samples=tuple(group.samples) if group and count > 1 else (),
            count=count,
            of_template=judgement.of_template,
            top_level=judgement.top_level,
            key=judgement.key,
            matter=fingerprint(rule.id, None, canonical(judgement.url), judgement.key),
            group_matter=_group_fingerprint(rule.id, None, judgement.group) if judgement.group else "",
        )


def _of_group(finding: Finding, group: str) -> Finding:
    """The finding that speaks for all of its group."""
    return replace(
        finding,
        fingerprint=_group_fingerprint(finding.rule, finding.department, group),
        matter=_group_fingerprint(finding.rule, None, group),
        group=group,
    )


def _group_fingerprint(rule: str, department: str | None, group: str) -> str:
    return fingerprint(rule, department, f"group:{group}", "")


def _outcome(rule: Rule, judgement: Judgement) -> Outcome:
    return Outcome.LEAD if judgement.lead else rule.outcome


def _cleaned(evidence: Evidence) -> Evidence:
    return replace(evidence, quote=clean(evidence.quote, MAX_QUOTE), where=clean(evidence.where))


def _merged(first: Finding, second: Finding) -> Finding:
    """Two judgements of the same subject (a column met by two paths) are one finding."""
    first, second = sorted((first, second), key=lambda finding: (finding.url, finding.subject, finding.message))
    found_on = tuple(dict.fromkeys((*first.found_on, *second.found_on)))[:MAX_FOUND_ON]
    return replace(
        first,
        found_on=found_on,
        found_on_count=max(first.found_on_count, second.found_on_count, len(found_on)),
        top_level=first.top_level or second.top_level,
    )


def _expiry(rule: Rule, judgement: Judgement, department: str | None, renewed: date, last_day: date) -> Expiry:
    return Expiry(
        rule=rule.id,
        pack=rule.pack,
        department=department,
        url=judgement.url,
        subject=clean(judgement.subject),
        renewed=renewed,
        last_day=last_day,
    )


class Outcomes:
    """Collects the judgements of one evaluation."""

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or Watch()
        self._watched = frozenset((*self._watch.addresses, *self._watch.names))
        self._looks: dict[tuple[str, str], set[Look]] = {}
        self._findings: dict[str, _RuleFindings] = {}
        self._open: list[OpenQuestion] = []
        self._open_count: Counter[tuple[str, Outcome, str | None]] = Counter()
        self._tally: dict[tuple[str, str | None], Counter[Outcome]] = {}
        self._expiries: list[Expiry] = []
        self._errors: set[str] = set()
        self._named: set[str] = set()
        self._prepared: dict[str, PreparedRule] = {}
        self.judged: set[str] = set()
        """Rules that had something to say of at least one subject."""

    def is_watched(self, rule: str) -> bool:
        """False: of a subject that passed this rule nothing is remembered but that it did."""
        return rule in self._watched

    def count_passed(self, prepared: PreparedRule, counts: Mapping[str | None, int]) -> None:
        """Subjects that passed an unwatched rule and must not be renewed, by 单位."""
        for department, count in counts.items():
            self._count(prepared, department, Outcome.PASSED, count)

    def add(self, prepared: PreparedRule, judgement: Judgement, department: str | None) -> None:
        """Record one judgement; raises KeyError when its message cannot be filled in."""
        rule, outcome = prepared.rule, judgement.outcome
        if outcome is Outcome.PASSED and judgement.last_day is None and not self.is_watched(rule.id):
            self._count(prepared, department, outcome)  # by far the most: nothing more is to be remembered
            return
        if outcome is Outcome.FAILED:
            prepared.require_fields(judgement)  # a check that leaves a field empty shows here, not at the end
            self._findings.setdefault(rule.id, _RuleFindings(prepared)).add(department, judgement)
            outcome = _outcome(rule, judgement)
        elif outcome in {Outcome.CANT_TELL, Outcome.UNTESTED}:
            self._question(prepared, judgement, department)
        elif judgement.last_day is not None and judgement.renewed is not None:
            self._expiries.append(_expiry(prepared.rule, judgement, department, judgement.renewed, judgement.last_day))
        if judgement.outcome in {Outcome.FAILED, Outcome.CANT_TELL}:
            self._named.update((judgement.url, *judgement.found_on, *(evidence.url for evidence in judgement.evidence)))
        self._look(rule.id, judgement, department, outcome)
        self._count(prepared, department, outcome)

    def note(self, prepared: PreparedRule, outcome: Outcome, message: str, department: str | None = None) -> None:
        """An open question in the engine's own words."""
        judgement = Judgement(outcome=outcome)
        self._question(prepared, judgement, department, message=message)
        self._count(prepared, department, outcome)

    def count_only(self, prepared: PreparedRule, outcome: Outcome) -> None:
        self._count(prepared, None, outcome)

    def error(self, prepared: PreparedRule, kind: str, url: str, department: str | None) -> None:
        """A check raised on one subject; ``kind`` is the exception's type, never its text (it may quote a page)."""
        self._errors.add(f"{prepared.rule.id}: {kind}")
        said = say(sentence("error"), {"title": prepared.rule.title, "error": kind})
        broken = Judgement(outcome=Outcome.ERROR, url=url)
        self._question(prepared, broken, department, message=said)
        self._look(prepared.rule.id, broken, department, Outcome.ERROR)
        self._count(prepared, department, Outcome.ERROR)

    def _count(self, prepared: PreparedRule, department: str | None, outcome: Outcome, count: int = 1) -> None:
        self.judged.add(prepared.rule.id)
        key = (prepared.rule.id, department)
        counted = self._tally.get(key)
        if counted is None:
            counted = self._tally[key] = Counter()
        counted[outcome] += count

    def _look(self, rule: str, judgement: Judgement, department: str | None, outcome: Outcome) -> None:
        """Remember what was said of a watched subject; for all others this is two look-ups."""
        addresses, names = self._watch.addresses.get(rule), self._watch.names.get(rule)
        if addresses is None and names is None:
            return
        places = []
        if addresses is not None and (address := canonical(judgement.url)) in addresses:
            places.append(address)
        if names is not None and (name := clean(judgement.subject)) in names:
            places.append(f"name:{name}")
        for place in places:
            seen = Look(outcome=outcome, department=department, key=judgement.key)
            self._looks.setdefault((rule, place), set()).add(seen)

    def _question(self, prepared: PreparedRule, judgement: Judgement, department: str | None, message: str = "") -> None:
        key = (prepared.rule.id, judgement.outcome, department)
        self._prepared[prepared.rule.id] = prepared
        self._open_count[key] += 1
        if self._open_count[key] > OPEN_LINES:
            return
        self._open.append(
            OpenQuestion(
                rule=prepared.rule.id,
                outcome=judgement.outcome,
                pack=prepared.rule.pack,
                clause=prepared.clause_id,
                department=department,
                url=judgement.url,
                subject=clean(judgement.subject),
                message=message or prepared.message(judgement, department),
                top_level=judgement.top_level,
            )
        )

    def evaluation(self) -> Evaluation:
        findings = [finding for rule in self._findings.values() for finding in rule.findings()]
        return Evaluation(
            findings=tuple(sorted(findings, key=_finding_order)),
            open_questions=tuple(sorted((*self._open, *self._rests()), key=_question_order)),
            tally={
                key: dict(sorted(self._tally[key].items())) for key in sorted(self._tally, key=lambda key: (key[0], key[1] or ""))
            },
            expiries=tuple(sorted(self._expiries, key=_expiry_order)),
            errors=tuple(sorted(self._errors)),
            looks={place: frozenset(seen) for place, seen in sorted(self._looks.items())},
            named=frozenset(self._named - {""}),
        )

    def _rests(self) -> Iterable[OpenQuestion]:
        for (rule_id, outcome, department), count in self._open_count.items():
            if count > OPEN_LINES:
                prepared = self._prepared[rule_id]
                said = say(sentence("rest"), {"title": prepared.rule.title, "count": count - OPEN_LINES})
                yield OpenQuestion(
                    rule=rule_id,
                    outcome=outcome,
                    pack=prepared.rule.pack,
                    clause=prepared.clause_id,
                    department=department,
                    url="",
                    subject="",
                    message=said,
                    count=count - OPEN_LINES,
                )


def _finding_order(finding: Finding) -> tuple[str, ...]:
    return (finding.pack, finding.rule, finding.department or "", canonical(finding.url), finding.fingerprint)


def _expiry_order(expiry: Expiry) -> tuple[str, ...]:
    return (expiry.last_day.isoformat(), expiry.department or "", expiry.url, expiry.subject, expiry.pack, expiry.rule)


def _question_order(question: OpenQuestion) -> tuple[str | int, ...]:
    last = 0 if question.url else 1  # the line for the rest stands after those it adds to
    place = (question.department or "", question.outcome, last, question.url, question.subject, question.message)
    return (question.pack, question.rule, *place)
