"""Results and clauses to points: pure arithmetic, as the 检查指标 (国办秘函〔2019〕19号) describe it.

* A fallen veto (单项否决) makes the unit 不合格, whatever the points.
* Deductions are capped by the clause's points; one fault is deducted under one clause only.
* Clauses that do not apply leave both sides of the fraction (75 × 4/3). So do manual ones: a machine did not judge them.
* While something is undecided the score is a range: lowest when all of it failed, highest when none did.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from reports.result import Score, ScoreItem
from rules.model import Clause, ClauseKind, ClauseStatus, Evaluation, Finding, OpenQuestion, Outcome, Pack, Source, Sureness

_T = TypeVar("_T", Finding, OpenQuestion)

Verdict = Literal["合格", "不合格", "暂定合格", "暂定不合格", "暂定", "未检测"]

_DECIDED = (Outcome.PASSED, Outcome.FAILED, Outcome.LEAD, Outcome.WAIVED)
_UNDECIDED = (Outcome.CANT_TELL, Outcome.UNTESTED, Outcome.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScore:
    """A unit's score and what each finding took off it, by fingerprint."""

    score: Score
    points: Mapping[str, float] = field(default_factory=dict)


def score_unit(packs: Sequence[Pack], evaluation: Evaluation, unit: str | None, scope: str) -> UnitScore:
    """Score of the 单位 called ``unit`` over the clauses of ``scope``.

    None is the portal: its clauses are about the whole site, so what was found in the sections of its 单位 counts as well.
    """

    def concerns(owner: str | None) -> bool:
        return unit is None or owner == unit

    failed = _by_rule(item for item in evaluation.findings if concerns(item.department) and item.outcome is Outcome.FAILED)
    open_ = _by_rule(item for item in evaluation.open_questions if concerns(item.department))
    tally: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for (rule, owner), counts in evaluation.tally.items():
        if concerns(owner):
            tally[rule].update(counts)
    sheet = _Sheet(failed=failed, open=open_, tally=tally)
    for pack in packs:
        for clause in pack.clauses:
            if clause.scope == scope:
                sheet.enter(pack, clause)
    return sheet.total(max((pack.pass_mark for pack in packs), default=0.0))


class _Sheet:
    """The score sheet of one unit while it is filled in."""

    def __init__(
        self,
        *,
        failed: Mapping[str, list[Finding]],
        open: Mapping[str, list[OpenQuestion]],  # noqa: A002  the field's word
        tally: Mapping[str, Mapping[Outcome, int]],
    ) -> None:
        self._failed, self._open, self._tally = failed, open, tally
        self._deducted: dict[str, float] = {}
        self._items: list[ScoreItem] = []
        self._applicable = self._off_low = self._off_high = 0.0
        self._vetoes: list[str] = []
        self._veto_open = False
        self._rules: set[str] = set()
        """Rules of the clauses entered: what was judged under other clauses is no part of this sheet."""

    def enter(self, pack: Pack, clause: Clause) -> None:
        top_only = clause.counts == "top_level"
        findings = [item for rule in clause.rules for item in self._failed.get(rule, ()) if item.top_level or not top_only]
        open_ = [item for rule in clause.rules for item in self._open.get(rule, ()) if item.top_level or not top_only]
        undecided = sum(item.count for item in open_)
        examined = sum(self._tally.get(rule, {}).get(outcome, 0) for rule in clause.rules for outcome in (*_DECIDED, *_UNDECIDED))
        self._rules.update(clause.rules)
        outcome = _clause_outcome(clause, findings=len(findings), undecided=undecided, examined=examined)
        off, off_at_most = 0.0, 0.0
        if (
            clause.kind is ClauseKind.DEDUCTION
            and outcome is not Outcome.INAPPLICABLE
            and clause.status is not ClauseStatus.MANUAL
        ):
            off, off_at_most = self._deduct(clause, findings, undecided)
        elif clause.kind is ClauseKind.VETO and outcome is Outcome.FAILED:
            self._vetoes.append(clause.title)
        elif clause.kind is ClauseKind.VETO and outcome in _UNDECIDED and clause.status is not ClauseStatus.MANUAL:
            self._veto_open = True
        self._items.append(
            ScoreItem(
                pack=pack.id,
                clause=clause.id,
                title=clause.title,
                kind=clause.kind.value,
                status=clause.status.value,
                outcome=outcome.value,
                points=clause.points,
                deducted=off,
                deducted_at_most=off_at_most,
                findings=len(findings),
                undecided=undecided,
                official=clause.points_sureness is Sureness.VERIFIED,
                source=source_line(clause.source if clause.source.document else pack.source),
            )
        )

    def _deduct(self, clause: Clause, findings: Sequence[Finding], undecided: int) -> tuple[float, float]:
        """Points off for sure and at most; each finding is remembered with its share so that no other clause takes it again."""
        cap = clause.points or 0.0
        each = clause.per_finding if clause.per_finding is not None else cap
        left = cap
        for finding in findings:
            if finding.fingerprint in self._deducted:
                continue
            share = min(each * (1 if finding.of_template else finding.count), left)
            self._deducted[finding.fingerprint] = round(share, 4)
            left -= share
        off = cap - left
        off_at_most = min(cap, off + each * undecided)
        self._applicable += cap
        self._off_high += off
        self._off_low += off_at_most
        return round(off, 4), round(off_at_most, 4)

    def total(self, pass_mark: float) -> UnitScore:
        tallies = [counts for rule, counts in self._tally.items() if rule in self._rules]
        decided = sum(counts.get(outcome, 0) for counts in tallies for outcome in _DECIDED)
        undecided = sum(counts.get(outcome, 0) for counts in tallies for outcome in _UNDECIDED)
        share = decided / (decided + undecided) if decided + undecided else 0.0
        whole = self._applicable or 1.0
        high = round(100 * (whole - self._off_high) / whole, 1)
        low = round(100 * (whole - self._off_low) / whole, 1)
        verdict = _verdict(
            low=low, high=high, pass_mark=pass_mark, decided=decided, vetoed=bool(self._vetoes), veto_open=self._veto_open
        )
        score = Score(
            low=low,
            high=high,
            verdict=verdict,
            tested_share=round(share, 4),
            vetoes=tuple(self._vetoes),
            pass_mark=pass_mark or None,
            items=tuple(self._items),
        )
        return UnitScore(score=score, points=self._deducted)


def _verdict(*, low: float, high: float, pass_mark: float, decided: int, vetoed: bool, veto_open: bool) -> Verdict:
    if not decided:
        return "未检测"
    if vetoed or high < pass_mark:
        return "不合格"
    if low < pass_mark:
        return "暂定"
    return "暂定合格" if veto_open or low < high else "合格"


def _clause_outcome(clause: Clause, *, findings: int, undecided: int, examined: int) -> Outcome:
    if clause.status is ClauseStatus.MANUAL:
        return Outcome.UNTESTED
    if findings >= clause.fail_at:
        return Outcome.FAILED
    if findings + undecided >= clause.fail_at and undecided:
        return Outcome.CANT_TELL
    return Outcome.PASSED if examined else Outcome.INAPPLICABLE


def source_line(source: Source) -> str:
    """Document, 文号 and article in one line."""
    number = f"（{source.number}）" if source.number else ""
    return f"{source.document}{number}{source.article}"


def _by_rule(items: Iterable[_T]) -> Mapping[str, list[_T]]:
    grouped: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        grouped[item.rule].append(item)
    return grouped
