"""A page on which every keyword stands, served at every address: words alone make no rule pass and none fire."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import crawler
from crawler.facts import MemoryFacts
from rules.engine import evaluate
from rules.loader import load_packs
from rules.model import Evaluation, Outcome
from rules.yamlfile import read_yaml
from tests.rules.portals_made_here import read_portal

AS_OF = date(2026, 11, 20)
SITE = "http://www.mifeng.example"
PATHS = ("/", "/xxgk/", "/xxgk/zn/", "/zfxxgk/fdzdgknr/", "/bm/czj/", "/nb/2025.html", "/yw/t20261101_1.html", "/404.html")

DESERVED = {
    "missing-site-id-code": "the words 网站标识码 stand there, a code does not",
    "missing-party-government-mark": "the words 党政机关 stand there, the mark does not",
    "missing-error-report-entry": "the words 找错 stand there, an entry does not",
    "missing-contact": "the words 联系电话 stand there, no number does",
}
"""What the home page really lacks, whatever it speaks of."""

FINE = {
    "dead-homepage-link dead-link dead-outlink dead-image dead-attachment": "all that was asked for opened",
    "dead-link-in-disguise hijacked-outlink hidden-outlink foreign-host": "there are no links",
    "exposed-id-number exposed-mobile-number exposed-bank-card": "there are no numbers",
    "image-without-alt field-without-label frame-without-title": "there are no such elements",
    "page-without-title page-without-language": "the page has both",
    "empty-column empty-mandatory-column note-only-column": "there is text, and more than a note",
    "placeholder-text": "words of placeholders amid others are none",
}
"""What may pass, since the page is in order there."""


def words_of(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from words_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from words_of(value)


def keywords() -> list[str]:
    """All Chinese words of the vocabulary and of the rules' parameters; patterns are left out."""
    folder = Path(str(crawler.__file__)).parent / "vocabulary"
    found = {word for path in folder.glob("*.yaml") for word in words_of(read_yaml(path).plain)}
    found |= {word for pack in load_packs() for rule in pack.rules for word in words_of(dict(rule.raw_params))}
    return sorted(word for word in found if any("一" <= char <= "鿿" for char in word) and not set(word) & set("\\|()[]^$*<>"))


def page_of(words: list[str], *, lines: int) -> str:
    rows = "".join(f"<p>{'、'.join(words[start : start + lines])}</p>" for start in range(0, len(words), lines))
    head = '<head><meta charset="utf-8"><title>关键词大全</title></head>'
    return f'<!DOCTYPE html><html lang="zh-CN">{head}<body><div class="content">{rows}</div></body></html>'


@pytest.fixture(scope="module", params=[25, 9], ids=["long lines", "short lines"])
def facts(request: pytest.FixtureRequest) -> MemoryFacts:
    html = page_of(keywords(), lines=request.param)
    return read_portal({SITE + path: html for path in PATHS}, f"{SITE}/")


@pytest.fixture(scope="module")
def said(facts: MemoryFacts) -> Evaluation:
    return evaluate(facts, load_packs(), AS_OF)


def rules_with(said: Evaluation, *outcomes: Outcome) -> set[str]:
    return {rule for (rule, _), counts in said.tally.items() if any(counts.get(outcome) for outcome in outcomes)}


def test_the_page_holds_enough_to_tempt(facts: MemoryFacts) -> None:
    words = keywords()
    assert len(words) > 1_000
    assert {"政府信息公开指南", "法定主动公开内容", "水利", "主办单位"} & set(words)
    assert len(facts.page_list) == len(PATHS)


def test_no_rule_fires_on_words_alone(said: Evaluation) -> None:
    assert said.errors == ()
    assert {finding.rule for finding in said.findings} - DESERVED.keys() == set()


def test_no_rule_passes_on_words_alone(said: Evaluation) -> None:
    fine = {rule for rules in FINE for rule in rules.split()}
    assert rules_with(said, Outcome.PASSED) - fine == set()


def test_no_unit_comes_into_being_from_names_in_a_text(facts: MemoryFacts) -> None:
    assert [unit.kind.value for unit in facts.department_list] == ["government"]
    assert all(unit.columns == {} for unit in facts.department_list)
    by_address = {"guide", "statutory_content"}  # /zn/ and /fdzdgknr/ are such addresses, whatever the page says
    assert {column.column_type for column in facts.column_list} <= {"other", *by_address}


def test_the_four_columns_are_untested_not_missing_where_no_section_was_found(said: Evaluation) -> None:
    four = {f"missing-{name}-column" for name in ("guide", "regulations", "statutory-content", "annual-report")}
    assert four <= rules_with(said, Outcome.UNTESTED)
    assert not four & rules_with(said, Outcome.FAILED, Outcome.PASSED)


def test_every_rule_says_something(said: Evaluation) -> None:
    assert {rule for rule, _ in said.tally} == {rule.id for pack in load_packs() for rule in pack.rules}
