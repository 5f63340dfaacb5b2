"""即将超期: the first and the last day of the warning, by period and by pack; columns that are stale, unread or unheld."""

from datetime import date, timedelta

import pytest

from audit.expiries import Expiries
from crawler.facts import ColumnFacts, Read
from rules.engine import evaluate
from rules.factories import make_column, make_facts
from rules.loader import load_packs
from rules.model import Evaluation, Expiry, Pack, Source

DAY = date(2026, 11, 20)
PACKS = load_packs(["portal-2019", "xxgk-platform"])


def days_left(*columns: ColumnFacts, department: str | None = None) -> list[int]:
    facts = make_facts({"columns": columns})
    expiries = Expiries(evaluate(facts, PACKS, DAY), PACKS)
    return [line.days_left for line in expiries.due_soon(department, DAY)]


def column(column_type: str, newest: date, **more: object) -> ColumnFacts:
    values = {"column_type": column_type, "entries": [newest.isoformat()], "top_level": True, "department": None, **more}
    return make_column(**values)


@pytest.mark.parametrize(
    ("age", "left"),
    [(11, []), (12, [2]), (13, [1]), (14, [0]), (15, [])],
)
def test_a_news_column_of_two_weeks_is_warned_of_from_its_twelfth_day(age: int, left: list[int]) -> None:
    assert days_left(column("news", DAY - timedelta(days=age))) == left


@pytest.mark.parametrize(("age", "left"), [(334, []), (335, [30]), (365, [0]), (366, [])])
def test_a_guide_of_a_year_is_warned_of_from_day_335(age: int, left: list[int]) -> None:
    stated = (DAY - timedelta(days=age)).isoformat()
    guide = make_column(column_type="guide", department="财政局", text="指南", updated=Read(value=stated, raw=stated))
    assert days_left(guide, department="财政局") == left


@pytest.mark.parametrize(
    ("newest", "left"),
    [
        (date(2026, 6, 9), [19]),
        (date(2026, 6, 10), [20]),  # six months end on 10 December
        (date(2026, 6, 11), []),
        (date(2026, 5, 20), [0]),
        (date(2026, 5, 19), []),
    ],
)
def test_calendar_months_end_on_their_own_day(newest: date, left: list[int]) -> None:
    assert days_left(column("policy", newest)) == left


def test_each_statutory_item_has_its_own_period() -> None:
    item_of_60 = column("statutory", DAY - timedelta(days=50), department="财政局", statutory_items=[13])
    item_of_355 = column("statutory", DAY - timedelta(days=50), department="财政局", statutory_items=[1], url="http://a.cn/1/")
    assert days_left(item_of_60, item_of_355, department="财政局") == [10]


def test_what_is_not_held_to_a_period_is_not_warned_of() -> None:
    old = DAY - timedelta(days=13)
    assert days_left(column("news", old, archived=True)) == []
    assert days_left(column("news", old, top_level=False)) == []
    assert days_left(column("news", old, state="untested")) == []
    assert days_left(column("news", old, department="财政局"), department="财政局") == []


def test_of_two_rules_on_one_column_the_earlier_day_counts() -> None:
    def expiry(rule: str, last_day: date) -> Expiry:
        return Expiry(
            rule=rule,
            pack="portal-2019",
            department=None,
            url="http://a.cn/",
            subject="要闻",
            renewed=last_day - timedelta(14),
            last_day=last_day,
        )

    both = (expiry("a", DAY), expiry("b", DAY + timedelta(days=1)))
    expiries = Expiries(Evaluation(findings=(), open_questions=(), tally={}, expiries=both), PACKS)
    assert [line.due for line in expiries.due_soon(None, DAY)] == [DAY.isoformat()]


def test_a_pack_without_warnings_warns_of_nothing() -> None:
    assert (
        Pack(id="x", title="x", version="1.0", source=Source(document="x")).warned_from(
            Expiry(rule="a", pack="x", department=None, url="", subject="", renewed=DAY, last_day=DAY + timedelta(days=5))
        )
        is None
    )
