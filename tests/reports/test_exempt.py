"""豁免情况."""

from reports import exempt
from reports.anonymous import blind
from reports.exempt import make_exempt
from tests.reports.factories import AS_OF, make_result, make_unit, make_waiver


def test_without_waivers_there_is_nothing_to_say() -> None:
    found = make_exempt([(make_unit(), "")], AS_OF)
    assert (found.counts, found.rows, found.total) == ((), (), 0)


def test_what_has_expired_comes_first_then_what_hid_nothing_then_by_last_day() -> None:
    unit = make_unit(
        waivers=(
            make_waiver(ticket="T1", until="2026-12-31"),
            make_waiver(ticket="T2", until="2026-11-25"),
            make_waiver(ticket="T3", state="unused"),
            make_waiver(ticket="T4", state="expired", until="2026-11-18"),
        )
    )
    found = make_exempt([(unit, "")], AS_OF)
    assert [(row.ticket, row.left) for row in found.rows] == [
        ("T4", ""), ("T3", "还剩 41 天"), ("T2", "还剩 5 天"), ("T1", "还剩 41 天"),
    ]  # fmt: skip
    assert found.counts == (("expired", "已经到期", 1), ("unused", "有效，本次没有用上", 1), ("used", "有效", 2))
    shown = found.rows[0]
    assert (shown.title, shown.reason, shown.by, shown.granted) == (
        "政策解读不更新", "栏目正在与上级平台合并。", "周督办", "2026-10-12",
    )  # fmt: skip


def test_a_card_finds_the_waiver_of_its_ticket_alone() -> None:
    found = make_exempt([(make_unit(waivers=(make_waiver(ticket="T1"),)), "")], AS_OF)
    assert found.of("T1") is found.rows[0]
    assert found.of("") is None


def test_what_has_no_room_is_counted(monkeypatch) -> None:
    units = [(make_unit(waivers=tuple(make_waiver(ticket=f"T{n}") for n in range(30))), "a.html")]
    assert (len(make_exempt(units, AS_OF, most=7).rows), make_exempt(units, AS_OF, most=7).total) == (7, 30)
    monkeypatch.setattr(exempt, "MAX_EXEMPT_BYTES", 3_000)
    assert 0 < len(make_exempt(units, AS_OF).rows) < 7


def test_a_blind_review_does_not_name_who_granted_it() -> None:
    hidden = blind(make_result(make_unit(waivers=(make_waiver(),)))).result
    assert "周督办" not in hidden.model_dump_json()
