"""The sentence a scorecard begins with."""

from typing import Any

import pytest

from reports.result import Score
from reports.standing import change, standing
from tests.reports.factories import make_finding, make_open, make_result, make_unit


def sentence(**words: Any) -> str:
    unit = make_unit(**words)
    return standing(unit, make_result(unit)).sentence


def todo(**words: Any) -> str:
    unit = make_unit(**words)
    return standing(unit, make_result(unit)).next_sentence


def score(**words: Any) -> Score:
    return Score(**({"low": 86.5, "high": 86.5, "verdict": "合格", "tested_share": 1.0} | words))


def test_score_verdict_rank_median_and_change_in_one_sentence() -> None:
    assert sentence(score=score(), rank=5, group_size=28, group_median=82.0, previous=83.0) == (
        "松湖县教育局得 86.5 分，合格，在“政府部门” 28 个单位中排第 5（中位数 82 分），比上次提高 3.5 分。"
    )


def test_a_provisional_score_is_a_range_with_the_share_tested() -> None:
    assert sentence(score=score(low=71, verdict="暂定合格", tested_share=0.826), previous=80.0) == (
        "松湖县教育局得分在 71 至 86.5 分之间，暂定合格（已检测 82%），上次为 80 分。"
    )


def test_a_veto_is_named() -> None:
    text = sentence(score=score(verdict="不合格", vetoes=("站点无法访问",)))
    assert text == "松湖县教育局触及单项否决“站点无法访问”，判定为不合格。"


def test_the_only_one_of_its_group_has_no_rank() -> None:
    assert sentence(score=score(), rank=1, group_size=1, group_median=86.5) == "松湖县教育局得 86.5 分，合格。"


@pytest.mark.parametrize(("previous", "words"), [(86.5, "，与上次持平"), (90.0, "，比上次下降 3.5 分"), (None, "")])
def test_change_since_last_time(previous: float | None, words: str) -> None:
    assert sentence(score=score(), previous=previous) == f"松湖县教育局得 86.5 分，合格{words}。"


def test_no_difference_is_told_between_a_score_and_a_range() -> None:
    assert change(make_unit(score=score(low=50), previous=40.0)) == ""
    assert change(make_unit(score=score(), previous=88.0)) == "-1.5"


def test_an_untested_unit_has_no_score_and_no_blame() -> None:
    unit = make_unit(score=score(low=0, high=100, verdict="未检测", tested_share=0))
    found = standing(unit, make_result(unit))
    assert found.sentence == "松湖县教育局本次未能检测，不评分，也不视为有问题。"
    assert (found.low, found.score, found.tone) == (None, "—", "open")


def test_a_void_run_says_nothing_of_anybody() -> None:
    unit = make_unit(score=score(low=0, high=0, verdict="不合格", vetoes=("站点无法访问",)), findings=(make_finding(),))
    found = standing(unit, make_result(unit, void="本机线路不通，探测站点也打不开。"))
    assert found.sentence == "本次检查作废，不对松湖县教育局作任何评价。"
    assert (found.low, found.verdict, found.tone) == (None, "本次作废", "void")
    assert found.next_sentence == "本机线路不通，探测站点也打不开。"


def test_what_there_is_to_do() -> None:
    late, soon = make_finding(due="2026-11-18"), make_finding(due="2026-12-04")
    lead = make_finding(outcome="lead", due=None)
    assert todo(findings=(late, soon, lead)) == (
        "有 2 个问题需要整改，其中 1 个已超过整改期限，最近一个期限是2026年12月4日；1 条线索待人工确认。"
    )


def test_nothing_found_is_only_said_of_what_was_looked_at() -> None:
    assert todo() == "没有发现需要整改的问题。"
    assert todo(open=(make_open(count=4),)) == "在已检测的内容中没有发现问题；4 项未能检测或无法判定，不计入得分。"
    assert todo(score=score(tested_share=0.9)) == "在已检测的内容中没有发现问题。"
