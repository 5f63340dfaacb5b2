"""Finding cards: order, groups, room on the page."""

import pytest

from reports import cards
from reports.cards import anchors, make_cards
from reports.result import FindingLine
from tests.reports.factories import AS_OF, HOST, make_evidence, make_finding


def test_vetoes_come_first_then_what_is_due_then_what_costs_most_then_leads() -> None:
    findings = (
        make_finding(number="F-lead", outcome="lead", rule="r1", due=None),
        make_finding(number="F-cheap", rule="r2", points=1.0),
        make_finding(number="F-dear", rule="r3", points=9.0),
        make_finding(number="F-soon", rule="r4", due="2026-11-25"),
        make_finding(number="F-waived", outcome="waived", rule="r5"),
        make_finding(number="F-veto", rule="r6", clause_kind="veto", points=None),
        make_finding(number="F-note", rule="r7", clause_kind="informative", due="2026-11-21"),
    )
    order = [card.number for group in make_cards(findings, AS_OF).groups for card in group.cards]
    assert order == ["F-veto", "F-soon", "F-dear", "F-cheap", "F-note", "F-lead", "F-waived"]
    assert order == [card.number for group in make_cards(findings[::-1], AS_OF).groups for card in group.cards]


def test_findings_of_one_rule_stand_together_and_a_lead_is_never_among_problems() -> None:
    found = make_cards((make_finding(), make_finding(fingerprint="b", points=1.0), make_finding(outcome="lead")), AS_OF)
    assert [(group.outcome, group.total) for group in found.groups] == [("failed", 2), ("lead", 1)]
    assert [group.badge for group in found.groups] == ["扣分项", "线索"]


def test_a_card_says_where_why_and_by_when() -> None:
    card = make_cards((make_finding(),), AS_OF).groups[0].cards[0]
    assert card.subject == "政府信息公开 › 松湖县教育局 › 政府信息公开制度"
    assert card.address is not None
    assert card.address.href == f"{HOST}/bm/jyj/zfxxgkzd/"
    assert card.basis.startswith("法定栏目齐全且有内容（platform-2）；")
    assert (card.official, card.sureness) == (True, "官方原文")
    assert (card.due, card.overdue, card.due_left, card.provisional) == ("2026-12-04", False, "还剩 14 天", False)
    assert card.quotes[0].place == "列表"
    assert card.quotes[0].time == "2026-11-20 02:14:37"
    assert card.quotes[0].capture == "urn:uuid:6f1d2c7e-0b53-4a8e-9d7e-2f5a1c3b9e01"


def test_a_day_past_is_overdue_and_a_provisional_day_says_so() -> None:
    late, unsure = make_cards(
        (make_finding(due="2026-11-18"), make_finding(rule="r2", due="2027-01-08", due_provisional=True)), AS_OF
    ).groups
    assert late.cards[0].overdue
    assert late.cards[0].due_left == "已超期 2 天"
    assert unsure.cards[0].provisional


@pytest.mark.parametrize(
    ("state", "overdue"), [("", True), ("待整改", True), ("驳回", True), ("复发", True), ("已反馈", False), ("申诉中", False)]
)
def test_a_reply_and_an_appeal_stop_the_clock(state: str, overdue: bool) -> None:
    card = make_cards((make_finding(due="2026-11-18", ticket_state=state),), AS_OF).groups[0].cards[0]
    assert (card.overdue, bool(card.due_left)) == (overdue, overdue)
    assert card.due == "2026-11-18"


def test_a_lead_is_never_overdue() -> None:
    assert not make_cards((make_finding(outcome="lead", due="2020-01-01"),), AS_OF).groups[0].cards[0].overdue


@pytest.mark.parametrize("sureness", ["V-m", "V-p", "U", "a newer word"])
def test_what_is_not_verified_never_prints_as_official(sureness: str) -> None:
    card = make_cards((make_finding(source_sureness=sureness),), AS_OF).groups[0].cards[0]
    assert not card.official
    assert card.sureness != "官方原文"


def test_targets_of_hijacked_links_are_no_links() -> None:
    card = make_cards(
        (make_finding(pack="content-security", url="http://bet.example/", found_on=("http://bet.example/2",)),), AS_OF
    )
    only = card.groups[0].cards[0]
    assert only.address is not None
    assert only.address.href is None
    assert only.places[0].href is None


