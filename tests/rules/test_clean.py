"""A portal in order, read by the extractors and judged by all packs: nothing fires, and the silence is not blindness."""

from datetime import date

import pytest

from crawler.facts import MANDATORY_ROLES, MemoryFacts
from rules.engine import evaluate
from rules.loader import load_packs
from rules.model import Evaluation, Outcome
from tests.rules.clean_portal import HOME, SITE, UNITS, clean_portal
from tests.rules.portals_made_here import read_portal

AS_OF = date(2026, 11, 20)


def judge(pages: dict[str, str]) -> Evaluation:
    return evaluate(read_portal(pages, HOME), load_packs(), AS_OF)


@pytest.fixture(scope="module")
def facts() -> MemoryFacts:
    return read_portal(clean_portal(), HOME)


@pytest.fixture(scope="module")
def said(facts: MemoryFacts) -> Evaluation:
    return evaluate(facts, load_packs(), AS_OF)


def test_nothing_fires(said: Evaluation) -> None:
    assert [(finding.rule, finding.url, finding.message) for finding in said.findings] == []
    assert said.errors == ()


def test_the_portal_was_seen_whole(facts: MemoryFacts) -> None:
    assert {unit.name for unit in facts.department_list} == {"清河县人民政府", *UNITS.values()}
    for unit in facts.department_list:
        assert set(unit.columns) == set(MANDATORY_ROLES), unit.name
    assert {"news", "notices"} <= {column.column_type for column in facts.column_list}


def test_what_is_in_order_is_said_to_be(said: Evaluation) -> None:
    passed = {rule for (rule, _), counts in said.tally.items() if counts.get(Outcome.PASSED)}
    four = {f"missing-{name}-column" for name in ("guide", "regulations", "statutory-content", "annual-report")}
    marks = {f"missing-{name}" for name in ("site-id-code", "icp-record", "police-record", "organizer", "contact")}
    dates = {"stale-homepage", "stale-news-column", "stale-policy-column", "missing-annual-report", "late-annual-report"}
    labels = {"missing-site-label", "missing-column-label", "missing-article-label"}
    guide = {"guide-without-update-date", "outdated-guide", "incomplete-guide", "missing-application-channel"}
    assert four | marks | dates | labels | guide | {"empty-mandatory-column", "missing-department-page"} <= passed


FAULTS = [
    ("stale-news-column", f"{SITE}/yw/", "2026-11-", "2026-09-"),
    ("missing-guide-column", "", '<li><a href="/xxgk/czj/zn/">政府信息公开指南</a></li>', ""),
    ("missing-site-id-code", "", "网站标识码：4209990001", ""),
    ("outdated-guide", f"{SITE}/xxgk/jyj/zn/", "更新日期：2026-08-03", "更新日期：2024-08-03"),
    ("page-without-language", "", '<html lang="zh-CN">', "<html>"),
    ("image-without-alt", f"{SITE}/yw/1.html", '<div class="article-body">', '<div class="article-body"><img src="/a.png">'),
    (
        "exposed-id-number",
        f"{SITE}/tzgg/2.html",
        '<div class="article-body">',
        '<div class="article-body">身份证号：110101190003077888 ',
    ),
]
"""Rule, page (``""``: all), and what is done to it; the number of the last one belongs to nobody (born in 1900)."""
GONE = {"missing-guide-column": f"{SITE}/xxgk/czj/zn/"}


@pytest.mark.parametrize(("rule", "url", "old", "new"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_one_thing_out_of_order_is_found_and_nothing_else(rule: str, url: str, old: str, new: str) -> None:
    pages = clean_portal()
    if rule in GONE:
        del pages[GONE[rule]]  # a page that anything still leads to is the unit's column, though its menu forgot it
    touched = [address for address, html in pages.items() if (not url or address == url) and old in html]
    assert touched
    for address in touched:
        pages[address] = pages[address].replace(old, new)
    assert {finding.rule for finding in judge(pages).findings} == {rule}
