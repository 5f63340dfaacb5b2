"""已豁免: findings that somebody answered for until a day become ``waived``, and cost no points."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.model import Evaluation, Finding, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """What a waiver in force covers."""

    departments: frozenset[str | None]
    """All names of the 单位; None: the portal."""
    matter: str


def with_waivers(evaluation: Evaluation, waivers: Iterable[Waived]) -> Evaluation:
    """The evaluation with the waived findings marked, in findings and tally; leads stay what they are."""
    covered = {(name, waived.matter) for waived in waivers for name in waived.departments}
    if not covered:
        return evaluation
    findings = [_marked(finding, covered) for finding in evaluation.findings]
    taken: Counter[tuple[str, str | None]] = Counter()
    for finding in findings:
        if finding.outcome is Outcome.WAIVED:
            taken[finding.rule, finding.department] += finding.count
    tally = {place: dict(counts) for place, counts in evaluation.tally.items()}
    for place, count in taken.items():
        counts = tally.setdefault(place, {})
        moved = min(count, counts.get(Outcome.FAILED, 0))
        counts[Outcome.FAILED] = counts.get(Outcome.FAILED, 0) - moved
        counts[Outcome.WAIVED] = moved
        tally[place] = {outcome: number for outcome, number in sorted(counts.items()) if number}
    return replace(evaluation, findings=tuple(findings), tally=tally)


def _marked(finding: Finding, covered: set[tuple[str | None, str]]) -> Finding:
    hit = {(finding.department, finding.matter), (finding.department, finding.group_matter)} & covered
    return replace(finding, outcome=Outcome.WAIVED) if hit and finding.outcome is Outcome.FAILED else finding
