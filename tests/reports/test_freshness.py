"""栏目更新."""

from reports.freshness import make_freshness, make_row
from tests.reports.factories import AS_OF, make_column


def test_the_most_urgent_columns_come_first() -> None:
    columns = [
        make_column(name="无期限", status="no-period", max_age_days=None),
        make_column(name="按期", status="fresh"),
        make_column(name="快了", status="due-soon"),
        make_column(name="空白", status="empty", newest=None, age_days=None),
        make_column(name="超期久", status="stale", newest="2024-01-01", age_days=689),
        make_column(name="超期", status="stale", newest="2026-01-01", age_days=323),
        make_column(name="没看到", status="unknown", newest=None, age_days=None),
    ]
    found = make_freshness(columns, AS_OF)
    assert [row.name for row in found.rows] == ["超期久", "超期", "空白", "快了", "没看到", "按期", "无期限"]
    assert found.counts[0] == ("stale", "超期未更新", 2)
    assert sum(count for *_, count in found.counts) == len(columns)


def test_the_last_day_in_time_is_said() -> None:
    row = make_row(make_column(newest="2026-11-09", age_days=11, max_age_days=14, status="due-soon"), AS_OF)
    assert (row.last_day, row.days_left) == ("2026-11-23", 3)


def test_the_age_is_counted_where_the_result_has_only_the_day() -> None:
    assert make_row(make_column(age_days=None, newest="2026-11-10"), AS_OF).age == "10 天"


def test_not_collected_is_not_zero() -> None:
    row = make_row(make_column(entries=None, newest=None, age_days=None, max_age_days=None, status="unknown"), AS_OF)
    assert (row.entries, row.newest, row.age, row.limit, row.bar) == ("未读取", "未读到日期", "—", "—", None)


def test_a_page_with_a_text_is_not_said_to_have_no_entries() -> None:
    assert make_row(make_column(state="text", entries=0), AS_OF).entries == "无列表"
    assert make_row(make_column(state="empty", entries=0), AS_OF).entries == "0 条"


def test_bars_stay_within_the_time_line() -> None:
    old = make_row(make_column(newest="1999-01-01", age_days=None, max_age_days=14), AS_OF).bar
    long = make_row(make_column(newest="2026-11-19", age_days=1, max_age_days=36_500), AS_OF).bar
    assert old is not None
    assert long is not None
    assert (old.start, old.end, old.before) == (0, 0, True)
    assert (long.end, long.before) == (100, False)
    assert old.today == long.today == 90.0


def test_a_day_after_the_audit_draws_no_bar() -> None:
    assert make_row(make_column(newest="2027-05-01", age_days=None), AS_OF).bar is None


def test_rows_beyond_the_page_are_counted() -> None:
    found = make_freshness([make_column(name=str(n)) for n in range(2000)], AS_OF)
    assert found.rows
    assert found.left_out
    assert len(found.rows) + found.left_out == 2000
