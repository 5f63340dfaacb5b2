"""``zhaocuo runs compare``: what two audits of one portal found, told apart by whether the other one looked there at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from audit.bookkeeping import rules_in_force
from audit.errors import RunNotFound
from audit.folders import RunFolder, find_run
from audit.ledger.account import Subject
from audit.second_look import StoredLook
from audit.wording import plain
from crawler.errors import StoreInvalid
from crawler.store import FactsStore
from reports.result import AuditResult, FindingLine, read_result
from rules.addresses import canonical
from rules.engine import evaluate
from rules.errors import PackInvalid
from rules.loader import load_packs
from rules.model import Pack, Watch
from rules.outcomes import fingerprint

SIMILAR_SHARE = 0.9
"""Two runs that read less than so much of each other's number of pages did not see the same portal."""
MAX_NAMES = 10
_UNKNOWN_KEY = "?"
"""Stands for a key that a stored result does not tell; no check makes such a one."""


@dataclass(slots=True)
class Comparison:
    """Problems of two runs; each list in the order in which it is shown."""

    new: list[FindingLine] = field(default_factory=list)
    newly_seen: list[FindingLine] = field(default_factory=list)
    """Found by the later run where the earlier one had not looked: nobody can say that they are new."""
    fixed: list[FindingLine] = field(default_factory=list)
    """Looked at again by the later run, and fine."""
    not_seen: list[FindingLine] = field(default_factory=list)
    """Not found any more, and not looked at again either: nothing is fixed."""
    kept: list[FindingLine] = field(default_factory=list)


_TITLES = (
    ("new", "新出现"),
    ("newly_seen", "这次查到，上次没有看过这里"),
    ("fixed", "已整改（重新看过，正常）"),
    ("not_seen", "没有再查到，也没有重新看到（不算整改）"),
    ("kept", "仍存在"),
)


def compare_runs(data: Path, earlier: str, later: str) -> str:
    """Newly failing first, then fixed, then unchanged; warns when what was compared differs.

    Raises :class:`RunNotFound` for a run that is not there and for runs of two portals.
    """
    runs = [find_run(data, name) for name in (earlier, later)]
    first, second = (read_result(run.result) for run in runs)
    if canonical(first.portal.url) != canonical(second.portal.url):
        raise RunNotFound(f"两次运行检查的不是同一个门户（{first.portal.url} 与 {second.portal.url}），无法比较。")
    compared = compare((runs[0], first), (runs[1], second))
    counts = "，".join(f"{title} {len(getattr(compared, name))}" for name, title in _TITLES)
    lines = [f"{first.as_of} → {second.as_of}：{counts}。", *warnings(first, second)]
    for name, title in _TITLES:
        findings: Sequence[FindingLine] = getattr(compared, name)
        if findings:
            lines.append(f"{title}：")
            lines += _finding_lines(findings)
    return "\n".join(lines)


def compare(first: tuple[RunFolder, AuditResult], second: tuple[RunFolder, AuditResult]) -> Comparison:
    """Each run with its result; the earlier one first."""
    before = {finding.fingerprint: finding for finding in _failed(first[1])}
    after = {finding.fingerprint: finding for finding in _failed(second[1])}
    new = [after[key] for key in after if key not in before]
    gone = [before[key] for key in before if key not in after]
    compared = Comparison(kept=[after[key] for key in after if key in before])
    fine_before, fine_after = _fine(new, *first), _fine(gone, *second)
    for finding in new:
        (compared.new if finding.fingerprint in fine_before else compared.newly_seen).append(finding)
    for finding in gone:
        (compared.fixed if finding.fingerprint in fine_after else compared.not_seen).append(finding)
    return compared


def _fine(findings: Sequence[FindingLine], run: RunFolder, result: AuditResult) -> frozenset[str]:
    """Fingerprints of those of another run's ``findings`` whose subject this run looked at and found fine."""
    if not findings or result.void:
        return frozenset()
    try:
        packs = _packs(run, result)
        with FactsStore.open(run.facts) as store:
            evaluation = evaluate(store, packs, date.fromisoformat(result.as_of), _watch(findings))
            look = StoredLook(store, evaluation.looks, rules_in_force(packs))
            kinds = {rule.id: rule.subject.value for pack in packs for rule in pack.rules}
            seen = ((finding, look.at(_subject(finding, kinds.get(finding.rule, "")))) for finding in findings)
            return frozenset(finding.fingerprint for finding, answer in seen if answer.state == "fine")
    except (PackInvalid, StoreInvalid):
        return frozenset()  # what cannot be looked up was not seen


