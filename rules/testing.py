"""Runs the cases beside the rules: for pack authors (``zhaocuo rules test``) and for our own tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rules.cases import Case, Expectation, read_cases
from rules.engine import evaluate
from rules.errors import PackInvalid, Problem
from rules.loader import load_pack, without_rules
from rules.model import Evaluation, Finding, OpenQuestion, Outcome, Pack

_COUNTED_ONLY = frozenset({Outcome.PASSED, Outcome.INAPPLICABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """How one case went."""

    rule: str
    name: str
    problems: tuple[Problem, ...] = ()
    """What was said and not expected, and what was expected and not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """How a pack's cases went."""

    pack: str
    results: tuple[CaseResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Broken files, and rules without a case that fires or without one that does not."""

    @property
    def passed(self) -> bool:
        return not self.all_problems

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        return (*self.problems, *(problem for result in self.results for problem in result.problems))

    def render(self) -> str:
        """The report as lines for people."""
        wrong = sum(bool(result.problems) for result in self.results)
        rules = len({result.rule for result in self.results})
        total = f"{self.pack}：{rules} 条规则，{len(self.results)} 个示例，{wrong} 个不符。"
        return "\n".join([*map(str, self.all_problems), total])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One thing the rule said, in the terms of an expectation."""

    outcome: Outcome
    url: str | None
    department: str | None
    message: str
    count: int

    def words(self) -> str:
        parts = (self.outcome.value, self.url or "", self.department or "", self.message.rstrip("。"))
        return "，".join(part for part in parts if part)


def run_cases(pack_folder: Path) -> CaseReport:
    """Run every case of the pack in ``pack_folder``. Each case sees its one rule only."""
    try:
        pack = load_pack(pack_folder)
    except PackInvalid as error:
        return CaseReport(pack=pack_folder.name, problems=error.problems)
    cases, problems = read_cases(pack_folder)
    known = {rule.id for rule in pack.rules}
    problems += [
        Problem(file=path, message=f"没有名为“{path.stem}”的规则，这份示例用不上。")
        for path in sorted({case.file.path for case in cases if case.rule not in known})
    ]
    problems += uncovered(pack_folder, cases)
    results = tuple(run_case(pack, case) for case in cases if case.rule in known)
    return CaseReport(pack=pack.id, results=results, problems=tuple(problems))


def uncovered(pack_folder: Path, cases: Iterable[Case]) -> list[Problem]:
    """Rules of this folder (not inherited ones) whose cases do not show both sides."""
    fires: dict[str, set[bool]] = {}
    for case in cases:
        fires.setdefault(case.rule, set()).add(case.fires)
    problems = []
    for path in sorted((pack_folder / "rules").glob("*.yaml")):
        sides = fires.get(path.stem, set())
        if True not in sides:
            problems.append(Problem(file=path, message=f"规则“{path.stem}”没有会报问题的示例。"))
        if False not in sides:
            problems.append(Problem(file=path, message=f"规则“{path.stem}”没有不报问题的示例。"))
    return problems


def run_case(pack: Pack, case: Case) -> CaseResult:
    """Evaluate the case's facts with its one rule and compare."""
    evaluation = evaluate(case.facts, [without_rules(pack, [case.rule])], case.as_of)
    said = list(_said(evaluation))
    problems = []
    for index, expected in enumerate(case.expect):
        match = next((each for each in said if _fits(expected, each)), None)
        if match is None:
            heard = "；".join(each.words() for each in said) or "没有任何结果"
            message = f"示例“{case.name}”：应得出 {expected.words()}，实际是 {heard}。"
            problems.append(case.file.problem(message, ("cases", case.index, "expect", index)))
        else:
            said.remove(match)
    problems += [
        case.problem(f"示例“{case.name}”：多出了没有写到的结果 {each.words()}。")
        for each in said
        if each.outcome not in _COUNTED_ONLY
    ]
    return CaseResult(rule=case.rule, name=case.name, problems=tuple(problems))


def _fits(expected: Expectation, said: _Said) -> bool:
    return (
        expected.outcome is said.outcome
        and expected.url in {None, said.url}
        and expected.department in {None, said.department}
        and expected.count in {None, said.count}
        and all(text in said.message for text in expected.contains)
    )


def _said(evaluation: Evaluation) -> Iterable[_Said]:
    spoken: tuple[Finding | OpenQuestion, ...] = (*evaluation.findings, *evaluation.open_questions)
    for each in spoken:
        yield _Said(outcome=each.outcome, url=each.url, department=each.department, message=each.message, count=each.count)
    for (_, department), counts in evaluation.tally.items():
        for outcome in _COUNTED_ONLY & counts.keys():
            for _ in range(counts[outcome]):
                yield _Said(outcome=outcome, url=None, department=department, message="", count=1)
