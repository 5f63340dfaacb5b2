"""Judging a part of a portal: rules that need the whole are left out and say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from audit.part import Part, PartFacts
from crawler.facts import SiteFacts
from rules.engine import evaluate
from rules.model import Evaluation, OpenQuestion, Outcome, Pack, Rule, Subject, Watch
from rules.registry import Check, checks

OF_THE_HOME_PAGE = frozenset(
    {
        "disclosure-entry",
        "disclosure-entry-name",
        "disclosure-host",
        "portal-availability",
        "portal-certificate",
        "portal-foreign-column",
        "portal-https",
        "portal-insecure-parts",
        "portal-ipv6",
        "portal-site-search",
        "portal-unknown-page",
        "site-id-code",
        "site-mark",
    }
)
"""Checks on the portal that the home page and the questions asked of its host answer; the others walk through all of it."""

COMPARING = frozenset({"annual-report-copy", "document-links", "page-repetition"})
"""Checks that compare a page with all others: of one page alone they say nothing."""

PASSED_BY_ALL = COMPARING | {"validity-expired"}
"""Checks that pass a page because no other page speaks against it. Other surveys ask siblings only before they accuse."""

_SUBJECTS = {
    "page": {Subject.PAGE, Subject.LINK},
    "home": {Subject.PAGE, Subject.LINK, Subject.PORTAL},
    "column": {Subject.PAGE, Subject.LINK, Subject.COLUMN, Subject.DEPARTMENT},
    "unit": {Subject.PAGE, Subject.LINK, Subject.COLUMN, Subject.DEPARTMENT},
    "sample": set(Subject),
}

_LEFT_OUT = {
    "spot-check": "抽查只看了这一处，这一条要看整个门户才能判断，没有检测。",
    "sample": "抽样检查没有看整个门户，这一条没有检测。",
}

_NOT_DRAWN = "抽样没有抽中这个单位，没有检测。"


def evaluate_part(facts: SiteFacts, packs: Sequence[Pack], as_of: date, part: Part, watch: Watch | None = None) -> Evaluation:
    """The evaluation of a part. Deterministic like :func:`rules.engine.evaluate`; rules left out are open questions."""
    kept = [replace(pack, rules=tuple(rule for rule in pack.rules if applies(rule, part))) for pack in packs]
    evaluation = evaluate(PartFacts(facts, part), kept, as_of, watch)
    outside = frozenset(department.name for department in facts.departments()) - set(part.units)
    left = [_left_out(pack, rule, part) for pack in packs for rule in pack.rules if not applies(rule, part)]
    if part.kind == "sample":
        units = [(pack, rule) for pack in kept for rule in pack.rules if checks()[rule.check].subject is Subject.DEPARTMENT]
        left += [_left_out(pack, rule, part, department) for pack, rule in units for department in sorted(outside)]
    return _completed(evaluation, [rule for pack in kept for rule in pack.rules], outside, left)


def _completed(
    evaluation: Evaluation, rules: Iterable[Rule], outside: frozenset[str], left: Sequence[OpenQuestion]
) -> Evaluation:
    """Without what was said of 单位 outside the part, whose columns were read for comparison only; with what was left out.

    Pages and links of theirs are judged only when they are part of it, and stay.
    """
    of_pages = {rule.id for rule in rules if checks()[rule.check].subject in {Subject.PAGE, Subject.LINK}}

    def belongs(rule: str, department: str | None) -> bool:
        return department not in outside or rule in of_pages

    said = [item for item in evaluation.open_questions if belongs(item.rule, item.department)]
    tally: dict[tuple[str, str | None], Mapping[Outcome, int]] = {
        key: counts for key, counts in evaluation.tally.items() if belongs(*key)
    }
    tally |= {(question.rule, question.department): {Outcome.UNTESTED: 1} for question in left}
    return replace(
        evaluation,
        findings=tuple(item for item in evaluation.findings if belongs(item.rule, item.department)),
        open_questions=tuple(sorted((*said, *left), key=_order)),
        tally={key: tally[key] for key in sorted(tally, key=lambda key: (key[0], key[1] or ""))},
    )


def _order(question: OpenQuestion) -> tuple[str, str, str, str]:
    return question.rule, question.department or "", question.outcome, question.url


def applies(rule: Rule, part: Part) -> bool:
    """Whether a rule can be asked of the part alone."""
    check = checks()[rule.check]
    if check.subject not in _SUBJECTS[part.kind]:
        return False
    if check.subject is Subject.PORTAL:
        return check.name in OF_THE_HOME_PAGE
    if check.name in COMPARING:
        return part.kind == "sample"
    if check.subject is Subject.DEPARTMENT:
        return _asks_of_unit(check, part)
    return True


def stands_alone(name: str) -> bool:
    """Whether a subject that the check ``name`` passed is fine though the rest of the portal was not read to its end."""
    check = checks()[name]
    if check.subject is Subject.PORTAL or check.name in PASSED_BY_ALL:
        return False
    return check.subject is not Subject.DEPARTMENT or not check.needs


def _asks_of_unit(check: Check, part: Part) -> bool:
    if part.kind == "column":
        return bool(part.units) and part.column_type in check.needs
    return not (part.bounded and check.needs)


def _left_out(pack: Pack, rule: Rule, part: Part, department: str | None = None) -> OpenQuestion:
    clause = pack.clause_of(rule.id)
    return OpenQuestion(
        rule=rule.id,
        outcome=Outcome.UNTESTED,
        pack=pack.id,
        clause=clause.id if clause else "",
        department=department,
        url="",
        subject="",
        message=_NOT_DRAWN if department else _LEFT_OUT[part.reason],
    )
