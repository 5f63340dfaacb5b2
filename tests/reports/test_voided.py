"""What may still be said of a void run."""

import pytest

from reports.voided import NO_REASON, unconfirmed
from tests.reports.factories import rich_result


def test_a_run_that_is_not_void_stays_as_it_is() -> None:
    result = rich_result()
    assert unconfirmed(result) is result


@pytest.mark.parametrize(("void", "reason"), [("线路不通。", "线路不通。"), ("", NO_REASON)])
def test_no_verdict_no_deadline_no_rank_and_no_proof_is_left(void: str, reason: str) -> None:
    result = unconfirmed(rich_result(void=void))
    assert result.void == reason
    for unit in result.units:
        assert (unit.rank, unit.group_median, unit.trend, unit.lights, unit.passed) == (None, None, (), (), ())
        assert unit.score.verdict == "未检测"
        assert not unit.score.vetoes
        assert {column.status for column in unit.columns} <= {"unknown"}
        for finding in unit.findings:
            assert finding.outcome in {"lead", "waived"}
            assert (finding.due, finding.points) == (None, None)


def test_findings_are_kept_for_whoever_looks_for_the_cause() -> None:
    result = rich_result(void="线路不通。")
    assert [len(unit.findings) for unit in unconfirmed(result).units] == [len(unit.findings) for unit in result.units]
