"""The view model of scorecards, against snapshots that a person has read."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from reports.result import AuditResult, PackLine
from reports.sheet import sheets
from reports.undecided import open_groups
from reports.view import Scorecard, make_method, make_scorecard
from tests.reports.factories import (
    bad_unit,
    good_unit,
    make_item,
    make_open,
    make_result,
    make_unit,
    portal_unit,
    provisional_unit,
    rich_result,
    untested_unit,
)
from tests.reports.golden import assert_golden

UNITS = {
    "portal": portal_unit,
    "good": good_unit,
    "bad": bad_unit,
    "provisional": provisional_unit,
    "untested": untested_unit,
}


def as_json(value: Any) -> str:
    def plain(item: Any) -> Any:
        return item.model_dump() if isinstance(item, BaseModel) else str(item)

    return json.dumps(asdict(value), ensure_ascii=False, indent=1, default=plain) + "\n"


@pytest.mark.parametrize("name", UNITS)
def test_scorecard_view_is_as_it_was_read(name: str, tmp_path: Path) -> None:
    result = rich_result()
    shown = make_scorecard(UNITS[name](), result, make_method(result))
    assert_golden(f"view-{name}.json", as_json(shown), tmp_path)


def card_of(result: AuditResult) -> Scorecard:
    return make_scorecard(result.units[0], result, make_method(result))


def test_open_lines_are_grouped_untested_first_and_counted_with_their_number() -> None:
    groups = open_groups(
        (make_open(outcome="error"), make_open(outcome="cant_tell", count=3), make_open(), make_open(message="别的原因。"))
    )
    assert [(group.word, group.total) for group in groups] == [("未检测", 2), ("无法判定", 3), ("程序出错", 1)]


def test_open_lines_beyond_the_page_are_counted() -> None:
    group = open_groups([make_open(subject=str(n)) for n in range(2000)])[0]
    assert group.rows
    assert group.left_out
    assert len(group.rows) + group.left_out == group.total == 2000


def test_an_amount_that_is_not_official_prints_as_a_local_setting() -> None:
    local, official = sheets((make_item(), make_item(clause="b", official=True)), make_result())[0].rows
    assert (local.amount, local.amount_note) == ("20 分", "本地设定")
    assert official.amount_note == ""


def test_manual_clauses_print_as_to_be_checked_by_a_person() -> None:
    row = sheets((make_item(status="manual", outcome="untested"),), make_result())[0].rows[0]
    assert (row.outcome, row.outcome_word) == ("manual", "待人工核对")


def test_clauses_keep_the_order_of_their_document() -> None:
    items = (make_item(pack="b", clause="2"), make_item(pack="a", clause="9"), make_item(pack="b", clause="1"))
    result = make_result(packs=(PackLine(id="b", title="乙文件", version="1"),))
    assert [(sheet.pack, [row.clause for row in sheet.rows]) for sheet in sheets(items, result)] == [
        ("乙文件", ["2", "1"]),
        ("a", ["9"]),
    ]


def test_a_trend_needs_two_runs() -> None:
    trend = card_of(make_result(portal_unit())).trend
    assert trend is not None
    assert len(trend.dots) == 3
    assert card_of(make_result(make_unit(trend=portal_unit().trend[:1]))).trend is None