def test_a_long_address_is_text_and_only_reasonable_ones_are_links() -> None:
    card = make_cards((make_finding(url="http://a.example/" + "x" * 5000),), AS_OF).groups[0].cards[0]
    assert card.address is not None
    assert card.address.href is None
    assert "原文共 5017 字" in card.address.text


def test_anchors_are_unique_stable_and_harmless() -> None:
    findings = [
        make_finding(number="F-1"),
        make_finding(number="F-2", fingerprint="a"),
        make_finding(number="F-2", fingerprint="b"),
        make_finding(number="F-2", fingerprint="b"),
        make_finding(number='"><b>'),
        make_finding(number=""),
    ]
    found = anchors(findings)
    assert len(set(found)) == len(found)
    assert found[0] == "F-1"
    assert all(set(anchor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") for anchor in found)


def test_samples_stand_in_where_there_is_no_found_on() -> None:
    samples = tuple(f"{HOST}/{n}" for n in range(30))
    card = make_cards((make_finding(found_on=(), found_on_count=0, samples=samples, count=120),), AS_OF).groups[0].cards[0]
    assert len(card.places) == cards.MAX_PLACES
    assert card.places_total == 120


def test_when_the_page_is_full_cards_become_brief_and_what_is_left_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MAX_CARD_BYTES", 20_000)
    monkeypatch.setattr(cards, "MAX_BRIEF_BYTES", 8_000)
    findings = tuple(make_finding(number=f"F-{n:03d}", fingerprint=f"{n:016x}") for n in range(40))
    found = make_cards(findings, AS_OF)
    shown = [card for group in found.groups for card in group.cards]
    assert found.total == 40 == len(shown) + found.left_out
    assert 0 < found.brief < len(shown)
    assert found.left_out > 0
    assert [card.brief for card in shown] == sorted(card.brief for card in shown)
    assert all(not card.quotes and not card.places for card in shown if card.brief)
    assert found.groups[0].total == 40


def test_more_evidence_than_a_card_shows_is_counted() -> None:
    card = make_cards((make_finding(evidence=tuple(make_evidence() for _ in range(7))),), AS_OF).groups[0].cards[0]
    assert (len(card.quotes), card.quotes_left) == (3, 4)


def folded(count: int, **words: object) -> tuple[FindingLine, ...]:
    column = make_finding(number="F-column", fingerprint="column", rule="undated-column")
    articles = (
        make_finding(number=f"F-a{n}", fingerprint=f"a{n}", rule="article-without-date", told_with="column", **words)
        for n in range(count)
    )
    return (column, *articles)


def test_what_is_told_with_a_columns_finding_is_lines_of_its_card_and_is_counted() -> None:
    found = make_cards((*folded(3, ticket="T1"), make_finding(number="F-x", fingerprint="x", rule="article-without-date")), AS_OF)
    shown = {card.number: card for group in found.groups for card in group.cards}
    assert set(shown) == {"F-column", "F-x"}
    column = shown["F-column"]
    assert [(line.number, line.anchor, line.ticket, line.points) for line in column.folded] == [
        (f"F-a{n}", f"F-a{n}", "T1", "扣 2 分（本地设定）") for n in range(3)
    ]
    assert (column.folded_total, found.total, found.left_out, [group.total for group in found.groups]) == (3, 5, 0, [1, 1])


def test_what_is_told_with_something_that_is_not_there_or_is_waived_stands_for_itself() -> None:
    column, article = folded(1)
    waived = column.model_copy(update={"outcome": "waived"})
    for findings in ((article,), (waived, article)):
        cards_shown = [card for group in make_cards(findings, AS_OF).groups for card in group.cards]
        assert len(cards_shown) == len(findings)


def test_a_filter_finds_a_card_by_what_became_of_its_lines() -> None:
    (group,) = make_cards(folded(2, change="new", due="2026-11-18"), AS_OF).groups
    assert (group.cards[0].changes, group.cards[0].overdue, group.cards[0].any_overdue) == ("new", False, True)


def test_many_lines_are_counted_and_a_brief_card_only_counts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    (group,) = make_cards(folded(80), AS_OF).groups
    assert (len(group.cards[0].folded), group.cards[0].folded_total) == (cards.MAX_FOLDED, 80)
    monkeypatch.setattr(cards, "MAX_CARD_BYTES", 100)
    (group,) = make_cards(folded(80), AS_OF).groups
    assert (group.cards[0].brief, group.cards[0].folded, group.cards[0].folded_total) == (True, (), 80)