def _packs(run: RunFolder, result: AuditResult) -> tuple[Pack, ...]:
    """The packs the result was judged with, as they are today."""
    stored = run.read_settings().get("packs")
    names = tuple(map(str, stored)) if isinstance(stored, list) else ()
    used = {pack.id for pack in result.packs}
    return tuple(pack for pack in load_packs(names or None) if pack.id in used)


def _watch(findings: Iterable[FindingLine]) -> Watch:
    addresses: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        addresses[finding.rule].update(map(canonical, (finding.url, *finding.samples)))
        names[finding.rule].add(finding.subject)
    return Watch(
        addresses={rule: frozenset(found) for rule, found in addresses.items()},
        names={rule: frozenset(found) for rule, found in names.items()},
    )


def _subject(finding: FindingLine, kind: str) -> Subject:
    plain_one = fingerprint(finding.rule, finding.department, canonical(finding.url), "") == finding.fingerprint
    return Subject(
        rule=finding.rule,
        kind=kind,
        departments=frozenset({finding.department}),
        url=finding.url,
        name=finding.subject,
        key="" if plain_one else _UNKNOWN_KEY,
        is_group=bool(finding.samples),
        samples=finding.samples,
        found_on=finding.found_on,
        found_on_count=finding.found_on_count,
    )


def warnings(first: AuditResult, second: AuditResult) -> list[str]:
    """Whole sentences: what makes the two runs hard to compare."""
    lines = [f"注意：{result.as_of} 的运行已作废，比较没有意义。" for result in (first, second) if result.void]
    lines += _pack_warnings(first, second)
    names = [{unit.name for unit in result.units} for result in (first, second)]
    for words, found in (("只有上次查了", names[0] - names[1]), ("只有这次查了", names[1] - names[0])):
        if found:
            lines.append(f"注意：{words}这些单位：{_listed(found)}。")
    pages = (first.reconciliation.fetched, second.reconciliation.fetched)
    if min(pages) < max(pages) * SIMILAR_SHARE:
        lines.append(f"注意：两次读到的页面数相差较大（{pages[0]} 与 {pages[1]}），少看的地方不会报出问题。")
    return lines


def _pack_warnings(first: AuditResult, second: AuditResult) -> list[str]:
    packs = [{pack.id: pack for pack in result.packs} for result in (first, second)]
    lines = []
    if different := set(packs[0]) ^ set(packs[1]):
        lines.append(f"注意：两次用的规则包不同（{_listed(different)}），差别可能来自规则而不是网站。")
    changed = [
        name
        for pack in sorted(set(packs[0]) & set(packs[1]))
        for name in _changed(packs[0][pack].thresholds, packs[1][pack].thresholds)
    ]
    if changed:
        lines.append(f"注意：两次的阈值不同：{_listed(changed)}，差别可能来自规则而不是网站。")
    versions = [pack for pack in sorted(set(packs[0]) & set(packs[1])) if packs[0][pack].version != packs[1][pack].version]
    if versions:
        lines.append(f"注意：规则包的版本不同：{_listed(versions)}。")
    return lines


def _changed(first: dict[str, str], second: dict[str, str]) -> list[str]:
    return [name for name in sorted(set(first) | set(second)) if first.get(name) != second.get(name)]


def _listed(names: Iterable[str]) -> str:
    ordered = sorted(names)
    rest = f"等 {len(ordered)} 项" if len(ordered) > MAX_NAMES else ""
    return plain("、".join(ordered[:MAX_NAMES]) + rest)


def _finding_lines(findings: Iterable[FindingLine]) -> list[str]:
    ordered = sorted(findings, key=lambda finding: (finding.department or "", finding.rule, finding.url))
    return [f"  {plain(finding.department or '门户')}  {finding.rule_title}  {plain(finding.url)}" for finding in ordered]


def _failed(result: AuditResult) -> Iterable[FindingLine]:
    return (finding for unit in result.units for finding in unit.findings if finding.outcome == "failed")
