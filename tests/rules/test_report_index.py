"""A portal with more annual reports than are remembered: what may rest on the others is not told as fine."""

import pytest

from rules.cases import read_cases
from rules.engine import evaluate
from rules.loader import load_pack, without_rules
from rules.model import Outcome
from rules.shipped import PACKS_FOLDER

PACK = PACKS_FOLDER / "annual-report"
REASON = "年度报告太多，没有全部用来比较"


@pytest.mark.parametrize(
    ("rule", "case", "undecided"),
    [
        # Neither the report that is remembered nor the one that is not was compared with all.
        ("copied-annual-report", "总体情况与上年报告相同，只改了数字", 2),
        # The report of the year before is the one that is not remembered; that one's own forerunner may be too.
        ("annual-report-carryover-mismatch", "上年报告没有结转，本年却有上年结转", 2),
    ],
)
def test_reports_that_were_not_compared_with_all_others_are_undecided(
    monkeypatch: pytest.MonkeyPatch, rule: str, case: str, undecided: int
) -> None:
    cases, _ = read_cases(PACK)
    made = next(each for each in cases if (each.rule, each.name) == (rule, case))
    pack = without_rules(load_pack(PACK), [rule])
    assert [finding.outcome for finding in evaluate(made.facts, [pack], made.as_of).findings] == [Outcome.LEAD]
    monkeypatch.setattr("rules.report_index._MAX_REPORTS", 1)
    evaluation = evaluate(made.facts, [pack], made.as_of)
    assert evaluation.findings == ()
    said = [(line.outcome, REASON in line.message) for line in evaluation.open_questions]
    assert said == [(Outcome.CANT_TELL, True)] * undecided
