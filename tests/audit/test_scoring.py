"""Scoring: vetoes, caps, one fault once, clauses that do not apply, ranges while something is open."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from audit.scoring import score_unit
from rules.model import (
    Clause,
    ClauseKind,
    ClauseStatus,
    Evaluation,
    Finding,
    OpenQuestion,
    Outcome,
    Pack,
    Source,
)

UNIT = "财政局"


def clause(name: str, *rules: str, kind: ClauseKind = ClauseKind.DEDUCTION, points: float | None = 10, **more: object) -> Clause:
    values: dict[str, object] = {"status": ClauseStatus.AUTOMATED, "per_finding": 4.0, **more}
    return Clause(id=name, title=name, kind=kind, points=points, rules=rules, **values)  # type: ignore[arg-type]  # test factory


def pack(*clauses: Clause) -> Pack:
    return Pack(id="p", title="p", version="1", source=Source(document="d"), clauses=clauses)


def finding(rule: str, number: int, outcome: Outcome = Outcome.FAILED, count: int = 1) -> Finding:
    return Finding(
        rule=rule,
        outcome=outcome,
        pack="p",
        clause="c",
        department=UNIT,
        url=f"http://a.cn/{number}",
        subject="",
        message="m",
        evidence=(),
        found_on=(),
        found_on_count=0,
        fingerprint=f"{number:016x}",
        count=count,
    )


def question(rule: str) -> OpenQuestion:
    return OpenQuestion(
        rule=rule, outcome=Outcome.UNTESTED, pack="p", clause="c", department=UNIT, url="http://a.cn/", subject="", message="m"
    )


def evaluation(
    findings: tuple[Finding, ...] = (), open_: tuple[OpenQuestion, ...] = (), passed: Mapping[str, int] | None = None
) -> Evaluation:
    tally: dict[tuple[str, str | None], dict[Outcome, int]] = {}
    for item in (*findings, *open_):
        counts = tally.setdefault((item.rule, UNIT), {})
        counts[item.outcome] = counts.get(item.outcome, 0) + 1
    for rule, count in (passed or {}).items():
        tally.setdefault((rule, UNIT), {})[Outcome.PASSED] = count
    return Evaluation(findings=findings, open_questions=open_, tally=tally)


def test_nothing_wrong_is_full_marks() -> None:
    score = score_unit([pack(clause("a", "r"))], evaluation(passed={"r": 3}), UNIT, "department").score
    assert (score.low, score.high, score.verdict, score.tested_share) == (100, 100, "合格", 1)


def test_deductions_stop_at_the_cap_of_their_clause() -> None:
    packs = [pack(clause("a", "r"), clause("b", "s", points=90))]
    found = tuple(finding("r", number) for number in range(5))
    result = score_unit(packs, evaluation(found, passed={"s": 1}), UNIT, "department")
    assert result.score.low == result.score.high == 90
    assert sorted(result.points.values()) == [0, 0, 2, 4, 4]


def test_a_grouped_finding_counts_with_all_its_subjects() -> None:
    result = score_unit([pack(clause("a", "r", points=100))], evaluation((finding("r", 1, count=3),)), UNIT, "department")
    assert result.score.low == 88


def test_a_templates_fault_is_one_fault_however_many_pages_show_it() -> None:
    found = replace(finding("r", 1, count=500), of_template=True)
    result = score_unit([pack(clause("a", "r", points=100))], evaluation((found,)), UNIT, "department")
    assert result.score.low == 96


def test_a_clause_that_does_not_apply_leaves_both_sides_of_the_fraction() -> None:
    # 75 points apply, 3 are lost: 72 × 4/3.
    packs = [pack(clause("a", "r", points=75, per_finding=3), clause("b", "s", points=25))]
    assert score_unit(packs, evaluation((finding("r", 1),)), UNIT, "department").score.low == 96


def test_one_fault_is_deducted_under_the_first_clause_only() -> None:
    packs = [pack(clause("a", "r", points=50), clause("b", "r", points=50))]
    assert score_unit(packs, evaluation((finding("r", 1),)), UNIT, "department").score.low == 96


def test_what_is_open_makes_a_range_and_a_provisional_verdict() -> None:
    packs = [pack(clause("a", "r", points=50, per_finding=10))]
    score = score_unit(packs, evaluation(open_=(question("r"),), passed={"r": 1}), UNIT, "department").score
    assert (score.low, score.high, score.verdict, score.tested_share) == (80, 100, "暂定合格", 0.5)


def test_a_range_over_the_pass_mark_is_undecided() -> None:
    packs = [pack(clause("a", "r", points=50, per_finding=50))]
    score = score_unit(packs, evaluation(open_=(question("r"),), passed={"r": 1}), UNIT, "department").score
    assert (score.low, score.verdict) == (0, "暂定")


def test_leads_cost_nothing() -> None:
    result = score_unit([pack(clause("a", "r"))], evaluation((finding("r", 1, Outcome.LEAD),)), UNIT, "department")
    assert (result.score.low, dict(result.points)) == (100, {})


@pytest.mark.parametrize(("faults", "verdict"), [(4, "合格"), (5, "不合格")])
def test_a_veto_falls_when_its_count_is_reached(faults: int, verdict: str) -> None:
    veto = clause("v", "r", kind=ClauseKind.VETO, points=None, fail_at=5)
    found = tuple(finding("r", number) for number in range(faults))
    score = score_unit([pack(veto, clause("a", "s"))], evaluation(found, passed={"s": 1}), UNIT, "department").score
    assert score.verdict == verdict
    assert score.vetoes == (("v",) if faults == 5 else ())


def test_an_open_subject_matters_exactly_when_it_could_tip_the_veto() -> None:
    veto = clause("v", "r", kind=ClauseKind.VETO, points=None, fail_at=2)
    packs = [pack(veto, clause("a", "s"))]
    harmless = score_unit(packs, evaluation(open_=(question("r"),), passed={"s": 1}), UNIT, "department").score
    decisive = score_unit(packs, evaluation((finding("r", 1),), (question("r"),), {"s": 1}), UNIT, "department").score
    assert (harmless.verdict, decisive.verdict) == ("合格", "暂定合格")


def test_a_manual_clause_is_shown_and_costs_nothing() -> None:
    manual = clause("m", kind=ClauseKind.DEDUCTION, points=40, status=ClauseStatus.MANUAL)
    score = score_unit([pack(manual, clause("a", "r"))], evaluation(passed={"r": 1}), UNIT, "department").score
    assert score.low == 100
    assert [(item.clause, item.outcome) for item in score.items] == [("m", "untested"), ("a", "passed")]


def test_a_unit_nothing_was_decided_of_is_not_tested() -> None:
    score = score_unit([pack(clause("a", "r"))], evaluation(open_=(question("r"),)), UNIT, "department").score
    assert (score.verdict, score.tested_share) == ("未检测", 0)


def test_clauses_of_the_other_scope_are_left_out() -> None:
    portal_clause = clause("p", "r", scope="portal")
    score = score_unit(
        [pack(portal_clause, clause("a", "s"))], evaluation((finding("r", 1),), passed={"s": 1}), UNIT, "department"
    ).score
    assert (score.low, len(score.items)) == (100, 1)


def test_the_portal_answers_for_the_sections_of_its_units() -> None:
    packs = [pack(clause("p", "r", scope="portal", points=100))]
    assert score_unit(packs, evaluation((finding("r", 1),)), None, "portal").score.low == 96


def test_what_was_judged_under_other_clauses_is_no_part_of_the_tested_share() -> None:
    packs = [pack(clause("a", "r"), clause("p", "s", scope="portal"))]
    score = score_unit(packs, evaluation(open_=(question("s"),), passed={"r": 1}), UNIT, "department").score
    assert score.tested_share == 1


def test_a_veto_on_top_level_columns_leaves_other_columns_out() -> None:
    veto = clause("v", "r", kind=ClauseKind.VETO, points=None, fail_at=2, counts="top_level")
    below = tuple(finding("r", number) for number in range(5))
    top = tuple(replace(item, top_level=True) for item in below[:2])
    other = clause("a", "s")
    assert not score_unit([pack(veto, other)], evaluation(below, passed={"s": 1}), UNIT, "department").score.vetoes
    assert score_unit([pack(veto, other)], evaluation(top, passed={"s": 1}), UNIT, "department").score.vetoes == ("v",)


def test_the_pass_mark_is_the_packs() -> None:
    strict = replace(pack(clause("a", "r", points=100)), pass_mark=99)
    assert score_unit([strict], evaluation((finding("r", 1),)), UNIT, "department").score.verdict == "不合格"
